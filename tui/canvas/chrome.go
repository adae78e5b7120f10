package canvas

import "fmlab/tui/theme"

// Box draws a frame around r, with a title in its upper edge if it is not empty.
// In ASCII the same runes become + - |.
func (c *Canvas) Box(r Rect, title string, tok theme.Token) {
	if r.W < 2 || r.H < 2 {
		return
	}
	right, bottom := r.X+r.W-1, r.Y+r.H-1
	c.HRule(r.X, r.Y, r.W, tok)
	c.HRule(r.X, bottom, r.W, tok)
	c.VRule(r.X, r.Y, r.H, tok)
	c.VRule(right, r.Y, r.H, tok)
	c.Set(r.X, r.Y, '┌', tok)
	c.Set(right, r.Y, '┐', tok)
	c.Set(r.X, bottom, '└', tok)
	c.Set(right, bottom, '┘', tok)
	if title != "" && r.W > 6 {
		c.View(Rect{r.X + 2, r.Y, r.W - 4, 1}).TextAttr(0, 0, c.Fit(" "+title+" ", r.W-4), theme.Text, Bold)
	}
}

// HRule draws a horizontal line of w cells.
func (c *Canvas) HRule(x, y, w int, tok theme.Token) {
	for i := range max(w, 0) {
		c.Set(x+i, y, '─', tok)
	}
}

// VRule draws a vertical line of h cells.
func (c *Canvas) VRule(x, y, h int, tok theme.Token) {
	for i := range max(h, 0) {
		c.Set(x, y+i, '│', tok)
	}
}
