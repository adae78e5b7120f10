package exact

import (
	"math"
	"testing"

	"fmlab/engine"
	"fmlab/engine/path"
)

// The draws have the mean that is the data prediction, and the conditional
// velocities to them have the marginal velocity as mean and Spread as variance.
// False alarms: 5 standard errors, 120 comparisons, under one in 10,000 seeds.
func TestPosterior(t *testing.T) {
	const n = 20000
	each(t, func(t *testing.T, g *Marginal, z engine.Points, at float64) {
		x, y := z.At(0)
		here := engine.Points{x, y}
		draws, want := engine.NewPoints(n), engine.NewPoints(1)
		g.Posterior(draws, x, y, at, engine.NewRand(11, 1))
		g.Data(want, here, at)
		c := g.path.At(at)
		var variance float64
		for d := range 2 {
			v := every(draws, d)
			mean, se := meanAndError(v)
			if math.Abs(mean-want[d]) > 5*se+1e-4 { // a component too rare to be drawn moves the mean by that
				t.Errorf("t=%g coordinate %d: got mean %g ± %g want x̂1 = %g", at, d, mean, se, want[d])
			}
			variance += se * se * n / 2
		}
		// u(z | x1) = (α̇ − σ̇α/σ) x1 + …: its variance is that of x1 times a square.
		rate := c.DAlpha - c.DSigma*c.Alpha/c.Sigma
		got, exact := rate*rate*variance, g.Spread(x, y, at, path.Velocity)
		if math.Abs(got-exact) > 0.1*exact+1e-3 {
			t.Errorf("t=%g: got variance %g of the conditional velocities want %g", at, got, exact)
		}
	})
}

// The mean of Spread over places and times is the floor of the loss.
func TestSpreadAveragesToTheFloor(t *testing.T) {
	const n = 4000
	linear := pathNamed(t, "linear")
	g, rng := New(bent(), linear), engine.NewRand(12, 1)
	x0, z := engine.NewPoints(1), engine.NewPoints(1)
	v := make([]float64, n)
	for i := range v {
		at := rng.Float64()
		bent().Sample(z, rng)
		engine.Gaussian{}.Sample(x0, rng)
		linear.Interpolate(z, x0, z, at)
		v[i] = g.Spread(z[0], z[1], at, path.Velocity)
	}
	mean, se := meanAndError(v)
	floor, se2 := Floor(bent(), linear, path.Velocity, n, engine.NewRand(13, 1))
	if math.Abs(mean-floor) > 4*math.Hypot(se, se2) {
		t.Errorf("got %g ± %g want the floor %g ± %g", mean, se, floor, se2)
	}
}
