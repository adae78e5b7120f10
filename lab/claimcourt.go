package lab

import (
	"math"
	"slices"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/libm"
	"fmlab/engine/metric"
	"fmlab/engine/path"
	"fmlab/engine/train"
)

// court hears one seed of a claim: the tools that claims measure with. Whoever
// works for more than a few milliseconds calls tick, and ends when that fails.
type court struct {
	scale
	seed    uint64
	iters   int // training iterations
	threads int
	tick    func() error
	done    float64 // part of the seed's work
	lo, hi  float64 // part that the work under way goes from and to
	out     *[]ClaimRow
}

// part says that the i-th of n equal pieces of a seed's work begins.
func (c *court) part(i, n int) {
	c.lo, c.hi = float64(i)/float64(n), float64(i+1)/float64(n)
	c.done = c.lo
}

// say writes down what an arm scored in a case.
func (c *court) say(arm string, value float64, at ...string) {
	c.sayFloored(arm, value, math.NaN(), at...)
}

func (c *court) sayFloored(arm string, value, floor float64, at ...string) {
	*c.out = append(*c.out, ClaimRow{Seed: c.seed, Case: at, Arm: arm, Value: value, Floor: floor})
}

// setup is the recipe of the lab with the seed in hand.
func (c *court) setup(data, on string) Setup {
	s := Default()
	s.Data, s.Path, s.Seed, s.Threads, s.Iters = data, on, c.seed, c.threads, c.iters
	s.Net, s.Batch = c.net, c.batch
	return s
}

// exact is the closed-form flow of a setup.
func (c *court) exact(s Setup) Flow { return ExactFlow(c.target(s).Mixture, pathOn(s)) }

// target is the data of a setup: always a set of the lab's own.
func (c *court) target(s Setup) *Target {
	t, err := OpenTarget(s.Data, false, s.Seed)
	if err != nil {
		panic("lab: " + err.Error())
	}
	return t
}

func pathOn(s Setup) path.Path {
	p, err := s.OnPath()
	if err != nil {
		panic("lab: " + err.Error())
	}
	return p
}

// probes is the noise that the error of solvers is measured from.
func (c *court) probes() engine.Points { return Noise(c.probed, c.seed) }

// carry takes points along a flow as a setup says. A trip that leaves the finite
// numbers is a result, not an error.
func (c *court) carry(f Flow, s Setup, z0 engine.Points) (*Trip, error) {
	trip, err := NewTrip(f, s, z0)
	if err != nil {
		return nil, err
	}
	trip.EndOnly = true
	for trip.Step() {
		if err := c.tick(); err != nil {
			return nil, err
		}
	}
	return trip, nil
}

// ended is the distance of a trip's ends from others; +Inf when it did not arrive.
func ended(t *Trip, ref engine.Points, of func(x, y engine.Points) float64) float64 {
	if t.Err() != nil {
		return math.Inf(1)
	}
	return of(t.Z(), ref)
}

// error is the RMS error of a solver.
func (c *court) error(f Flow, s Setup, z0, ref engine.Points) (float64, error) {
	t, err := c.carry(f, s, z0)
	if err != nil {
		return 0, err
	}
	return ended(t, ref, metric.RMS), nil
}

// reference is where a flow really takes points: dopri5 at a tolerance that leaves
// nothing to see.
func (c *court) reference(f Flow, tol float64, z0 engine.Points) (engine.Points, error) {
	s := c.setup("", "")
	s.Solver, s.Rtol, s.Atol = "dopri5", tol, tol
	t, err := c.carry(f, s, z0)
	if err != nil {
		return nil, err
	}
	return t.Z(), t.Err()
}

// share of the points must come within a bound for a solver to have reached it: a
// few points near a watershed of the flow, which the least error sends elsewhere,
// would decide a root mean square alone.
const share = 0.95

// within is the distance that the share of points keeps from where they belong.
func within(z, ref engine.Points) float64 {
	d := make([]float64, z.Len())
	for i := range d {
		d[i] = libm.Hypot(z[2*i]-ref[2*i], z[2*i+1]-ref[2*i+1])
	}
	slices.Sort(d)
	return d[int(math.Ceil(share*float64(len(d))))-1]
}

