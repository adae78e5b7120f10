package prose

import (
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// indent sets rows behind a prefix, which is first in the first row and rest in
// the others. Where too little width would be left there is no prefix.
func indent(width int, first, rest canvas.Span, set func(width int) []canvas.Line) []canvas.Line {
	inner := width - cells(first.Text)
	if inner < minWidth {
		return set(width)
	}
	rows := set(inner)
	for i, row := range rows {
		prefix := rest
		if i == 0 {
			prefix = first
		}
		rows[i] = show(slices.Concat(canvas.Line{prefix}, row))
	}
	return rows
}

// list sets its items below each other, each behind a bullet or its number.
func (s setter) list(n *ast.List, width int) []canvas.Line {
	var rows []canvas.Line
	last := n.Start + n.ChildCount() - 1
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		mark := s.text("• ")
		if s.opt.Plain {
			mark = "- "
		}
		if n.IsOrdered() {
			mark = fmt.Sprintf("%*d. ", len(fmt.Sprint(last)), number)
			number++
		}
		if len(rows) > 0 && !n.IsTight {
			rows = append(rows, nil)
		}
		first := canvas.Span{Text: mark, Tok: theme.Dim}
		rest := canvas.Span{Text: strings.Repeat(" ", cells(mark))}
		rows = append(rows, indent(width, first, rest, func(w int) []canvas.Line { return s.blocks(item, w) })...)
	}
	return rows
}

// raw sets lines as they are, indented where they fit. A line that is too long
// goes on below, two cells further in.
func (s setter) raw(lines []string, width int, tok theme.Token) []canvas.Line {
	widest := 0
	for _, l := range lines {
		widest = max(widest, cells(l))
	}
	margin := canvas.Span{Text: strings.Repeat(" ", min(4, max(0, width-widest)))}
	var rows []canvas.Line
	for _, l := range lines {
		row, more := cut(canvas.Line{{Text: l, Tok: tok}}, width)
		rows = append(rows, slices.Concat(canvas.Line{margin}, row))
		if len(more) > 0 {
			rest := canvas.Span{Text: "  "}
			rows = append(rows, indent(width, rest, rest, func(w int) []canvas.Line { return wrap(more, w) })...)
		}
	}
	return rows
}

// lines returns the lines of a code block, tabs as four blanks.
func (s setter) lines(segments *text.Segments) []string {
	block := strings.TrimRight(string(segments.Value(s.source)), "\n")
	return strings.Split(s.text(strings.ReplaceAll(block, "\t", "    ")), "\n")
}

// formula returns the lines of a math block, above or below its "---".
func (s setter) formula(segments *text.Segments) []string {
	lines := s.lines(segments)
	i := slices.Index(lines, "---")
	switch {
	case i < 0:
		return lines
	case s.opt.ASCII:
		return lines[i+1:]
	}
	return lines[:i]
}
