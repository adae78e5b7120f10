package tui

import (
	"slices"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/plot"
	"fmlab/tui/theme"
)

// panel is one picture of a frame.
type panel struct {
	name    string
	rank    int             // when there is no room for all, low ranks stay
	rows    func(w int) int // the rows it wants at least, w cells wide
	least   int             // the rows it can do with in need, 0 for what it wants
	elastic bool            // it can use more
	draw    func(c *canvas.Canvas, r canvas.Rect)
	table   *lab.Table // that is drawn, nil for another picture
}

func rows(n int) func(int) int { return func(int) int { return n } }

// panels are the pictures of a frame in the order they are offered: the plane,
// the charts, the table, the numbers. The panel that the scene names leads.
func panels(f *lab.Frame, show string) []panel {
	if f == nil {
		return nil
	}
	var all []panel
	if f.Plane != nil {
		all = append(all, panel{"plane", 0, rows(10), 0, true, func(c *canvas.Canvas, r canvas.Rect) { plot.Plane(c, r, f.Plane) }, nil})
	}
	led := false
	for i := range f.Charts {
		ch, rank := &f.Charts[i], 4
		past := ch.Name == "loss" && f.Progress.What != "training" && (len(f.Charts) > 1 || f.Table != nil) // what came of it is more
		switch {
		case ch.Name == show:
			rank = 1
		case !past && !led:
			rank, led = 2, true
		}
		all = append(all, panel{ch.Name, rank, rows(8), 0, true, func(c *canvas.Canvas, r canvas.Rect) { plot.Chart(c, r, ch) }, nil})
	}
	if f.Table != nil {
		rank := 2
		if show == "table" {
			rank = 1
		}
		all = append(all, panel{"table", rank, rows(len(f.Table.Rows) + 2), 0, false, func(c *canvas.Canvas, r canvas.Rect) { plot.Table(c, r, f.Table) }, f.Table})
	}
	if ns := numbers(f); len(ns) > 0 {
		height := func(w int) int { return numbersHeight(ns, w) }
		all = append(all, panel{"numbers", 3, height, leastNumbers, false, func(c *canvas.Canvas, r canvas.Rect) { drawNumbers(c.View(r), ns) }, nil})
	}
	return all
}

// detail is how much of an instrument is drawn.
type detail int

const (
	preview detail = iota // pictures only, where there are any
	setting               // the plane and the controls: what a prediction may know
	blind                 // the picture that leads, without a word of what is set: what a question may show
	whole                 // all
)

// drawPanel draws an instrument: knobs, progress, pictures, the scrubber.
func drawPanel(a *App, c *canvas.Canvas, l *live, show detail) {
	if l.exp.Start == nil {
		return
	}
	area := c.Bounds()
	f := l.frame
	if show == blind && f != nil {
		drawBlind(c, f, l.show)
		return
	}
	_, area = area.Top(drawLabels(c, f))
	if show == setting || show == whole {
		var head, foot canvas.Rect
		head, area = area.Top(headRows(c, f))
		drawHead(c.View(head), l)
		if l.heeds().Trip > 0 {
			foot, area = area.Bottom(2)
			drawScrub(c.View(foot), l)
		}
	}
	if f == nil {
		drawEmpty(c.View(area), l)
		return
	}
	all := panels(f, l.show)
	switch {
	case show == preview && (f.Plane != nil || len(f.Charts) > 0):
		all = slices.DeleteFunc(all, func(p panel) bool { return p.name == "numbers" || p.name == "table" })
	case show == setting:
		all = slices.DeleteFunc(all, func(p panel) bool { return p.name != "plane" })
	case a.zoom > 0 && a.zoom <= len(all):
		all[a.zoom-1].draw(c, area)
		return
	case l.pinned != nil && f.Plane != nil && l.pinned.frame.Plane != nil:
		drawPair(c, area, l)
		return
	}
	if f.OneChart {
		all = oneChart(f, all, l.show)
	}
	arrange(c, area, all)
}

// oneChart leaves the chart that leads, the first where none does, and no other.
func oneChart(f *lab.Frame, all []panel, show string) []panel {
	if len(f.Charts) == 0 {
		return all
	}
	if f.Chart(show) == nil {
		show = f.Charts[0].Name
	}
	return slices.DeleteFunc(all, func(p panel) bool { return f.Chart(p.name) != nil && p.name != show })
}