// least looks for the fewest steps of a setup's solver that come within tol of ref,
// and their price: twice as many until they do, then by bisection, as if the error
// fell with every step. Both are +Inf where c.most are not enough.
func (c *court) least(f Flow, s Setup, z0, ref engine.Points, tol float64) (steps, nfe float64, err error) {
	price := f.Calls * mustSolver(s.Solver).Stages()
	enough := func(n int) (ok bool) {
		s.NFE = n * price
		var t *Trip
		if t, err = c.carry(f, s, z0); err != nil {
			return true // ends the search
		}
		if ok = ended(t, ref, within) <= tol; ok {
			steps, nfe = float64(n), float64(t.NFE())
		}
		return ok
	}
	hi := 1
	for ; !enough(hi); hi *= 2 {
		if hi >= c.most {
			return math.Inf(1), math.Inf(1), nil
		}
	}
	for lo := hi / 2; hi-lo > 1 && err == nil; {
		if mid := (lo + hi) / 2; enough(mid) {
			hi = mid
		} else {
			lo = mid
		}
	}
	return steps, nfe, err
}

// loosest prices dopri5 at the loosest tolerance that comes within tol of ref: +Inf
// when none to 1e-9 does.
func (c *court) loosest(f Flow, s Setup, z0, ref engine.Points, tol float64) (nfe float64, err error) {
	s.Solver = "dopri5"
	for k := 2; k <= 36; k++ {
		s.Rtol = libm.Pow(10, -float64(k)/4)
		s.Atol = s.Rtol
		t, err := c.carry(f, s, z0)
		if err != nil {
			return 0, err
		}
		if ended(t, ref, within) <= tol {
			return float64(t.NFE()), nil
		}
	}
	return math.Inf(1), nil
}

// lesson is a network at some point of its training.
type lesson struct {
	*Model
	loss float64 // running mean
}

// train trains as a setup says, and returns what is learned at its end and, before
// that, at the iteration early, if that is above 0. teacher may be nil.
func (c *court) train(s Setup, t *Target, teacher train.Teacher, early int) (all []lesson, err error) {
	o, err := trainOptions(s, t)
	if err != nil {
		return nil, err
	}
	o.Teacher = teacher
	trainer, err := train.New(o)
	if err != nil {
		return nil, err
	}
	run := &Training{setup: s, target: t, options: o, trainer: trainer}
	defer run.Close()
	for run.Step() {
		c.done = c.lo + (c.hi-c.lo)*float64(run.Iter())/float64(run.Iters())
		if run.Iter() == early {
			all = append(all, lesson{run.Model(), run.Smoothed()})
		}
		if err := c.tick(); err != nil {
			return nil, err
		}
	}
	return append(all, lesson{run.Model(), run.Smoothed()}), run.Err()
}

// learn is train for who only wants the model at its end.
func (c *court) learn(s Setup) (*Model, error) {
	all, err := c.train(s, c.target(s), nil, 0)
	if err != nil {
		return nil, err
	}
	return all[0].Model, nil
}

// decades is log10(a/b): how many powers of ten a is above b.
func decades(a, b float64) float64 { return libm.Log10(a / b) }

// doublings is log2(a/b): how many times b is doubled to reach a.
func doublings(a, b float64) float64 { return libm.Log2(a / b) }

// equalTo is how many decades a difference is below what passes for equal. Below
// 1e-16 there is nothing to tell.
func equalTo(difference, equal float64) float64 { return decades(equal, max(difference, 1e-16)) }

// rows is a finite set of n points of a setup's data, other ones for every seed.
func (c *court) rows(s Setup, n int) *Target {
	p := engine.NewPoints(n)
	c.target(s).Mixture.Sample(p, engine.NewRand(c.seed, streamHold))
	m := exact.Points(p)
	return &Target{Name: s.Data, Mixture: m, Train: m, Scale: 1}
}
