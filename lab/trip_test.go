package lab

import (
	"errors"
	"math"
	"slices"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/ode"
	"fmlab/engine/path"
)

// rule is a field given by a function.
type rule func(x, y, t float64) (vx, vy float64)

func (f rule) Velocity(dst, z engine.Points, t float64) {
	for i := range z.Len() {
		x, y := z.At(i)
		vx, vy := f(x, y, t)
		dst.Set(i, vx, vy)
	}
}

// Data says where it was asked: that every point is on its way to (t, t).
func (f rule) Data(dst, _ engine.Points, t float64) {
	for i := range dst {
		dst[i] = t
	}
}

func (f rule) Divergence([]float64, engine.Points, float64) { panic("not asked for") }

// speed is v = (2t, 1): Euler with 4 steps stands at x = 0, 0, 1/8, 3/8, 3/4.
var speed = Flow{Calls: 1, Flow: rule(func(_, _, t float64) (float64, float64) { return 2 * t, 1 }), End: 1}

// euler4 is four steps of Euler.
func euler4() Setup {
	s := Default()
	s.Solver, s.NFE = "euler", 4
	return s
}

func mustPath(t *testing.T, name string) path.Path {
	t.Helper()
	p, err := path.Parse(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func departed(t *testing.T, f Flow, s Setup, z0 engine.Points) *Trip {
	t.Helper()
	trip, err := NewTrip(f, s, z0)
	if err != nil {
		t.Fatal(err)
	}
	return trip
}

func arrived(t *testing.T, f Flow, s Setup, z0 engine.Points) *Trip {
	t.Helper()
	trip := departed(t, f, s, z0)
	if err := trip.Run(); err != nil {
		t.Fatal(err)
	}
	return trip
}

// same says whether two sets of points agree to rounding.
func same(a, b engine.Points) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !(math.Abs(a[i]-b[i]) <= 1e-12) {
			return false
		}
	}
	return true
}

// TestTripAt: the solver's states at their times, the straight line between them.
func TestTripAt(t *testing.T) {
	z0 := engine.Points{0, 0, 10, -1}
	trip := arrived(t, speed, euler4(), z0)
	for _, c := range []struct{ fraction, time, x, y float64 }{
		{0, 0, 0, 0}, {0.125, 0.125, 0, 0.125}, {0.25, 0.25, 0, 0.25}, {0.375, 0.375, 1. / 16, 0.375}, {0.5, 0.5, 1. / 8, 0.5},
		{0.75, 0.75, 3. / 8, 0.75}, {0.9, 0.9, 3./8 + 0.6*3/8, 0.9}, {1, 1, 3. / 4, 1},
	} {
		z, time := trip.At(c.fraction)
		if want := (engine.Points{c.x, c.y, c.x + 10, c.y - 1}); !same(z, want) || math.Abs(time-c.time) > 1e-12 {
			t.Errorf("at %v: got %v at t = %v, want %v at %v", c.fraction, z, time, want, c.time)
		}
	}
	if !same(z0, engine.Points{0, 0, 10, -1}) {
		t.Errorf("the start points were changed to %v", z0)
	}
}

// TestTripBackward runs from t = 1 to 0; At counts along the trip.
func TestTripBackward(t *testing.T) {
	s := euler4()
	s.Direction = "backward"
	trip := arrived(t, speed, s, engine.Points{0, 0})
	for _, c := range []struct{ fraction, time, x, y float64 }{
		{0, 1, 0, 0}, {0.125, 0.875, -0.25, -0.125}, {0.25, 0.75, -0.5, -0.25}, {0.5, 0.5, -0.875, -0.5}, {1, 0, -1.25, -1},
	} {
		if z, time := trip.At(c.fraction); !same(z, engine.Points{c.x, c.y}) || math.Abs(time-c.time) > 1e-12 {
			t.Errorf("at %v: got %v at t = %v, want %v, %v at %v", c.fraction, z, time, c.x, c.y, c.time)
		}
	}
	trails := trip.Trails(5, 0.5)
	if len(trails) != 1 || !same(trails[0].Slice(0, 2), engine.Points{0, 0, -0.5, -0.25}) || !same(trails[0].Slice(trails[0].Len()-1, trails[0].Len()), engine.Points{-0.875, -0.5}) {
		t.Errorf("got trails %v, want one from 0, 0 over -0.5, -0.25 to -0.875, -0.5", trails)
	}
}

