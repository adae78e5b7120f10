package lessons

import (
	"math"
	"math/rand/v2"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/metric"
	"fmlab/engine/ode"
	"fmlab/engine/path"
)

// Generators is every generator, by the lesson that first uses it.
var Generators = []Generator{
	{"euler-step", "one Euler step on v = a − z, first coordinate", eulerStep},
	{"two-euler-steps", "two Euler steps on v = a − z", twoEulerSteps},
	{"one-step-lands", "where one Euler step over the whole way lands, linear path, three data points", oneStepLands},
	{"path-point", "z_t of a pair on a path", pathPoint},
	{"path-velocity", "u_t of a pair on a path", pathVelocity},
	{"vp-sigma", "σ on a variance-preserving path, given α", vpSigma},
	{"lambda", "λ at t on the linear path", lambdaAt},
	{"two-targets", "the marginal velocity midway between two data points", twoTargets},
	{"loss-floor", "the least mean square at a point with two targets", lossFloor},
	{"cosine-rate", "the learning rate of cosine decay", cosineRate},
	{"energy-distance", "energy distance² of two pairs of points on a line", energyDistance},
	{"solver-nfe", "evaluations that N steps of a solver cost", solverNFE},
	{"solver-steps", "steps that a budget buys", solverSteps},
	{"order-error", "the error after the steps are doubled", orderError},
	{"order-slope", "the slope between two measured errors", orderSlope},
	{"tries-rejected", "the rejected tries of a run of Dormand–Prince, from its NFE and steps", triesRejected},
	{"step-for-tolerance", "the step whose error would just be allowed", stepForTolerance},
	{"lambda-step", "the length of a step in λ, linear path", lambdaStep},
	{"dpm-step", "one step of DPM-Solver-1", dpmStep},
	{"two-predictions", "the prediction a step of DPM-Solver++(2M) uses", twoPredictions},
	{"linear-velocity", "the velocity at a place, given the data prediction, linear path", linearVelocity},
	{"field-speed", "the length of a velocity in the plane", fieldSpeed},
	{"euler-from", "one Euler step from the middle of the way, given the data prediction, linear path", eulerFrom},
	{"cell-density", "the change of density in a piece of a line, from what flows in and out", cellDensity},
	{"marginal-velocity", "the mean of two velocities that are not equally likely", marginalVelocity},
	{"divergence", "the divergence of a linear field in the plane", divergence},
	{"hutchinson", "Hutchinson's estimate of it, for one pair of signs", hutchinson},
	{"log-arrive", "log p where a point arrives, field v = k z in the plane", logArrive},
	{"area-density", "the density after a small square was stretched", areaDensity},
	{"mean-nll", "the mean negative log-likelihood of three points", meanNLL},
	{"trace-price", "the derivatives that exact divergences take on the way", tracePrice},
	{"pair-through", "the velocity of the pair that goes through z to x1, linear path", pairThrough},
	{"start-field", "the field at t = 0, from four data points", startField},
	{"behind-z", "how likely one of two data points is to be behind z", behindZ},
	{"loss-at-z", "the conditional loss at a z with two targets", lossAtZ},
	{"noise-from-velocity", "the noise prediction read off a velocity, linear path", noiseFromVelocity},
	{"score-from-velocity", "the score read off a velocity, linear path", scoreFromVelocity},
	{"velocity-from-noise", "the velocity read off a noise prediction, linear path", velocityFromNoise},
	{"reading-error", "what an error of the noise prediction is in the velocity, linear path", readingError},
	{"equal-noise", "the time on the linear path that is as noisy as a variance-preserving one", equalNoise},
	{"coupling-cell", "the missing cell of a coupling of two places with two", couplingCell},
	{"least-pairing", "the least total squared length of three pairs on a line", leastPairing},
	{"swap-gain", "what two pairs in the plane save when they exchange partners", swapGain},
	{"meet-time", "when two pairs on a line are at the same place, linear path", meetTime},
	{"judges", "the rows of a file that samples are compared with", judges},
	{"bend", "the straightness of a trip along a line with two speeds", bend},
	{"straight-end", "where a straight trip ends, seen from the middle of it", straightEnd},
	{"break-even", "the samples that pay for the pairs of a reflow", breakEven},
	{"guided-velocity", "the guided velocity, from those with and without a label", guidedVelocity},
	{"guidance-weight", "the weight of a guided velocity", guidanceWeight},
	{"guided-start", "where one guided Euler step over the whole way lands, two points, linear path", guidedStart},
	{"field-error-at", "the field error at one place, from two velocities", fieldErrorAt},
	{"error-over-places", "the mean of an error over places, by how many points pass", errorOverPlaces},
	{"late-drift", "how far a late error of the velocity leads a point astray", lateDrift},
	{"guess-error", "what an error of the data prediction is in the velocity, linear path", guessError},
	{"end-variance", "the variance of the targets at the data, from σ", endVariance},
	{"paired-difference", "the mean difference of two paths over three seeds", pairedDifference},
	{"above-floor", "the lesser excess over a loss floor, of two", aboveFloor},
	{"share-of", "a field error as a share of the mean square of the field", shareOf},
	{"guided-nfe", "the calls that a guided sample takes", guidedNFE},
}

