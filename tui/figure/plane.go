package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"fmlab/engine"
	"fmlab/lab"
)

// square is the view of a plane on the sheet.
type square struct {
	box
	half    float64
	outside int // points that have no place in it
}

// plane draws a square view, one unit the same both ways, with its layers in the
// order of their roles, and the legend.
func (s *sheet) plane(p *lab.Plane) {
	q := &square{box: box{gutter, s.y, planeBox, planeBox}, half: p.Half}
	ax := axis{lo: -p.Half, hi: p.Half}
	layers := slices.Clone(p.Layers)
	slices.SortStableFunc(layers, func(a, b lab.Layer) int { return rank(a) - rank(b) })
	under := slices.IndexFunc(layers, func(l lab.Layer) bool { return l.Kind != lab.Heat })
	if under < 0 {
		under = len(layers)
	}
	for _, l := range layers[:under] { // the grid lies over it
		s.heat(q, &l)
	}
	s.axes(q.box, ax, ax, "x", "y")
	for i := range layers[under:] {
		s.layer(q, &layers[under+i])
	}
	s.y = q.y + q.h + 36
	var keys []key
	for _, l := range p.Layers {
		if k := (key{l.Role, l.Label, l.Kind != lab.Scatter, l.Kind == lab.Scatter}); l.Label != "" && l.Kind != lab.Heat {
			keys = append(keys, k)
		}
	}
	s.legend(keys)
	if q.outside > 0 {
		s.lines(fmt.Sprintf("%d points lie outside of the view.", q.outside), small, "")
	}
	for _, l := range layers[:under] {
		s.lines(heatSaid(&l), small, "")
	}
}

// rank orders layers: heat, arrows, trails, points, each by their roles.
func rank(l lab.Layer) int {
	kind := map[lab.Kind]int{lab.Heat: 0, lab.Arrows: 1, lab.Trails: 2, lab.Scatter: 3}[l.Kind]
	return 100*kind + int(l.Role)
}

// place is a point on the sheet, and whether the view holds it.
func (q *square) place(x, y float64) (px, py float64, in bool) {
	px, py = q.x+(x/q.half+1)/2*q.w, q.y+(1-y/q.half)/2*q.h
	return px, py, math.Abs(x) <= q.half && math.Abs(y) <= q.half
}

func (s *sheet) layer(q *square, l *lab.Layer) {
	switch in := of(l.Role); l.Kind {
	case lab.Scatter:
		s.scatter(q, l)
	case lab.Trails:
		s.path(trails(q, l.Paths), in, thickness(len(l.Paths)), dash(l.Role)+` stroke-opacity="0.8"`)
	case lab.Arrows:
		s.path(arrows(q, l), in, 1, roundEnds)
	}
}

// many is the number of points from which a layer is drawn small.
const many = 60

func (s *sheet) scatter(q *square, l *lab.Layer) {
	var d strings.Builder
	few := l.Points.Len() < many
	for i := range l.Points.Len() {
		px, py, in := q.place(l.Points.At(i))
		switch {
		case !in:
			q.outside++
		case few:
			d.WriteString(marker(l.Role, px, py, 3.5))
		case l.Role == lab.RoleData || l.Role == lab.RoleExact:
			d.WriteString(marker(l.Role, px, py, 1.6))
		default:
			d.WriteString(dot(px, py))
		}
	}
	switch {
	case few:
		s.path(d.String(), of(l.Role), 1.4, "")
	case l.Role == lab.RoleData || l.Role == lab.RoleExact:
		s.path(d.String(), of(l.Role), 0.7, ` stroke-opacity="0.8"`)
	default:
		s.path(d.String(), of(l.Role), 2.6, roundEnds+` stroke-opacity="0.75"`)
	}
}

// thickness is that of a line among so many.
func thickness(lines int) float64 {
	if lines <= 3 {
		return 2
	}
	return 0.7
}

// trails are polylines, each as far as the view holds it.
func trails(q *square, paths []engine.Points) string {
	var d strings.Builder
	for _, p := range paths {
		pen := "M"
		for i := range p.Len() {
			px, py, in := q.place(p.At(i))
			if !in {
				pen = "M"
				continue
			}
			d.WriteString(pen + at(px, py))
			pen = "L"
		}
	}
	return d.String()
}

// arrows are vectors from their places, the longest as long as there is room between
// two of them.
func arrows(q *square, l *lab.Layer) string {
	top := 0.0
	for i := range l.Vectors.Len() {
		if v := math.Hypot(l.Vectors.At(i)); v <= limit {
			top = max(top, v)
		}
	}
	if top == 0 {
		return ""
	}
	room := 0.9 * q.w / max(math.Sqrt(float64(l.Points.Len())), 4)
	var d strings.Builder
	for i := range l.Points.Len() {
		px, py, in := q.place(l.Points.At(i))
		vx, vy := l.Vectors.At(i)
		dx, dy := vx/top*room, -vy/top*room
		if length := math.Hypot(dx, dy); in && length <= 2*room && length > 0.5 {
			d.WriteString(arrow(px, py, dx, dy))
		}
	}
	return d.String()
}

// arrow is a stroke with a head of a third of its length.
func arrow(x, y, dx, dy float64) string {
	const back, side = 0.3, 0.14
	hx, hy := x+dx, y+dy
	return "M" + at(x, y) + "L" + at(hx, hy) +
		"M" + at(hx-back*dx-side*dy, hy-back*dy+side*dx) + "L" + at(hx, hy) + "L" + at(hx-back*dx+side*dy, hy-back*dy-side*dx)
}
