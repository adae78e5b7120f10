package prose

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	gfm "github.com/yuin/goldmark/extension/ast"

	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// gutter is the space between two columns, in cells.
const gutter = 2

// grid is a table: the cells of each row, the header first. A cell is the lines
// up to forced breaks.
type grid struct {
	setter
	rows  [][][]canvas.Line
	align []gfm.Alignment
}

// table sets n if it is a table: in columns if no word has to be broken, else
// row after row; plainly a row is a sentence.
func (s setter) table(n ast.Node, width int) (rows []canvas.Line, ok bool) {
	t, ok := n.(*gfm.Table)
	if !ok {
		return nil, false
	}
	g := grid{setter: s, align: t.Alignments}
	for r := t.FirstChild(); r != nil; r = r.NextSibling() {
		st := style{}
		if r.Kind() == gfm.KindTableHeader {
			st = style{theme.Accent, true}
		}
		var row [][]canvas.Line
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			row = append(row, s.inline(c, st))
		}
		g.rows = append(g.rows, row)
	}
	if s.opt.Plain {
		return g.sentences(width), true
	}
	if widths, ok := g.fit(width); ok {
		return g.columns(widths), true
	}
	return g.records(width), true
}

// fit chooses the widths of the columns: as wide as their text, or less where
// the sum would be too much, but never less than a word.
func (g grid) fit(width int) (widths []int, ok bool) {
	n := len(g.align)
	widths, full := make([]int, n), make([]int, n)
	left := width - gutter*(n-1)
	for _, row := range g.rows {
		for j, cell := range row {
			for _, l := range cell {
				widths[j] = max(widths[j], longest(l))
				full[j] = max(full[j], lineCells(l))
			}
		}
	}
	for _, w := range widths {
		left -= w
	}
	if left < 0 {
		return nil, false
	}
	for ; left > 0; left-- { // a cell for who lacks most
		j := 0
		for k := range widths {
			if full[k]-widths[k] > full[j]-widths[j] {
				j = k
			}
		}
		if full[j] == widths[j] {
			break
		}
		widths[j]++
	}
	return widths, true
}

// columns sets the table side by side, a rule below the header, and a blank row
// between rows if a cell has more than one.
func (g grid) columns(widths []int) []canvas.Line {
	total := gutter * (len(widths) - 1)
	for _, w := range widths {
		total += w
	}
	var out []canvas.Line
	var set [][]canvas.Line
	tall := false
	for _, row := range g.rows {
		set = append(set, g.row(row, widths))
		tall = tall || len(set[len(set)-1]) > 1
	}
	for i, rows := range set {
		if i > 1 && tall {
			out = append(out, nil)
		}
		out = append(out, rows...)
		if i == 0 {
			out = append(out, canvas.Line{{Text: strings.Repeat(g.text("─"), total), Tok: theme.Border}})
		}
	}
	return out
}

// row sets one row of cells as high as its highest.
func (g grid) row(row [][]canvas.Line, widths []int) []canvas.Line {
	var cols [][]canvas.Line
	height := 1
	for j, cell := range row {
		cols = append(cols, wrapAll(cell, max(widths[j], 1)))
		height = max(height, len(cols[j]))
	}
	rows := make([]canvas.Line, height)
	for i := range rows {
		gap := 0
		for j, col := range cols {
			var l canvas.Line
			if i < len(col) {
				l = col[i]
			}
			lead := g.lead(j, widths[j]-lineCells(l))
			rows[i] = slices.Concat(rows[i], blanks(gap+lead), l)
			gap = widths[j] - lead - lineCells(l) + gutter
		}
		rows[i] = show(rows[i])
	}
	return rows
}

// lead returns how much of the free space in a cell comes before its text.
func (g grid) lead(column, free int) int {
	switch g.align[column] {
	case gfm.AlignRight:
		return free
	case gfm.AlignCenter:
		return free / 2
	}
	return 0
}

func blanks(n int) canvas.Line {
	if n == 0 {
		return nil
	}
	return canvas.Line{{Text: strings.Repeat(" ", n)}}
}

// records sets each row as lines "header: cell", for when there is no room for
// columns.
func (g grid) records(width int) []canvas.Line {
	var out []canvas.Line
	for i, row := range g.rows[1:] {
		if i > 0 {
			out = append(out, nil)
		}
		for j, cell := range row {
			l := slices.Concat(g.rows[0][j][0], canvas.Line{{Text: ": "}}, cell[0])
			out = append(out, wrapAll(append([]canvas.Line{l}, cell[1:]...), width)...)
		}
	}
	return out
}

// sentences sets each row as one line "- header: cell; header: cell", which can be
// heard from left to right.
func (g grid) sentences(width int) []canvas.Line {
	var out []canvas.Line
	for _, row := range g.rows[1:] {
		l := canvas.Line{{Text: "- "}}
		for j, cell := range row {
			if j > 0 {
				l = append(l, canvas.Span{Text: "; "})
			}
			if header := g.rows[0][j][0]; len(header) > 0 {
				l = slices.Concat(l, header, canvas.Line{{Text: ": "}})
			}
			for _, line := range cell {
				l = slices.Concat(l, line)
			}
		}
		first, rest := l[:1], canvas.Span{Text: "  "}
		out = append(out, indent(width, first[0], rest, func(w int) []canvas.Line { return wrap(l[1:], w) })...)
	}
	return out
}
