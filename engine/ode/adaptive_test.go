package ode

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/path"
)

// The error at the end is proportional to the tolerance over six decades: between
// 0.03 and 3 times it on fields in closed form, in either direction, and between
// 0.05 and 6 times it on the exact flow of a mixture from end to end, on any path.
// Ten times the exactness costs 10^(1/5) times the work, and the PI control of the
// step rejects none or one on the former and a quarter of all on the latter.
func TestErrorIsProportionalToTolerance(t *testing.T) {
	for _, p := range problems {
		for _, back := range []bool{false, true} {
			from, to, z := p.from, p.to, start
			if back {
				from, to, z = to, from, p.exact(start, from, to)
			}
			what := fmt.Sprintf("%s, backward %v", p.name, back)
			var logTol, logNFE []float64
			for k, s := range decades(t, what, p.v, z, p.exact(z, from, to), from, to, 0.03, 3) {
				if s.Rejected() > 1 {
					t.Errorf("%s at 1e-%d: got %d tries rejected want one at most", what, k, s.Rejected())
				}
				if k >= 6 { // where the first step and the last do not count
					logTol, logNFE = append(logTol, float64(k)*math.Ln10), append(logNFE, math.Log(float64(s.NFE())))
				}
			}
			near(t, what+": power of the tolerance in the work", slope(logTol, logNFE), 1./5, 0.05)
		}
	}
	steps, rejected := 0, 0
	for _, p := range path.All {
		f := exact.New(smooth, p)
		truth, err := Reference(f, start, 0, 1, 1e-13)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range decades(t, p.Name, f, start, truth, 0, 1, 0.05, 6) {
			steps, rejected = steps+s.Steps(), rejected+s.Rejected()
		}
	}
	if 3*rejected > steps {
		t.Errorf("on mixtures: got %d rejected for %d accepted want a quarter of all at most", rejected, steps)
	}
}

// decades returns the runs of f at the tolerances 10⁻³ to 10⁻⁹, by their exponent,
// having checked that their errors are low to high times those.
func decades(t *testing.T, what string, f engine.Field, z, truth engine.Points, from, to, low, high float64) map[int]*Solver {
	t.Helper()
	runs := map[int]*Solver{}
	for k := 3; k <= 9; k++ {
		tol := math.Pow10(-k)
		s := run(t, method(t, "dopri5"), f, z, Options{From: from, To: to, Rtol: tol, Atol: tol})
		if s.Err() != nil || s.T() != to {
			t.Fatalf("%s at %g: got t = %v, error %v", what, tol, s.T(), s.Err())
		}
		if ratio := rms(s.Z(), truth) / tol; !(low <= ratio && ratio <= high) {
			t.Errorf("%s: got %.3g times the tolerance %g as error want %g to %g", what, ratio, tol, low, high)
		}
		runs[k] = s
	}
	return runs
}

// The price of a chosen-step run: one evaluation at the start, one to find the
// first step, then six for each try, accepted or rejected.
func TestPriceOfChosenSteps(t *testing.T) {
	m := method(t, "dopri5")
	bump := field(func(x, y, at float64) (float64, float64) { // a bend that is easy to overrun
		d := (at - 0.6) / 0.01
		return math.Exp(-d * d), -y
	})
	calls := 0
	counted := field(func(x, y, at float64) (float64, float64) { calls++; return bump(x, y, at) })
	s, err := New(m, counted, start[:2], Options{To: 1, Rtol: 1e-6, Atol: 1e-6})
	if err != nil {
		t.Fatal(err)
	}
	if s.NFE() != 0 {
		t.Errorf("got NFE %d before the first step want 0", s.NFE())
	}
	for before := 0.0; s.Step(); before = s.T() {
		if want := 2 + 6*(s.Steps()+s.Rejected()); s.NFE() != want || calls != want {
			t.Fatalf("got NFE %d, %d calls after %d steps and %d rejected want %d", s.NFE(), calls, s.Steps(), s.Rejected(), want)
		}
		if s.T() <= before {
			t.Fatalf("got t = %v after %v want later", s.T(), before)
		}
	}
	if s.Err() != nil || s.T() != 1 {
		t.Fatalf("got t = %v, error %v want the end", s.T(), s.Err())
	}
	if s.Rejected() == 0 {
		t.Error("got no rejected step on a sudden bump: the test tells nothing of their price")
	}
	near(t, "integral of the bump", s.Z()[0]-start[0], 0.01*math.Sqrt(math.Pi), 1e-5)
}

