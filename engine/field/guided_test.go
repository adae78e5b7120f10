package field

import (
	"fmt"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/path"
)

// pair is the flows of a mixture and of its first component, on the linear path.
func pair() (none, class *exact.Marginal) {
	m := bent()
	one := &exact.Mixture{Weights: []float64{1}, Means: m.Means[:2], Covs: m.Covs[:1]}
	return exact.New(m, path.All[0]), exact.New(one, path.All[0])
}

// w = 0 is the one flow and w = 1 the other, bit for bit; in between and beyond
// every reading lies on the line through the two.
func TestGuidance(t *testing.T) {
	none, class := pair()
	for _, at := range []float64{0, 0.4, 0.9} {
		z := cloud(bent(), path.All[0], 20, at)
		a, b := readings(none, z, at), readings(class, z, at)
		for _, w := range []float64{0, 0.5, 1, 3} {
			for name, got := range readings(&Guided{None: none, Class: class, Weight: w}, z, at) {
				want, tol := make([]float64, len(got)), 1e-13
				for i := range want {
					want[i] = a[name][i] + w*(b[name][i]-a[name][i])
				}
				switch w {
				case 0:
					want, tol = a[name], 0
				case 1:
					want, tol = b[name], 0
				}
				compare(t, fmt.Sprintf("%s with w = %g at t = %g", name, w, at), got, want, tol)
			}
		}
	}
}

// Guidance is alike for every reading: that of the velocities is that of the data.
func TestGuidedReadingsAgree(t *testing.T) {
	none, class := pair()
	g := &Guided{None: none, Class: class, Weight: 2.5}
	const n, at = 20, 0.6
	z := cloud(bent(), path.All[0], n, at)
	r := readings(g, z, at)
	got := engine.NewPoints(n)
	path.All[0].At(at).Convert(got, z, r["velocity"], path.Velocity, path.Data)
	compare(t, "data from the velocity", got, r["data"], 1e-12)
	slopes := make([]float64, n)
	for i := range n {
		for _, e := range []engine.Points{{1, 0}, {0, 1}} {
			x, y := z.At(i)
			slopes[i] += form(func(dst, z engine.Points) { g.Velocity(dst, z, at) }, engine.Points{x, y}, e, 0)
		}
	}
	compare(t, "divergence against differences of the velocity", r["divergence"], slopes, 1e-7)
}

func TestGuidedAllocatesOnce(t *testing.T) {
	none, class := pair()
	g := &Guided{None: none, Class: class, Weight: 2}
	z := cloud(bent(), path.All[0], 50, 0.5)
	dst := engine.NewPoints(50)
	if got := testing.AllocsPerRun(10, func() { g.Velocity(dst, z, 0.5) }); got > 1 {
		t.Errorf("got %g allocations a call want at most that of the closure", got)
	}
}
