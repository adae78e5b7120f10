package density

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/field"
	"fmlab/engine/nn"
	"fmlab/engine/ode"
	"fmlab/engine/path"
)

// likelihood holds a mixture, points, and log p_1 there: reference numbers made
// with numpy, scipy and torch in float64.
func likelihood(t *testing.T) (m *exact.Mixture, x engine.Points, logp []float64) {
	t.Helper()
	text, err := os.ReadFile("testdata/likelihood.json")
	if err != nil {
		t.Fatal(err)
	}
	var ref struct {
		Mixture struct {
			Weights []float64
			Means   [][2]float64
			Covs    [][2][2]float64
		}
		Points [][2]float64
		Logp   []float64
	}
	if err := json.Unmarshal(text, &ref); err != nil {
		t.Fatal(err)
	}
	m = &exact.Mixture{Weights: ref.Mixture.Weights}
	for k, mean := range ref.Mixture.Means {
		c := ref.Mixture.Covs[k]
		m.Means = append(m.Means, mean[0], mean[1])
		m.Covs = append(m.Covs, [3]float64{c[0][0], c[0][1], c[1][1]})
	}
	for _, p := range ref.Points {
		x = append(x, p[0], p[1])
	}
	if err := m.Validate(); err != nil || len(ref.Logp) != 6 || x.Len() != 6 {
		t.Fatalf("got %d points, %d log densities, %v want 6 of each", x.Len(), len(ref.Logp), err)
	}
	return m, x, ref.Logp
}

// back integrates to the end and returns the solver and the log densities.
func back(t *testing.T, f engine.Flow, x engine.Points, o Options) (*Solver, []float64) {
	t.Helper()
	s, err := New(f, x, o)
	if err != nil {
		t.Fatal(err)
	}
	for s.Step() {
	}
	if s.Err() != nil || s.T() != o.Ode.To {
		t.Fatalf("got t = %g, error %v want the start of the flow", s.T(), s.Err())
	}
	logp := make([]float64, x.Len())
	s.LogDensity(logp)
	return s, logp
}

// whole goes the whole way at a tolerance.
func whole(tol float64) Options {
	return Options{Ode: ode.Options{From: 1, To: 0, Rtol: tol, Atol: tol}}
}

func compare(t *testing.T, what string, got, want []float64, tol float64) {
	t.Helper()
	for i := range want {
		if !(math.Abs(got[i]-want[i]) <= tol) {
			t.Errorf("%s [%d]: got %.12g want %.12g to %g", what, i, got[i], want[i], tol)
		}
	}
}

// start is the density of a marginal at t = 0.
func start(g *exact.Marginal) func(dst []float64, z engine.Points) {
	return func(dst []float64, z engine.Points) { g.LogDensity(dst, z, 0) }
}

// The exact field has the exact density, on every path: also where σ̇ is infinite
// at t = 1, since the exact velocity is not, and on ddpm, which does not start from
// N(0, I), with its own start as base.
func TestExactFieldHasExactDensity(t *testing.T) {
	m, x, want := likelihood(t)
	for _, p := range path.All {
		g := exact.New(m, p)
		v, div := engine.NewPoints(x.Len()), make([]float64, x.Len())
		g.Velocity(v, x, 1)
		g.Divergence(div, x, 1)
		for i, n := range append(v, div...) {
			if math.IsNaN(n - n) {
				t.Errorf("%s at t = 1: got number %d of velocity and divergence %g want it finite", p.Name, i, n)
			}
		}
		o := whole(1e-8)
		if p.At(0).Alpha != 0 {
			o.Base = start(g)
		}
		_, got := back(t, g, x, o)
		compare(t, p.Name, got, want, 3e-6) // the first, at −22 nats, is where a small error grows most
	}
}

// From N(0, I), which is not where it starts, ddpm misses by what separates the two.
func TestBaseMatters(t *testing.T) {
	m, x, want := likelihood(t)
	p, err := path.Parse("ddpm")
	if err != nil {
		t.Fatal(err)
	}
	_, got := back(t, exact.New(m, p), x, whole(1e-8))
	worst := 0.0
	for i := range got {
		worst = max(worst, math.Abs(got[i]-want[i]))
	}
	if !(worst > 1e-4 && worst < 0.05) {
		t.Errorf("got a worst error of %g nats want one above 1e-4 and below 0.05", worst)
	}
}

// Any Runge–Kutta method works, and each at its order or better: the error of the
// log density falls like that of the points.
func TestEveryMethod(t *testing.T) {
	m, x, want := likelihood(t)
	g := exact.New(m, path.All[0])
	for _, method := range ode.All {
		if method.NeedsPath() {
			_, err := New(g, x, Options{Method: method, Ode: ode.Options{From: 1, Steps: 8}})
			if err == nil || !strings.Contains(err.Error(), method.Name) || !strings.Contains(err.Error(), "Runge–Kutta") {
				t.Errorf("%s: got %v want an error that says what works", method.Name, err)
			}
			continue
		}
		worst := func(steps int) (e float64) {
			s, got := back(t, g, x, Options{Method: method, Ode: ode.Options{From: 1, Steps: steps}})
			if s.NFE() != steps*method.Stages() {
				t.Errorf("%s, %d steps: got NFE %d want %d", method.Name, steps, s.NFE(), steps*method.Stages())
			}
			for i := range got {
				e = max(e, math.Abs(got[i]-want[i]))
			}
			return e
		}
		coarse, fine := worst(200), worst(400)
		if order := math.Log2(coarse / fine); !(order > float64(method.Order)-0.3) {
			t.Errorf("%s: got errors %g and %g, order %.2f want at least %d", method.Name, coarse, fine, order, method.Order)
		}
	}
}

