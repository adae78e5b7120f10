package tui

import (
	"fmt"
	"math"
	"strings"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/plot"
	"fmlab/tui/theme"
)

// panel is one picture of a frame.
type panel struct {
	name string
	rows int // the rows it wants at least
	draw func(c *canvas.Canvas, r canvas.Rect)
}

// panels are the pictures of a frame in the order they are offered: the plane,
// the charts, the table, the numbers.
func panels(f *lab.Frame) []panel {
	if f == nil {
		return nil
	}
	var all []panel
	if f.Plane != nil {
		all = append(all, panel{"plane", 10, func(c *canvas.Canvas, r canvas.Rect) { plot.Plane(c, r, f.Plane) }})
	}
	for i := range f.Charts {
		ch := &f.Charts[i]
		all = append(all, panel{ch.Name, 8, func(c *canvas.Canvas, r canvas.Rect) { plot.Chart(c, r, ch) }})
	}
	if f.Table != nil {
		all = append(all, panel{"table", len(f.Table.Rows) + 2, func(c *canvas.Canvas, r canvas.Rect) { plot.Table(c, r, f.Table) }})
	}
	if lines := statLines(f); len(lines) > 0 {
		all = append(all, panel{"numbers", len(lines), func(c *canvas.Canvas, r canvas.Rect) { drawStats(c.View(r), lines) }})
	}
	return all
}

// drawPanel draws an instrument: knobs, progress, pictures, the scrubber.
func drawPanel(a *App, c *canvas.Canvas, l *live, controls bool) {
	if l.exp.Start == nil {
		return
	}
	area := c.Bounds()
	if controls {
		var head, foot canvas.Rect
		head, area = area.Top(2)
		foot, area = area.Bottom(2)
		drawKnobLine(c.View(head), l)
		drawScrub(c.View(foot), l)
	}
	f := l.frame
	if f == nil {
		c.View(area).Text(0, 0, "starting …", theme.Dim)
		return
	}
	all := panels(f)
	if a.zoom > 0 && a.zoom <= len(all) && controls {
		all[a.zoom-1].draw(c, area)
		return
	}
	if l.pinned != nil && controls {
		left, right := area.Left(area.W / 2)
		pin := *l.pinned.Plane
		pin.Title = "A: " + pin.Title
		plot.Plane(c, left, &pin)
		if f.Plane != nil {
			now := *f.Plane
			now.Title = "B: " + now.Title
			plot.Plane(c, right, &now)
		}
		return
	}
	arrange(c, area, lead(all, l.show))
}

// lead puts the panel that the scene names first; the plane keeps its place as
// the picture beside it.
func lead(all []panel, show string) []panel {
	var first, rest []panel
	for _, p := range all {
		if p.name == show && p.name != "plane" {
			first = append(first, p)
		} else {
			rest = append(rest, p)
		}
	}
	if len(rest) > 0 && rest[0].name == "plane" {
		return append(append(rest[:1:1], first...), rest[1:]...)
	}
	return append(first, rest...)
}

// arrange places the panels: the plane as a square at the left, the others
// stacked beside it, and below it what is left when the area is tall.
func arrange(c *canvas.Canvas, r canvas.Rect, all []panel) {
	if len(all) == 0 {
		return
	}
	if all[0].name != "plane" || len(all) == 1 {
		stack(c, r, all)
		return
	}
	plane, others := all[0], all[1:]
	var below []panel
	if tall := r.H > 20 && 10*r.W < 28*r.H; tall {
		i := 0
		for ; i < len(others) && len(below) < 1; i++ {
			if others[i].rows == 8 { // a chart is wide: it goes below
				below = append(below, others[i])
				others = append(others[:i:i], others[i+1:]...)
			}
		}
	}
	if len(below) > 0 {
		low, top := r.Bottom(r.H * 42 / 100)
		stack(c, low, below)
		r = top
		r.H--
	}
	w := min(plot.PlaneWidth(r.H), r.W*6/10)
	if r.W < 40 {
		w = r.W
	}
	left, right := r.Left(w)
	plane.draw(c, left)
	if right.W > 3 {
		right.X, right.W = right.X+2, right.W-2
		stack(c, right, others)
	}
}

