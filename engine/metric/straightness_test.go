package metric

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

// trip takes the points along z_t = m(t) R(ωt) z_0, from time a to b in K even steps.
func trip(z0 engine.Points, a, b float64, steps int, m, angle func(t float64) float64) (times []float64, states []engine.Points) {
	for k := range steps + 1 {
		t := a + (b-a)*float64(k)/float64(steps)
		sin, cos := math.Sincos(angle(t))
		z := engine.NewPoints(z0.Len())
		for i := range z.Len() {
			x, y := z0.At(i)
			z.Set(i, m(t)*(cos*x-sin*y), m(t)*(sin*x+cos*y))
		}
		times, states = append(times, t), append(states, z)
	}
	return times, states
}

// meanSquare is the mean of ‖z‖².
func meanSquare(z engine.Points) float64 {
	r := RMS(z, engine.NewPoints(z.Len()))
	return r * r
}

// Straight lines at constant speed have S = 0, whatever the times they are seen at
// and whichever way they go.
func TestStraightTripsAreStraight(t *testing.T) {
	z0, v := gaussians(50, 1, 0, 0), gaussians(50, 2, 0, 0)
	for _, times := range [][]float64{{0, 1}, {0, 0.1, 0.15, 0.7, 1}, {1, 0.6, 0.59, 0}} {
		var states []engine.Points
		for _, at := range times {
			z := z0.Clone()
			for i := range z {
				z[i] += at * v[i]
			}
			states = append(states, z)
		}
		near(t, fmt.Sprintf("S at %v", times), Straightness(times, states), 0, 1e-12)
	}
	// The same line at a changing speed is not: z = t² v has S = ∫ (1 − 2t)² ‖v‖² = ‖v‖²/3.
	times, states := trip(v, 0, 1, 1000, func(t float64) float64 { return t * t }, func(float64) float64 { return 0 })
	near(t, "S of t²", Straightness(times, states), meanSquare(v)/3, 1e-5)
}

// A turn by ω at constant speed has S = ‖z‖² (ω² − 4 sin²(ω/2)); its polygon of K
// chords has 4‖z‖² (K² sin²(ω/2K) − sin²(ω/2)), forward and back.
func TestStraightnessOfATurn(t *testing.T) {
	z0 := gaussians(30, 3, 0, 0)
	r2 := meanSquare(z0)
	for _, omega := range []float64{0.5, math.Pi, 5} {
		chord := func(k float64) float64 { return 4 * k * k * math.Pow(math.Sin(omega/2/k), 2) }
		for _, k := range []int{1, 2, 5, 100} {
			for _, ends := range [][2]float64{{0, 1}, {1, 0}} {
				times, states := trip(z0, ends[0], ends[1], k, func(float64) float64 { return 1 }, func(t float64) float64 { return omega * t })
				near(t, fmt.Sprintf("S of ω = %g in %d chords", omega, k), Straightness(times, states), r2*(chord(float64(k))-chord(1)), 1e-11)
			}
		}
		times, states := trip(z0, 0, 1, 1000, func(float64) float64 { return 1 }, func(t float64) float64 { return omega * t })
		near(t, fmt.Sprintf("S of ω = %g", omega), Straightness(times, states), r2*(omega*omega-chord(1)), 1e-4)
	}
}

// For v = −z, z = e^(−t) z_0, S = ‖z_0‖² [(1 − e⁻²)/2 − (1 − e⁻¹)²], and the polygon
// is low by ∫ ‖z̈‖² dt / 12K² as documented.
func TestStraightnessOfDecay(t *testing.T) {
	z0 := gaussians(30, 4, 0, 0)
	r2, kinetic := meanSquare(z0), (1-math.Exp(-2))/2
	want := r2 * (kinetic - math.Pow(1-math.Exp(-1), 2))
	for _, k := range []int{10, 100, 1000} {
		times, states := trip(z0, 0, 1, k, func(t float64) float64 { return math.Exp(-t) }, func(float64) float64 { return 0 })
		low := r2 * kinetic / 12 / float64(k*k)
		near(t, fmt.Sprintf("S of %d steps", k), Straightness(times, states), want-low, 0.01*low)
	}
}

// The flow of one Gaussian N(0, s²I) on a path is z_t = √(α²s² + σ²) z_0: S by
// quadrature of its speed against S of trips that a solver made. Even from the
// normal to itself independent pairs do not flow straight, on vp they rest.
func TestStraightnessOfExactFlows(t *testing.T) {
	z0 := gaussians(20, 5, 0, 0)
	for _, name := range []string{"linear", "vp"} {
		p, err := path.Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []float64{0.5, 1, 2} {
			const fine = 20000
			want := -(s - 1) * (s - 1)
			for i := range fine {
				c := p.At((float64(i) + 0.5) / fine)
				m2 := c.Alpha*c.Alpha*s*s + c.Sigma*c.Sigma
				speed := c.Alpha*c.DAlpha*s*s + c.SigmaDSigma // ½ dm²/dt
				want += speed * speed / m2 / fine
			}
			m := &exact.Mixture{Weights: []float64{1}, Means: engine.NewPoints(1), Covs: [][3]float64{{s * s, 0, s * s}}}
			rk4, err := ode.Get("rk4")
			if err != nil {
				t.Fatal(err)
			}
			run, err := ode.New(rk4, exact.New(m, p), z0, ode.Options{To: 1, Steps: 200, Path: p})
			if err != nil {
				t.Fatal(err)
			}
			times, states := []float64{0}, []engine.Points{z0}
			for run.Step() {
				times, states = append(times, run.T()), append(states, run.Z().Clone())
			}
			near(t, fmt.Sprintf("S on %s to s = %g", name, s), Straightness(times, states), meanSquare(z0)*want, 3e-4)
			if straight := name == "vp" && s == 1; straight != (want < 1e-6) {
				t.Errorf("%s, s = %g: got S = %g for ‖z‖² = 1", name, s, want)
			}
		}
	}
}

func TestStraightnessRefuses(t *testing.T) {
	z := engine.Points{1, 2}
	for _, c := range []struct {
		times  []float64
		states []engine.Points
		want   string
	}{
		{nil, nil, "0 states at 0 times"},
		{[]float64{0}, []engine.Points{z}, "1 states at 1 times"},
		{[]float64{0, 1}, []engine.Points{z}, "1 states at 2 times"},
		{[]float64{0, 0.5, 0.5, 1}, []engine.Points{z, z, z, z}, "time 0.5 after 0.5"},
		{[]float64{0, 2, 1}, []engine.Points{z, z, z}, "time 1 after 2"},
		{[]float64{0, 0}, []engine.Points{z, z}, "time 0 after 0"},
		{[]float64{0, 1}, []engine.Points{z, {1, 2, 3, 4}}, "1 points against 2"},
	} {
		msg := func() (msg string) {
			defer func() { msg = fmt.Sprint(recover()) }()
			Straightness(c.times, c.states)
			return ""
		}()
		if !strings.Contains(msg, c.want) {
			t.Errorf("%v: got %q want a panic with %q", c.times, msg, c.want)
		}
	}
	if got := Straightness([]float64{0, 1}, []engine.Points{{}, {}}); !math.IsNaN(got) {
		t.Errorf("no points: got %g want NaN", got)
	}
}
