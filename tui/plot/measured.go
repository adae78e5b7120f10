package plot

import (
	"cmp"
	"math"
	"slices"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// measured draws curves of few measured points: straight braille lines, a marker
// at every point, and where there is room the names at the ends of the lines.
func (g *graph) measured() {
	v := g.View(g.box)
	curves := byPriority(g.ch.Curves)
	d := v.Dots()
	for i := range curves {
		if cv := &curves[i]; cv.Role == lab.RoleFloor {
			g.dashes(v, cv)
		} else {
			g.polyline(d, cv)
		}
	}
	d.Draw()
	for i := range curves {
		if curves[i].Marks {
			g.points(v, &curves[i])
		}
	}
	if g.ends {
		g.nameEnds(curves)
	}
}

// dashes draws a floor.
func (g *graph) dashes(v *canvas.Canvas, cv *lab.Curve) {
	for x, s := range resample(cv, g.x, g.y, v.W, 1) {
		if !math.IsNaN(s) && (v.Glyphs != canvas.ASCII || x%2 == 0) {
			v.Set(x, g.row(s), '┄', theme.Of(cv.Role))
		}
	}
}

// polyline joins neighbouring points; a gap stays a gap.
func (g *graph) polyline(d *canvas.Dots, cv *lab.Curve) {
	w, h := float64(g.box.W*d.SX-1), float64(g.box.H*d.SY-1)
	for i := 1; i < len(cv.X); i++ {
		s := segment{g.x.at(cv.X[i-1]), 1 - g.y.at(cv.Y[i-1]), g.x.at(cv.X[i]), 1 - g.y.at(cv.Y[i])}
		if s.clip() {
			mark := rune(0)
			if g.Glyphs == canvas.ASCII {
				mark = stroke(g.View(g.box), s)
			}
			d.Line(round(s.x0*w), round(s.y0*h), round(s.x1*w), round(s.y1*h), theme.Of(cv.Role), uint8(cv.Role), mark)
		}
	}
}

func round(v float64) int { return int(math.Round(v)) }

// points draws a marker on every measured value.
func (g *graph) points(v *canvas.Canvas, cv *lab.Curve) {
	for i := range cv.X {
		x, y := g.x.at(cv.X[i]), g.y.at(cv.Y[i])
		if !math.IsNaN(x) && !math.IsNaN(y) {
			v.Set(cell(clamp(x), v.W), g.row(y), marker(v, cv.Role), theme.Of(cv.Role))
		}
	}
}

// nameEnds writes each curve's marker and name right of the box, as near as
// possible to the height of its last value.
func (g *graph) nameEnds(curves []lab.Curve) {
	type end struct {
		row int
		cv  *lab.Curve
	}
	var ends []end
	for i := range curves {
		if k := lastFinite(curves[i].Y); k >= 0 && curves[i].Label != "" {
			if s := g.y.at(curves[i].Y[k]); !math.IsNaN(s) {
				ends = append(ends, end{g.row(s), &curves[i]})
			}
		}
	}
	slices.SortStableFunc(ends, func(a, b end) int { return cmp.Compare(a.row, b.row) })
	free := 0
	for i, e := range ends {
		y := min(max(e.row, free), g.box.H-len(ends)+i)
		free = y + 1
		g.Set(g.box.X+g.box.W+1, g.box.Y+y, marker(g.Canvas, e.cv.Role), theme.Of(e.cv.Role))
		g.Text(g.box.X+g.box.W+3, g.box.Y+y, e.cv.Label, theme.Of(e.cv.Role))
	}
}
