package plot

import (
	"fmt"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// grid is a table with the widths its columns get.
type grid struct {
	*canvas.Canvas
	t      *lab.Table
	widths []int
	gap    int // blanks between columns
	hidden int // columns at the right for which there is no room
}

// cursorWidth is the column of the selection mark.
const cursorWidth = 2

// leastName is the width below which names are not shortened.
const leastName = 6

// Table draws t in r: title, header, rows. The selected row carries a mark and is
// always in view. What does not fit is never dropped in silence: the space
// between columns goes first, then names are shortened, then columns at the right
// are left out and counted in the header; rows out of view are counted in the
// title.
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

// measure finds the width of each column, then makes them fit.
func (g *grid) measure() {
	columns := len(g.t.Columns)
	for _, row := range g.t.Rows {
		columns = max(columns, len(row.Cells))
	}
	g.widths = make([]int, columns)
	g.widen(g.t.Columns)
	for _, row := range g.t.Rows {
		g.widen(row.Cells)
	}
	for g.gap = 3; g.gap > 1 && g.total() > g.W; g.gap-- {
	}
	if columns == 0 {
		return
	}
	name := g.widths[0]
	g.shorten()
	for g.total() > g.W && len(g.widths) > 1 {
		g.widths = g.widths[:len(g.widths)-1]
		g.hidden = columns - len(g.widths)
	}
	g.widths[0] = name // a column that went may have left room for whole names
	g.shorten()
}

// shorten takes what is missing from the first column.
func (g *grid) shorten() {
	g.widths[0] = max(g.widths[0]-max(g.total()-g.W, 0), min(g.widths[0], leastName))
}

func (g *grid) widen(cells []string) {
	for i, s := range cells {
		g.widths[i] = max(g.widths[i], g.Width(s))
	}
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
	g.cells(y, g.t.Columns, theme.Dim, theme.Dim, 0)
	if g.hidden > 0 {
		right(g.Canvas, g.W, y, g.hiddenNote(), theme.Accent)
	}
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
			s := g.Fit(cells[i], w)
			if i == 0 {
				g.TextAttr(x, y, s, name, attr)
			} else {
				g.TextAttr(x+w-g.Width(s), y, s, tok, attr)
			}
		}
		x += w + g.gap
	}
}
