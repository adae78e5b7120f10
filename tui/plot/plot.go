// Package plot draws the nouns of lab, [lab.Plane], [lab.Chart] and [lab.Table],
// into a rectangle of a canvas. Every function is pure: the same frame in the
// same rectangle gives the same cells, and nothing outside of the rectangle is
// touched. Gutters and rows have fixed places, so nothing jumps while numbers
// change. [Describe] says the same pictures in words.
//
// Which glyphs are used and whether colour can tell roles apart is a property of
// the canvas, not of the calls here.
package plot

import (
	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// bare reports whether roles must be told apart by shape alone.
func bare(c *canvas.Canvas) bool { return c.Theme.Profile == theme.Mono }

// marker returns the marker of a role in the glyphs of c.
func marker(c *canvas.Canvas, r lab.Role) rune {
	return theme.Marker(r, c.Glyphs == canvas.ASCII)
}

// key is one entry of a legend: a marker with words, or the scale of a heat.
type key struct {
	role  lab.Role
	label string
	heat  *heat
}

// width is the cells a key takes.
func (k key) width(c *canvas.Canvas) int {
	if k.heat != nil {
		return k.heat.scaleWidth(c)
	}
	return 2 + c.Width(k.label)
}

// legend draws entries on one row, marker and words, and returns the cells it
// took. What does not fit is cut with an ellipsis, and said so.
func legend(c *canvas.Canvas, y int, keys []key) int {
	x := 0
	for i, k := range keys {
		if i > 0 {
			x += 2
		}
		if x+4 > c.W {
			c.Text(c.W-1, y, "+", theme.Dim)
			break
		}
		if k.heat != nil {
			x += k.heat.scale(c, x, y)
			continue
		}
		c.Set(x, y, marker(c, k.role), theme.Of(k.role))
		x += 2 + c.Text(x+2, y, c.Fit(k.label, c.W-x-2), theme.Dim)
	}
	return x
}

// legendWidth is the cells that all entries would take.
func legendWidth(c *canvas.Canvas, keys []key) int {
	w := -2
	for _, k := range keys {
		w += 2 + k.width(c)
	}
	return w
}

// heading draws a title, and more words behind it where there is room.
func heading(c *canvas.Canvas, title, more string) {
	x := c.TextAttr(0, 0, c.Fit(title, c.W), theme.Text, canvas.Bold)
	if more != "" && x+2+c.Width(more) <= c.W {
		c.Text(x+2, 0, more, theme.Dim)
	}
}

// right draws s so that it ends before column x.
func right(c *canvas.Canvas, x, y int, s string, tok theme.Token) {
	c.Text(x-c.Width(s), y, s, tok)
}