// The field is never asked outside of the interval, nor at a time that goes back
// behind the step's own start.
func TestChosenStepsStayInside(t *testing.T) {
	m := method(t, "dopri5")
	for _, span := range [][2]float64{{0, 1}, {1, 0}, {0.1, 0.1 + 1e-15}, {0, 1e-300}, {-1e6, 1e6}} {
		from, to := span[0], span[1]
		f := field(func(x, y, at float64) (float64, float64) {
			if at < min(from, to) || at > max(from, to) {
				t.Fatalf("field asked at %v outside of %v", at, span)
			}
			return 1 / (1 + at*at), 0
		})
		s := run(t, m, f, engine.Points{0, 0}, Options{From: from, To: to, Rtol: 1e-6, Atol: 1e-9})
		if s.Err() != nil || s.T() != to {
			t.Errorf("%v: got t = %v, error %v want the end", span, s.T(), s.Err())
		}
		near(t, fmt.Sprintf("%v: integral", span), s.Z()[0], math.Atan(to)-math.Atan(from), 1e-4)
	}
}

// A coordinate that is and stays 0 has scale 0 when only rtol is given.
func TestPurelyRelativeTolerance(t *testing.T) {
	s := run(t, method(t, "dopri5"), problems[0].v, engine.Points{0, 0, 1, 0}, Options{To: 1, Rtol: 1e-6})
	if s.Err() != nil || s.Z()[0] != 0 || s.Z()[1] != 0 {
		t.Errorf("got %v, error %v want the origin at rest", s.Z(), s.Err())
	}
}

// Every cause is named, with the time and what to do about it.
func TestNamedFailures(t *testing.T) {
	m := method(t, "dopri5")
	for _, c := range []struct {
		name string
		v    field
		o    Options
		want error
		near float64 // where it must stop
		says string
	}{
		{"dz/dt = z² from 1 leaves the plane at t = 1", func(x, y, _ float64) (float64, float64) { return x * x, 0 },
			Options{To: 2, Rtol: 1e-6, Atol: 1e-6}, ErrStepSize, 1, "; loosen rtol = 1e-06, atol = 1e-06 or end the run before it"},
		{"a field that jumps about", func(x, y, at float64) (float64, float64) { return math.Mod(at*1e9, 1) * 1e9, 0 },
			Options{To: 1, Rtol: 1e-12, Atol: 1e-12}, ErrStepSize, 0, "; loosen rtol = 1e-12, atol = 1e-12 or end the run before it"},
		{"a wall at 0.4", wallAt(0.4), Options{To: 1, Rtol: 1e-3, Atol: 1e-3}, ErrNotFinite, 0.4, "point 0 at t = 0.4; end the run before it"},
		{"a wall at 0.4 and a limit that the tries before it use up", wallAt(0.4),
			Options{To: 1, Rtol: 1e-3, Atol: 1e-3, MaxSteps: 12}, ErrSteps, 0.4, "12 tried, t = 0.3"},
		{"a limit of 5", problems[0].v, Options{To: 1, Rtol: 1e-10, Atol: 1e-10, MaxSteps: 5}, ErrSteps, 0,
			"on the way from 0 to 1; loosen rtol = 1e-10, atol = 1e-10 or allow more steps"},
		{"a stiff field and the default limit", func(x, y, _ float64) (float64, float64) { return -1e7 * x, 0 },
			Options{To: 1, Rtol: 1e-3, Atol: 1e-3}, ErrSteps, 0, "100000 tried, t = 0.0"},
	} {
		s := run(t, m, c.v, engine.Points{1, 0}, c.o)
		if !errors.Is(s.Err(), c.want) || !strings.Contains(s.Err().Error(), c.says) || !strings.Contains(s.Err().Error(), fmt.Sprintf("t = %.6g", s.T())) {
			t.Errorf("%s: got %v at t = %.6g want %v, the time and %q", c.name, s.Err(), s.T(), c.want, c.says)
		}
		near(t, c.name+": stops at", s.T(), c.near, 0.2)
		limit := c.o.MaxSteps
		if limit == 0 {
			limit = 100_000
		}
		if tried := s.Steps() + s.Rejected(); (c.want == ErrSteps) != (tried == limit) {
			t.Errorf("%s: got %d steps tried of %d", c.name, tried, limit)
		}
		if s.NFE() > 20_000 && limit < 100_000 {
			t.Errorf("%s: got %d evaluations before giving up", c.name, s.NFE())
		}
	}
}