// drawBlind draws the picture that leads: the plane, or the chart that the scene
// names. Titles and the names of lines say what is set, so they are left out.
func drawBlind(c *canvas.Canvas, f *lab.Frame, show string) {
	if ch := f.Chart(show); ch != nil || f.Plane == nil && len(f.Charts) > 0 {
		if ch == nil {
			ch = &f.Charts[0]
		}
		bare := *ch
		bare.Title, bare.Note = "", ""
		plot.Chart(c, c.Bounds(), &bare)
	} else if f.Plane != nil {
		bare := *f.Plane
		bare.Title = ""
		bare.Layers = slices.Clone(bare.Layers)
		for i := range bare.Layers {
			if bare.Layers[i].Role == lab.RoleTrail {
				bare.Layers[i].Label = "lines"
			}
		}
		plot.Plane(c, c.Bounds(), &bare)
	}
}

// drawEmpty says why there is no picture.
func drawEmpty(c *canvas.Canvas, l *live) {
	if l.wrong == "" {
		c.Text(0, 0, "starting …", theme.Dim)
		return
	}
	for y, line := range wrapWords(l.wrong, c.W) {
		c.Text(0, y, line, theme.Bad)
	}
}

// leastPlane is the width below which a plane gives no more room to a table.
const leastPlane = 24

// tableWidth is what the table among the panels needs to be whole with its title,
// 0 when there is none.
func tableWidth(c *canvas.Canvas, all []panel) int {
	i := slices.IndexFunc(all, func(p panel) bool { return p.table != nil })
	if i < 0 {
		return 0
	}
	t := all[i].table
	w := 2 // the mark of the selected row
	for col, title := range t.Columns {
		cell := c.Width(title)
		for _, row := range t.Rows {
			if col < len(row.Cells) {
				cell = max(cell, c.Width(row.Cells[col]))
			}
		}
		w += cell + 1
	}
	return max(w, c.Width(t.Title))
}

// arrange places the panels. In a wide area the plane fills the left and the
// others stand beside it; in a tall one it stands on top of them.
func arrange(c *canvas.Canvas, r canvas.Rect, all []panel) {
	if len(all) < 2 || all[0].name != "plane" {
		stack(c, r, all)
		return
	}
	plane, others := all[0], all[1:]
	if tall := 10*r.W < 26*r.H && r.H > 20; !tall {
		w := min(plot.PlaneWidth(r.H), r.W*55/100, max(leastPlane, r.W-2-tableWidth(c, others)))
		if r.W < 44 {
			w = r.W
		}
		left, right := r.Left(w)
		plane.draw(c, left)
		right.X, right.W = right.X+2, right.W-2
		stack(c, right, others)
		return
	}
	chart := slices.IndexFunc(others, func(p panel) bool { return p.elastic && p.rank == 1 })
	if chart < 0 {
		chart = slices.IndexFunc(others, func(p panel) bool { return p.elastic })
	}
	if chart < 0 { // numbers alone
		low, top := r.Bottom(others[0].rows(r.W))
		top.H--
		plane.draw(c, top)
		stack(c, low, others)
		return
	}
	low, top := r.Bottom(max(11, r.H*42/100)) // one chart below, the rest beside the plane
	top.H--
	others[chart].draw(c, low)
	left, right := top.Left(min(plot.PlaneWidth(top.H), top.W-26, max(leastPlane, top.W-2-tableWidth(c, others))))
	plane.draw(c, left)
	right.X, right.W = right.X+2, right.W-2
	stack(c, right, slices.Delete(slices.Clone(others), chart, chart+1))
}

// stack draws panels above each other: those of low rank that have room, in
// their order, the spare rows going to the elastic ones.
func stack(c *canvas.Canvas, r canvas.Rect, all []panel) {
	if r.W < 8 {
		return
	}
	shown, need := fitting(all, r)
	stretch := 0
	for _, p := range shown {
		if p.elastic {
			stretch++
		}
	}
	spare := max(0, r.H-need)
	for _, p := range shown {
		h := p.h
		if p.elastic {
			extra := spare / stretch
			h, spare, stretch = h+extra, spare-extra, stretch-1
		}
		var cut canvas.Rect
		cut, r = r.Top(h)
		p.draw(c, cut)
		_, r = r.Top(1)
	}
}

// fitted is a panel with the rows it gets.
type fitted struct {
	panel
	h int
}

// fitting chooses by rank the panels that have room in r, with a row between
// them, and returns the rows they need. One is always shown, however small.
func fitting(all []panel, r canvas.Rect) (shown []fitted, need int) {
	byRank := slices.Clone(all)
	slices.SortStableFunc(byRank, func(a, b panel) int { return a.rank - b.rank })
	chosen := map[string]int{}
	for _, p := range byRank {
		h, gap := p.rows(r.W), min(len(chosen), 1)
		if left := r.H - need - gap; len(chosen) > 0 && h > left {
			if p.least == 0 || p.least > left {
				continue
			}
			h = left
		}
		chosen[p.name] = h
		need += gap + h
	}
	for _, p := range all {
		if h, ok := chosen[p.name]; ok {
			shown = append(shown, fitted{p, h})
		}
	}
	return shown, need
}