// Back to the noise and forth again is where it was.
func TestRoundTrip(t *testing.T) {
	m, _, _ := likelihood(t)
	x := engine.NewPoints(20)
	m.Sample(x, engine.NewRand(1, 1))
	for _, p := range path.All {
		g := exact.New(m, p)
		s, _ := back(t, g, x, whole(1e-9))
		got, err := ode.Reference(g, s.Z(), 0, 1, 1e-9)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, p.Name, got, x, 1e-6)
	}
}

// What a flow does to volumes is a density: its integral over the plane is 1.
func TestIntegratesToOne(t *testing.T) {
	m, _, _ := likelihood(t)
	net, err := nn.New(nn.Config{Hidden: []int{16, 16}, Act: "silu"}, engine.NewRand(2, 1))
	if err != nil {
		t.Fatal(err)
	}
	linear := path.All[0]
	exactly := exact.New(m, linear)
	for name, f := range map[string]engine.Flow{
		"exact":               exactly,
		"a network untrained": &field.Learned{Net: net, Kind: path.Velocity, Path: linear},
	} {
		const half, h = 6.0, 0.2 // the narrowest component is as wide as h
		var x engine.Points
		for u := -half; u < half; u += h {
			for v := -half; v < half; v += h {
				x = append(x, u, v)
			}
		}
		_, logp := back(t, f, x, whole(1e-4))
		sum := 0.0
		for _, l := range logp {
			sum += h * h * math.Exp(l)
		}
		if !(math.Abs(sum-1) < 1e-3) {
			t.Errorf("%s: got %.6f want 1 to 1e-3", name, sum)
		}
	}
}

// A point's answer does not depend on how many travel along, odd or even.
func TestRowsAreIndependent(t *testing.T) {
	m, x, want := likelihood(t)
	g := exact.New(m, path.All[0])
	for n := range x.Len() + 1 {
		s, got := back(t, g, x.Slice(0, n), whole(1e-9))
		if s.Z().Len() != n {
			t.Errorf("got %d points of noise want %d", s.Z().Len(), n)
		}
		compare(t, fmt.Sprintf("%d points", n), got, want[:n], 1e-6)
	}
}

// A finer tolerance gives a smaller error, where densities are not so small that
// the way back magnifies it.
func TestToleranceIsForNats(t *testing.T) {
	m, x, want := likelihood(t)
	x, want = x[2:], want[1:]
	for _, p := range path.All {
		if p.At(0).Alpha != 0 {
			continue // another base
		}
		for tol := 1e-3; tol > 0.5e-9; tol /= 100 {
			_, got := back(t, exact.New(m, p), x, whole(tol))
			compare(t, fmt.Sprintf("%s at %g", p.Name, tol), got, want, 200*tol)
		}
	}
}

// Before the first step nothing is spent and the points stand where they were
// given; the flow stops where it is told to.
func TestAdvanceThenLook(t *testing.T) {
	m, x, _ := likelihood(t)
	g := exact.New(m, path.All[0])
	o := whole(1e-9)
	o.Ode.From, o.Ode.To, o.Base = 0.9, 0.4, func(dst []float64, z engine.Points) { g.LogDensity(dst, z, 0.4) }
	s, err := New(g, x, o)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "at the start", s.Z(), x, 0)
	if s.NFE() != 0 || s.T() != 0.9 {
		t.Errorf("got NFE %d at t = %g want none at 0.9", s.NFE(), s.T())
	}
	steps := 0
	for ; s.Step(); steps++ {
	}
	got, want := make([]float64, x.Len()), make([]float64, x.Len())
	s.LogDensity(got)
	g.LogDensity(want, x, 0.9)
	compare(t, "between t = 0.4 and 0.9", got, want, 1e-6)
	if steps != s.Steps() || steps < 2 {
		t.Errorf("got %d steps counted and %d told want the same", steps, s.Steps())
	}
}

func TestFailures(t *testing.T) {
	m, x, _ := likelihood(t)
	g := exact.New(m, path.All[0])
	o := whole(1e-8)
	o.Ode.MaxSteps = 3
	s, err := New(g, x, o)
	if err != nil {
		t.Fatal(err)
	}
	for s.Step() {
	}
	if !errors.Is(s.Err(), ode.ErrSteps) {
		t.Errorf("three steps: got %v want %v", s.Err(), ode.ErrSteps)
	}
	if _, err := New(g, engine.Points{0, 0, 1, math.NaN()}, whole(1e-8)); !errors.Is(err, ode.ErrNotFinite) || !strings.Contains(err.Error(), "point 1") {
		t.Errorf("a point that is no number: got %v want its index", err)
	}
	if _, err := New(g, x, Options{Ode: ode.Options{From: 1, Rtol: -1}}); err == nil || !strings.Contains(err.Error(), "rtol") {
		t.Errorf("rtol −1: got %v want an error", err)
	}
	defer func() {
		if r := recover(); r == nil {
			t.Error("one sign for six points: got no panic")
		}
	}()
	o.Signs = engine.NewPoints(1)
	New(g, x, o)
}
