package lessons

import (
	"math"
	"math/rand/v2"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/ode"
)

// towards is the exact field of one data point (x, y), on the linear path.
func towards(x, y float64) engine.Field {
	return exact.New(exact.Points(engine.Points{x, y}), mustPath("linear"))
}

// early draws a time that leaves a round part of the way.
func early(rng *rand.Rand) float64 { return pick(rng, 0.2, 0.4, 0.5, 0.6, 0.75, 0.8) }

func linearVelocity(rng *rand.Rand) Problem {
	x, z := apart(rng, -2, 2)
	t, v := early(rng), engine.NewPoints(1)
	towards(x, 0).Velocity(v, engine.Points{z, 0}, t)
	return problem(v[0], map[string]any{"x": x, "z": z, "t": t, "left": 1 - t})
}

// fieldSpeed asks for the length of an arrow in the plane, one with round sides.
func fieldSpeed(rng *rand.Rand) Problem {
	side := pick(rng, [2]float64{3, 4}, [2]float64{-4, 3}, [2]float64{-6, 8}, [2]float64{5, -12}, [2]float64{-3, -4})
	scale, v := pick(rng, 0.1, 0.2), engine.NewPoints(1)
	towards(scale*side[0], scale*side[1]).Velocity(v, engine.NewPoints(1), pick(rng, 0.5, 0.75, 0.8))
	return problem(math.Hypot(v[0], v[1]), map[string]any{"u": v[0], "w": v[1]})
}

// eulerFrom takes one Euler step from the middle of the way.
func eulerFrom(rng *rand.Rand) Problem {
	x, z := apart(rng, -2, 2)
	t := pick(rng, 0.2, 0.5, 0.6)
	h := pick(rng, 0.1, 0.2, 0.4)
	s := ran("euler", towards(x, 0), engine.Points{z, 0}, ode.Options{From: t, To: t + h, Steps: 1})
	return problem(s.Z()[0], map[string]any{"x": x, "z": z, "t": t, "h": h, "share": h / (1 - t)})
}

// cellDensity asks for the change of the mean density in a piece of a line.
func cellDensity(rng *rand.Rand) Problem {
	p, q := apart(rng, 0, 2)
	u, w := apart(rng, 0, 2)
	width := pick(rng, 0.1, 0.2, 0.5)
	return problem((p*u-q*w)/width, map[string]any{"p": p, "q": q, "u": u, "w": w, "width": width, "in": p * u, "out": q * w})
}

// marginalVelocity looks at a place that the ways to two data points share, one of
// them more likely by a round number.
func marginalVelocity(rng *rand.Rand) Problem {
	a, b := apart(rng, -2, 2)
	t, share := pick(rng, 0.4, 0.5, 0.6), pick(rng, 0.2, 0.25, 0.3, 0.7, 0.75, 0.8)
	left := 1 - t
	z := t*(a+b)/2 + left*left*math.Log(share/(1-share))/(t*(a-b))
	f := exact.New(exact.Points(engine.Points{a, 0, b, 0}), mustPath("linear"))
	v := engine.NewPoints(1)
	f.Velocity(v, engine.Points{z, 0}, t)
	return problem(v[0], map[string]any{"ua": (a - z) / left, "ub": (b - z) / left,
		"share": 100 * share, "rest": 100 - 100*share, "plain": ((a-z)/left + (b-z)/left) / 2})
}
