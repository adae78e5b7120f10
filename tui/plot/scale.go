package plot

import (
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// swatches is the greatest number of cells the ramp of a heat has in a legend.
const swatches = 9

// swatches returns the number of cells of the ramp in a legend: a cell a step
// where they are few.
func (h heat) swatches(s levels) int { return min(swatches, s.n-h.least(s)+1) }

// least is the lowest step with a place in a legend.
func (h heat) least(s levels) int {
	if h.signed {
		return -s.n
	}
	return 1
}

// ends are the numbers at both ends of the scale.
func (h heat) ends() (low, high string) {
	if h.signed {
		return short(-h.top), short(h.top)
	}
	return "0", short(h.top)
}

// scaleWidth is the number of cells scale takes.
func (h heat) scaleWidth(c *canvas.Canvas) int {
	low, high := h.ends()
	w := len(low) + 1 + h.swatches(h.levels(c)) + 1 + len(high)
	if h.Label != "" {
		w += c.Width(h.Label) + 1
	}
	return w
}

// scale draws the label of a heat, its ramp and what the ends of it stand for,
// and returns the cells it took; without room for a ramp it says so in words.
func (h heat) scale(c *canvas.Canvas, x, y int) int {
	low, high := h.ends()
	if h.scaleWidth(c) > c.W-x {
		return c.Text(x, y, c.Fit(h.Label+" to "+high, c.W-x), theme.Dim)
	}
	from := x
	if h.Label != "" {
		x += c.Text(x, y, h.Label, theme.Dim) + 1
	}
	x += c.Text(x, y, low, theme.Dim) + 1
	s := h.levels(c)
	n, least := h.swatches(s), h.least(s)
	for i := range n {
		k := least + round(float64(i*(s.n-least))/float64(max(n-1, 1)))
		s.put(c, x+i, y, k, k)
	}
	x += n + 1
	return x + c.Text(x, y, high, theme.Dim) - from
}