// TestTripUnderWay: what is not reached yet is where the points are.
func TestTripUnderWay(t *testing.T) {
	trip := departed(t, speed, euler4(), engine.Points{0, 0})
	if z, time := trip.At(0.7); !same(z, engine.Points{0, 0}) || time != 0 {
		t.Errorf("before the first step: got %v at %v, want the start", z, time)
	}
	trip.Step()
	trip.Step()
	if z, time := trip.At(0.7); !same(z, engine.Points{1. / 8, 0.5}) || time != 0.5 {
		t.Errorf("after two steps: got %v at %v, want 1/8, 1/2 at 0.5", z, time)
	}
	if got := trip.Trails(1, 1)[0]; !same(got.Slice(got.Len()-1, got.Len()), engine.Points{1. / 8, 0.5}) {
		t.Errorf("after two steps: got trail %v, want it to end at 1/8, 1/2", got)
	}
}

// TestTrails begin at the noise and end where At is, through the states between.
func TestTrails(t *testing.T) {
	trip := arrived(t, speed, euler4(), Noise(10, 1))
	for _, fraction := range []float64{0, 0.1, 0.25, 0.6, 1} {
		here, _ := trip.At(fraction)
		trails := trip.Trails(3, fraction)
		if len(trails) != 3 {
			t.Fatalf("got %d trails, want 3", len(trails))
		}
		for i, trail := range trails {
			n := trail.Len()
			if want := 2 + int(4*fraction); n != want {
				t.Errorf("to %v: got %d points, want %d", fraction, n, want)
			}
			if !same(trail.Slice(0, 1), trip.States[0].Slice(i, i+1)) || !same(trail.Slice(n-1, n), here.Slice(i, i+1)) {
				t.Errorf("to %v: got %v, want it from %v to %v", fraction, trail, trip.States[0].Slice(i, i+1), here.Slice(i, i+1))
			}
		}
	}
}

// TestFinish: a flow that ends before t = 1 is finished with one data prediction,
// which NFE counts; backward there is none.
func TestFinish(t *testing.T) {
	f := speed
	f.End = 0.999
	trip := arrived(t, f, euler4(), engine.Points{0, 0})
	if z, time := trip.At(1); !same(z, engine.Points{0.999, 0.999}) || time != 1 {
		t.Errorf("got %v at %v, want the data prediction at t = 0.999 at 1", z, time)
	}
	if trip.NFE() != 5 || trip.Steps() != 4 || trip.Step() {
		t.Errorf("got NFE %d and %d steps, want 5 and 4, and no more", trip.NFE(), trip.Steps())
	}
	s := euler4()
	s.Direction = "backward"
	if trip := arrived(t, f, s, engine.Points{0, 0}); trip.NFE() != 4 || trip.Times[0] != 0.999 || trip.Times[4] != 0 {
		t.Errorf("backward: got NFE %d at times %v, want 4 from 0.999 to 0, not finished", trip.NFE(), trip.Times)
	}
}

// TestFinishIsTheDataPrediction: from 1−ε the exact flow of a point set goes to
// the points, and that of a path with a pole to the end.
func TestFinishIsTheDataPrediction(t *testing.T) {
	linear := mustPath(t, "linear")
	rows := engine.Points{2, 1, -2, 0.5}
	s := Default()
	s.NFE = 64
	trip := arrived(t, ExactFlow(exact.Points(rows), linear), s, Noise(50, 1))
	for i := range 50 {
		x, y := trip.Z().At(i)
		if d := math.Min(math.Hypot(x-2, y-1), math.Hypot(x+2, y-0.5)); d > 1e-6 {
			t.Errorf("point %d ends %v away from the rows", i, d)
		}
	}
	if trip.NFE() != 65 {
		t.Errorf("got NFE %d, want 65", trip.NFE())
	}
	ddpm := mustPath(t, "ddpm")
	net := model(t, "tanh", 4).Net
	f := LearnedFlow(&Model{Net: net, Predict: path.Velocity, Path: ddpm, Coupling: "independent"})
	got, z, v := engine.NewPoints(1), engine.Points{0.4, -0.2}, engine.NewPoints(1)
	f.Data(got, z, f.End)
	net.Predict(v, z, f.End)
	// z = α x1 + σ x0 and v = α̇ x1 + σ̇ x0 hold of the prediction of x1 and x0.
	c := ddpm.At(f.End)
	for i := range got {
		x0 := (z[i] - c.Alpha*got[i]) / c.Sigma
		if back := c.DAlpha*got[i] + c.DSigma*x0; math.Abs(back-v[i]) > 1e-9*math.Abs(c.DSigma) {
			t.Errorf("got x1 = %v, which has velocity %v, want %v", got[i], back, v[i])
		}
	}
}

