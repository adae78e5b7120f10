package lessons

import (
	"math/rand/v2"

	"fmlab/engine"
	"fmlab/engine/metric"
)

// fieldErrorAt is the field error at one place: half the squared distance of two
// velocities, as a mean over both coordinates.
func fieldErrorAt(rng *rand.Rand) Problem {
	vx, ux := apart(rng, -2, 2)
	vy, uy := apart(rng, -2, 2)
	d := metric.RMS(engine.Points{vx, vy}, engine.Points{ux, uy})
	return problem(d*d/2, map[string]any{"vx": vx, "vy": vy, "ux": ux, "uy": uy, "dx": vx - ux, "dy": vy - uy})
}

// errorOverPlaces is a mean over places weighted by how many points pass there.
func errorOverPlaces(rng *rand.Rand) Problem {
	crowd := pick(rng, 0.9, 0.95, 0.98)
	low, high := pick(rng, 0.01, 0.02, 0.04), pick(rng, 0.5, 0.8, 1.)
	p := problem(float64(crowd*low)+float64((1-crowd)*high), map[string]any{
		"crowd": int(100*crowd + 0.5), "edge": 100 - int(100*crowd+0.5), "low": low, "high": high})
	p.Tolerance = 0.02 * p.Truth
	return p
}

// gust is a wind that blows along x from a time on.
type gust struct{ from, v float64 }

func (g gust) Velocity(dst, _ engine.Points, t float64) {
	clear(dst)
	for i := 0; i < len(dst) && t >= g.from; i += 2 {
		dst[i] = g.v
	}
}

// lateDrift is how far an error of the velocity that lasts from a time on to the end
// leads a point astray, by the sum of many Euler steps.
func lateDrift(rng *rand.Rand) Problem {
	from, v := pick(rng, 0.7, 0.75, 0.8, 0.9), pick(rng, 0.3, 0.4, 0.5, 0.6)
	const steps = 40 // whose ends the times above are among
	p := problem(run("euler", gust{from - 1e-9, v}, 0, 1, steps), map[string]any{"from": from, "v": v, "left": 1 - from})
	p.Tolerance = 0.03 * p.Truth
	return p
}

// guessError is what an error of the data prediction is in the velocity, linear path.
func guessError(rng *rand.Rand) Problem {
	t, e := pick(rng, 0.5, 0.8, 0.9, 0.95), pick(rng, 0.02, 0.04, 0.05, 0.1)
	c := mustPath("linear").At(t)
	p := problem(c.D()/c.Sigma*e, map[string]any{"t": t, "e": e, "left": 1 - t})
	p.Tolerance = 0.02 * p.Truth
	return p
}
