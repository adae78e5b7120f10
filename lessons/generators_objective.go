package lessons

import (
	"math"
	"math/rand/v2"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/path"
)

// pairThrough asks for the velocity of the pair that passes through z on its way
// to x1, on the linear path.
func pairThrough(rng *rand.Rand) Problem {
	z, x1 := apart(rng, -2, 2)
	t := pick(rng, 0.2, 0.5, 0.75, 0.8)
	c := mustPath("linear").At(t)
	x0 := (z - c.Alpha*x1) / c.Sigma
	return problem(c.DAlpha*x1+c.DSigma*x0, map[string]any{"z": z, "x1": x1, "t": t, "x0": x0, "left": c.Sigma})
}

// startField asks for the field at t = 0, where z tells nothing of the data.
func startField(rng *rand.Rand) Problem {
	a, b := apart(rng, -2, 2)
	z := tenth(rng, -2, 2)
	data := exact.Points(engine.Points{a, 0, a, 0, a, 0, b, 0})
	v := engine.NewPoints(1)
	exact.New(data, mustPath("linear")).Velocity(v, engine.Points{z, 0}, 0)
	return problem(v[0], map[string]any{"a": a, "b": b, "z": z, "mean": data.Mean()[0]})
}

// behindZ asks how likely one of two data points is to be the one behind z: the
// weight with which it enters the mean of the data.
func behindZ(rng *rand.Rand) Problem {
	for {
		a, b := apart(rng, -2, 2)
		t, z := pick(rng, 0.2, 0.4, 0.5, 0.6), tenth(rng, -1, 1)
		c := mustPath("linear").At(t)
		f := exact.New(exact.Points(engine.Points{a, 0, b, 0}), mustPath("linear"))
		x := engine.NewPoints(1)
		f.Read(x, engine.Points{z, 0}, t, path.Data)
		w := (x[0] - b) / (a - b)
		if math.Abs(w-0.5) < 0.05 || math.Abs(w-0.5) > 0.4 {
			continue
		}
		bell := func(at float64) float64 { return math.Exp(-(z - at) * (z - at) / (2 * c.Sigma * c.Sigma)) }
		return problem(w, map[string]any{"a": a, "b": b, "t": t, "z": z, "s": c.Sigma,
			"ma": c.Alpha * a, "mb": c.Alpha * b, "la": bell(c.Alpha * a), "lb": bell(c.Alpha * b)})
	}
}

// lossAtZ asks for the conditional loss at a z with two targets, of an answer that
// is not their mean.
func lossAtZ(rng *rand.Rand) Problem {
	f, _, _, t, z, ua, ub := between(rng)
	v := engine.NewPoints(1)
	f.Velocity(v, engine.Points{z, 0}, t)
	off := pick(rng, -1., -0.5, 0.5, 1)
	floor := 2 * f.(*exact.Marginal).Spread(z, 0, t, path.Velocity) // of one coordinate, not of two
	return problem(off*off+floor, map[string]any{"ua": ua, "ub": ub, "mean": v[0], "v": v[0] + off, "off": off, "miss": off * off, "floor": floor})
}
