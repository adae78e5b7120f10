package ode

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"fmlab/engine"
)

// field is a velocity field written as a function of one point.
type field func(x, y, t float64) (vx, vy float64)

func (f field) Velocity(dst, z engine.Points, t float64) {
	for i := range z.Len() {
		x, y := z.At(i)
		vx, vy := f(x, y, t)
		dst.Set(i, vx, vy)
	}
}

// problem has a solution in closed form: flow carries a point from time t0 to t.
type problem struct {
	name     string
	v        field
	flow     func(x, y, t0, t float64) (float64, float64)
	from, to float64
}

// start is a batch on which all problems stay smooth.
var start = engine.Points{1, 0.3, -0.4, 0.9, 0.2, -1.1}

var problems = []problem{
	{"spiral", func(x, y, _ float64) (float64, float64) { return -0.3*x - 2*y, 2*x - 0.3*y },
		func(x, y, t0, t float64) (float64, float64) {
			s, c := math.Sincos(2 * (t - t0))
			e := math.Exp(-0.3 * (t - t0))
			return e * (c*x - s*y), e * (s*x + c*y)
		}, 0, 1},
	{"swirl", func(x, y, t float64) (float64, float64) { // each circle at its own pace, which swings
		w := (2 + (x*x+y*y)/2) * (1 + math.Cos(2*t)/2)
		return -w * y, w * x
	},
		func(x, y, t0, t float64) (float64, float64) {
			s, c := math.Sincos((2 + (x*x+y*y)/2) * (t - t0 + (math.Sin(2*t)-math.Sin(2*t0))/4))
			return c*x - s*y, s*x + c*y
		}, 0.1, 0.87},
	{"forced", func(x, y, t float64) (float64, float64) { return x * math.Cos(3*t), -y + math.Exp(-t) },
		func(x, y, t0, t float64) (float64, float64) {
			return x * math.Exp((math.Sin(3*t)-math.Sin(3*t0))/3), math.Exp(-(t-t0))*y + (t-t0)*math.Exp(-t)
		}, -0.3, 1.1},
}

func (p problem) exact(z engine.Points, t0, t float64) engine.Points {
	end := engine.NewPoints(z.Len())
	for i := range z.Len() {
		x, y := z.At(i)
		ex, ey := p.flow(x, y, t0, t)
		end.Set(i, ex, ey)
	}
	return end
}

func rms(x, y engine.Points) float64 {
	s := 0.0
	for i := range x {
		s += (x[i] - y[i]) * (x[i] - y[i])
	}
	return math.Sqrt(s / float64(len(x)))
}

func run(t *testing.T, m Method, f engine.Field, z engine.Points, o Options) *Solver {
	t.Helper()
	s, err := New(m, f, z, o)
	if err != nil {
		t.Fatal(err)
	}
	for s.Step() {
	}
	return s
}

// The flows that the orders are measured against solve their equations.
func TestClosedFormsSolveTheirEquations(t *testing.T) {
	const d = 1e-5
	for _, p := range problems {
		for _, at := range []float64{p.from + 0.1, 0.5, p.to - 0.1} {
			z, v := p.exact(start, p.from, at), engine.NewPoints(start.Len())
			p.v.Velocity(v, z, at)
			after, before := p.exact(start, p.from, at+d), p.exact(start, p.from, at-d)
			for i := range v {
				near(t, fmt.Sprintf("%s at t = %g: dz/dt", p.name, at), (after[i]-before[i])/(2*d), v[i], 1e-8)
			}
		}
		if e := rms(p.exact(start, p.from, p.from), start); e > 1e-15 {
			t.Errorf("%s: got a flow off by %g at the start want 0", p.name, e)
		}
	}
}

