package plot

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// pixels draws one layer of heat without anything around it and returns the step
// of every pixel, row by row from the top: by background, or by glyph with the
// same picture in both rows of a cell.
func pixels(l lab.Layer, w, h int, g canvas.Glyphs, th *theme.Theme) [][]int {
	p := &picture{Canvas: canvas.New(w, h, g, th), half: 1}
	p.draw([]lab.Layer{l})
	heat := newHeat(&l)
	s := heat.levels(p.Canvas)
	out := make([][]int, 2*h)
	for y := range h {
		for x := range w {
			cell := p.At(x, y)
			upper, lower := cell.Back, cell.Back
			if cell.Rune == '▀' {
				upper = cell.Tok
			}
			step := func(tok theme.Token) int {
				for k := heat.least(s) - 1; k <= s.n; k++ {
					if s.above == nil && s.tone(k) == tok {
						return k
					}
				}
				return slices.Index(s.above, cell.Rune) - slices.Index(s.below, cell.Rune)
			}
			out[2*y], out[2*y+1] = append(out[2*y], step(upper)), append(out[2*y+1], step(lower))
		}
	}
	return out
}

// TestHeatPlace: a single value is drawn where it is, with y upwards, and nowhere
// else is as bright; in every mode, on grids coarser and finer than the pixels.
func TestHeatPlace(t *testing.T) {
	for _, m := range modes {
		for _, side := range []int{4, 7, 16, 40, 90} {
			for i, at := range [][2]int{{0, 0}, {side - 1, 0}, {0, side - 1}, {side / 2, side / 4}} {
				l := lab.Layer{Kind: lab.Heat, Side: side, Values: make([]float64, side*side)}
				for k := range l.Values { // a cone, so that a coarse picture of a fine grid shows it too
					l.Values[k] = max(0, 1-math.Hypot(float64(k%side-at[0]), float64(k/side-at[1]))/(float64(side)/5))
				}
				got := pixels(l, 32, 16, m.glyphs, m.theme)
				best, sum, mx, my := 0, 0.0, 0.0, 0.0
				for _, row := range got {
					best = max(best, slices.Max(row))
				}
				for y, row := range got {
					for x, k := range row {
						if k == best {
							sum, mx, my = sum+1, mx+float64(x)+0.5, my+float64(y)+0.5
						}
					}
				}
				wx, wy := (float64(at[0])+0.5)/float64(side)*32, (1-(float64(at[1])+0.5)/float64(side))*32
				if near := 32/float64(side) + 1.5; best == 0 || math.Abs(mx/sum-wx) > near || math.Abs(my/sum-wy) > near {
					t.Errorf("%s, side %d, corner %d: brightest at (%.1f, %.1f), want (%.1f, %.1f)", m.name, side, i, mx/sum, my/sum, wx, wy)
				}
			}
		}
	}
}

// TestHeatMean: resampling keeps a constant, keeps a straight slope wherever the
// tent is whole, and stays between the least and the greatest value.
func TestHeatMean(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 1))
	for _, n := range []int{1, 2, 7, 16, 33, 100} {
		for _, side := range []int{1, 2, 5, 16, 31, 64} {
			slope := sampled("", side, 1, func(x, y float64) float64 { return 5 + x - 2*y })
			noise := sampled("", side, 1, func(x, y float64) float64 { return 1 + rng.Float64() })
			flat := sampled("", side, 1, func(x, y float64) float64 { return 3 })
			ws := spread(n, side)
			edge := max(float64(side), float64(n)) / float64(side) / float64(n) // the tent leaves the grid
			for i, wy := range ws {
				for j, wx := range ws {
					x, y := (2*float64(j)+1)/float64(n)-1, (2*float64(i)+1)/float64(n)-1
					if got := newHeat(&flat).mean(wx, wy); math.Abs(got-3) > 1e-12 {
						t.Fatalf("constant, %d of %d: got %g, want 3", n, side, got)
					}
					if got := newHeat(&noise).mean(wx, wy); got < 1 || got > 2 {
						t.Fatalf("noise, %d of %d: got %g, want 1 to 2", n, side, got)
					}
					inside := max(math.Abs(x), math.Abs(y)) < 1-2*edge-1/float64(side)
					if got := newHeat(&slope).mean(wx, wy); inside && n >= side && math.Abs(got-(5+x-2*y)) > 1e-9 {
						t.Fatalf("slope, %d of %d at (%.2f, %.2f): got %g, want %g", n, side, x, y, got, 5+x-2*y)
					}
				}
			}
		}
	}
}

