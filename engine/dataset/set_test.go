package dataset

import (
	"math"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/path"
)

func TestGet(t *testing.T) {
	for _, want := range All {
		if got, err := Get(want.Name); err != nil || got.Title != want.Title {
			t.Errorf("%s: got %q, %v", want.Name, got.Title, err)
		}
	}
	_, err := Get("moon")
	if err == nil {
		t.Fatal("got no error for an unknown name")
	}
	for _, s := range All {
		if !strings.Contains(err.Error(), s.Name) {
			t.Errorf("got %v want it to list %s", err, s.Name)
		}
	}
}

func TestStandardScaleAndSize(t *testing.T) {
	for _, s := range All {
		m := s.Mixture()
		mean, cov := m.Mean(), m.Cov()
		if math.Hypot(mean[0], mean[1]) > 1e-13 || math.Abs(cov[0]+cov[2]-2) > 1e-13 {
			t.Errorf("%s: got mean %v, variances %g and %g want 0 and a mean of 1", s.Name, mean, cov[0], cov[2])
		}
		if n := len(m.Weights); n > 200 || n > 150 && s.Name != "spirals" {
			t.Errorf("%s: got %d components", s.Name, n)
		}
		if k := m.Singular(); k >= 0 {
			t.Errorf("%s: component %d is singular", s.Name, k)
		}
		if s.Mixture() != m {
			t.Errorf("%s: got a second mixture want the same again", s.Name)
		}
		if !strings.Contains(s.Note, "mean variance of 1") {
			t.Errorf("%s: the note says no scale: %q", s.Name, s.Note)
		}
	}
}

// The classes of a set are the parts one sees; every one of them lies where the
// note says.
func TestClasses(t *testing.T) {
	up := func(m *exact.Mixture) float64 { return m.Mean()[1] }
	right := func(m *exact.Mixture) float64 { return m.Mean()[0] }
	wide := func(m *exact.Mixture) float64 { c := m.Cov(); return c[0] + c[2] }
	anticlockwise := func(m *exact.Mixture) float64 {
		angle := math.Atan2(up(m), right(m))
		return -math.Mod(angle+2*math.Pi+0.01, 2*math.Pi) // from the right, which may round to either side
	}
	for name, c := range map[string]struct {
		classes    int
		decreasing func(*exact.Mixture) float64
	}{
		"moons": {2, up}, "circles": {2, wide}, "8gaussians": {8, anticlockwise},
		"2gaussians": {2, func(m *exact.Mixture) float64 { return -right(m) }},
		"spirals":    {2, nil}, "pinwheel": {5, anticlockwise}, "checkerboard": {}, "swissroll": {},
	} {
		s, err := Get(name)
		if err != nil {
			t.Fatal(err)
		}
		m := s.Mixture()
		if m.Classes() != c.classes || m.Validate() != nil {
			t.Fatalf("%s: got %d classes, %v want %d", name, m.Classes(), m.Validate(), c.classes)
		}
		if strings.Contains(s.Note, "class") != (c.classes > 0) {
			t.Errorf("%s: got the note %q for %d classes", name, s.Note, c.classes)
		}
		for k := range c.classes {
			if share := m.Share(k); math.Abs(share-1/float64(c.classes)) > 1e-12 {
				t.Errorf("%s: got class %d with share %g want all alike", name, k, share)
			}
			if k > 0 && c.decreasing != nil && !(c.decreasing(m.Class(k)) < c.decreasing(m.Class(k-1))) {
				t.Errorf("%s: got class %d before class %d", name, k, k-1)
			}
		}
	}
	for k, side := range []float64{-1, 1} { // r = 1 at θ = 3π, and half a turn on
		m := spirals.mixture()
		if d := m.Class(k).LogDensity(0.99*side, 0) - m.Class(1-k).LogDensity(0.99*side, 0); !(d > 20) {
			t.Errorf("spirals: got class %d only %g nats above the other at its end", k, d)
		}
	}
}

// Grid of the density tests: cells of the plane, each of fine × fine places.
const (
	half, cells, fine = 4.5, 30, 8
	pitch             = 2 * half / (cells * fine)
)

// cellMass integrates the density over each cell.
func cellMass(m *exact.Mixture) []float64 {
	z := engine.NewPoints(cells * cells * fine * fine)
	for i := range z.Len() {
		x, y := i%(cells*fine), i/(cells*fine)
		z.Set(i, (float64(x)+0.5)*pitch-half, (float64(y)+0.5)*pitch-half)
	}
	logp := make([]float64, z.Len())
	exact.New(m, path.All[0]).LogDensity(logp, z, 1)
	mass := make([]float64, cells*cells)
	for i, l := range logp {
		mass[cell2(z.At(i))] += pitch * pitch * math.Exp(l)
	}
	return mass
}

func cell2(x, y float64) int {
	at := func(v float64) int { return min(cells-1, max(0, int((v+half)/(fine*pitch)))) }
	return at(y)*cells + at(x)
}

