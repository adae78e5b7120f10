package plot

import (
	"fmt"
	"math"
	"slices"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// chartGutter is the width left of a chart: tick label of seven cells, blank, axis.
const chartGutter = 9

// graph is a chart with its place on the canvas and its axes.
type graph struct {
	*canvas.Canvas // all of the rectangle
	ch             *lab.Chart
	box            canvas.Rect // where the curves are
	key            canvas.Rect // where the legend is, empty if there is no room
	x, y           axis
	ends           bool // curves are named at their ends, not in a legend
}

// Chart draws ch in r: title, curves over two axes, legend, note. Curves are
// drawn by asciigraph, curves with measured points (Marks) by braille lines with
// a marker at each point. Values that are not finite, and on a log axis not
// positive, are gaps; the first infinite one is marked with a cross.
func Chart(c *canvas.Canvas, r canvas.Rect, ch *lab.Chart) {
	for _, cv := range ch.Curves {
		if len(cv.X) != len(cv.Y) {
			panic(fmt.Sprintf("plot: curve %q has %d x against %d y", cv.Label, len(cv.X), len(cv.Y)))
		}
	}
	g := &graph{Canvas: c.View(r), ch: ch}
	marks := slices.ContainsFunc(ch.Curves, func(cv lab.Curve) bool { return cv.Marks })
	g.layout(marks)
	if g.box.Empty() {
		heading(g.Canvas, ch.Title, "")
		return
	}
	ok := g.fit()
	g.axes(ok)
	if !g.ends {
		for i, keys := range g.legend() {
			legend(g.View(g.key), i, keys)
		}
	}
	switch {
	case !ok:
		g.empty()
		return
	case marks:
		g.measured()
	default:
		g.lines()
	}
	g.crosses()
}

// layout divides the rectangle and draws title and note.
func (g *graph) layout(marks bool) {
	rest := canvas.Rect{W: g.W, H: g.H}
	if g.W < chartGutter+8 || g.H < 3 {
		return
	}
	if g.H >= 6 {
		_, rest = rest.Top(1)
		heading(g.Canvas, g.ch.Title, g.ch.YLabel)
	}
	if g.ch.Note != "" && g.H >= 8 {
		_, rest = rest.Bottom(1)
		g.Text(0, g.H-1, g.Fit(g.ch.Note, g.W), theme.Dim)
	}
	g.ends = marks && g.endWidth() <= g.W/3 && len(g.ch.Curves) <= g.H-4
	if !g.ends && g.H >= 7 {
		g.key, rest = rest.Bottom(len(g.legend()))
	}
	if g.H >= 5 {
		_, rest = rest.Bottom(2)
	}
	_, g.box = rest.Left(chartGutter)
	if g.ends {
		g.box.W -= g.endWidth()
	}
}

// endWidth is what the names at the ends of the curves take.
func (g *graph) endWidth() int {
	w := 0
	for _, cv := range g.ch.Curves {
		if cv.Label != "" {
			w = max(w, g.Width(cv.Label)+3)
		}
	}
	return w
}

// legend names the curves with their last values, or without them if there is
// no room: in one row, or in two where the chart is high.
func (g *graph) legend() [][]key {
	full, names := []key{}, []key{}
	for i := range g.ch.Curves {
		cv := &g.ch.Curves[i]
		if cv.Label == "" {
			continue
		}
		k := key{role: cv.Role, label: cv.Label}
		names = append(names, k)
		if n := lastFinite(cv.Y); n >= 0 && g.y.hi > g.y.lo {
			k.label += " " + g.value(cv.Y[n])
		}
		full = append(full, k)
	}
	if legendWidth(g.Canvas, full) <= g.W {
		return [][]key{full}
	}
	rows := legendRows(g.Canvas, names)
	if g.H < 11 {
		return [][]key{names}
	}
	return rows[:min(2, len(rows))]
}

// value writes a value on the chart: what is nothing on a linear axis is 0.
func (g *graph) value(v float64) string {
	if !g.y.log && math.Abs(v) < 1e-9*(g.y.hi-g.y.lo) {
		v = 0
	}
	return short(v)
}

// lastFinite returns the index of the last number, -1 if there is none.
func lastFinite(ys []float64) int {
	for i := len(ys) - 1; i >= 0; i-- {
		if !math.IsNaN(ys[i]) && !math.IsInf(ys[i], 0) {
			return i
		}
	}
	return -1
}

// fit finds the axes that hold all curves and reports whether there is anything
// to draw.
func (g *graph) fit() (ok bool) {
	var xs, ys [][]float64
	for _, cv := range g.ch.Curves {
		xs, ys = append(xs, cv.X), append(ys, cv.Y)
	}
	var okX, okY bool
	g.x, okX = fit(g.ch.LogX, xs...)
	g.x.plain = true
	g.y, okY = fit(g.ch.LogY, ys...)
	g.y = g.y.round(g.yTicks())
	return okX && okY
}

func (g *graph) yTicks() int { return max(g.box.H/3, min(3, g.box.H/2)) }

// axes draws both axes, their ticks if there is a scale, and the name of the
// horizontal one.
func (g *graph) axes(scale bool) {
	g.VRule(g.box.X-1, g.box.Y, g.box.H, theme.Border)
	if scale {
		g.yAxis()
	}
	if g.H < 5 {
		return
	}
	bottom := g.box.Y + g.box.H
	g.Set(g.box.X-1, bottom, '└', theme.Border)
	g.HRule(g.box.X, bottom, g.box.W, theme.Border)
	if scale {
		g.xAxis(bottom)
	}
	if n := g.Width(g.ch.XLabel); n > 0 && n+4 <= g.box.W {
		right(g.Canvas, g.box.X+g.box.W, bottom, " "+g.ch.XLabel, theme.Dim)
	}
}

// yAxis labels the rows; a floor has its value in its own colour.
func (g *graph) yAxis() {
	label := func(y int, s string, tok theme.Token) {
		if x := g.box.X - 2; len(s) <= x {
			g.Fill(canvas.Rect{Y: y, W: x}, ' ', tok, 0)
			g.Set(x+1, y, '┤', theme.Border)
			right(g.Canvas, x, y, s, tok)
		}
	}
	for _, t := range g.y.ticks(g.yTicks()) {
		label(g.box.Y+g.row(t.s), t.label, theme.Dim)
	}
	for i := range g.ch.Curves {
		cv := &g.ch.Curves[i]
		if k := lastFinite(cv.Y); k >= 0 && cv.Role == lab.RoleFloor && !math.IsNaN(g.y.at(cv.Y[k])) {
			label(g.box.Y+g.row(g.y.at(cv.Y[k])), g.value(cv.Y[k]), theme.Floor)
		}
	}
}

// xAxis labels the columns, leaving out what would touch.
func (g *graph) xAxis(y int) {
	free := 0 // first column not taken by a label
	n := g.box.W / 10
	if g.x.log {
		n = g.box.W / 6
	}
	for _, t := range g.x.ticks(max(n, 3)) {
		x := g.box.X + cell(t.s, g.box.W)
		g.Set(x, y, '┬', theme.Border)
		if at := min(x-len(t.label)/2, g.W-len(t.label)); at >= free {
			g.Text(at, y+1, t.label, theme.Dim)
			free = at + len(t.label) + 1
		}
	}
}

// row returns the row of the box at height s in [0, 1].
func (g *graph) row(s float64) int {
	return g.box.H - 1 - int(math.Round(clamp(s)*float64(g.box.H-1)))
}

// empty says why there is nothing to see.
func (g *graph) empty() {
	say := "nothing measured yet"
	for _, cv := range g.ch.Curves {
		switch {
		case lastFinite(cv.Y) >= 0 && g.ch.LogY:
			say = "no positive value, and the axis is logarithmic"
		case len(cv.Y) > 0 && lastFinite(cv.Y) < 0:
			say = "no finite value"
		}
	}
	v := g.View(g.box)
	say = v.Fit(say, v.W)
	v.Text((v.W-v.Width(say))/2, v.H/2, say, theme.Dim)
}

// crosses marks the first infinite value of each curve, at the edge it left by.
func (g *graph) crosses() {
	v := g.View(g.box)
	for _, cv := range g.ch.Curves {
		for i, y := range cv.Y {
			if !math.IsInf(y, 0) {
				continue
			}
			if s := g.x.at(cv.X[i]); s >= 0 && s <= 1 {
				v.Set(cell(s, v.W), g.row(y), '×', theme.Bad)
			}
			break
		}
	}
}
