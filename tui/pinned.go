package tui

import (
	"strings"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/plot"
)

// pinned is a picture kept beside the present one, to compare two runs (A/B).
type pinned struct {
	frame *lab.Frame
	setup lab.Setup
}

// drawPair draws the pinned run and the present one beside each other, the same
// size, each under the knobs in which they differ and above its numbers.
func drawPair(c *canvas.Canvas, r canvas.Rect, l *live) {
	w := (r.W - 2) / 2
	left, _ := r.Left(w)
	right, _ := r.Right(w)
	a, b := l.pinned, pinned{l.frame, l.taken}
	below := max(numbersHeight(runNumbers(a.frame), w), numbersHeight(runNumbers(b.frame), w))
	a.draw(c.View(left), below, "A: "+differing(l.exp, a.setup, b.setup))
	b.draw(c.View(right), below, "B: "+differing(l.exp, b.setup, a.setup))
}

func (p pinned) draw(c *canvas.Canvas, below int, title string) {
	plane := *p.frame.Plane
	plane.Title = title
	low, top := c.Bounds().Bottom(min(below, max(c.H/3, c.H-14))) // the first numbers, where there is little room
	plot.Plane(c, top, &plane)
	low.W = min(low.W, besideWidth)
	drawNumbers(c.View(low), runNumbers(p.frame))
}

// differing names the knobs of s that are not those of the other, the data if
// there are none.
func differing(exp lab.Experiment, s, other lab.Setup) string {
	var words []string
	for _, key := range exp.Knobs {
		if k, err := lab.FindKnob(key); err == nil && k.Get(&s) != k.Get(&other) {
			words = append(words, k.Title+" "+shownValue(k, k.Get(&s)))
		}
	}
	if len(words) == 0 {
		return s.Data
	}
	return strings.Join(words, ", ")
}
