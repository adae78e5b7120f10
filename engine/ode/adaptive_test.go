package ode

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"fmlab/engine"
)

func dopri5(t *testing.T) Method {
	t.Helper()
	m, err := Get("dopri5")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Over seven decades the error at the end is at most ten times the tolerance, in
// either direction, and ten times the exactness costs 10^(1/5) times the work.
func TestToleranceIsKept(t *testing.T) {
	m := dopri5(t)
	for _, p := range problems {
		for _, back := range []bool{false, true} {
			from, to, z := p.from, p.to, start
			if back {
				from, to, z = to, from, p.exact(start, from, to)
			}
			var logTol, logNFE []float64
			for tol := 1e-3; tol > 0.5e-10; tol /= 10 {
				s := run(t, m, p.v, z, Options{From: from, To: to, Rtol: tol, Atol: tol})
				if s.Err() != nil || s.T() != to {
					t.Fatalf("%s at %g: got t = %v, error %v", p.name, tol, s.T(), s.Err())
				}
				if e := rms(s.Z(), p.exact(z, from, to)); e > 10*tol {
					t.Errorf("%s, backward %v: got error %g at tolerance %g want at most ten times it", p.name, back, e, tol)
				}
				if tol < 2e-6 { // where the first step and the last do not count
					logTol, logNFE = append(logTol, -math.Log(tol)), append(logNFE, math.Log(float64(s.NFE())))
				}
			}
			near(t, fmt.Sprintf("%s, backward %v: power of the tolerance in the work", p.name, back), slope(logTol, logNFE), 1./5, 0.05)
		}
	}
}

// The price of a chosen-step run: one evaluation at the start, one to find the
// first step, then six for each try, accepted or rejected.
func TestPriceOfChosenSteps(t *testing.T) {
	m := dopri5(t)
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
	m := dopri5(t)
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
	s := run(t, dopri5(t), problems[0].v, engine.Points{0, 0, 1, 0}, Options{To: 1, Rtol: 1e-6})
	if s.Err() != nil || s.Z()[0] != 0 || s.Z()[1] != 0 {
		t.Errorf("got %v, error %v want the origin at rest", s.Z(), s.Err())
	}
}

func TestNamedFailures(t *testing.T) {
	m := dopri5(t)
	for _, c := range []struct {
		name string
		v    field
		o    Options
		want error
		near float64 // where it must stop
	}{
		{"dz/dt = z² from 1 leaves the plane at t = 1", func(x, y, _ float64) (float64, float64) { return x * x, 0 },
			Options{To: 2, Rtol: 1e-6, Atol: 1e-6}, ErrStepSize, 1},
		{"a field that jumps about", func(x, y, at float64) (float64, float64) { return math.Mod(at*1e9, 1) * 1e9, 0 },
			Options{To: 1, Rtol: 1e-12, Atol: 1e-12}, ErrStepSize, 0},
		{"a wall at 0.4 and a limit that the tries before it use up", func(x, y, at float64) (float64, float64) {
			if at > 0.4 {
				return math.NaN(), 0
			}
			return 1, 0
		}, Options{To: 1, Rtol: 1e-3, Atol: 1e-3, MaxSteps: 12}, ErrSteps, 0.4},
		{"a limit of 5", problems[0].v, Options{To: 1, Rtol: 1e-10, Atol: 1e-10, MaxSteps: 5}, ErrSteps, 0},
	} {
		s := run(t, m, c.v, engine.Points{1, 0}, c.o)
		if !errors.Is(s.Err(), c.want) {
			t.Errorf("%s: got %v want %v", c.name, s.Err(), c.want)
		}
		near(t, c.name+": stops at", s.T(), c.near, 0.2)
		if tried := s.Steps() + s.Rejected(); c.want == ErrSteps && tried != c.o.MaxSteps {
			t.Errorf("%s: got %d steps tried want %d", c.name, tried, c.o.MaxSteps)
		}
		if s.NFE() > 20_000 {
			t.Errorf("%s: got %d evaluations before giving up", c.name, s.NFE())
		}
	}
}

// A state may overflow though every velocity is finite and the step has no error.
func TestOverflowOfTheState(t *testing.T) {
	f := field(func(x, y, _ float64) (float64, float64) { return 1e308, 0 })
	s := run(t, dopri5(t), f, engine.Points{1.7e308, 0}, Options{To: 1, Rtol: 1e-3, Atol: 1e-3})
	if !errors.Is(s.Err(), ErrNotFinite) || firstBad(s.Z()) >= 0 {
		t.Errorf("got z = %v, error %v want %v and a finite state", s.Z(), s.Err(), ErrNotFinite)
	}
	near(t, "stops where the numbers end", s.T(), (math.MaxFloat64-1.7e308)/1e308, 1e-3)
}

// With n copies of a batch every mean over it is the same, so the steps are.
func TestErrorNormIsTheBatchMean(t *testing.T) {
	o := Options{To: 1, Rtol: 1e-5, Atol: 1e-5}
	once := run(t, dopri5(t), problems[0].v, start, o)
	var copies engine.Points
	for range 8 {
		copies = append(copies, start...)
	}
	if s := run(t, dopri5(t), problems[0].v, copies, o); s.NFE() != once.NFE() || rms(s.Z()[:len(start)], once.Z()) > 1e-13 {
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
