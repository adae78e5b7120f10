package ode

import (
	"fmt"
	"math"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/path"
)

// slack is how far a measured order may be from that of a method of order p.
var slack = map[int]float64{1: 0.1, 2: 0.1, 4: 0.3, 5: 0.4}

// counts are two series of step counts, one that doubles and one of odd numbers:
// coarser ones for methods that soon meet rounding errors.
func counts(m Method) (doubling, odd []int) {
	if m.Order >= 4 {
		return []int{9, 18, 36, 72, 144}, []int{13, 19, 27, 39, 55, 79, 111, 157}
	}
	return []int{14, 28, 56, 112, 224}, []int{31, 45, 67, 91, 127, 181, 257}
}

// orderOf is the measured order of convergence to truth from z: the slope of
// log error over log steps in the finer half of the counts, above rounding.
func orderOf(t *testing.T, m Method, f engine.Field, z, truth engine.Points, o Options, counts []int) float64 {
	t.Helper()
	var logN, logErr []float64
	for _, o.Steps = range counts {
		s := run(t, m, f, z, o)
		if s.Err() != nil {
			t.Fatal(s.Err())
		}
		if e := rms(s.Z(), truth); e > 1e-12 {
			logN, logErr = append(logN, math.Log(float64(o.Steps))), append(logErr, math.Log(e))
		}
	}
	if len(logN) < 3 {
		t.Fatalf("%s: got %d errors above rounding want 3", m.Name, len(logN))
	}
	half := len(logN) / 2
	return -slope(logN[half:], logErr[half:])
}

// slope is the least-squares slope of y over x.
func slope(x, y []float64) float64 {
	n, sx, sy, sxx, sxy := float64(len(x)), 0.0, 0.0, 0.0, 0.0
	for i := range x {
		sx, sy, sxx, sxy = sx+x[i], sy+y[i], sxx+x[i]*x[i], sxy+x[i]*y[i]
	}
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}

// The error at the end shrinks as hᵖ on fields in closed form.
func TestOrderOfConvergence(t *testing.T) {
	for _, m := range tableaus() {
		for _, p := range problems {
			near(t, m.Name+" on "+p.name+": order",
				orderOf(t, m, p.v, start, p.exact(start, p.from, p.to), Options{From: p.from, To: p.to}, []int{8, 11, 17, 23, 31, 45, 67, 91, 127, 181, 256}),
				float64(m.Order), slack[m.Order])
		}
	}
}

// bell is one Gaussian, whose flow is known: with C_t = α²Σ + σ²I, which share
// their eigenvectors e_1, e_2, it is affine,
//
//	z_t = α_t μ + C_t^½ C_s^−½ (z_s − α_s μ)
var bell = &exact.Mixture{Weights: []float64{1}, Means: engine.Points{0.6, -0.4}, Covs: [][3]float64{{0.5, 0.3, 0.4}}}

func bellFlow(p path.Path, z engine.Points, from, to float64) engine.Points {
	a, b := p.At(from), p.At(to)
	xx, xy, yy := bell.Covs[0][0], bell.Covs[0][1], bell.Covs[0][2]
	mid, gap := (xx+yy)/2, math.Hypot((xx-yy)/2, xy)
	sin, cos := math.Sincos(math.Atan2(2*xy, xx-yy) / 2) // e_1
	stretch := func(variance float64) float64 {
		root := func(c path.Coeffs) float64 { return math.Sqrt(c.Alpha*c.Alpha*variance + c.Sigma*c.Sigma) }
		return root(b) / root(a)
	}
	s1, s2 := stretch(mid+gap), stretch(mid-gap)
	end := engine.NewPoints(z.Len())
	for i := range z.Len() {
		x, y := z[2*i]-a.Alpha*bell.Means[0], z[2*i+1]-a.Alpha*bell.Means[1]
		u, v := s1*(cos*x+sin*y), s2*(cos*y-sin*x)
		end.Set(i, b.Alpha*bell.Means[0]+cos*u-sin*v, b.Alpha*bell.Means[1]+sin*u+cos*v)
	}
	return end
}

