package tui

import (
	"fmt"

	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

func (p *learnt) draw(_ *App, c *canvas.Canvas) {
	c.TextAttr(1, 0, "What you have learnt", theme.Accent, canvas.Bold)
	said := fmt.Sprintf("%d of 5 criteria", p.met)
	c.Text(c.W-1-c.Width(said), 0, said, theme.Dim)
	foot := p.about(c.W - 2)
	foot = foot[:min(len(foot), max(1, c.H/4))]
	for i, line := range foot {
		c.Text(1, c.H-len(foot)+i, c.Fit(line, c.W-2), theme.Dim)
	}
	gap := 0
	if c.H >= 16 {
		gap = 1
		c.HRule(1, c.H-len(foot)-1, c.W-2, theme.Border)
	}
	body := canvas.Rect{Y: 1 + gap, W: c.W, H: c.H - 1 - len(foot) - 2*gap}
	if c.W < wide {
		p.drawRows(c.View(body), 0, len(p.rows))
		return
	}
	left, right := body.Left(body.W * 55 / 100)
	p.drawRows(c.View(left), 0, p.numbers)
	c.VRule(right.X, right.Y, right.H, theme.Border)
	right.X, right.W = right.X+1, right.W-1
	p.drawRows(c.View(right), p.numbers, len(p.rows))
}

// about is what is said of the row under the cursor, and where enter goes.
func (p *learnt) about(w int) []string {
	e := p.rows[p.cursor]
	text := e.more
	if e.lesson != "" {
		text += " enter: " + e.lesson
		for _, t := range tabs {
			if t.part == e.part {
				text += " " + t.name
			}
		}
	}
	return wrapWords(text, w)
}

// drawRows draws the rows from one to another, those around the cursor if it is
// among them.
func (p *learnt) drawRows(c *canvas.Canvas, from, to int) {
	top := from
	if p.cursor >= from && p.cursor < to {
		top = from + max(0, scrolled(p.cursor-from, to-from, c.H))
		if to-from <= c.H {
			top = from
		}
	}
	for y := range min(c.H, to-top) {
		p.rows[top+y].draw(c, y, top+y == p.cursor)
	}
}

func (e entry) draw(c *canvas.Canvas, y int, here bool) {
	tok, attr := theme.Text, canvas.Attr(0)
	switch {
	case e.head:
		tok, attr = theme.Accent, canvas.Bold
	case here:
		c.Text(1, y, "▸", theme.Accent)
		tok, attr = theme.Selected, canvas.Bold
	}
	x := 3
	if !e.head {
		x = 4
	}
	mark := theme.Dim
	if e.mark == markMet {
		mark = theme.Good
	}
	c.Text(x, y, e.mark, mark)
	if !e.head || e.mark != "" {
		x += 3
	}
	c.TextAttr(x, y, c.Fit(e.text, c.W-x-c.Width(e.value)-2), tok, attr)
	c.Text(c.W-1-c.Width(e.value), y, e.value, theme.Dim)
}
