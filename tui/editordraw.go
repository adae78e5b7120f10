package tui

import (
	"fmt"

	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// draw draws the program with the numbers of its lines, the cursor in sight where
// one is typing, and the line marked that a message is about (from 1, 0 for none).
func (e *editor) draw(c *canvas.Canvas, typing bool, wrong int) {
	gutter := len(fmt.Sprint(len(e.lines))) + 2
	room := max(1, c.W-gutter)
	e.follow(c, room)
	for y := 0; y < c.H && e.top+y < len(e.lines); y++ {
		row := e.top + y
		line := e.lines[row]
		if typing && row == e.at.row {
			line = append(append(line[:e.at.col:e.at.col], '▏'), line[e.at.col:]...)
		}
		number := fmt.Sprintf("%*d ", gutter-1, row+1)
		tok, attr := theme.Text, canvas.Attr(0)
		if row+1 == wrong {
			number, tok, attr = fmt.Sprintf("!%*d ", gutter-2, row+1), theme.Bad, canvas.Bold
			c.TextAttr(0, y, number, tok, attr)
		} else {
			c.Text(0, y, number, theme.Dim)
		}
		c.TextAttr(gutter, y, from(c, line, e.left), tok, attr)
	}
}

// follow scrolls as little as brings the cursor into sight, to a side by more, so
// that one sees what one types to.
func (e *editor) follow(c *canvas.Canvas, room int) {
	e.top = max(e.at.row-c.H+1, min(e.top, e.at.row))
	e.top = max(0, min(e.top, len(e.lines)-c.H))
	at := c.Width(string(e.line()[:e.at.col]))
	switch {
	case at < e.left:
		e.left = max(0, at-room/4)
	case at > e.left+room-2:
		e.left = at - room + 2 + room/4
	}
}

// from is a line from a cell on. A wide rune that is cut is a blank.
func from(c *canvas.Canvas, line []rune, cells int) string {
	for i, r := range line {
		if cells <= 0 {
			if cells < 0 {
				return " " + string(line[i:])
			}
			return string(line[i:])
		}
		cells -= c.Width(string(r))
	}
	return ""
}
