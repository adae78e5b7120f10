package canvas

import (
	"strings"
	"unicode/utf8"

	"fmlab/tui/theme"
)

// reset ends every style.
const reset = "\x1b[m"

// AppendRow appends row y to dst, exactly W cells wide. Styles are written where
// they change and reset at the end of the row; a mono theme writes none at all.
func (c *Canvas) AppendRow(dst []byte, y int) []byte {
	p := newPen(c.Theme)
	for x := 0; x < c.W; x++ {
		cell := c.whole(x, y)
		if cell.Rune == tail {
			continue
		}
		if cell.Attr&halves != 0 {
			cell = p.halves(cell.Tok, cell.Back)
		}
		if c.Theme.Profile != theme.Mono {
			dst = p.style(dst, cell)
		}
		dst = appendRune(dst, cell)
	}
	if p != newPen(c.Theme) {
		dst = append(dst, reset...)
	}
	return dst
}

// whole returns the cell at (x, y), blank if it is half of a wide rune whose
// other half has been drawn over or cut off.
func (c *Canvas) whole(x, y int) Cell {
	cell := c.At(x, y)
	switch {
	case cell.Rune == tail && c.At(x-1, y).Attr&wide == 0,
		cell.Attr&wide != 0 && c.At(x+1, y).Rune != tail:
		cell.Rune, cell.Mark = ' ', 0
	}
	return cell
}

func appendRune(dst []byte, cell Cell) []byte {
	if cell.Rune < utf8.RuneSelf {
		dst = append(dst, byte(cell.Rune))
	} else {
		dst = utf8.AppendRune(dst, cell.Rune)
	}
	if cell.Mark != 0 {
		dst = utf8.AppendRune(dst, cell.Mark)
	}
	return dst
}

// Append appends all rows, joined by line feeds.
func (c *Canvas) Append(dst []byte) []byte {
	for y := 0; y < c.H; y++ {
		if y > 0 {
			dst = append(dst, '\n')
		}
		dst = c.AppendRow(dst, y)
	}
	return dst
}

// Render returns all rows as the string a terminal program shows.
func (c *Canvas) Render() string { return string(c.Append(make([]byte, 0, 2*c.W*c.H))) }

// Plain returns the rows without any style, for tests and for text output.
func (c *Canvas) Plain() string {
	v := *c
	v.Theme = plain
	return v.Render()
}

var plain = theme.New(true, theme.Mono)

// Lines returns the rows of Plain with the blanks at their ends cut off.
func (c *Canvas) Lines() []string {
	lines := strings.Split(c.Plain(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}
