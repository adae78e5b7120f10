package plot

import (
	"fmt"
	"math"

	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// eighths fill a cell from the left, by eighths.
var eighths = [...]rune{' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'}

// Gauge draws a bar of w cells at (x, y), filled to frac in [0, 1].
func Gauge(c *canvas.Canvas, x, y, w int, frac float64) {
	if math.IsNaN(frac) {
		frac = 0
	}
	n := int(clamp(frac)*float64(8*w) + 0.5)
	for i := range max(w, 0) {
		switch fill := n - 8*i; {
		case c.Glyphs == canvas.ASCII && fill >= 4:
			c.Set(x+i, y, '#', theme.Accent)
		case c.Glyphs == canvas.ASCII:
			c.Set(x+i, y, '.', theme.Border)
		case fill >= 8:
			c.Set(x+i, y, '█', theme.Accent)
		case fill > 0:
			c.Set(x+i, y, eighths[fill], theme.Accent)
		default:
			c.Set(x+i, y, '·', theme.Border)
		}
	}
}

// Scrub draws the slider of the time t in [0, 1] in w cells at (x, y):
//
//	t ├────●──────┤ 0.42
func Scrub(c *canvas.Canvas, x, y, w int, t float64) {
	value := fmt.Sprintf("%4.2f", t)
	bar := w - 2 - 2 - 1 - len(value)
	if math.IsNaN(t) || bar < 1 {
		c.View(canvas.Rect{X: x, Y: y, W: w, H: 1}).Text(0, 0, "t "+value, theme.Text)
		return
	}
	c.Text(x, y, "t", theme.Dim)
	c.Set(x+2, y, '├', theme.Border)
	c.HRule(x+3, y, bar, theme.Border)
	c.Set(x+3+bar, y, '┤', theme.Border)
	at := round(clamp(t) * float64(bar-1))
	c.HRule(x+3, y, at, theme.Accent)
	c.Put(x+3+at, y, '●', theme.Accent, canvas.Bold)
	c.Text(x+5+bar, y, value, theme.Text)
}
