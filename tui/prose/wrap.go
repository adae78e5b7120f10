package prose

import (
	"strings"

	"fmlab/tui/canvas"
)

// nbsp is a blank that lines break at only if there is no other way.
const nbsp = "\u00a0"

// screen measures text as it will be drawn.
var screen canvas.Canvas

func cells(s string) int { return screen.Width(s) }

func lineCells(l canvas.Line) int {
	n := 0
	for _, s := range l {
		n += cells(s.Text)
	}
	return n
}

// wrapAll wraps lines one after the other.
func wrapAll(lines []canvas.Line, width int) []canvas.Line {
	var rows []canvas.Line
	for _, l := range lines {
		rows = append(rows, wrap(l, width)...)
	}
	return rows
}

// wrap breaks a line into rows of at most width cells.
func wrap(l canvas.Line, width int) []canvas.Line {
	var rows []canvas.Line
	for len(l) > 0 {
		var row canvas.Line
		row, l = cut(l, width)
		rows = append(rows, row)
	}
	return rows
}

// place is a place in a line: the byte at of a span.
type place struct{ span, at int }

// cut breaks off what fits in width cells: up to the last blank, or else the
// last non-breaking one, or else the last rune.
func cut(l canvas.Line, width int) (row, rest canvas.Line) {
	var blank, hard place // of the last blanks; the zero place is none
	used, begun := 0, false
	for i, s := range l {
		for at, r := range s.Text {
			here := place{i, at}
			n := cells(string(r))
			switch {
			case r == ' ' && begun:
				blank = here
			case string(r) == nbsp && begun:
				hard = here
			}
			if used+n > width && used > 0 {
				return split(l, blank, hard, here)
			}
			used += n
			begun = begun || r != ' '
		}
	}
	return show(l), nil
}

// split splits at the best of three places and drops the blank there.
func split(l canvas.Line, blank, hard, here place) (row, rest canvas.Line) {
	none := place{}
	switch {
	case blank != none:
		return show(before(l, blank)), after(l, blank, 1)
	case hard != none:
		return show(before(l, hard)), after(l, hard, len(nbsp))
	}
	return show(before(l, here)), after(l, here, 0)
}

func before(l canvas.Line, p place) canvas.Line {
	head := append(canvas.Line(nil), l[:p.span]...)
	if p.at > 0 {
		s := l[p.span]
		s.Text = s.Text[:p.at]
		head = append(head, s)
	}
	return head
}

// after returns l from skip bytes after p, without blanks in front.
func after(l canvas.Line, p place, skip int) canvas.Line {
	tail := append(canvas.Line(nil), l[p.span:]...)
	tail[0].Text = tail[0].Text[p.at+skip:]
	for len(tail) > 0 {
		tail[0].Text = strings.TrimLeft(tail[0].Text, " ")
		if tail[0].Text != "" {
			break
		}
		tail = tail[1:]
	}
	return tail
}

// show turns non-breaking blanks into plain ones and drops blanks at the end.
func show(l canvas.Line) canvas.Line {
	row := append(canvas.Line(nil), l...)
	for i := range row {
		row[i].Text = strings.ReplaceAll(row[i].Text, nbsp, " ")
	}
	for k := len(row) - 1; k >= 0; k-- {
		row[k].Text = strings.TrimRight(row[k].Text, " ")
		if row[k].Text != "" {
			break
		}
		row = row[:k]
	}
	return row
}

// longest returns the width of the widest word of a line: what it needs so that
// no word is broken.
func longest(l canvas.Line) int {
	most := 0
	for _, word := range strings.FieldsFunc(plainText(l), func(r rune) bool { return r == ' ' }) {
		most = max(most, cells(word))
	}
	return most
}
