package plot

// segment is a straight line in units of a picture.
type segment struct{ x0, y0, x1, y1 float64 }

// clip cuts s to the unit square and reports whether anything is left (Liang and
// Barsky 1984). Segments with an end that is not finite are left out whole.
func (s *segment) clip() bool {
	dx, dy := s.x1-s.x0, s.y1-s.y0
	t0, t1 := 0.0, 1.0
	for _, edge := range [4][2]float64{{-dx, s.x0}, {dx, 1 - s.x0}, {-dy, s.y0}, {dy, 1 - s.y0}} {
		p, q := edge[0], edge[1]
		switch {
		case p == 0 && q < 0:
			return false
		case p < 0:
			t0 = max(t0, q/p)
		case p > 0:
			t1 = min(t1, q/p)
		}
	}
	if !(t0 <= t1) || !(dx-dx == 0 && dy-dy == 0) {
		return false
	}
	x, y := s.x0, s.y0
	s.x0, s.y0 = clamp(x+t0*dx), clamp(y+t0*dy)
	s.x1, s.y1 = clamp(x+t1*dx), clamp(y+t1*dy)
	return true
}

// clamp removes what rounding left outside of [0, 1].
func clamp(s float64) float64 { return min(max(s, 0), 1) }
