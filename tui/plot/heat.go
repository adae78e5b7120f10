package plot

import (
	"fmt"
	"math"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// heat is a layer of values with its scale: from 0 to the greatest, or with a
// value below zero from -top to top.
type heat struct {
	*lab.Layer
	top    float64 // the greatest size of a finite value, 0 if there is none
	signed bool
}

func newHeat(l *lab.Layer) heat {
	if l.Side < 0 || len(l.Values) != l.Side*l.Side {
		panic(fmt.Sprintf("plot: heat %q has %d values, want %d×%d", l.Label, len(l.Values), l.Side, l.Side))
	}
	h := heat{Layer: l}
	for _, v := range l.Values {
		if s := math.Abs(v); s <= limit {
			h.top, h.signed = max(h.top, s), h.signed || v < 0
		}
	}
	return h
}

// The glyphs of heat where there are too few colours for backgrounds, from least
// to most: without a sign, above zero and below. In ASCII + and - are left to the
// data and to lines where they can be.
var (
	shades      = glyphRamps{[]rune("░▒▓█"), []rune("░▒▓█"), []rune("·─═≡")}
	asciiShades = glyphRamps{[]rune(".:=*#%@"), []rune(":+#"), []rune(".-=")}
)

type glyphRamps struct{ plain, above, below []rune }

// levels is how the steps of a heat look on a canvas: as backgrounds, two pixels
// a cell, or as glyphs.
type levels struct {
	n            int                   // the greatest
	tone         func(int) theme.Token // of a step up to n, and from -n if signed
	above, below []rune                // nil where backgrounds do
}

// coloured reports whether heat is drawn by backgrounds.
func coloured(c *canvas.Canvas) bool { return c.Theme.Profile >= theme.ANSI256 }

func (h heat) levels(c *canvas.Canvas) levels {
	steps, tone := theme.HeatSteps, theme.Heat
	if h.signed {
		steps, tone = theme.DivergeSteps, theme.Diverge
	}
	if coloured(c) {
		return levels{n: steps, tone: tone}
	}
	ramps := shades
	if c.Glyphs == canvas.ASCII {
		ramps = asciiShades
	}
	above := ramps.plain
	if h.signed {
		above = ramps.above
	}
	n := len(above)
	return levels{n, func(k int) theme.Token { return tone(k * steps / n) }, above, ramps.below}
}

// put draws a cell whose halves are at two steps; glyphs show the lower one.
func (s levels) put(c *canvas.Canvas, x, y, upper, lower int) {
	switch {
	case s.above == nil:
		c.Halves(x, y, s.tone(upper), s.tone(lower))
	case lower > 0:
		c.Set(x, y, s.above[lower-1], s.tone(lower))
	case lower < 0:
		c.Set(x, y, s.below[-lower-1], s.tone(lower))
	}
}

// step returns the step of a value, 0 for a gap. The mean of the smallest numbers
// there are may be rounded beyond the greatest of them.
func (h heat) step(v float64, n int) int {
	if h.top == 0 || math.IsNaN(v) {
		return 0
	}
	return round(min(max(v/h.top, -1), 1) * float64(n))
}

// heat draws values as the ground of a picture, resampled to its pixels.
func (p *picture) heat(l *lab.Layer) {
	h := newHeat(l)
	if h.top == 0 {
		return
	}
	s, rows := h.levels(p.Canvas), 1 // pixels a cell, downwards
	if s.above == nil && p.Glyphs != canvas.ASCII {
		rows = 2
	}
	across, up := spread(p.W, h.Side), spread(rows*p.H, h.Side)
	for y := range p.H {
		row := len(up) - 1 - rows*y
		for x := range p.W {
			upper := h.step(h.mean(across[x], up[row]), s.n)
			lower := upper
			if rows == 2 {
				lower = h.step(h.mean(across[x], up[row-1]), s.n)
			}
			s.put(p.Canvas, x, y, upper, lower)
		}
	}
}

// weights are what a pixel takes of the values first, first+1, …
type weights struct {
	first int
	of    []float64
}

// spread returns the weights of n pixels over the same length as side values: a
// tent about the middle of each pixel, as wide as two values or two pixels,
// whichever is more. So a coarse grid is interpolated linearly, and a fine one is
// averaged and no peak of it falls between two pixels.
func spread(n, side int) []weights {
	ws := make([]weights, n)
	scale := float64(side) / float64(n)
	reach := max(scale, 1)
	for i := range ws {
		at := (float64(i)+0.5)*scale - 0.5
		first, last := max(int(math.Floor(at-reach))+1, 0), min(int(math.Ceil(at+reach))-1, side-1)
		ws[i].first = first
		for k := first; k <= last; k++ {
			ws[i].of = append(ws[i].of, 1-math.Abs(float64(k)-at)/reach)
		}
	}
	return ws
}

// mean returns the weighted mean of the finite values under a pixel, NaN where
// most of it is a gap.
func (h heat) mean(x, y weights) float64 {
	sum, weight, all := 0.0, 0.0, 0.0
	for j, b := range y.of {
		row := h.Values[(y.first+j)*h.Side+x.first:][:len(x.of)]
		for i, a := range x.of {
			all += a * b
			if v := row[i]; math.Abs(v) <= limit {
				sum, weight = sum+a*b*v, weight+a*b
			}
		}
	}
	if 2*weight < all {
		return math.NaN()
	}
	return sum / weight
}
