package tui

import (
	"fmt"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/plot"
	"fmlab/tui/theme"
)

// padSide is the least width of the words beside the sheet.
const padSide = 24

func (p *pad) draw(a *App, c *canvas.Canvas) {
	left, right := c.Bounds().Left(min(plot.PlaneWidth(c.H), c.W-padSide))
	square := plot.Plane(c, left, &lab.Plane{Title: "your points", Half: padHalf,
		Layers: []lab.Layer{{Kind: lab.Scatter, Role: lab.RoleData, Label: "points", Points: p.points}}})
	p.drawCursor(c.View(square))
	p.square = square
	p.square.Y += headerRows

	side := c.View(canvas.Rect{X: right.X + 2, W: right.W - 3, H: right.H})
	for y, line := range p.words(a, side) {
		side.PutLine(0, y, side.W, line)
	}
}

// drawCursor draws where the pen is, and how wide it sprays: most points fall
// within two standard deviations.
func (p *pad) drawCursor(c *canvas.Canvas) {
	col := min(int((p.x/padHalf+1)/2*float64(c.W)), c.W-1)
	row := min(int((1-p.y/padHalf)/2*float64(c.H)), c.H-1)
	reach := 2 * brushes[p.brush].size / (2 * padHalf) // in sides of the square
	for _, way := range [][2]int{{-1, 0}, {1, 0}, {0, -1}, {0, 1}} {
		c.Set(col+way[0]*int(reach*float64(c.W)), row+way[1]*int(reach*float64(c.H)), '·', theme.Accent)
	}
	mark := '+'
	if p.down {
		mark = 'O'
	}
	c.Put(col, row, mark, theme.Accent, canvas.Bold)
}

// words are those beside the sheet: how much is drawn, with what, and where.
func (p *pad) words(a *App, c *canvas.Canvas) (lines []canvas.Line) {
	say := func(text string, tok theme.Token) {
		for _, line := range wrapWords(text, c.W) {
			lines = append(lines, canvas.Line{{Text: line, Tok: tok}})
		}
	}
	gap := func() {
		if c.H >= 14 {
			lines = append(lines, nil)
		}
	}
	n := p.points.Len()
	lines = append(lines, canvas.Line{{Text: fmt.Sprintf("%d points", n), Tok: theme.Text, Bold: true}})
	if p.naming {
		lines = append(lines, canvas.Line{{Text: "name ", Tok: theme.Dim}, {Text: p.name.show(c.W - 5), Tok: theme.Accent, Bold: true}})
		if p.wrong != "" {
			say("no: "+p.wrong, theme.Bad)
			return lines
		}
		say("a .csv of that name, in "+a.opts.Data, theme.Dim)
		return lines
	}
	switch {
	case n < padLeast:
		say(fmt.Sprintf("at least %d are wanted: a quarter is held back to judge by", padLeast), theme.Dim)
	default:
		say(fmt.Sprintf("to learn from: %d; held back to judge by: %d", n-n/4, n/4), theme.Dim)
	}
	gap()
	pen := "up"
	if p.down {
		pen = "down"
	}
	say(fmt.Sprintf("brush %d: %s", p.brush+1, brushes[p.brush].name), theme.Text)
	say("pen: "+pen, theme.Text)
	say(fmt.Sprintf("at %.1f, %.1f", p.x, p.y), theme.Text)
	gap()
	say("The mouse draws, too: click, or drag.", theme.Dim)
	return lines
}