// pull is the field v(z, t) = a − z.
type pull struct{ a float64 }

func (f pull) Velocity(dst, z engine.Points, _ float64) {
	for i := range dst {
		dst[i] = f.a - z[i]
	}
}

// ran returns the solver of a run at its end.
func ran(name string, f engine.Field, z engine.Points, o ode.Options) *ode.Solver {
	m, err := ode.Get(name)
	if err != nil {
		panic("lessons: " + err.Error())
	}
	s, err := ode.New(m, f, z, o)
	if err != nil {
		panic("lessons: " + err.Error())
	}
	for s.Step() {
	}
	if s.Err() != nil {
		panic("lessons: " + s.Err().Error())
	}
	return s
}

// run returns the first coordinate after steps of a method on f from t = 0 to end.
func run(name string, f engine.Field, z, end float64, steps int) float64 {
	return ran(name, f, engine.Points{z, 0}, ode.Options{To: end, Steps: steps}).Z()[0]
}

func eulerStep(rng *rand.Rand) Problem {
	a, z := apart(rng, -2, 2)
	h := pick(rng, 0.1, 0.2, 0.25, 0.5)
	return problem(run("euler", pull{a}, z, h, 1), map[string]any{"a": a, "z": z, "h": h})
}

func twoEulerSteps(rng *rand.Rand) Problem {
	a, z := apart(rng, -2, 2)
	h := pick(rng, 0.2, 0.25, 0.5)
	first := run("euler", pull{a}, z, h, 1)
	return problem(run("euler", pull{a}, z, 2*h, 2), map[string]any{"a": a, "z": z, "h": h, "first": first})
}

func oneStepLands(rng *rand.Rand) Problem {
	data := engine.NewPoints(3)
	for i := range 3 {
		data.Set(i, tenth(rng, -2, 2), 0)
	}
	z := tenth(rng, -2, 2)
	f := exact.New(exact.Points(data), mustPath("linear"))
	return problem(run("euler", f, z, 1, 1), map[string]any{"p": data[0], "q": data[2], "r": data[4], "z": z})
}

func mustPath(name string) path.Path {
	p, err := path.Parse(name)
	if err != nil {
		panic("lessons: " + err.Error())
	}
	return p
}

// at draws a path and a time at which its numbers can be had without a machine.
func at(rng *rand.Rand) (path.Path, float64, string) {
	switch rng.IntN(3) {
	case 0:
		return mustPath("linear"), float64(1+rng.IntN(9)) / 10, "α = t, σ = 1 − t"
	case 1:
		return mustPath("poly:2"), float64(1+rng.IntN(9)) / 10, "α = t², σ = 1 − t²"
	}
	return mustPath("vp"), pick(rng, 0.5, 1./3, 2./3), "α = sin(πt/2), σ = cos(πt/2)"
}

func pathPoint(rng *rand.Rand) Problem {
	x0, x1 := apart(rng, -2, 2)
	p, t, formula := at(rng)
	c := p.At(t)
	z := engine.NewPoints(1)
	p.Interpolate(z, engine.Points{x0, 0}, engine.Points{x1, 0}, t)
	return problem(z[0], map[string]any{"path": p.Name, "formula": formula, "t": t, "x0": x0, "x1": x1, "alpha": c.Alpha, "sigma": c.Sigma})
}

func pathVelocity(rng *rand.Rand) Problem {
	x0, x1 := apart(rng, -2, 2)
	p, t, formula := at(rng)
	c := p.At(t)
	return problem(c.DAlpha*x1+c.DSigma*x0, map[string]any{"path": p.Name, "formula": formula, "t": t, "x0": x0, "x1": x1, "dalpha": c.DAlpha, "dsigma": c.DSigma})
}

// vpSigma asks on linear-vp, where α is t itself.
func vpSigma(rng *rand.Rand) Problem {
	t := pick(rng, 0.28, 0.6, 0.8, 0.96)
	return problem(mustPath("linear-vp").At(t).Sigma, map[string]any{"alpha": t})
}

