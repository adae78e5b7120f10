package field

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/ode"
	"fmlab/engine/path"
)

// pairs calls f for every two different paths.
func pairs(t *testing.T, f func(t *testing.T, from, to path.Path)) {
	for _, from := range path.All {
		for _, to := range path.All {
			if from.Name != to.Name {
				t.Run(from.Name+" to "+to.Name, func(t *testing.T) { f(t, from, to) })
			}
		}
	}
}

// begin is the first time on to with a λ that from has, too: 0 but for a from
// without exact ends, as ddpm.
func begin(from, to path.Path) float64 { return to.AtLambda(from.At(0).Lambda()) }

// The exact flow of A, swapped to B, is the exact flow of B: at every point and
// time, and in every reading.
func TestSwappedExactIsExact(t *testing.T) {
	m := bent()
	pairs(t, func(t *testing.T, from, to path.Path) {
		s, want := NewSwapped(exact.New(m, from), from, to, m.Mean()), exact.New(m, to)
		first := begin(from, to)
		for _, r := range []float64{first, 1e-3, 0.05, 0.3, 0.6, 0.95, 0.99, s.End()} {
			if r < first {
				continue
			}
			z := cloud(m, to, 20, r)
			expected := readings(want, z, r)
			for name, got := range readings(s, z, r) {
				compare(t, fmt.Sprintf("%s at r = %g", name, r), got, expected[name], 1e-9)
			}
		}
	})
}

// ū = (ṡ/s) z + s ṫ u_t(z/s), the scale and the time as they come, their derivatives
// by differences.
func TestSwappedVelocityIsTransformed(t *testing.T) {
	m := bent()
	pairs(t, func(t *testing.T, from, to path.Path) {
		u := exact.New(m, from)
		s := NewSwapped(u, from, to, m.Mean())
		for _, r := range []float64{0.2, 0.5, 0.8} {
			c, scale := s.same(r)
			dt := slope(1e-4, func(h float64) float64 { c, _ := s.same(r + h); return c.T })
			ds := slope(1e-4, func(h float64) float64 { _, scale := s.same(r + h); return scale })
			z := cloud(m, to, 10, r)
			got, want, below := engine.NewPoints(10), engine.NewPoints(10), engine.NewPoints(10)
			for i := range z {
				below[i] = z[i] / scale
			}
			u.Velocity(want, below, c.T)
			for i := range z {
				want[i] = ds/scale*z[i] + scale*dt*want[i]
			}
			s.Velocity(got, z, r)
			compare(t, fmt.Sprintf("r = %g", r), got, want, 1e-7)
		}
	})
}

// Noise goes to the same data by either route: where the two have the same λ their
// points differ by the scale, at the end as on the way. The tolerance is that of
// the reference solutions, 1e-10, and what the flow makes of it. Beyond the End
// both go on alike with one data prediction, which is the same number.
func TestSwappedMapIsTheSame(t *testing.T) {
	m := bent()
	pairs(t, func(t *testing.T, from, to path.Path) {
		u := exact.New(m, from)
		s := NewSwapped(u, from, to, m.Mean())
		const n = 10
		// Both start at one λ: that of t = 0, or of the later start of the two.
		r0 := begin(from, to)
		c0, scale0 := s.same(r0)
		z0 := cloud(m, from, n, c0.T)
		start := engine.NewPoints(n)
		for i := range start {
			start[i] = scale0 * z0[i]
		}
		for _, r := range []float64{0.5, s.End()} {
			c, scale := s.same(r)
			want, err := ode.Reference(u, z0, c0.T, c.T, 1e-10)
			if err != nil {
				t.Fatal(err)
			}
			for i := range want {
				want[i] *= scale
			}
			got, err := ode.Reference(s, start, r0, r, 1e-10)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, fmt.Sprintf("from r = %g to %g", r0, r), got, want, 1e-8)
		}
	})
}

