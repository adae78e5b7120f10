package canvas

import (
	"unicode"

	"github.com/mattn/go-runewidth"

	"fmlab/tui/theme"
)

// Span is a run of text in one style.
type Span struct {
	Text string
	Tok  theme.Token
	Bold bool
}

// Line is one row of styled text.
type Line = []Span

// widths measures runes. Ambiguous runes (box drawing, arrows) are narrow
// whatever the locale says, as terminals draw them.
var widths = runewidth.Condition{EastAsianWidth: false}

// runeWidth returns 0, 1 or 2 cells.
func runeWidth(r rune) int {
	switch {
	case r < 0x300 && r != 0xAD:
		return 1
	case r == 0xAD, r >= 0x1F3FB && r <= 0x1F3FF: // soft hyphen, skin tones
		return 0
	case r >= 0x2500 && r < 0x25A0, r >= 0x2800 && r < 0x2900:
		return 1
	}
	return widths.RuneWidth(r)
}

// Width returns the number of cells s takes on c: in ASCII its substitutes count.
func (c *Canvas) Width(s string) int {
	if c.Glyphs == ASCII {
		s = Fold(s)
	}
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

// Text draws s from (x, y) to the right and returns the cells it took. It is cut
// at the edge of c; control characters become blanks.
func (c *Canvas) Text(x, y int, s string, tok theme.Token) int {
	return c.text(x, y, c.W-x, s, tok, 0)
}

// TextAttr is Text with attributes.
func (c *Canvas) TextAttr(x, y int, s string, tok theme.Token, attr Attr) int {
	return c.text(x, y, c.W-x, s, tok, attr)
}

// PutLine draws a line of spans into w cells and returns the cells it took.
func (c *Canvas) PutLine(x, y, w int, line Line) int {
	at := 0
	for _, s := range line {
		var attr Attr
		if s.Bold {
			attr = Bold
		}
		at += c.text(x+at, y, w-at, s.Text, s.Tok, attr)
	}
	return at
}

// text draws s into at most w cells. A wide rune that does not fit whole ends it.
func (c *Canvas) text(x, y, w int, s string, tok theme.Token, attr Attr) int {
	if c.Glyphs == ASCII {
		s = Fold(s)
	}
	at := 0
	for _, r := range s {
		n := runeWidth(r)
		if at+n > w {
			break
		}
		switch {
		case n == 0:
			c.combine(x+at-1, y, r)
			continue
		case unicode.IsControl(r):
			r = ' '
		}
		c.Put(x+at, y, r, tok, attr)
		if n == 2 {
			c.widen(x+at, y)
		}
		at += n
	}
	return at
}

// combine puts a mark on the rune at (x, y): one mark a cell, marks only, so
// that no joiner changes the width of what follows.
func (c *Canvas) combine(x, y int, r rune) {
	if p := c.at(x, y); p != nil && p.Rune > ' ' && p.Mark == 0 && unicode.Is(unicode.Mn, r) && r < 0x2100 {
		p.Mark = r
	}
}

// widen makes the rune at (x, y) fill the next cell too.
func (c *Canvas) widen(x, y int) {
	p, next := c.at(x, y), c.at(x+1, y)
	if p != nil {
		p.Attr |= wide
	}
	if next != nil {
		*next = Cell{Rune: tail, Attr: next.Attr}
		if p != nil {
			next.Tok, next.Attr = p.Tok, p.Attr&^wide
		}
	}
}

// Fit returns s cut to w cells; what was cut is marked by an ellipsis.
func (c *Canvas) Fit(s string, w int) string {
	if c.Width(s) <= w {
		return s
	}
	more := "…"
	if c.Glyphs == ASCII {
		s, more = Fold(s), "~"
	}
	if w < 1 {
		return ""
	}
	n := 0
	for i, r := range s {
		if n += runeWidth(r); n > w-1 {
			return s[:i] + more
		}
	}
	return s
}
