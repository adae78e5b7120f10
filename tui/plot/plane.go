package plot

import (
	"fmt"
	"slices"
	"strconv"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// planeGutter is the width of the tick labels and the axis left of a plane.
const planeGutter = 5

// PlaneWidth returns the columns a plane needs to fill h rows: with a cell twice
// as high as wide, two columns a row and the gutter.
func PlaneWidth(h int) int {
	_, rest := planeRows(h)
	return 2*rest + planeGutter
}

// planeRows returns which of title, axis and legend a plane of h rows has room
// for, and the rows left for the picture.
func planeRows(h int) (chrome planeChrome, rest int) {
	switch {
	case h >= 9:
		return planeChrome{true, true, true}, h - 4
	case h >= 6:
		return planeChrome{title: true, legend: true}, h - 2
	}
	return planeChrome{}, h
}

type planeChrome struct{ title, axes, legend bool }

// Plane draws p in r: title, square picture with axes, legend. Data keep their
// proportions (1:1 with cells of 1:2), so a ring is a ring; the square is
// centred in what r has to spare. Heat lies under all other marks, by backgrounds
// where there are colours enough and by shades elsewhere, blue and orange if any of
// it is below zero; its scale is in the legend. Layers of marks are drawn by the
// priority of their roles; points outside of the view are counted in the legend.
//
// It returns the square of the picture, in the coordinates of c, empty where there
// is no room for one.
func Plane(c *canvas.Canvas, r canvas.Rect, p *lab.Plane) (square canvas.Rect) {
	v := c.View(r)
	chrome, h := planeRows(v.H)
	gutter := 0
	if chrome.axes && v.W >= 3*planeGutter {
		gutter = planeGutter
	}
	var rows [][]key
	if chrome.legend {
		rows = legendRows(v, legendKeys(v, p.Layers))
		if v.H < 14 { // a small picture is worth more than all its names
			rows = rows[:1]
		}
		h -= len(rows) - 1
	}
	h = min(h, (v.W-gutter)/2)
	if h < 1 {
		return canvas.Rect{}
	}
	box := canvas.Rect{X: (v.W-gutter-2*h)/2 + gutter, W: 2 * h, H: h}
	if chrome.title {
		heading(v, p.Title, "")
		box.Y = 1
	}
	if chrome.axes {
		planeAxes(v, box, p.Half, gutter)
	}
	pic := &picture{Canvas: v.View(box), half: p.Half}
	pic.count(p.Layers)
	pic.draw(p.Layers)
	pic.legend(v, rows)
	return canvas.Rect{X: r.X + box.X, Y: r.Y + box.Y, W: box.W, H: box.H}
}

// planeAxes draws the left and the lower axis of a box with their ticks.
func planeAxes(v *canvas.Canvas, box canvas.Rect, half float64, gutter int) {
	ax := axis{lo: -half, hi: half}
	bottom := box.Y + box.H
	v.HRule(box.X, bottom, box.W, theme.Border)
	for _, t := range ax.ticks(max(box.W/8, 4)) {
		x := box.X + cell(t.s, box.W)
		v.Set(x, bottom, '┴', theme.Border)
		v.Text(x-(len(t.label)-signWidth(t.label))/2-signWidth(t.label), bottom+1, t.label, theme.Dim)
	}
	if gutter == 0 {
		return
	}
	v.VRule(box.X-1, box.Y, box.H, theme.Border)
	v.Set(box.X-1, bottom, '└', theme.Border)
	for _, t := range ax.ticks(max(box.H/3, 4)) {
		y := box.Y + box.H - 1 - cell(t.s, box.H)
		v.Set(box.X-1, y, '┤', theme.Border)
		right(v, box.X-1, y, v.Fit(t.label, gutter-1), theme.Dim)
	}
}

// signWidth is 1 for a label with a minus sign: the digits are centred, not the
// sign.
func signWidth(label string) int {
	if label[0] == '-' {
		return 1
	}
	return 0
}

// cell returns the cell of n that holds the place s in [0, 1].
func cell(s float64, n int) int { return min(int(s*float64(n)), n-1) }

// legendKeys names every layer with its size, or without where sizes have no room.
func legendKeys(v *canvas.Canvas, layers []lab.Layer) []key {
	var keys, short []key
	for i := range layers {
		l := &layers[i]
		if l.Kind == lab.Heat {
			h := newHeat(l)
			keys, short = append(keys, key{heat: &h}), append(short, key{heat: &h})
			continue
		}
		n := l.Points.Len()
		if l.Kind == lab.Trails {
			n = len(l.Paths)
		}
		if l.Label == "" {
			continue
		}
		label := l.Label
		if l.Kind != lab.Arrows {
			label += " " + thousands(n)
		}
		keys = append(keys, key{role: l.Role, label: label})
		short = append(short, key{role: l.Role, label: l.Label})
	}
	if legendWidth(v, keys) > v.W {
		return short
	}
	return keys
}

// legendRows breaks entries into rows that fit, at most three.
func legendRows(v *canvas.Canvas, keys []key) [][]key {
	rows := [][]key{nil}
	for _, k := range keys {
		last := len(rows) - 1
		if n := append(slices.Clone(rows[last]), k); len(rows[last]) > 0 && legendWidth(v, n) > v.W && len(rows) < 3 {
			rows = append(rows, []key{k})
		} else {
			rows[last] = n
		}
	}
	return rows
}

// legend draws the rows of entries at the bottom of v, with what lies outside.
func (p *picture) legend(v *canvas.Canvas, rows [][]key) {
	for i, keys := range rows {
		row := v.View(canvas.Rect{Y: v.H - len(rows) + i, W: v.W, H: 1})
		x := legend(row, 0, keys)
		if s := fmt.Sprintf("%s outside", thousands(p.outside)); i == len(rows)-1 && p.outside > 0 && x+2+len(s) <= v.W {
			row.Text(x+2, 0, s, theme.Dim)
		}
	}
}

// thousands writes n as 12,345.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
