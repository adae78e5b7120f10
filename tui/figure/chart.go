package figure

import (
	"math"
	"strings"

	"fmlab/lab"
)

// chart draws curves over two axes, their legend and the note.
func (s *sheet) chart(ch *lab.Chart) {
	b := box{gutter, s.y, width - gutter - 2*margin, chartBox}
	var xs, ys [][]float64
	for _, c := range ch.Curves {
		xs, ys = append(xs, c.X), append(ys, c.Y)
	}
	x, y := fit(ch.LogX, 0, xs...), fit(ch.LogY, 0.05, ys...)
	s.axes(b, x, y, ch.XLabel, ch.YLabel)
	var keys []key
	for i := range ch.Curves {
		c := &ch.Curves[i]
		s.curve(b, x, y, c)
		if c.Label != "" {
			keys = append(keys, key{c.Role, c.Label, true, c.Marks})
		}
	}
	s.y = b.y + b.h + 36
	s.legend(keys)
	if ch.Note != "" {
		s.lines(ch.Note, small, "")
	}
}

// axes draws a frame with its grid, ticks and names.
func (s *sheet) axes(b box, x, y axis, nameX, nameY string) {
	var grid strings.Builder
	for _, t := range x.ticks(8) {
		px := b.x + t.s*b.w
		grid.WriteString("M" + at(px, b.y) + "v" + num(b.h+4))
		s.text(px, b.y+b.h+17, t.label, words{size: small, anchor: "middle", in: inkDim})
	}
	for _, t := range y.ticks(6) {
		py := b.y + (1-t.s)*b.h
		grid.WriteString("M" + at(b.x-4, py) + "h" + num(b.w+4))
		s.text(b.x-8, py+4, t.label, words{size: small, anchor: "end", in: inkDim})
	}
	s.path(grid.String(), inkGrid, 0.6, "")
	s.path("M"+at(b.x, b.y)+"v"+num(b.h)+"h"+num(b.w), inkDim, 1, "")
	s.text(b.x+b.w/2, b.y+b.h+34, nameX, words{size: normal, anchor: "middle"})
	s.text(margin+4, b.y+b.h/2, nameY, words{size: normal, anchor: "middle", turn: true})
}

// curve draws one curve: what has no place is a gap, and a measured point has its
// marker.
func (s *sheet) curve(b box, x, y axis, c *lab.Curve) {
	var line, marks strings.Builder
	pen := "M"
	for _, i := range thin(b, x, c) {
		u, v := x.at(c.X[i]), y.at(c.Y[i])
		if math.IsNaN(u) || math.IsNaN(v) {
			pen = "M"
			continue
		}
		px, py := b.x+u*b.w, b.y+(1-v)*b.h
		line.WriteString(pen + at(px, py))
		pen = "L"
		if c.Marks {
			marks.WriteString(marker(c.Role, px, py, 3))
		}
	}
	stroke := 1.6
	if len(c.X) > 200 && c.Role == lab.RoleTrail { // the raw numbers behind a smoothed curve
		stroke = 0.6
	}
	s.path(line.String(), of(c.Role), stroke, dash(c.Role))
	s.path(marks.String(), of(c.Role), 1.4, "")
}

// thin leaves of a long curve the lowest and the highest point in each unit of the
// width, which is all that can be seen of it.
func thin(b box, x axis, c *lab.Curve) (keep []int) {
	if len(c.X) <= int(2*b.w) || c.Marks {
		for i := range c.X {
			keep = append(keep, i)
		}
		return keep
	}
	for from := 0; from < len(c.X); {
		to, low, high := from, from, from
		for ; to < len(c.X) && math.Floor(x.at(c.X[to])*b.w) == math.Floor(x.at(c.X[from])*b.w); to++ {
			if c.Y[to] < c.Y[low] || math.IsNaN(c.Y[low]) {
				low = to
			}
			if c.Y[to] > c.Y[high] || math.IsNaN(c.Y[high]) {
				high = to
			}
		}
		keep = append(keep, min(low, high))
		if low != high {
			keep = append(keep, max(low, high))
		}
		from = max(to, from+1)
	}
	return keep
}