// Every method has its order on the exact flow of a mixture, and those that need a
// path on that of a Gaussian too, forward and backward between times that the
// steps do not divide. Without noise the stochastic one is Euler. The grid is
// uniform, and for those with a path uniform in λ too, where alone the second order
// of ++2M shows early.
func TestOrderOnExactFlows(t *testing.T) {
	const from, to = 0.07, 0.93
	for _, p := range path.All {
		mixture, gaussian := exact.New(smooth, p), exact.New(bell, p)
		there, err := Reference(mixture, start, from, to, 1e-13)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range All {
			for _, g := range Grids[:2] {
				if m.Name == "dpm++2m" && g.Name == "uniform" || !m.NeedsPath() && g.Name == "lambda" {
					continue
				}
				doubling, odd := counts(m)
				check := func(what string, f engine.Field, z, truth engine.Points, o Options, counts []int) {
					o.Grid, o.Path = g, p
					near(t, fmt.Sprintf("%s on %s, %s: order on %s", m.Name, p.Name, g.Name, what),
						orderOf(t, m, f, z, truth, o, counts), float64(m.Order), slack[m.Order])
				}
				check("a mixture", mixture, start, there, Options{From: from, To: to}, doubling)
				check("a mixture, odd", mixture, start, there, Options{From: from, To: to}, odd)
				if m.Order < 5 { // whose error backward is at rounding before its order shows
					check("a mixture, backward", mixture, there, start, Options{From: to, To: from}, odd)
				}
				if m.NeedsPath() { // the others have closed forms above
					check("a Gaussian", gaussian, start, bellFlow(p, start, from, to), Options{From: from, To: to}, odd)
				}
			}
		}
	}
}

// From end to end, where λ is infinite, the family on the λ grid still comes to the
// end. Where the times of the grid need not move outwards for it, it has its
// orders; where they do, on linear-vp and ddpm, the range of λ grows as log n, to 12
// or so, and the order reads a twelfth less. See [lambdaEnds].
func TestOrderFromEndToEnd(t *testing.T) {
	lambda, _ := GetGrid("lambda")
	for _, p := range path.All {
		f := exact.New(smooth, p)
		truth, err := Reference(f, start, 0, 1, 1e-13)
		if err != nil {
			t.Fatal(err)
		}
		shown := 1.0
		if p.Name == "linear-vp" || p.Name == "ddpm" {
			shown = 11. / 12
		}
		for _, m := range family() {
			_, odd := counts(m)
			near(t, m.Name+" on "+p.Name+": order from 0 to 1",
				orderOf(t, m, f, start, truth, Options{To: 1, Grid: lambda, Path: p, Mean: smooth.Mean()}, odd), shown*float64(m.Order)+0.03, 0.1)
		}
	}
}

// No floor stops the second order: from 256 steps to 2,048 its error falls by no
// less than the order says, but for the wider range of λ. With ends that stay it
// would stop at 10⁻³ on linear-vp and 6·10⁻⁵ on ddpm.
func TestNoFloorOnTheLambdaGrid(t *testing.T) {
	for _, name := range []string{"linear", "linear-vp", "ddpm"} {
		p, _ := path.Parse(name)
		f, z := exact.New(bell, p), start[:2]
		truth := bellFlow(p, z, 0, 1)
		for _, m := range []Method{method(t, "dpm2"), method(t, "dpm++2m")} {
			err := func(n int) float64 {
				return rms(run(t, m, f, z, Options{To: 1, Steps: n, Grid: Grids[1], Path: p, Mean: bell.Mean()}).Z(), truth)
			}
			coarse, fine := err(256), err(2048)
			if want := coarse * math.Pow(8, -1.75); !(fine <= want) {
				t.Errorf("%s on %s: got error %.3g with 2048 steps after %.3g with 256 want %.3g", m.Name, p.Name, fine, coarse, want)
			}
		}
	}
}

// Every method, and the adaptive one with its tolerance, comes to the closed form
// of a Gaussian from end to end on every path and every grid.
func TestGaussianEndIsReached(t *testing.T) {
	bound := map[int]float64{1: 0.03, 2: 0.015, 4: 1e-5, 5: 1e-6}
	for _, p := range path.All {
		f, truth := exact.New(bell, p), bellFlow(p, start, 0, 1)
		for _, m := range All {
			for _, g := range Grids {
				s := run(t, m, f, start, Options{To: 1, Steps: 120, Grid: g, Path: p, Mean: bell.Mean()})
				if e := rms(s.Z(), truth); !(e <= bound[m.Order]) {
					t.Errorf("%s on %s, %s: got an end off by %g want %g", m.Name, p.Name, g.Name, e, bound[m.Order])
				}
			}
		}
		z, err := Reference(f, start, 0, 1, 1e-12)
		if e := rms(z, truth); err != nil || !(e <= 1e-11) {
			t.Errorf("%s: got a reference end off by %g, %v want 1e-11", p.Name, e, err)
		}
		home, err := Reference(f, truth, 1, 0, 1e-12)
		if e := rms(home, start); err != nil || !(e <= 1e-11) {
			t.Errorf("%s: got a start off by %g, %v on the way back want 1e-11", p.Name, e, err)
		}
	}
}