// TestCompanies: how many companies travel along changes no bit, with noise on
// the way or without; a step of many is several, and a state is there when all
// have taken it.
func TestCompanies(t *testing.T) {
	const n = 2*company + 10
	f, z0, s := ExactFlow(opened(t, "2gaussians", false, 1).Mixture, mustPath(t, "linear")), Noise(n, 1), Default()
	s.NFE = 8
	for solver, steps := range map[string]int{"rk4": 2, "sde": 8} {
		s.Solver = solver
		trip := departed(t, f, s, z0)
		for k := 1; trip.Step(); k++ {
			if want := 1 + k/3; len(trip.States) != want || len(trip.Times) != want {
				t.Fatalf("%s: after %d steps: got %d states, want %d", solver, k, len(trip.States), want)
			}
		}
		if trip.Steps() != steps || trip.NFE() != 8 {
			t.Errorf("%s: got %d steps and NFE %d, want %d and 8", solver, trip.Steps(), trip.NFE(), steps)
		}
		for _, few := range []int{1, company, company + 3, 2 * company} {
			if solver == "sde" && few%company != 0 {
				continue // a company draws its noise row by row
			}
			if got := arrived(t, f, s, z0.Slice(0, few)).Z(); !slices.Equal(got, trip.Z().Slice(0, few)) {
				t.Errorf("%s: %d points end elsewhere than among %d", solver, few, n)
			}
		}
		short := departed(t, f, s, z0)
		short.EndOnly = true
		if err := short.Run(); err != nil || len(short.States) != 1 || !slices.Equal(short.Z(), trip.Z()) {
			t.Errorf("%s: end only: got %d states (%v), want the last one", solver, len(short.States), err)
		}
	}
}

// TestTripFails where the field leaves the finite numbers, and stays where it was.
func TestTripFails(t *testing.T) {
	wall := Flow{Calls: 1, End: 1, Flow: rule(func(x, _, t float64) (float64, float64) {
		if t > 0.6 && x > 0 {
			return math.Inf(1), 0
		}
		return 0, 0
	})}
	z0 := engine.NewPoints(company + 5)
	z0.Set(company+2, 1, 0)
	trip := departed(t, wall, euler4(), z0)
	if err := trip.Run(); !errors.Is(err, ode.ErrNotFinite) || trip.Step() {
		t.Errorf("got %v, want that a number is not finite", err)
	}
	if z, time := trip.At(1); time != 0.75 || !same(z, z0) {
		t.Errorf("got a state at %v, want the last good one at 0.75", time)
	}
	s := Default()
	s.NFE = 3
	if _, err := NewTrip(wall, s, z0); err == nil {
		t.Errorf("rk4 at NFE 3: got no error")
	}
}

// TestFieldErrorOfTheTruthIsZero, and that of another field is the mean square
// of the difference.
func TestFieldErrorOfTheTruthIsZero(t *testing.T) {
	target := opened(t, "circles", false, 1)
	for _, p := range path.All {
		truth := exact.New(target.Mixture, p)
		if got := FieldError(truth, truth, target, p, 7); got != 0 {
			t.Errorf("%s: got field error %v of the exact field, want 0", p.Name, got)
		}
		off := rule(func(x, y, at float64) (float64, float64) {
			v := engine.NewPoints(1)
			truth.Velocity(v, engine.Points{x, y}, at)
			return v[0] + 3, v[1] - 1
		})
		if got := FieldError(off, truth, target, p, 7); math.Abs(got-5) > 1e-9 {
			t.Errorf("%s: got field error %v of a field off by (3, -1), want 5", p.Name, got)
		}
	}
}