// TestHeatGaps: what is not finite is a gap of its own size, but for a rounded
// corner, and takes nothing from what is around it.
func TestHeatGaps(t *testing.T) {
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e301} {
		l := sampled("", 8, 1, func(x, y float64) float64 {
			if x > 0 && y > 0 {
				return bad
			}
			return 2
		})
		for _, m := range modes {
			for y, row := range pixels(l, 32, 16, m.glyphs, m.theme) {
				for x, got := range row {
					want := slices.Max(row)
					if x >= 16 && y < 16 {
						want = 0
					}
					if x-16 < 2 && 15-y < 2 {
						continue
					}
					if got != want || y >= 16 && want == 0 {
						t.Fatalf("%s, %g: pixel (%d, %d) got step %d, want %d", m.name, bad, x, y, got, want)
					}
				}
			}
		}
	}
}

// TestHeatHostile: no grid and no size is too odd to draw or to describe.
func TestHeatHostile(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, values := range [][]float64{nil, {0}, {1}, {-1}, {nan}, {inf}, {5e-324}, {math.MaxFloat64}, {nan, nan, nan, nan}, {0, 0, 0, 0},
		{inf, -inf, nan, 1}, {1e300, -1e300, 1e-300, 0}, {-1, -2, -3, -4}} {
		l := lab.Layer{Kind: lab.Heat, Side: int(math.Sqrt(float64(len(values)))), Values: values}
		p := &lab.Plane{Half: 1, Layers: []lab.Layer{l, l}}
		for _, m := range modes {
			for w := range 24 {
				for h := range 14 {
					c := canvas.New(w, h, m.glyphs, m.theme)
					Plane(c, c.Bounds(), p)
				}
			}
		}
		if got := Describe(&lab.Frame{Plane: p}); strings.Count(got, "\n") != 3 || strings.Contains(got, "NaN") {
			t.Errorf("%v: got %q, want a line a layer", values, got)
		}
	}
	defer func() {
		if got, want := recover(), `plot: heat "d" has 3 values, want 2×2`; got != want {
			t.Errorf("got panic %v, want %q", got, want)
		}
	}()
	Plane(canvas.New(40, 12, canvas.Braille, modes[0].theme), canvas.Rect{W: 40, H: 12},
		&lab.Plane{Half: 1, Layers: []lab.Layer{{Kind: lab.Heat, Label: "d", Side: 2, Values: []float64{1, 2, 3}}}})
}

// TestHeatSigned: with a value below zero the scale is even on both sides.
func TestHeatSigned(t *testing.T) {
	l := sampled("", 2, 1, func(x, y float64) float64 { return 4*math.Max(x, 0) - 2*math.Max(-x, 0) }) // -1 left, 2 right
	for _, m := range modes {
		row := pixels(l, 8, 4, m.glyphs, m.theme)[0]
		h := newHeat(&l)
		n := h.levels(canvas.New(1, 1, m.glyphs, m.theme)).n
		if half := round(-float64(n) / 2); row[7] != n || row[0] != half || !slices.IsSorted(row) {
			t.Errorf("%s: got steps %v, want from %d up to %d", m.name, row, half, n)
		}
	}
}

// TestMarksOverHeat: marks keep the heat behind them as background, and without
// backgrounds are drawn by markers that are no shades.
func TestMarksOverHeat(t *testing.T) {
	heat := sampled("density", 8, 1, func(x, y float64) float64 { return 1 })
	marks := []lab.Layer{
		{Kind: lab.Scatter, Role: lab.RoleSample, Label: "samples", Points: engine.Points{-0.5, 0.5}},
		{Kind: lab.Arrows, Role: lab.RoleField, Label: "velocity", Points: engine.Points{0.5, 0.5}, Vectors: engine.Points{1, 0}},
		{Kind: lab.Trails, Role: lab.RoleTrail, Label: "paths", Paths: []engine.Points{{-0.9, -0.5, 0.9, -0.5}}}}
	for _, m := range modes {
		p := &picture{Canvas: canvas.New(16, 8, m.glyphs, m.theme), half: 1}
		layers := append(marks, heat) // heat is the ground wherever it stands in the list
		p.count(layers)
		p.draw(layers)
		for _, at := range [][2]int{{4, 2}, {12, 2}, {8, 6}} {
			cell := p.At(at[0], at[1])
			switch {
			case coloured(p.Canvas) && (cell.Back != theme.Heat(theme.HeatSteps) || cell.Rune == '▀' || cell.Rune == ' '):
				t.Errorf("%s: cell %v got %q on %d, want a mark on heat", m.name, at, cell.Rune, cell.Back)
			case !coloured(p.Canvas) && (slices.Contains(shades.plain, cell.Rune) || slices.Contains(asciiShades.plain, cell.Rune)):
				t.Errorf("%s: cell %v got shade %q, want a mark", m.name, at, cell.Rune)
			}
		}
		if got, want := p.At(4, 2).Rune, theme.Marker(lab.RoleSample, m.glyphs == canvas.ASCII); got != want {
			t.Errorf("%s: the sample got %q, want %q", m.name, got, want)
		}
	}
}

