package tui

import (
	"fmt"
	"slices"
	"strings"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/plot"
	"fmlab/tui/theme"
)

// A sentence about the state takes so many rows at most; from roomy rows on there
// is one for progress beside it, so that nothing moves when the work is done.
const sayRows, roomy = 4, 28

// headRows is the rows above the pictures: the knobs, how the work goes, and a
// sentence about the state.
func headRows(c *canvas.Canvas, f *lab.Frame) int {
	if f != nil && f.Err != nil {
		return 1 + len(stopped(f, c.W))
	}
	if f == nil || f.Say == "" || c.H < 18 {
		return 2
	}
	rows := 1 + min(len(wrapWords(f.Say, c.W)), sayRows)
	if f.Progress.Total > 0 || c.H >= roomy {
		rows++
	}
	return rows
}

// drawLabels says on top what is at work besides the lab's own parts: code of the
// learner's, and what is wrong on purpose. It returns the rows they take.
func drawLabels(c *canvas.Canvas, f *lab.Frame) int {
	rows := 0
	if f != nil && f.Own != "" {
		c.TextAttr(0, 0, c.Fit("● "+f.Own, c.W), theme.Good, canvas.Bold)
		rows = 1
	}
	return rows + drawPitfall(c.View(canvas.Rect{Y: rows, W: c.W, H: c.H - rows}), f)
}

// stopped says why a run ended badly, in a few rows.
func stopped(f *lab.Frame, w int) []string {
	lines := wrapWords("stopped: "+f.Err.Error(), w)
	return lines[:min(len(lines), sayRows)]
}

// drawPitfall says on top what is wrong on purpose, in a row of its own, or in two
// where there is room, and returns the rows it takes.
func drawPitfall(c *canvas.Canvas, f *lab.Frame) int {
	if f == nil || f.Pitfall == "" {
		return 0
	}
	most := 1
	if c.H >= 18 {
		most = 2
	}
	lines := tail(wrapWords("✗ broken on purpose: "+f.Pitfall, c.W), most)
	for y, line := range lines {
		c.TextAttr(0, y, c.Fit(line, c.W), theme.Bad, canvas.Bold)
	}
	return len(lines)
}

// drawHead says what is set, and how the work goes.
func drawHead(c *canvas.Canvas, l *live) {
	said := func(key string) (title, value string) {
		k, _ := lab.FindKnob(key)
		return k.Title + " ", shownValue(k, l.setup.Get(key))
	}
	width := func(key string) int {
		title, value := said(key)
		return c.Width(title) + c.Width(value) + 2
	}
	x := 0
	for _, key := range l.told(c.W, width) {
		title, value := said(key)
		x += c.Text(x, 0, title, theme.Dim)
		x += c.TextAttr(x, 0, value, theme.Text, canvas.Bold) + 2
	}
	f := l.frame
	if f == nil {
		return
	}
	switch p := f.Progress; {
	case f.Err != nil:
		for i, line := range stopped(f, c.W) {
			c.Text(0, 1+i, line, theme.Bad)
		}
		return
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
	default:
		drawSay(c, 1, f.Say)
		return
	}
	drawSay(c, 2, f.Say)
}

// drawSay says a sentence from a row on, as far as there is room.
func drawSay(c *canvas.Canvas, y int, say string) {
	for i, line := range tail(wrapWords(say, c.W), c.H-y) {
		c.Text(0, y+i, c.Fit(line, c.W), theme.Accent)
	}
}

// tail puts what is beyond the last of n lines on its end.
func tail(lines []string, n int) []string {
	switch {
	case n < 1:
		return nil
	case len(lines) <= n:
		return lines
	}
	return append(slices.Clone(lines[:n-1]), strings.Join(lines[n-1:], " "))
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
