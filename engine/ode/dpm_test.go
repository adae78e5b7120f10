package ode

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/path"
)

// smooth is a target with a density, whose mean is not the origin.
var smooth = &exact.Mixture{
	Weights: []float64{0.4, 0.6},
	Means:   engine.Points{-1, 0.5, 0.8, -0.1},
	Covs:    [][3]float64{{0.3, 0.1, 0.4}, {0.5, -0.1, 0.3}},
}

func method(t *testing.T, name string) Method {
	t.Helper()
	m, err := Get(name)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// family is the DPM-Solver methods.
func family() []Method {
	return slices.DeleteFunc(slices.Clone(All), func(m Method) bool { return !m.NeedsPath() || m.Noise })
}

func furthest(x, y engine.Points) (d float64) {
	for i := range x {
		d = max(d, math.Abs(x[i]-y[i]))
	}
	return d
}

// On the linear path order 1 is Euler, for any field, on any grid, whole or in
// part, either way; backward from t = 1, where no field is asked, for those that
// lead there.
func TestDPM1IsEulerOnTheLinearPath(t *testing.T) {
	p := path.All[0]
	for name, f := range map[string]engine.Field{"swirl": problems[1].v, "forced": problems[2].v, "the flow of a mixture": exact.New(smooth, p)} {
		for _, g := range Grids {
			for _, span := range [][2]float64{{0, 1}, {0.1, 0.87}, {0.87, 0.1}, {0.5, 0}, {0, 1e-2}, {0.9, 1}, {1, 0}} {
				if span[0] == 1 && name != "the flow of a mixture" {
					continue
				}
				for _, n := range []int{1, 2, 3, 17, 64, 250} {
					o := Options{From: span[0], To: span[1], Steps: n, Grid: g, Path: p}
					dpm1, euler := run(t, method(t, "dpm1"), f, start, o), run(t, All[0], f, start, o)
					if d := furthest(dpm1.Z(), euler.Z()); !(d <= 1e-12) || dpm1.T() != euler.T() || dpm1.Steps() != euler.Steps() {
						t.Errorf("%s, %s, %v in %d steps: got ends %g apart at t = %v and %v want 1e-12", name, g.Name, span, n, d, dpm1.T(), euler.T())
					}
				}
			}
		}
	}
}

// When all data are one point x1, every prediction is exact and z_t = α x1 + σ x0:
// the whole family follows that on any path, on any grid, in any number of steps,
// with both ends, where λ is infinite and D may be 0 or infinite.
func TestOnePointIsReachedExactly(t *testing.T) {
	x1 := engine.Points{0.7, -1.3}
	for _, p := range path.All {
		f := exact.New(exact.Points(x1), p)
		for _, g := range Grids {
			for _, m := range family() {
				for _, n := range []int{1, 2, 3, 8, 33} {
					s, err := New(m, f, start, Options{To: 1, Steps: n, Grid: g, Path: p, Mean: [2]float64{x1[0], x1[1]}})
					if err != nil {
						t.Fatal(err)
					}
					c := p.At(0)
					for s.Step() {
						at := p.At(s.T())
						for i, z := range s.Z() {
							x0 := (start[i] - c.Alpha*x1[i%2]) / c.Sigma
							near(t, fmt.Sprintf("%s on %s, %s, %d steps, t = %g", m.Name, p.Name, g.Name, n, s.T()), z, at.Alpha*x1[i%2]+at.Sigma*x0, 1e-9)
						}
					}
					if s.Err() != nil || s.T() != 1 {
						t.Errorf("%s on %s, %s, %d steps: got t = %v, error %v", m.Name, p.Name, g.Name, n, s.T(), s.Err())
					}
				}
			}
		}
	}
}

// One step of order 1 keeps both predictions: z_t = α_t x̂1 + σ_t ε̂. So it does
// with the noise form of the papers.
func TestOrder1KeepsBothPredictions(t *testing.T) {
	for _, p := range path.All {
		f := exact.New(smooth, p)
		for _, span := range [][2]float64{{0.1, 0.3}, {0.5, 0.4}, {0.93, 1}, {0.02, 1}} {
			s := run(t, method(t, "dpm1"), f, start, Options{From: span[0], To: span[1], Steps: 1, Path: p})
			a, b := p.At(span[0]), p.At(span[1])
			data := engine.NewPoints(start.Len())
			f.Data(data, start, span[0])
			for i, z := range s.Z() {
				noise := (start[i] - a.Alpha*data[i]) / a.Sigma
				near(t, p.Name+" prediction form", z, b.Alpha*data[i]+b.Sigma*noise, 1e-12)
				if b.Sigma > 0 {
					h := b.Lambda() - a.Lambda()
					near(t, p.Name+" noise form", z, b.Alpha/a.Alpha*start[i]-b.Sigma*math.Expm1(h)*noise, 1e-12)
				}
			}
		}
	}
}

// The mean counts: where D = 0 at t = 0 a wrong one spoils the first step.
func TestFirstPredictionIsTheMean(t *testing.T) {
	mean := smooth.Mean()
	for _, name := range []string{"cubic", "poly:2"} {
		p, _ := path.Parse(name)
		f := exact.New(smooth, p)
		for _, m := range family() {
			s, err := New(m, f, start, Options{To: 1, Steps: 10, Path: p, Mean: mean})
			if err != nil {
				t.Fatal(err)
			}
			s.Step()
			c := p.At(s.T())
			for i, z := range s.Z() {
				near(t, m.Name+" on "+name+": first step", z, c.Sigma*start[i]+c.Alpha*mean[i%2], 1e-15)
			}
			if s.NFE() != 0 {
				t.Errorf("%s on %s: got %d evaluations for a step that needs none", m.Name, name, s.NFE())
			}
		}
	}
}

// Within the path a step costs what it says; at the ends some are saved.
func TestPriceOfDPM(t *testing.T) {
	const n = 12
	saved := map[string]map[string]int{ // from t = 0 to 1
		"linear": {"dpm2": 2}, "vp": {"dpm2": 2}, "linear-vp": {"dpm2": 2},
		"ddpm":  {"dpm2": 1}, // λ is finite at t = 0
		"cubic": {"dpm1": 1, "dpm2": 3, "dpm++2m": 1}, "poly:2": {"dpm1": 1, "dpm2": 3, "dpm++2m": 1},
	}
	for _, p := range path.All {
		f := exact.New(smooth, p)
		for _, m := range All {
			if !m.NeedsPath() {
				continue
			}
			o := Options{From: 0.1, To: 0.7, Steps: n, Path: p}
			if s := run(t, m, f, start, o); s.NFE() != n*m.Stages() || s.Steps() != n || s.T() != 0.7 || s.Err() != nil {
				t.Errorf("%s on %s: got NFE %d, %d steps, t = %v, error %v want %d, %d, 0.7", m.Name, p.Name, s.NFE(), s.Steps(), s.T(), s.Err(), n*m.Stages(), n)
			}
			o.From, o.To = 0, 1
			if s := run(t, m, f, start, o); s.NFE() != n*m.Stages()-saved[p.Name][m.Name] || s.T() != 1 || s.Err() != nil {
				t.Errorf("%s on %s from 0 to 1: got NFE %d, t = %v, error %v want %d", m.Name, p.Name, s.NFE(), s.T(), s.Err(), n*m.Stages()-saved[p.Name][m.Name])
			}
		}
	}
}

// A run to the data and back returns at the order of the method, from end to end.
func TestDPMReturns(t *testing.T) {
	for _, name := range []string{"linear", "vp"} {
		p, _ := path.Parse(name)
		f := exact.New(smooth, p)
		for _, m := range family() {
			back := func(n int) float64 {
				there := run(t, m, f, start, Options{To: 1, Steps: n, Path: p})
				return rms(run(t, m, f, there.Z(), Options{From: 1, Steps: n, Path: p}).Z(), start)
			}
			coarse, fine := back(40), back(160)
			if want := coarse * math.Pow(4, 0.6-float64(m.Order)); !(fine <= want) {
				t.Errorf("%s on %s: got %g from home with 160 steps after %g with 40 want %g", m.Name, name, fine, coarse, want)
			}
		}
	}
}

// An end that is one but for rounding (cos π/2 is 6e-17) counts as the end.
func TestEndsButForRounding(t *testing.T) {
	for _, c := range []struct {
		at   path.Coeffs
		want float64
	}{
		{path.Coeffs{Alpha: 1, Sigma: 6e-17}, math.Inf(1)},
		{path.Coeffs{Alpha: 1e-10, Sigma: 1}, math.Inf(-1)},
		{path.Coeffs{Alpha: 1, Sigma: 0}, math.Inf(1)},
		{path.Coeffs{Alpha: 1, Sigma: 1e-8}, math.Log(1e8)},
		{path.Coeffs{Alpha: 0.5, Sigma: 0.5}, 0},
	} {
		if got := lambda(c.at); got != c.want {
			t.Errorf("α = %g, σ = %g: got λ = %v want %v", c.at.Alpha, c.at.Sigma, got, c.want)
		}
	}
}

// What holds for the tableaus holds here: the start is not written, steps
// allocate nothing, no points are no trouble, and a failure is named.
func TestMannersOnAPath(t *testing.T) {
	p := path.All[0]
	wall := field(func(x, y, at float64) (float64, float64) {
		if x > 0.5 && at > 0.4 {
			return math.NaN(), 0
		}
		return 0, 1
	})
	for _, m := range All {
		if !m.NeedsPath() {
			continue
		}
		o := Options{To: 1, Steps: 1000, Path: p, Eta: 1, Rand: engine.NewRand(1, 1)}
		z := start.Clone()
		s, err := New(m, exact.New(smooth, p), z, o)
		if err != nil {
			t.Fatal(err)
		}
		if got := testing.AllocsPerRun(100, func() { s.Step() }); got != 0 {
			t.Errorf("%s: got %v allocations a step want 0", m.Name, got)
		}
		if !slices.Equal(z, start) {
			t.Errorf("%s: got start %v after the run want %v", m.Name, z, start)
		}
		if s := run(t, m, wall, engine.Points{}, o); s.T() != 1 || s.Err() != nil {
			t.Errorf("%s on no points: got t = %v, error %v", m.Name, s.T(), s.Err())
		}
		o.From = 1
		if s := run(t, m, wall, start, o); s.NFE() != 0 || s.Steps() != 0 || !slices.Equal(s.Z(), start) {
			t.Errorf("%s from 1 to 1: got NFE %d, %d steps", m.Name, s.NFE(), s.Steps())
		}
		o.From, o.Steps, o.Eta = 0, 10, 0
		s = run(t, m, wall, engine.Points{0, 0, 0.1, 0, 1, 0}, o)
		if !errors.Is(s.Err(), ErrNotFinite) || !strings.Contains(s.Err().Error(), "point 2 at t = 0.") || firstBad(s.Z()) >= 0 || math.Abs(s.T()-0.4) > 0.11 {
			t.Errorf("%s: got %v at t = %v want %v of point 2, and the last finite state before 0.4", m.Name, s.Err(), s.T(), ErrNotFinite)
		}
	}
}

func TestIllegalOnAPath(t *testing.T) {
	p, rng := path.All[0], engine.NewRand(1, 1)
	lambda, _ := GetGrid("lambda")
	for _, c := range []struct {
		name string
		o    Options
		says string
	}{
		{"dpm1", Options{To: 1, Steps: 4}, "dpm1 works on a path and there is none: want Options.Path"},
		{"sde", Options{To: 1, Steps: 4}, "sde works on a path"},
		{"dpm2", Options{From: -0.1, To: 1, Steps: 4, Path: p}, "dpm2 from t = -0.1 to 1"},
		{"dpm++2m", Options{From: 1.5, To: 1, Steps: 4, Path: p}, "from 0 to 1"},
		{"dpm1", Options{To: 1, Path: p}, "0 steps of dpm1"},
		{"sde", Options{To: 1, Steps: 4, Path: p, Eta: -1, Rand: rng}, "η = -1"},
		{"sde", Options{To: 1, Steps: 4, Path: p, Eta: math.NaN(), Rand: rng}, "η = NaN"},
		{"sde", Options{To: 1, Steps: 4, Path: p, Eta: math.Inf(1), Rand: rng}, "η = +Inf"},
		{"sde", Options{To: 1, Steps: 4, Path: p, Eta: 0.5}, "Options.Rand"},
		{"euler", Options{To: 1, Steps: 4, Grid: lambda}, "the grid lambda works on a path"},
		{"euler", Options{To: 2, Steps: 4, Grid: lambda, Path: p}, "the grid lambda from t = 0 to 2"},
		{"sde", Options{To: 5e-4, Steps: 4, Grid: lambda, Path: p}, "between 0.001 and 0.999"},
	} {
		if _, err := New(method(t, c.name), problems[0].v, start, c.o); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v want an error that says %q", c.name, err, c.says)
		}
	}
}
