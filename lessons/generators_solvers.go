package lessons

import (
	"math"
	"math/rand/v2"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/ode"
)

// triesRejected runs Dormand–Prince towards three data points and asks how many
// of its tries were in vain.
func triesRejected(rng *rand.Rand) Problem {
	data := engine.NewPoints(3)
	for i := range data {
		data[i] = tenth(rng, -2, 2)
	}
	f := exact.New(exact.Points(data), mustPath("linear"))
	tol := pick(rng, 1e-2, 1e-3, 1e-4, 1e-5)
	s := ran("dopri5", f, engine.Points{tenth(rng, -2, 2), tenth(rng, -2, 2)}, ode.Options{To: 0.99, Rtol: tol, Atol: tol})
	return whole(s.Rejected(), map[string]any{"nfe": s.NFE(), "steps": s.Steps(), "tries": s.Steps() + s.Rejected()})
}

// stepForTolerance asks how long a step must be when its error, which shrinks as
// h to the order of the better answer, was e times too large.
func stepForTolerance(rng *rand.Rand) Problem {
	m, err := ode.Get("dopri5")
	if err != nil {
		panic("lessons: " + err.Error())
	}
	h := pick(rng, 0.06, 0.12, 0.24)
	root := pick(rng, 2., 3., 4.)
	e := math.Pow(root, float64(m.Order))
	p := problem(h*math.Pow(e, -1/float64(m.Order)), map[string]any{"h": h, "e": e, "root": root, "order": m.Order})
	p.Tolerance = 0.02 * p.Truth
	return p
}

// span draws two times on the linear path, the earlier first.
func span(rng *rand.Rand) (from, to float64) {
	from = pick(rng, 0.1, 0.2, 0.25, 0.5)
	return from, pick(rng, 0.6, 0.75, 0.8, 0.9)
}

func lambdaStep(rng *rand.Rand) Problem {
	from, to := span(rng)
	a, b := mustPath("linear").At(from), mustPath("linear").At(to)
	return problem(b.Lambda()-a.Lambda(), map[string]any{"from": from, "to": to,
		"before": a.Alpha / a.Sigma, "after": b.Alpha / b.Sigma, "ratio": b.Alpha * a.Sigma / (b.Sigma * a.Alpha)})
}

// dpmStep takes one step of DPM-Solver-1 where there is one data point, so that
// the prediction is that point.
func dpmStep(rng *rand.Rand) Problem {
	x, z := apart(rng, -2, 2)
	from, to := span(rng)
	p := mustPath(pick(rng, "linear", "poly:2"))
	f := exact.New(exact.Points(engine.Points{x, 0}), p)
	s := ran("dpm1", f, engine.Points{z, 0}, ode.Options{From: from, To: to, Steps: 1, Path: p})
	a, b := p.At(from), p.At(to)
	keep := b.Sigma / a.Sigma
	return problem(s.Z()[0], map[string]any{"x": x, "z": z, "keep": keep, "weight": b.Alpha - keep*a.Alpha,
		"as": a.Alpha, "ss": a.Sigma, "at": b.Alpha, "st": b.Sigma})
}

// told is a field on the linear path whose data prediction is a until t = 0.4 and
// b from then on.
type told struct{ a, b float64 }

func (f told) Velocity(dst, z engine.Points, t float64) {
	x := f.a
	if t > 0.4 {
		x = f.b
	}
	for i := range dst {
		dst[i] = (x - z[i]) / (1 - t)
	}
}

// twoPredictions takes two steps of DPM-Solver++(2M), at t = 0.2, 0.5 and 0.8, as
// long as each other in λ, and asks which prediction the second one used.
func twoPredictions(rng *rand.Rand) Problem {
	a, b := apart(rng, -2, 2)
	o := ode.Options{From: 0.2, To: 0.8, Steps: 2, Path: mustPath("linear")}
	end := ran("dpm++2m", told{a, b}, engine.Points{0, 0}, o).Z()[0]
	o.To, o.Steps = 0.5, 1
	mid := ran("dpm++2m", told{a, b}, engine.Points{0, 0}, o).Z()[0]
	const keep, weight = 0.2 / 0.5, 0.8 - 0.2
	return problem((end-keep*mid)/weight, map[string]any{"before": a, "now": b})
}