func lambdaAt(rng *rand.Rand) Problem {
	t := pick(rng, 0.1, 0.2, 0.25, 0.5, 0.75, 0.8, 0.9)
	c := mustPath("linear").At(t)
	return problem(c.Lambda(), map[string]any{"t": t, "ratio": c.Alpha / c.Sigma})
}

// between draws two data points and the point at time t from which both are
// equally likely, with the velocity towards each.
func between(rng *rand.Rand) (f engine.Field, a, b, t, z, ua, ub float64) {
	a, b = apart(rng, -2, 2)
	t = pick(rng, 0.2, 0.4, 0.5, 0.75)
	z = t * (a + b) / 2
	f = exact.New(exact.Points(engine.Points{a, 0, b, 0}), mustPath("linear"))
	return f, a, b, t, z, (a - z) / (1 - t), (b - z) / (1 - t)
}

func twoTargets(rng *rand.Rand) Problem {
	f, a, b, t, z, ua, ub := between(rng)
	v := engine.NewPoints(1)
	f.Velocity(v, engine.Points{z, 0}, t)
	return problem(v[0], map[string]any{"a": a, "b": b, "t": t, "z": z, "ua": ua, "ub": ub})
}

func lossFloor(rng *rand.Rand) Problem {
	f, _, _, t, z, ua, ub := between(rng)
	v := engine.NewPoints(1)
	f.Velocity(v, engine.Points{z, 0}, t)
	floor := ((ua-v[0])*(ua-v[0]) + (ub-v[0])*(ub-v[0])) / 2
	return problem(floor, map[string]any{"ua": ua, "ub": ub, "mean": v[0]})
}

func cosineRate(rng *rand.Rand) Problem {
	k := 1 + rng.IntN(3) // quarters of the run
	peak := pick(rng, 1., 2., 4.)
	truth := peak * (1 + math.Cos(math.Pi*float64(k)/4)) / 2
	return problem(truth, map[string]any{"peak": peak, "i": 1000 * k, "n": 4000, "angle": []string{"π/4", "π/2", "3π/4"}[k-1]})
}

func energyDistance(rng *rand.Rand) Problem {
	w := pick(rng, 1, 2)
	s := pick(rng, 3, 4, 5)
	x := engine.Points{0, 0, float64(w), 0}
	y := engine.Points{float64(s), 0, float64(s + w), 0}
	return problem(metric.EnergyV(x, y), map[string]any{"a": 0, "b": w, "c": s, "d": s + w, "within": float64(w) / 2})
}

// fixed draws a method that takes equal steps.
func fixed(rng *rand.Rand) ode.Method {
	for {
		if m := pick(rng, ode.All...); !m.Adaptive() && !m.NeedsPath() {
			return m
		}
	}
}

func solverNFE(rng *rand.Rand) Problem {
	m, steps := fixed(rng), 3+rng.IntN(28)
	s := ran(m.Name, pull{}, engine.Points{1, 0}, ode.Options{To: 1, Steps: steps})
	return whole(s.NFE(), map[string]any{"solver": m.Title, "steps": steps, "stages": m.Stages()})
}

func solverSteps(rng *rand.Rand) Problem {
	m, nfe := fixed(rng), 10+rng.IntN(90)
	return whole(ode.StepsFor(m, nfe), map[string]any{"solver": m.Title, "nfe": nfe, "stages": m.Stages()})
}

// whole is a problem with a count for an answer: exactly right or not at all.
func whole(truth int, holes map[string]any) Problem {
	p := problem(float64(truth), holes)
	p.Tolerance = 0.001
	return p
}

func orderError(rng *rand.Rand) Problem {
	m := fixed(rng)
	steps := pick(rng, 4, 8, 16)
	e := pick(rng, 0.8, 1.6, 3.2)
	p := problem(e/math.Pow(2, float64(m.Order)), map[string]any{"solver": m.Title, "order": m.Order, "error": e, "steps": steps, "twice": 2 * steps})
	p.Tolerance = 0.02 * p.Truth
	return p
}

// orderSlope runs a method on v = −z and asks for the slope that shows.
func orderSlope(rng *rand.Rand) Problem {
	m := fixed(rng)
	e := func(steps int) float64 { return math.Abs(run(m.Name, pull{}, 1, 1, steps) - math.Exp(-1)) }
	p := problem(math.Log2(e(16)/e(32)), map[string]any{"e16": e(16), "e32": e(32)})
	p.Tolerance = 0.1
	return p
}
