// Package canvas is the grid of cells that every screen draws on. The whole
// screen is one [Canvas]; screens draw into views of it, and [Canvas.Render]
// turns it into the one string the terminal program asks for. Drawing costs
// nanoseconds a cell because a cell holds a rune and a theme token, never a
// styled string.
//
// A view ([Canvas.View]) is a rectangle of a canvas with its own origin. What is
// drawn outside of a view is cut off, so a screen cannot damage its neighbour.
package canvas

import "fmlab/tui/theme"

// Glyphs is the set of characters marks and lines are drawn with.
type Glyphs uint8

// Glyph sets, finest first.
const (
	Braille Glyphs = iota // 2×4 dots a cell
	Block                 // 2×2 quadrants a cell
	ASCII                 // one marker a cell, nothing above 0x7e
)

// Names of the glyph sets, as settings and flags spell them.
var glyphNames = [...]string{"braille", "block", "ascii"}

func (g Glyphs) String() string { return glyphNames[g] }

// Attr is a set of attributes of a cell. Mono shows none of them.
type Attr uint8

// Attributes.
const (
	Bold Attr = 1 << iota
	Reverse
	wide   // the rune fills this cell and the tail after it
	halves // two pixels: Tok is the upper, Back the lower
)

// Cell is one place on the screen.
type Cell struct {
	Rune rune
	Mark rune // a combining mark above Rune, 0 for none
	Tok  theme.Token
	Back theme.Token // the background, Text for the terminal's own
	Attr Attr
}

// tail is the rune of the second cell of a wide rune.
const tail = -1

var blank = Cell{Rune: ' '}

// Canvas is a grid of W×H cells, or a view of a part of one.
type Canvas struct {
	W, H   int
	Glyphs Glyphs       // what to draw with
	Theme  *theme.Theme // what tokens look like; its profile decides if shapes must do without colour
	grid   *grid
	x0, y0 int  // of the view, in the grid
	clip   Rect // what may be written, in the grid
}

// grid is the storage all views of a canvas share.
type grid struct {
	w, h  int
	cells []Cell
	dots  Dots
}

// New returns a blank canvas of w×h cells.
func New(w, h int, g Glyphs, th *theme.Theme) *Canvas {
	w, h = max(w, 0), max(h, 0)
	gr := &grid{w: w, h: h, cells: make([]Cell, w*h)}
	c := &Canvas{W: w, H: h, Glyphs: g, Theme: th, grid: gr, clip: Rect{W: w, H: h}}
	c.Clear()
	return c
}

// View returns the part r of c as a canvas of its own: its cell (0, 0) is the
// corner of r and what falls outside of r or of c is cut off.
func (c *Canvas) View(r Rect) *Canvas {
	r.W, r.H = max(r.W, 0), max(r.H, 0)
	v := *c
	v.W, v.H = r.W, r.H
	v.x0, v.y0 = c.x0+r.X, c.y0+r.Y
	v.clip = c.clip.Intersect(Rect{v.x0, v.y0, r.W, r.H})
	return &v
}

// Bounds returns the rectangle of all of c in its own coordinates.
func (c *Canvas) Bounds() Rect { return Rect{W: c.W, H: c.H} }

// Clear makes every cell of c blank.
func (c *Canvas) Clear() {
	for y := c.clip.Y; y < c.clip.Y+c.clip.H; y++ {
		row := c.grid.cells[y*c.grid.w+c.clip.X:][:c.clip.W]
		for i := range row {
			row[i] = blank
		}
	}
}

// at returns the cell at (x, y), or nil where c may not write.
func (c *Canvas) at(x, y int) *Cell {
	x, y = x+c.x0, y+c.y0
	if x < c.clip.X || y < c.clip.Y || x >= c.clip.X+c.clip.W || y >= c.clip.Y+c.clip.H {
		return nil
	}
	return &c.grid.cells[y*c.grid.w+x]
}

// At returns the cell at (x, y), blank outside.
func (c *Canvas) At(x, y int) Cell {
	if p := c.at(x, y); p != nil {
		return *p
	}
	return blank
}

// Set draws one rune of width 1 on the terminal's own background. In ASCII a rune without a form of its own
// becomes its first substitute character.
func (c *Canvas) Set(x, y int, r rune, tok theme.Token) { c.Put(x, y, r, tok, 0) }

// Put is Set with attributes.
func (c *Canvas) Put(x, y int, r rune, tok theme.Token, attr Attr) {
	p := c.at(x, y)
	if p == nil {
		return
	}
	if c.Glyphs == ASCII && r > '~' {
		r = foldRune(r)
	}
	*p = Cell{Rune: r, Tok: tok, Attr: attr}
}

// Over is Set that keeps the background: of two halves the lower, or the upper
// if the lower has none.
func (c *Canvas) Over(x, y int, r rune, tok theme.Token) {
	p := c.at(x, y)
	if p == nil {
		return
	}
	back := p.Back
	if p.Attr&halves != 0 && back == theme.Text {
		back = p.Tok
	}
	c.Put(x, y, r, tok, 0)
	p.Back = back
}

// Halves colours the upper and the lower half of a cell; Text leaves a half as
// the terminal's own background is. ASCII has no halves: there the lower colours
// all of the cell.
func (c *Canvas) Halves(x, y int, upper, lower theme.Token) {
	p := c.at(x, y)
	switch {
	case p == nil:
	case c.Glyphs == ASCII:
		*p = Cell{Rune: ' ', Back: lower}
	default:
		*p = Cell{Rune: '▀', Tok: upper, Back: lower, Attr: halves}
	}
}

// Fill draws r into every cell of a rectangle.
func (c *Canvas) Fill(r Rect, ch rune, tok theme.Token, attr Attr) {
	for y := r.Y; y < r.Y+r.H; y++ {
		for x := r.X; x < r.X+r.W; x++ {
			c.Put(x, y, ch, tok, attr)
		}
	}
}