// stack draws panels above each other: as many as have room, the spare rows
// going to the charts.
func stack(c *canvas.Canvas, r canvas.Rect, all []panel) {
	n, need, charts := 0, 0, 0
	for _, p := range all {
		if n > 0 && need+p.rows+1 > r.H {
			break
		}
		if need += p.rows; n > 0 {
			need++
		}
		if p.rows == 8 {
			charts++
		}
		n++
	}
	spare := max(0, r.H-need)
	for i, p := range all[:n] {
		h := p.rows
		if p.rows == 8 {
			extra := spare / charts
			h, spare, charts = h+extra, spare-extra, charts-1
		} else if i == n-1 {
			h += spare
		}
		var cut canvas.Rect
		cut, r = r.Top(h)
		p.draw(c, cut)
		_, r = r.Top(1)
	}
}

// drawKnobLine says what is set, and how the work goes.
func drawKnobLine(c *canvas.Canvas, l *live) {
	x := 0
	for _, key := range l.exp.Knobs {
		k, err := lab.FindKnob(key)
		if err != nil || key == "rtol" || key == "atol" || key == "n" {
			continue
		}
		value := k.Get(&l.setup)
		if x+c.Width(k.Title)+c.Width(value)+3 > c.W {
			break
		}
		x += c.Text(x, 0, k.Title+" ", theme.Dim)
		x += c.TextAttr(x, 0, value, theme.Text, canvas.Bold) + 2
	}
	f := l.frame
	if f == nil {
		return
	}
	switch p := f.Progress; {
	case f.Err != nil:
		c.Text(0, 1, c.Fit("stopped: "+f.Err.Error(), c.W), theme.Bad)
	case p.Total > 0:
		text := fmt.Sprintf("%s %d of %d", p.What, p.Done, p.Total)
		if p.What == "training" && l.eta() != "" {
			text += ", " + l.eta()
		}
		if l.paused {
			text += " (paused: space goes on)"
		}
		plot.Gauge(c, 0, 1, min(18, c.W/4), float64(p.Done)/float64(p.Total))
		c.Text(min(18, c.W/4)+2, 1, c.Fit(text, c.W-min(18, c.W/4)-2), theme.Dim)
	case f.Say != "":
		c.Text(0, 1, c.Fit(f.Say, c.W), theme.Accent)
	}
}

func drawScrub(c *canvas.Canvas, l *live) {
	t := l.look.Trip
	if l.frame != nil {
		t = l.frame.T
	}
	plot.Scrub(c, 0, 1, min(c.W-18, 60), t)
	if c.W > 60 {
		c.Text(min(c.W-18, 60)+2, 1, "0 noise … 1 data", theme.Dim)
	}
}

// statLines are the measured numbers, each with its floor below.
func statLines(f *lab.Frame) []statLine {
	var lines []statLine
	for _, s := range f.Stats {
		if s.Key == "t" || s.Key == "loss_floor" {
			continue
		}
		lines = append(lines, statLine{s.Title, lab.Num(s.Value), false})
		if !math.IsNaN(s.Floor) {
			text := "floor " + lab.Num(s.Floor)
			if !math.IsNaN(s.Q95) {
				text += ", 95 % " + lab.Num(s.Q95)
			}
			lines = append(lines, statLine{"", text, true})
		}
	}
	return lines
}

type statLine struct {
	title, value string
	floor        bool
}

func drawStats(c *canvas.Canvas, lines []statLine) {
	w := min(c.W, 44)
	for y, s := range lines {
		tok := theme.Text
		if s.floor {
			tok = theme.Dim
		}
		c.Text(0, y, c.Fit(s.title, max(0, w-len(s.value)-1)), theme.Dim)
		c.Text(max(0, w-c.Width(s.value)), y, s.value, tok)
	}
}

// describe says the frame in words, for a crash report and for tests.
func describe(f *lab.Frame) string { return strings.TrimSpace(plot.Describe(f)) }
