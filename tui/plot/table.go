package plot

import (
	"fmt"
	"slices"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// grid is a table with the widths its columns get.
type grid struct {
	*canvas.Canvas
	t      *lab.Table
	widths []int
	gap    int             // blanks between columns
	hidden int             // columns at the right for which there is no room
	twins  map[string]bool // what several names are when cut at their ends
}

// cursorWidth is the column of the selection mark.
const cursorWidth = 2

// The widths below which names and headers are not shortened: names give way to
// headers first, then headers to names.
const (
	fairName    = 10
	leastName   = 6
	leastHeader = 3
)

// Table draws t in r: title, header, rows. The selected row carries a mark and is
// always in view. What does not fit is never dropped in silence: the space
// between columns goes first, then names and headers are shortened, then columns
// at the right are left out and counted in the header; rows out of view are
// counted in the title.
func Table(c *canvas.Canvas, r canvas.Rect, t *lab.Table) {
	g := &grid{Canvas: c.View(r), t: t}
	if g.W < cursorWidth+1 || g.H < 1 {
		return
	}
	g.measure()
	y := 0
	if t.Title != "" && g.H >= 4 {
		y = 1
	}
	header := g.H-y >= 2
	body := g.H - y
	if header {
		body--
	}
	first := g.scroll(body)
	last := min(first+body, len(t.Rows))
	if y == 1 {
		more := ""
		if last-first < len(t.Rows) {
			more = fmt.Sprintf("%d–%d of %d", first+1, last, len(t.Rows))
		}
		heading(g.Canvas, t.Title, more)
	}
	if header {
		g.header(y)
		y++
	}
	for i := first; i < last; i++ {
		g.row(y+i-first, &t.Rows[i])
	}
}

// measure finds the width of each column, then makes them fit: all of them if it
// can be done, or else as many from the left as possible.
func (g *grid) measure() {
	columns := len(g.t.Columns)
	for _, row := range g.t.Rows {
		columns = max(columns, len(row.Cells))
	}
	values, whole := make([]int, columns), make([]int, columns) // without and with headers
	for _, row := range g.t.Rows {
		g.widen(values, row.Cells)
	}
	copy(whole, values)
	g.widen(whole, g.t.Columns)
	for n := columns; n > 0; n-- {
		g.widths, g.hidden = slices.Clone(whole[:n]), columns-n
		if g.shorten(values); g.total() <= g.W {
			break
		}
	}
	g.findTwins()
}

// shorten takes what is missing from the gaps, the names and the headers.
func (g *grid) shorten(values []int) {
	for g.gap = 3; g.gap > 1 && g.total() > g.W; g.gap-- {
	}
	g.take(fairName)
	for g.total() > g.W {
		at, most := 0, 0 // the column whose header is longest beyond its values
		for i := 1; i < len(g.widths); i++ {
			if spare := g.widths[i] - max(values[i], leastHeader); spare > most {
				at, most = i, spare
			}
		}
		if most == 0 {
			break
		}
		g.widths[at]--
	}
	g.take(leastName)
}

// take takes what is missing from the names, down to a width.
func (g *grid) take(least int) {
	g.widths[0] -= min(max(g.total()-g.W, 0), max(g.widths[0]-least, 0))
}

func (g *grid) widen(widths []int, cells []string) {
	for i, s := range cells {
		widths[i] = max(widths[i], g.Width(s))
	}
}

// findTwins finds the names that look the same when cut at their ends.
func (g *grid) findTwins() {
	seen := map[string]string{}
	g.twins = map[string]bool{}
	for _, row := range g.t.Rows {
		if len(row.Cells) == 0 {
			continue
		}
		name := row.Cells[0]
		cut := g.Fit(name, g.widths[0])
		if other, ok := seen[cut]; ok && other != name {
			g.twins[cut] = true
		}
		seen[cut] = name
	}
}

// name returns a name cut to its column: at its end, or in its middle if others
// end up the same.
func (g *grid) name(s string) string {
	w := g.widths[0]
	cut := g.Fit(s, w)
	if !g.twins[cut] {
		return cut
	}
	if g.Glyphs == canvas.ASCII {
		s = canvas.Fold(s)
	}
	end, runes := "", []rune(s)
	for i := len(runes) - 1; i > 0 && g.Width(string(runes[i:])) <= (w-1)/2; i-- {
		end = string(runes[i:])
	}
	return g.Fit(s, w-g.Width(end)) + end
}

// total is the width of the table: columns, gaps, cursor, and the count of what
// is hidden.
func (g *grid) total() int {
	n := cursorWidth - g.gap
	for _, w := range g.widths {
		n += w + g.gap
	}
	if g.hidden > 0 {
		n += 1 + len(g.hiddenNote())
	}
	return n
}

func (g *grid) hiddenNote() string { return fmt.Sprintf("+%d", g.hidden) }

// scroll returns the first row to show so that the selected one is among n, in
// the middle where possible.
func (g *grid) scroll(n int) int {
	for i, row := range g.t.Rows {
		if row.Selected {
			return max(min(i-n/2, len(g.t.Rows)-n), 0)
		}
	}
	return 0
}

func (g *grid) header(y int) {
	names := slices.Clone(g.t.Columns)
	for i, w := range g.widths {
		if 0 < i && i < len(names) {
			names[i] = g.abbreviate(names[i], w)
		}
	}
	g.cells(y, names, theme.Dim, theme.Dim, 0)
	if g.hidden > 0 {
		right(g.Canvas, g.W, y, g.hiddenNote(), theme.Accent)
	}
}

// abbreviate returns a header cut to w cells: of few, all go to letters, for ord
// says more than or….
func (g *grid) abbreviate(s string, w int) string {
	if w >= 5 || g.Width(s) <= w {
		return g.Fit(s, w)
	}
	if g.Glyphs == canvas.ASCII {
		s = canvas.Fold(s)
	}
	cut := ""
	for _, r := range s {
		if g.Width(cut+string(r)) > w {
			break
		}
		cut += string(r)
	}
	return cut
}

func (g *grid) row(y int, row *lab.Row) {
	var attr canvas.Attr
	tok := theme.Text
	if row.Selected {
		tok, attr = theme.Selected, canvas.Bold
		g.Put(0, y, '▸', theme.Accent, canvas.Bold)
	}
	name := theme.Of(row.Role)
	if row.Role == lab.RoleField { // no curve goes with it
		name = tok
	}
	g.cells(y, row.Cells, name, tok, attr)
}

// cells draws one row: the first column left, the others right-aligned.
func (g *grid) cells(y int, cells []string, name, tok theme.Token, attr canvas.Attr) {
	x := cursorWidth
	for i, w := range g.widths {
		if i < len(cells) {
			if i == 0 {
				g.TextAttr(x, y, g.name(cells[i]), name, attr)
			} else {
				s := g.Fit(cells[i], w)
				g.TextAttr(x+w-g.Width(s), y, s, tok, attr)
			}
		}
		x += w + g.gap
	}
}
