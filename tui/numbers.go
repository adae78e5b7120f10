package tui

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// number is a measured number with its floor, what a perfect sampler scores:
// the median, and the median with the 95 % quantile; "" when it has none.
type number struct{ key, title, value, median, floor string }

// elsewhere are stats that are said in another place: the time by the scrubber,
// the floor of the loss below the loss.
var elsewhere = []string{"t", "loss_floor"}

// numbers are those that no other panel shows.
func numbers(f *lab.Frame) []number {
	return numbersBut(f, func(key string) bool {
		return slices.Contains(elsewhere, key) || f.Table != nil && inTable(f.Table, key)
	})
}

// inTable says whether a table shows a stat.
func inTable(t *lab.Table, key string) bool {
	return slices.ContainsFunc(t.Stats, func(s string) bool { return key == s || strings.HasPrefix(key, s+"_") })
}

// runNumbers are the numbers of a run that is drawn without a table.
func runNumbers(f *lab.Frame) []number {
	return numbersBut(f, func(key string) bool { return slices.Contains(elsewhere, key) })
}

func numbersBut(f *lab.Frame, shown func(key string) bool) (all []number) {
	for _, s := range f.Stats {
		if shown(s.Key) {
			continue
		}
		n := number{key: s.Key, title: s.Title, value: lab.Num(s.Value)}
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

// One column is no wider, so that a number is not far from its title; and a few
// rows stay in one.
const oneColumnWidth, fewRows = 64, 8

// numberColumns lays numbers out in w cells: in one column or two, of rows each
// column wide. A floor stands below what it belongs to, or beside it.
func numberColumns(all []number, w int) (columns [][]numberRow, column int) {
	one := min(w, oneColumnWidth)
	if rows := numberRows(all, one); w < columnsWidth || len(rows) <= fewRows {
		return [][]numberRow{rows}, one
	}
	column = min((w-3)/2, 44)
	rows := numberRows(all, min(column, besideWidth-1))
	half := (len(rows) + 1) / 2
	if half < len(rows) && rows[half].dim {
		half++
	}
	return [][]numberRow{rows[:half], rows[half:]}, column
}

// numberRows are the rows of one column: floors beside the numbers where all has
// room, with their quantiles or without, and else below them.
func numberRows(all []number, w int) (rows []numberRow) {
	full := func(n number) string { return n.floor }
	median := func(n number) string { return n.median }
	floor, beside := full, w >= besideWidth
	if beside && !fitBeside(all, full, w) {
		floor, beside = median, fitBeside(all, median, w)
	}
	if !beside {
		floor = full
		if slices.ContainsFunc(all, func(n number) bool { return runes("  floor ")+runes(n.floor) > w }) {
			floor = median
		}
	}
	for _, n := range all {
		row := numberRow{title: n.title, value: n.value}
		switch f := floor(n); {
		case f == "":
			rows = append(rows, row)
		case beside:
			row.note = "floor " + f
			rows = append(rows, row)
		default:
			rows = append(rows, row, numberRow{title: "  floor", value: f, dim: true})
		}
	}
	return rows
}

// fitBeside says whether w cells have room for titles and values whole, with
// floors beside them.
func fitBeside(all []number, floor func(number) string, w int) bool {
	need, note := 0, 0
	for _, n := range all {
		need = max(need, runes(n.title)+1+runes(n.value))
		if f := floor(n); f != "" {
			note = max(note, runes("  floor ")+runes(f))
		}
	}
	return need+note <= w
}

func runes(s string) int { return utf8.RuneCountInString(s) }

// numbersHeight is the rows that numbers take in w cells.
func numbersHeight(all []number, w int) int {
	columns, _ := numberColumns(all, w)
	return len(columns[0])
}

// minor are the stats that go first where there is no room for all.
var minor = []string{"steps", "iter", "nfe", "straightness"}

// leastNumbers is the rows in which numbers still say something.
const leastNumbers = 3

// weightiest are the numbers that have room in h rows of w cells, without the minor
// ones as far as need be.
func weightiest(all []number, w, h int) []number {
	for _, key := range minor {
		if numbersHeight(all, w) <= h {
			break
		}
		all = slices.DeleteFunc(slices.Clone(all), func(n number) bool { return n.key == key })
	}
	return all
}

// drawNumbers draws the list of numbers.
func drawNumbers(c *canvas.Canvas, all []number) {
	all = weightiest(all, c.W, c.H)
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
