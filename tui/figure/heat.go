package figure

import (
	"fmt"
	"math"
	"strings"

	"fmlab/lab"
	"fmlab/tui/theme"
)

// heat colours the view by values on a grid: a step of colour for a part of the
// greatest, in two colours where some are below zero.
func (s *sheet) heat(q *square, l *lab.Layer) {
	low, top := span(l.Values)
	if top == 0 || l.Side == 0 {
		return
	}
	steps, class := theme.HeatSteps, "h"
	if low < 0 {
		steps, class = theme.DivergeSteps, "a"
	}
	cells := map[int]*strings.Builder{}
	for row := range l.Side {
		for col := 0; col < l.Side; {
			k := step(l.Values[row*l.Side+col], top, steps)
			from := col
			for col < l.Side && step(l.Values[row*l.Side+col], top, steps) == k {
				col++
			}
			if k != 0 {
				if cells[k] == nil {
					cells[k] = new(strings.Builder)
				}
				cells[k].WriteString(run(q, l.Side, row, from, col))
			}
		}
	}
	for k := -steps; k <= steps; k++ {
		if cells[k] == nil {
			continue
		}
		in := ink{fmt.Sprint(class, k), hexOf(light, theme.Heat(k))}
		switch {
		case class == "a" && k > 0:
			in.hex = hexOf(light, theme.Diverge(k))
		case k < 0:
			in = ink{fmt.Sprint("b", -k), hexOf(light, theme.Diverge(k))}
		}
		s.path(cells[k].String(), in, 0, "")
	}
}

// span is the least value and the greatest size of values.
func span(values []float64) (low, top float64) {
	for _, v := range values {
		if math.Abs(v) <= limit {
			low, top = min(low, v), max(top, math.Abs(v))
		}
	}
	return low, top
}

// step is the step of colour of a value; what is not a number has none.
func step(v, top float64, steps int) int {
	if !(math.Abs(v) <= limit) {
		return 0
	}
	return int(math.Round(v / top * float64(steps)))
}

// run is the path of cells beside each other in a row.
func run(q *square, side, row, from, to int) string {
	cell := q.w / float64(side)
	x, y := q.x+float64(from)*cell, q.y+q.h-float64(row+1)*cell
	w := float64(to-from) * cell
	return "M" + at(x, y) + "h" + num(w) + "v" + num(cell) + "h" + num(-w) + "z"
}

// heatSaid is the scale of a heat, in words.
func heatSaid(l *lab.Layer) string {
	low, top := span(l.Values)
	if low < 0 {
		return fmt.Sprintf("Colour: %s, blue below zero to %.3g, orange above it to %.3g.", l.Label, -top, top)
	}
	return fmt.Sprintf("Colour: %s, from 0 to %.3g.", l.Label, top)
}
