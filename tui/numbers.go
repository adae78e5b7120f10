package tui

import (
	"math"
	"slices"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// number is a measured number with its floor, what a perfect sampler scores:
// the median, and the median with the 95 % quantile; "" when it has none.
type number struct{ title, value, median, floor string }

// elsewhere are stats that are said in another place: the time by the scrubber,
// the floor of the loss below the loss.
var elsewhere = []string{"t", "loss_floor"}

// inTable are stats that a table shows in the row of the present setting.
var inTable = []string{"nfe", "steps", "rms_error"}

// numbers are those that no other panel shows.
func numbers(f *lab.Frame) []number {
	if f.Table == nil {
		return runNumbers(f)
	}
	return numbersBut(f, append(inTable, elsewhere...))
}

// runNumbers are the numbers of a run that is drawn without a table.
func runNumbers(f *lab.Frame) []number { return numbersBut(f, elsewhere) }

func numbersBut(f *lab.Frame, without []string) (all []number) {
	for _, s := range f.Stats {
		if slices.Contains(without, s.Key) {
			continue
		}
		n := number{title: s.Title, value: lab.Num(s.Value)}
		if !math.IsNaN(s.Floor) {
			n.median = lab.Num(s.Floor)
			n.floor = n.median
		}
		if !math.IsNaN(s.Q95) {
			n.floor += " – " + lab.Num(s.Q95)
		}
		all = append(all, n)
	}
	return all
}

// numberRow is a row of the list of numbers.
type numberRow struct {
	title, value, note string
	dim                bool
}

// Widths from which a floor stands beside its number, and from which there are
// two columns of them.
const besideWidth, columnsWidth = 42, 58

// numberColumns lays numbers out in w cells: in one column or two, of rows each
// column wide. A floor stands below what it belongs to, or beside it.
func numberColumns(all []number, w int) (columns [][]numberRow, column int) {
	if w < columnsWidth {
		return [][]numberRow{numberRows(all, w)}, w
	}
	column = min((w-3)/2, 44)
	rows := numberRows(all, min(column, besideWidth-1))
	half := (len(rows) + 1) / 2
	if half < len(rows) && rows[half].dim {
		half++
	}
	return [][]numberRow{rows[:half], rows[half:]}, column
}

func numberRows(all []number, w int) (rows []numberRow) {
	beside := w >= besideWidth
	full := !slices.ContainsFunc(all, func(n number) bool { // there is room for the quantiles
		need := len(n.title) + len(n.value) + len("  floor ") + len([]rune(n.floor)) + 2
		if !beside {
			need = len("  floor ") + len([]rune(n.floor))
		}
		return n.floor != "" && need > w
	})
	for _, n := range all {
		floor := n.floor
		if !full {
			floor = n.median
		}
		row := numberRow{title: n.title, value: n.value}
		switch {
		case floor == "":
			rows = append(rows, row)
		case beside:
			row.note = "floor " + floor
			rows = append(rows, row)
		default:
			rows = append(rows, row, numberRow{title: "  floor", value: floor, dim: true})
		}
	}
	return rows
}

// numbersHeight is the rows that numbers take in w cells.
func numbersHeight(all []number, w int) int {
	columns, _ := numberColumns(all, w)
	return len(columns[0])
}

// drawNumbers draws the list of numbers.
func drawNumbers(c *canvas.Canvas, all []number) {
	columns, w := numberColumns(all, c.W)
	for i, rows := range columns {
		drawNumberRows(c.View(canvas.Rect{X: i * (w + 3), W: w, H: c.H}), rows)
	}
}

func drawNumberRows(c *canvas.Canvas, rows []numberRow) {
	note := 0 // width of what stands beside
	for _, r := range rows {
		if r.note != "" {
			note = max(note, 2+c.Width(r.note))
		}
	}
	for y, r := range rows {
		tok := theme.Text
		if r.dim {
			tok = theme.Dim
		}
		value := c.Fit(r.value, c.W-note)
		c.Text(0, y, c.Fit(r.title, c.W-note-c.Width(value)-1), theme.Dim)
		c.Text(c.W-note-c.Width(value), y, value, tok)
		if r.note != "" {
			c.Text(c.W-note+2, y, r.note, theme.Dim)
		}
	}
}