// wallAt is a field that is not a number behind a time.
func wallAt(end float64) field {
	return func(x, y, at float64) (float64, float64) {
		if at > end {
			return math.NaN(), 0
		}
		return 1, 0
	}
}

// The limit counts tries, and a run that needs as many as it has is not stopped.
func TestMaxSteps(t *testing.T) {
	o := Options{To: 1, Rtol: 1e-8, Atol: 1e-8}
	s := run(t, method(t, "dopri5"), problems[0].v, start, o)
	tries := s.Steps() + s.Rejected()
	for _, o.MaxSteps = range []int{tries - 1, tries} {
		s := run(t, method(t, "dopri5"), problems[0].v, start, o)
		if enough := o.MaxSteps == tries; (s.T() == 1) != enough || errors.Is(s.Err(), ErrSteps) == enough {
			t.Errorf("%d tries are needed, limit %d: got t = %v, error %v", tries, o.MaxSteps, s.T(), s.Err())
		}
	}
}

// A state may overflow though every velocity is finite and the step has no error.
func TestOverflowOfTheState(t *testing.T) {
	f := field(func(x, y, _ float64) (float64, float64) { return 1e308, 0 })
	s := run(t, method(t, "dopri5"), f, engine.Points{1.7e308, 0}, Options{To: 1, Rtol: 1e-3, Atol: 1e-3})
	if !errors.Is(s.Err(), ErrNotFinite) || firstBad(s.Z()) >= 0 {
		t.Errorf("got z = %v, error %v want %v and a finite state", s.Z(), s.Err(), ErrNotFinite)
	}
	near(t, "stops where the numbers end", s.T(), (math.MaxFloat64-1.7e308)/1e308, 1e-3)
}

// With n copies of a batch every mean over it is the same, so the steps are.
func TestErrorNormIsTheBatchMean(t *testing.T) {
	o := Options{To: 1, Rtol: 1e-5, Atol: 1e-5}
	once := run(t, method(t, "dopri5"), problems[0].v, start, o)
	var copies engine.Points
	for range 8 {
		copies = append(copies, start...)
	}
	if s := run(t, method(t, "dopri5"), problems[0].v, copies, o); s.NFE() != once.NFE() || rms(s.Z()[:len(start)], once.Z()) > 1e-13 {
		t.Errorf("got NFE %d on eight copies want %d and the same points", s.NFE(), once.NFE())
	}
}

func TestReference(t *testing.T) {
	for _, p := range problems {
		z, err := Reference(p.v, start, p.from, p.to, 1e-10)
		if err != nil {
			t.Fatal(err)
		}
		if e := rms(z, p.exact(start, p.from, p.to)); e > 1e-9 {
			t.Errorf("%s: got error %g want below 1e-9", p.name, e)
		}
	}
	z, err := Reference(problems[0].v, start, 1, 1, 1e-10)
	if err != nil || rms(z, start) != 0 {
		t.Errorf("from 1 to 1: got %v, %v want the start", z, err)
	}
	if &z[0] == &start[0] {
		t.Error("got the start's own storage want new")
	}
	if z, err := Reference(problems[0].v, nil, 0, 1, 1e-10); err != nil || len(z) != 0 {
		t.Errorf("of no points: got %v, %v", z, err)
	}
	nan := field(func(x, y, t float64) (float64, float64) { return math.NaN(), 0 })
	if _, err := Reference(nan, start, 0, 1, 1e-10); !errors.Is(err, ErrNotFinite) {
		t.Errorf("of a field that is not a number: got %v want %v", err, ErrNotFinite)
	}
}