// A run forward and a run backward from its end return to the start, each at the
// order of the method; with tolerances, at the tolerance.
func TestForwardThenBackwardReturns(t *testing.T) {
	for _, m := range tableaus() {
		for _, p := range problems {
			back := func(o Options) float64 {
				o.From, o.To = p.from, p.to
				there := run(t, m, p.v, start, o)
				o.From, o.To = p.to, p.from
				home := run(t, m, p.v, there.Z(), o)
				if home.T() != p.from {
					t.Errorf("%s on %s: got back at t = %v want %v", m.Name, p.name, home.T(), p.from)
				}
				return rms(home.Z(), start)
			}
			coarse, fine := back(Options{Steps: 30}), back(Options{Steps: 60})
			if want := coarse * math.Pow(2, 0.3-float64(m.Order)); fine > want && fine > 1e-12 {
				t.Errorf("%s on %s: got %g from home with 60 steps after %g with 30 want %g", m.Name, p.name, fine, coarse, want)
			}
			if m.Adaptive() {
				if e := back(Options{Rtol: 1e-8, Atol: 1e-8}); e > 1e-6 {
					t.Errorf("%s on %s: got %g from home at tolerance 1e-8 want below 1e-6", m.Name, p.name, e)
				}
			}
		}
	}
}

// Equal steps: times bit for bit, never beyond the ends, and an exact price.
func TestGridAndPriceOfEqualSteps(t *testing.T) {
	for _, m := range tableaus() {
		for _, span := range [][2]float64{{0, 1}, {1, 0}, {0.1, 0.7}, {-0.3, 1e3}, {-3, -0.9}} {
			for _, n := range []int{1, 3, 7, 49} {
				from, to := span[0], span[1]
				calls := 0
				f := field(func(x, y, at float64) (float64, float64) {
					calls++
					if at < min(from, to) || at > max(from, to) {
						t.Fatalf("%s: field asked at %v outside of %v", m.Name, at, span)
					}
					return 1, at / 1e3
				})
				s, err := New(m, f, engine.Points{0, 0}, Options{From: from, To: to, Steps: n})
				if err != nil {
					t.Fatal(err)
				}
				for k := 1; s.Step(); k++ {
					want := from + float64(k)*(to-from)/float64(n)
					if k == n {
						want = to
					}
					if s.T() != want || s.Steps() != k {
						t.Errorf("%s: got t = %v after %d steps, want %v after %d", m.Name, s.T(), s.Steps(), want, k)
					}
				}
				if want := n * m.Stages(); s.Steps() != n || s.NFE() != want || calls != want || s.Rejected() != 0 || s.Err() != nil {
					t.Errorf("%s: got %d steps, NFE %d, %d calls, %d rejected, error %v; want %d steps for %d calls",
						m.Name, s.Steps(), s.NFE(), calls, s.Rejected(), s.Err(), n, want)
				}
			}
		}
	}
}

// A method of order p integrates tᵖ⁻¹ exactly, and any method a constant.
func TestPolynomialsAreExact(t *testing.T) {
	for _, m := range tableaus() {
		p := float64(m.Order)
		f := field(func(_, _, at float64) (float64, float64) { return p * math.Pow(at, p-1), -2 })
		s := run(t, m, f, engine.Points{1, 1}, Options{To: 1, Steps: 3})
		near(t, m.Name+" on pt^(p−1)", s.Z()[0], 2, 1e-14)
		near(t, m.Name+" on a constant", s.Z()[1], -1, 1e-14)
	}
}

func TestNothingToDo(t *testing.T) {
	for _, m := range tableaus() {
		for _, o := range []Options{{Steps: 4}, {Rtol: 1e-3, Steps: 4}} {
			o.From, o.To = 0.5, 0.5
			s := run(t, m, problems[0].v, start, o)
			if !slices.Equal(s.Z(), start) || s.NFE() != 0 || s.Steps() != 0 || s.Err() != nil {
				t.Errorf("%s from 0.5 to 0.5: got NFE %d, %d steps, error %v, z = %v want none and the start", m.Name, s.NFE(), s.Steps(), s.Err(), s.Z())
			}
			o.To = 1
			if s := run(t, m, problems[0].v, engine.Points{}, o); s.T() != 1 || s.Err() != nil || s.NFE() == 0 {
				t.Errorf("%s on no points: got t = %v, NFE %d, error %v want the end as for any", m.Name, s.T(), s.NFE(), s.Err())
			}
			if s := run(t, m, problems[0].v, start[:2], o); s.T() != 1 || s.Err() != nil {
				t.Errorf("%s on one point: got t = %v, error %v", m.Name, s.T(), s.Err())
			}
		}
	}
}

// The solver works on a copy and does not touch what it was given.
func TestStartIsNotWritten(t *testing.T) {
	z := start.Clone()
	run(t, All[3], problems[0].v, z, Options{To: 1, Steps: 5})
	if !slices.Equal(z, start) {
		t.Errorf("got start %v after the run want %v", z, start)
	}
}