// TestHeatLegend: the greatest value is said, or both ends with a sign, and a
// narrow picture says it in words.
func TestHeatLegend(t *testing.T) {
	for _, test := range []struct {
		w    int
		f    func(x, y float64) float64
		want string
	}{
		{40, func(x, y float64) float64 { return 1.25 }, "density 0 ░▒▓█ 1.250"},
		{40, func(x, y float64) float64 { return 2 * math.Copysign(1, x) }, "density -2.000 ≡═─· ░▒▓█ 2.000"},
		{18, func(x, y float64) float64 { return 1.25 }, "density to 1.250"},
		{12, func(x, y float64) float64 { return 1.25 }, "density to …"},
	} {
		c := canvas.New(test.w, 10, canvas.Braille, theme.New(true, theme.Mono))
		Plane(c, c.Bounds(), &lab.Plane{Half: 1, Layers: []lab.Layer{sampled("density", 4, 1, test.f)}})
		if got := c.Lines()[9]; got != test.want {
			t.Errorf("width %d: got %q, want %q", test.w, got, test.want)
		}
	}
}

func TestDescribeHeat(t *testing.T) {
	say := func(f func(x, y float64) float64) string { l := sampled("d", 30, 3, f); return warmth(newHeat(&l), 3) }
	peak := func(x, y, cx, cy float64) float64 { return math.Exp(-4 * ((x-cx)*(x-cx) + (y-cy)*(y-cy))) }
	for _, test := range []struct {
		f    func(x, y float64) float64
		want string
	}{
		{func(x, y float64) float64 { return 2 * peak(x, y, -1.9, 1.9) },
			"from 0 to 2.000, greatest at (-1.90, 1.90) at the upper left. Of the sum: nearly all at the upper left."},
		{func(x, y float64) float64 { return 2*peak(x, y, -2.1, 0.1) + peak(x, y, 2.1, -2.1) },
			"from 0 to 2.000, greatest at (-2.10, 0.10) at the left. Of the sum: about two thirds at the left, about a third at the lower right."},
		{func(x, y float64) float64 { return 1 }, "from 0 to 1.000, greatest at (-2.90, -2.90) at the lower left. Of the sum: spread over all of the view."},
		{func(x, y float64) float64 { return peak(x, y, 0.1, 1.9) - 0.5*peak(x, y, 0.1, -1.9) },
			"from -0.5000 at (0.10, -1.90) at the bottom to 1.000 at (0.10, 1.90) at the top. Above zero: nearly all at the top. Below zero: nearly all at the bottom."},
		{func(x, y float64) float64 { return 0 }, "zero everywhere."},
		{func(x, y float64) float64 { return math.NaN() }, "no finite value."},
	} {
		if got := say(test.f); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
	if got := say(func(x, y float64) float64 { return math.Sqrt(x) }); !strings.HasSuffix(got, " 450 of 900 places are blank.") {
		t.Errorf("got %q, want half of the places said to be blank", got)
	}
}

// heatPlane is a plane with all there can be in it, for cost.
func heatPlane() *lab.Plane {
	p := heated()["heat-marks"]
	rng := engine.NewRand(7, 0)
	p.Layers[0] = sampled("density", 64, 4, crescents)
	p.Layers[3].Points = moons(400, 0.2, rng)
	return p
}

// TestHeatBytes: the plane that fills the left of a screen of 120×36 stays within
// 20 kB a frame, with and without marks on its heat.
func TestHeatBytes(t *testing.T) {
	for name, p := range map[string]*lab.Plane{"density": heated()["heat"], "difference": heated()["difference"], "marks": heatPlane()} {
		for _, m := range modes {
			c := canvas.New(PlaneWidth(34), 34, m.glyphs, m.theme)
			Plane(c, c.Bounds(), p)
			if got := len(c.Render()); got > 20000 {
				t.Errorf("%s, %s: got %d bytes, want at most 20000", name, m.name, got)
			} else {
				t.Logf("%s, %s: %d bytes", name, m.name, got)
			}
		}
	}
}

// BenchmarkHeat draws and encodes a plane of 200×60 with heat and marks.
func BenchmarkHeat(b *testing.B) {
	for name, p := range map[string]*lab.Plane{"heat": {Half: 4, Layers: heatPlane().Layers[:1]}, "marks": heatPlane()} {
		b.Run(name, func(b *testing.B) {
			c := canvas.New(200, 60, canvas.Braille, theme.New(true, theme.TrueColor))
			buf := make([]byte, 0, 1<<17)
			b.ReportAllocs()
			for b.Loop() {
				c.Clear()
				Plane(c, c.Bounds(), p)
				buf = c.Append(buf[:0])
			}
			b.ReportMetric(float64(len(buf)), "bytes/frame")
		})
	}
}