// The density integrates to 1, and draws fall into the cells of a grid as it says
// (χ², cells with less than 10 expected draws taken together).
func TestDensityAndSamplerAgree(t *testing.T) {
	const n = 20000
	for _, s := range All {
		m := s.Mixture()
		mass := cellMass(m)
		draws := engine.NewPoints(n)
		m.Sample(draws, engine.NewRand(8, 1))
		found := make([]float64, len(mass))
		for i := range n {
			found[cell2(draws.At(i))]++
		}
		total, chi2, freedom := 0.0, 0.0, 0.0
		var restMass, restFound float64
		for i, p := range mass {
			total += p
			if n*p < 10 {
				restMass, restFound = restMass+p, restFound+found[i]
				continue
			}
			chi2 += (found[i] - n*p) * (found[i] - n*p) / (n * p)
			freedom++
		}
		chi2 += (restFound - n*restMass) * (restFound - n*restMass) / (n*restMass + 1)
		if math.Abs(total-1) > 1e-3 {
			t.Errorf("%s: density integrates to %g want 1", s.Name, total)
		}
		if z := (chi2 - freedom) / math.Sqrt(2*freedom); math.Abs(z) > 4 {
			t.Errorf("%s: got χ² %g for %g cells", s.Name, chi2, freedom)
		}
	}
}

func TestSampleMoments(t *testing.T) {
	const n = 50000
	for _, s := range All {
		draws := engine.NewPoints(n)
		s.Mixture().Sample(draws, engine.NewRand(2, 5))
		got, want := exact.Points(draws), s.Mixture()
		for d := range 2 {
			if v := got.Mean()[d]; math.Abs(v) > 4.5/math.Sqrt(n) {
				t.Errorf("%s mean[%d]: got %g want 0", s.Name, d, v)
			}
		}
		for d, v := range got.Cov() {
			if math.Abs(v-want.Cov()[d]) > 7/math.Sqrt(n) {
				t.Errorf("%s cov[%d]: got %g want %g", s.Name, d, v, want.Cov()[d])
			}
		}
	}
}

// A pen draws evenly: along a curve, away from its ends, the density of the
// strokes varies by a few percent (bends and neighbouring turns included).
func TestStrokesAreEven(t *testing.T) {
	for name, s := range map[string]strokes{"moons": moons, "circles": circles, "spirals": spirals, "swissroll": swissroll} {
		for i, c := range s.curves {
			m := strokes{s.sd, []curve{c}}.mixture()
			low, high := math.Inf(1), math.Inf(-1)
			for k := range 2001 {
				x, y := c(0.1 + 0.8*float64(k)/2000)
				l := m.LogDensity(x, y)
				low, high = min(low, l), max(high, l)
			}
			if high-low > 0.03 {
				t.Errorf("%s curve %d: got density up to %.1f %% above the least want 3", name, i, 100*math.Expm1(high-low))
			}
		}
	}
}

// Inside a dark square the board is flat, and outside it is empty.
func TestCheckerboardIsFlat(t *testing.T) {
	m := checkerboard()
	centre := m.LogDensity(-1.5, -1.5)
	for k := range 101 {
		v := -1.65 + 0.3*float64(k)/100
		if l := m.LogDensity(v, v); math.Abs(l-centre) > 0.04 {
			t.Errorf("at (%g, %g): got log density %g want %g", v, v, l, centre)
		}
	}
	if l := m.LogDensity(-0.5, -1.5); l > centre-3 {
		t.Errorf("in a light square: got log density %g want less than %g", l, centre-3)
	}
}

// Along each arm the density of the pinwheel rises and falls once.
func TestPinwheelArmsAreSmooth(t *testing.T) {
	m := pinwheel()
	for arm := range 5 {
		tops, before, rising := 0, math.Inf(-1), true
		for k := range 401 {
			r := 0.3 + 1.4*float64(k)/400
			x, y := polar(r, 2*math.Pi*float64(arm)/5+math.Exp(r)/4)
			l := m.LogDensity(x, y)
			if rising && l < before {
				tops++
			}
			before, rising = l, l >= before
		}
		if tops != 1 {
			t.Errorf("arm %d: got %d tops want 1", arm, tops)
		}
	}
}

// The mixture is the pinwheel of its formula, but for the bend within one
// component: both have the same moments about the origin.
func TestPinwheelFollowsItsFormula(t *testing.T) {
	const n = 200000
	rng := engine.NewRand(1, 1)
	p := engine.NewPoints(n)
	for i := range n {
		r, s := 1+0.3*rng.NormFloat64(), 0.1*rng.NormFloat64()
		x, y := polar(1, 2*math.Pi*float64(i%5)/5+math.Exp(r)/4)
		p.Set(i, r*x-s*y, r*y+s*x)
	}
	got, want := pinwheel().Cov(), exact.Points(p).Cov()
	for d := range want {
		if math.Abs(got[d]-want[d]) > 0.02 {
			t.Errorf("cov[%d]: got %g want %g", d, got[d], want[d])
		}
	}
}

func TestEven(t *testing.T) {
	for _, s := range []strokes{moons, circles, spirals, swissroll} {
		for _, c := range s.curves {
			p := c.even(spacing * s.sd)
			for i := 1; i < p.Len(); i++ {
				ax, ay := p.At(i - 1)
				bx, by := p.At(i)
				if gap := math.Hypot(bx-ax, by-ay); gap > spacing*s.sd || gap < 0.9*spacing*s.sd {
					t.Errorf("gap %d: got %g want at most %g and nearly that", i, gap, spacing*s.sd)
				}
			}
		}
	}
}

func BenchmarkBuildAll(b *testing.B) {
	for b.Loop() {
		for _, shape := range []func() *exact.Mixture{moons.mixture, circles.mixture, twoGaussians, eightGaussians, checkerboard, spirals.mixture, pinwheel, swissroll.mixture} {
			shape()
		}
	}
}