// What comes of the map when the last bit of the way is one data prediction: the
// end of the original, to the order of σ² at the End.
func TestSwappedFinish(t *testing.T) {
	m := bent()
	linear := path.All[0]
	z0 := cloud(m, linear, 20, 0)
	want, err := ode.Reference(exact.New(m, linear), z0, 0, 1, 1e-10)
	if err != nil {
		t.Fatal(err)
	}
	for _, to := range path.All {
		if to.Name == "ddpm" {
			continue // starts elsewhere: see TestBelowTheFirstLambda
		}
		s := NewSwapped(exact.New(m, linear), linear, to, m.Mean())
		z, err := ode.Reference(s, z0, 0, s.End(), 1e-10)
		if err != nil {
			t.Fatal(err)
		}
		got := engine.NewPoints(20)
		s.Data(got, z, s.End())
		sigma := to.At(s.End()).Sigma
		compare(t, to.Name, got, want, 100*sigma*sigma+1e-8) // a flat component's score is large
	}
}

// A ddpm flow has no time for the first λ of other paths: it is asked at its own
// start. The velocity is finite there, and the map misses by little.
func TestBelowTheFirstLambda(t *testing.T) {
	m := bent()
	ddpm, err := path.Parse("ddpm")
	if err != nil {
		t.Fatal(err)
	}
	linear := path.All[0]
	s := NewSwapped(exact.New(m, ddpm), ddpm, linear, m.Mean())
	z := cloud(m, linear, 20, 0)
	for _, r := range []float64{0, 1e-3, 5e-3} {
		c, scale := s.same(r)
		if c.T != 0 || !(math.Abs(scale-(1-r)) < 1e-4) {
			t.Errorf("r = %g: got t = %g, scale %g want 0 and σ's ratio", r, c.T, scale)
		}
		expected := readings(exact.New(m, linear), z, r)
		for name, got := range readings(s, z, r) {
			compare(t, fmt.Sprintf("%s at r = %g", name, r), got, expected[name], 0.02)
		}
	}
	want, err := ode.Reference(exact.New(m, linear), z, 0, s.End(), 1e-9)
	if err != nil {
		t.Fatal(err)
	}
	got, err := ode.Reference(s, z, 0, s.End(), 1e-9)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "map", got, want, 0.02)
}

// A network at t = 0 has learned the data mean more or less; what starts a swapped
// flow is the mean itself.
func TestSwappedStart(t *testing.T) {
	mean := [2]float64{0.3, -0.2}
	z := engine.Points{1, 2}
	for _, from := range path.All {
		for _, to := range path.All {
			if from.Name == "ddpm" || to.Name == "ddpm" {
				continue
			}
			s := NewSwapped(&Learned{Net: says{9, 9}, Kind: path.Velocity, Path: from}, from, to, mean)
			r := readings(s, z, 0)
			c := to.At(0)
			compare(t, from.Name+" to "+to.Name+": data", r["data"], mean[:], 0)
			compare(t, from.Name+" to "+to.Name+": velocity", r["velocity"], []float64{c.DAlpha*mean[0] + c.DSigma, c.DAlpha*mean[1] + 2*c.DSigma}, 1e-15)
			compare(t, from.Name+" to "+to.Name+": divergence", r["divergence"], []float64{2 * c.DSigma}, 1e-15)
		}
	}
}

// At r = 1 the data are the points, also of a set of points; the velocity is 0/0.
func TestSwappedEnd(t *testing.T) {
	z, got := engine.Points{1, 2, -0.5, 0.25}, engine.NewPoints(2)
	points := exact.Points(engine.Points{0, 1, 2, 3})
	pairs(t, func(t *testing.T, from, to path.Path) {
		s := NewSwapped(exact.New(points, from), from, to, points.Mean())
		s.Data(got, z, 1)
		compare(t, "data at 1", got, z, 0)
		if to.Name == "cubic" { // comes to rest: the velocity is 0 whatever the data
			r := readings(s, z, 1)
			compare(t, "velocity at 1", r["velocity"], make([]float64, 4), 0)
			compare(t, "divergence at 1", r["divergence"], make([]float64, 2), 0)
			return
		}
		for name, f := range map[string]func(){
			"velocity":   func() { s.Velocity(got, z, 1) },
			"divergence": func() { s.Divergence(make([]float64, 2), z, 1) },
		} {
			if msg := panicOf(f); !strings.Contains(msg, "does not determine the velocity") {
				t.Errorf("%s at 1: got %q want a panic that says so", name, msg)
			}
		}
	})
}