func TestStepsAllocateNothing(t *testing.T) {
	for _, m := range tableaus() {
		s, err := New(m, problems[0].v, start, Options{To: 1, Steps: 1000})
		if err != nil {
			t.Fatal(err)
		}
		if got := testing.AllocsPerRun(100, func() { s.Step() }); got != 0 {
			t.Errorf("%s: got %v allocations a step want 0", m.Name, got)
		}
	}
}

// A field that breaks down at a known point ends the run with its name, place
// and time, and leaves the last good state to look at.
func TestNotFinite(t *testing.T) {
	f := field(func(x, y, at float64) (float64, float64) {
		if x > 0.5 && at > 0.4 {
			return math.NaN(), 0
		}
		return 0, 1
	})
	z := engine.Points{0, 0, 0.1, 0, 1, 0}
	for _, m := range tableaus() {
		for _, o := range []Options{{To: 1, Steps: 10}, {To: 1, Rtol: 1e-3, Atol: 1e-3, Steps: 10}} {
			s := run(t, m, f, z, o)
			hint := "use more steps or end the run before it"
			if m.Adaptive() && o.Rtol > 0 {
				hint = "; end the run before it"
			}
			if !errors.Is(s.Err(), ErrNotFinite) || !strings.Contains(s.Err().Error(), "point 2 at t = 0.") || !strings.HasSuffix(s.Err().Error(), hint) {
				t.Errorf("%s: got %v want %v with point 2, the time and %q", m.Name, s.Err(), ErrNotFinite, hint)
			}
			if firstBad(s.Z()) >= 0 || math.Abs(s.T()-0.4) > 0.11 || math.Abs(s.Z()[1]-s.T()) > 1e-12 {
				t.Errorf("%s: got z = %v at t = %v want the last finite state, before 0.4", m.Name, s.Z(), s.T())
			}
			if s.Step() {
				t.Errorf("%s: got a step after the failure want none", m.Name)
			}
		}
		if _, err := New(m, f, engine.Points{0, 0, 0, math.Inf(1)}, Options{To: 1, Steps: 1}); !errors.Is(err, ErrNotFinite) || !strings.Contains(err.Error(), "point 1 at t = 0; start from finite points") {
			t.Errorf("%s from an infinite point: got %v want %v of point 1 and a hint", m.Name, err, ErrNotFinite)
		}
	}
}

func TestIllegalOptions(t *testing.T) {
	for _, c := range []struct {
		name string
		o    Options
		says string
	}{
		{"rk4", Options{To: 1}, "0 steps of rk4"},
		{"rk4", Options{To: 1, Rtol: 1e-3}, "0 steps of rk4"},
		{"dopri5", Options{To: 1}, "0 steps of dopri5"},
		{"euler", Options{To: 1, Steps: -2}, "-2 steps"},
		{"dopri5", Options{To: 1, Rtol: -1}, "rtol = -1"},
		{"dopri5", Options{To: 1, Rtol: 1, Atol: math.NaN()}, "atol = NaN"},
		{"euler", Options{To: math.Inf(1), Steps: 1}, "to +Inf"},
		{"dopri5", Options{To: 1, Rtol: 1, MaxSteps: -1}, "step limit -1"},
	} {
		m, err := Get(c.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := New(m, problems[0].v, start, c.o); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s %+v: got %v want an error that says %q", c.name, c.o, err, c.says)
		}
	}
}

func ExampleSolver() {
	circle := field(func(x, y, _ float64) (float64, float64) { return -2 * math.Pi * y, 2 * math.Pi * x })
	for _, m := range All[:5] { // those that need no path
		s, err := New(m, circle, engine.Points{1, 0}, Options{From: 0, To: 1, Steps: StepsFor(m, 48)})
		if err != nil {
			fmt.Println(err)
			return
		}
		for s.Step() {
		}
		x, y := s.Z().At(0)
		fmt.Printf("%-8s %2d evaluations, off by %.5f\n", m.Name, s.NFE(), math.Hypot(x-1, y))
	}
	// Output:
	// euler    48 evaluations, off by 0.50531
	// midpoint 48 evaluations, off by 0.07215
	// heun     48 evaluations, off by 0.07215
	// rk4      48 evaluations, off by 0.00392
	// dopri5   48 evaluations, off by 0.00062
}
