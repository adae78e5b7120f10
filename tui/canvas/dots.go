package canvas

import (
	"fmt"
	"math"
	"math/bits"

	"fmlab/tui/theme"
)

// Dots is a layer of sub-pixels over a canvas: SX×SY of them a cell. A terminal
// cell has one colour, so where layers of different priority meet the higher one
// takes the cell alone. That is decided by priority and never by order of
// drawing, or clouds would flicker as they pass through each other.
//
// Points of one priority that crowd, more than three to a cell on average, are
// shown as a density: by tone, or by glyph where there are no tones.
type Dots struct {
	SX, SY int // sub-pixels a cell, across and down
	c      *Canvas
	cells  []dotCell
	layers [priorities]crowd
}

// priorities is the number of priorities a layer of dots knows: 0 to 31.
const priorities = 32

// dotCell is one cell of the layer; n counts points and not dots of lines.
type dotCell struct {
	bits, prio uint8
	tok        theme.Token
	used       bool
	n          int32
	mark       rune
}

// crowd is how full the cells of one priority are.
type crowd struct{ cells, points, most int32 }

// dense is the mean number of points a cell from which on a scatter is a density.
const dense = 3

// Dots returns a blank layer over all of c. A canvas and its views have one
// layer: it is good until the next call of Dots on any of them.
func (c *Canvas) Dots() *Dots {
	d := &c.grid.dots
	d.c = c
	d.SX, d.SY = subPixels(c.Glyphs)
	if n := c.W * c.H; n <= cap(d.cells) {
		d.cells = d.cells[:n]
		clear(d.cells)
	} else {
		d.cells = make([]dotCell, n)
	}
	return d
}

func subPixels(g Glyphs) (sx, sy int) {
	switch g {
	case Braille:
		return 2, 4
	case Block:
		return 2, 2
	}
	return 1, 1
}

// Dot draws a point at the sub-pixel (px, py). A mark other than 0 is drawn
// instead of the dot pattern, for when colour cannot tell roles apart.
func (d *Dots) Dot(px, py int, tok theme.Token, prio uint8, mark rune) {
	if p := d.hit(px, py, tok, prio); p != nil {
		p.n++
		p.mark = mark
	}
}

// Line draws a straight line between two sub-pixels (Bresenham), with a mark
// other than 0 in place of dots. Both ends should be near the canvas: the cost is
// a step a sub-pixel.
func (d *Dots) Line(x0, y0, x1, y1 int, tok theme.Token, prio uint8, mark rune) {
	dx, dy := abs(x1-x0), -abs(y1-y0)
	sx, sy := sign(x1-x0), sign(y1-y0)
	for e := dx + dy; ; {
		if p := d.hit(x0, y0, tok, prio); p != nil && p.n == 0 {
			p.mark = mark
		}
		if x0 == x1 && y0 == y1 {
			return
		}
		e2 := 2 * e
		if e2 >= dy {
			e, x0 = e+dy, x0+sx
		}
		if e2 <= dx {
			e, y0 = e+dx, y0+sy
		}
	}
}

// hit sets one dot unless the cell belongs to a higher priority.
func (d *Dots) hit(px, py int, tok theme.Token, prio uint8) *dotCell {
	if prio >= priorities {
		panic(fmt.Sprintf("canvas: priority %d, want 0 to %d", prio, priorities-1))
	}
	if px < 0 || py < 0 || px >= d.c.W*d.SX || py >= d.c.H*d.SY {
		return nil
	}
	x, y := px/d.SX, py/d.SY
	p := &d.cells[y*d.c.W+x]
	switch {
	case p.used && prio < p.prio:
		return nil
	case !p.used || prio > p.prio:
		*p = dotCell{prio: prio, tok: tok, used: true}
	}
	p.bits |= dotBits[d.c.Glyphs][py-y*d.SY][px-x*d.SX]
	return p
}

// dotBits numbers the dots of a cell, row by row: braille as Unicode does.
var dotBits = [3][4][2]uint8{
	Braille: {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}},
	Block:   {{1, 2}, {4, 8}},
	ASCII:   {{1}},
}

var quadrants = [16]rune{' ', '▘', '▝', '▀', '▖', '▌', '▞', '▛', '▗', '▚', '▐', '▜', '▄', '▙', '▟', '█'}

// Draw writes the layer to its canvas over the backgrounds that are there; cells
// without a dot stay as they are.
func (d *Dots) Draw() {
	d.count()
	for i := range d.cells {
		if p := &d.cells[i]; p.used {
			r, tok := d.look(p)
			d.c.Over(i%d.c.W, i/d.c.W, r, tok)
		}
	}
}

// count measures how crowded each priority is.
func (d *Dots) count() {
	d.layers = [priorities]crowd{}
	for i := range d.cells {
		if p := &d.cells[i]; p.n > 0 {
			l := &d.layers[p.prio]
			l.cells++
			l.points += p.n
			l.most = max(l.most, p.n)
		}
	}
}

// look decides rune and token of one cell.
func (d *Dots) look(p *dotCell) (rune, theme.Token) {
	tok, level := p.tok, -1.0
	if l := d.layers[p.prio]; p.n > 0 && l.points > dense*l.cells {
		level = math.Log1p(float64(p.n-1)) / math.Log(float64(l.most))
		tok = tok.Tone(int(level * (theme.Tones - 0.01)))
	}
	switch {
	case p.mark != 0:
		return p.mark, tok
	case d.c.Glyphs == ASCII:
		return asciiDot(p, level), tok
	case level >= 0 && d.c.Theme.Profile <= theme.ANSI16:
		return shades[int(level*(float64(len(shades))-0.01))], p.tok
	case d.c.Glyphs == Block:
		return quadrants[p.bits&15], tok
	}
	return 0x2800 + rune(p.bits), tok
}

var shades = [...]rune{'░', '▒', '▓', '█'}

// asciiRamp is density in ASCII, thin to thick.
const asciiRamp = ".:-=+*#%@"

func asciiDot(p *dotCell, level float64) rune {
	if level < 0 {
		return rune(asciiRamp[min(bits.Len32(uint32(p.n)/2), 3)])
	}
	return rune(asciiRamp[int(level*(float64(len(asciiRamp))-0.01))])
}

func abs(a int) int { return max(a, -a) }

func sign(a int) int {
	if a < 0 {
		return -1
	}
	return 1
}
