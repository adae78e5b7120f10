package canvas

import "fmlab/tui/theme"

// pen is the style the terminal writes with at a point of a row.
type pen struct {
	theme *theme.Theme
	ink   string // the escape sequence of the foreground
	back  theme.Token
	attr  Attr
}

// newPen returns the pen at the beginning of a row.
func newPen(th *theme.Theme) pen { return pen{theme: th, ink: th.SGR(theme.Text)} }

// style appends what changes the pen to the style of a cell. The foreground of a
// blank does not show, so it stays.
func (p *pen) style(dst []byte, cell Cell) []byte {
	if a := cell.Attr &^ wide; a != p.attr {
		*p = newPen(p.theme)
		dst, p.attr = appendAttr(dst, a), a
	}
	both := cell.Back != p.back
	if both {
		dst, p.back = append(dst, p.theme.Back(cell.Back)...), cell.Back
	}
	ink := p.theme.SGROn(cell.Tok, cell.Back)
	if ink == p.ink || cell.Rune == ' ' && p.attr&Reverse == 0 {
		return dst
	}
	p.ink = ink
	if both { // in one sequence: 48;…m and 38;…m become 48;…;38;…m
		dst[len(dst)-1], ink = ';', ink[len("\x1b["):]
	}
	return append(dst, ink...)
}

func appendAttr(dst []byte, a Attr) []byte {
	dst = append(dst, reset...)
	if a&Bold != 0 {
		dst = append(dst, "\x1b[1m"...)
	}
	if a&Reverse != 0 {
		dst = append(dst, "\x1b[7m"...)
	}
	return dst
}

// halves returns the cell that shows two pixels with the least change of the
// pen. Two colours can be written as an upper or as a lower half, one as a blank
// or as a full block: on smooth pictures that saves half of the bytes. Text, no
// colour, can only be a background.
func (p *pen) halves(upper, lower theme.Token) Cell {
	if upper == lower {
		if upper != theme.Text && p.back != upper && p.attr == 0 && p.ink == p.theme.SGR(upper) {
			return Cell{Rune: '█', Tok: upper, Back: p.back}
		}
		return Cell{Rune: ' ', Back: upper}
	}
	a, b := Cell{Rune: '▀', Tok: upper, Back: lower}, Cell{Rune: '▄', Tok: lower, Back: upper}
	if upper == theme.Text || lower != theme.Text && p.changes(b) < p.changes(a) {
		return b
	}
	return a
}

// changes counts the colours of the pen that a cell changes.
func (p *pen) changes(cell Cell) int {
	n := 0
	if p.back != cell.Back {
		n++
	}
	if p.ink != p.theme.SGR(cell.Tok) {
		n++
	}
	return n
}
