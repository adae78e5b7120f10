package lab

import (
	"math"
	"slices"

	"fmlab/engine/exact"
)

// scheduleLooks are the parts of a training after which a network is judged.
var scheduleLooks = []float64{1. / 8, 1. / 4, 1. / 2, 1}

// scheduleRun is one network of a trial of schedules: trained on one path from one
// seed, judged on the way, and in the end sampled with few steps too.
type scheduleRun struct {
	setup    Setup // with the path and the seed of this network
	training *Training
	witness  *witness
	scorer   *Scorer
	flow     Flow      // what is learned, as it was looked at last
	trip     *Trip     // under way
	budget   int       // of that trip if it is one of few steps, 0 if not
	steep    []float64 // length of the gradient, in the second half of the training
	err      error

	iters, field, distance []float64       // at each look; field as a share of the mean square of the exact one
	few                    map[int]float64 // distance after Euler with so many evaluations
}

func newScheduleRun(s Setup, t *Target, scorer *Scorer) (*scheduleRun, error) {
	training, err := NewTraining(s, t)
	if err != nil {
		return nil, err
	}
	p := training.options.Path
	return &scheduleRun{setup: s, training: training, scorer: scorer, few: map[int]float64{},
		witness: newWitness(exact.New(t.Mixture, p), t, p, s.Seed)}, nil
}

// Step does a little of the work on this network; false when all is measured.
func (r *scheduleRun) Step() bool {
	switch {
	case r.err != nil:
		return false
	case r.trip != nil:
		r.travel()
	case r.witness.Step():
	case r.training.Busy():
		r.learn()
	case r.diverged(): // a result, not an error
		return false
	case math.IsNaN(r.fewDistance()):
		r.training.Close()
		r.departInFewSteps()
	default:
		return false
	}
	return r.err == nil
}

// learn takes one iteration, and at some of them looks at what is learned.
func (r *scheduleRun) learn() {
	if !r.training.Step() {
		return
	}
	i, n := r.training.Iter(), r.training.Iters()
	if 2*i > n {
		r.steep = append(r.steep, r.training.trainer.GradNorm())
	}
	if !slices.ContainsFunc(scheduleLooks, func(part float64) bool { return i == max(1, int(part*float64(n))) }) {
		return
	}
	r.flow = LearnedFlow(r.training.Model())
	r.iters = append(r.iters, float64(i))
	r.field = append(r.field, r.witness.fieldError(r.flow)/r.witness.strength())
	s := r.setup
	s.Solver, s.Rtol, s.Atol = "dopri5", 1e-3, 1e-3
	r.depart(s, 0)
}

// departInFewSteps sets out by Euler's method with the budget that is asked for. A
// flow that is finished by a data prediction pays for that too.
func (r *scheduleRun) departInFewSteps() {
	s := r.setup
	s.Solver, s.Grid = "euler", "uniform"
	if r.flow.End < 1 {
		s.NFE = max(1, s.NFE-1)
	}
	r.depart(s, r.setup.NFE)
}

func (r *scheduleRun) depart(s Setup, budget int) {
	r.budget = budget
	if r.trip, r.err = NewTrip(r.flow, s, Noise(r.scorer.N, r.setup.Seed)); r.err == nil {
		r.trip.EndOnly = true
	}
}

// travel takes the trip under way on, and measures where it ends: infinitely far
// off when it leaves the finite numbers.
func (r *scheduleRun) travel() {
	if r.trip.Step() {
		return
	}
	d := ended(r.trip, r.scorer.fresh, sliced[0].Of)
	if r.budget > 0 {
		r.few[r.budget] = d
	} else {
		r.distance = append(r.distance, d)
	}
	r.trip = nil
}

// fewDistance is what Euler's method scored at the budget that is asked for, NaN
// before it is measured.
func (r *scheduleRun) fewDistance() float64 {
	if d, known := r.few[r.setup.NFE]; known {
		return d
	}
	return math.NaN()
}

// done says whether the network is trained and judged.
func (r *scheduleRun) done() bool { return len(r.distance) == len(scheduleLooks) }

// diverged says whether its training came to a bad end.
func (r *scheduleRun) diverged() bool { return r.training.Err() != nil }

// jolt is how much steeper than usual the steepest gradient is in the second half
// of the training: what a schedule does to the stability of it.
func (r *scheduleRun) jolt() float64 {
	sorted := slices.Sorted(slices.Values(r.steep))
	if n := len(sorted); n > 0 {
		return sorted[n-1] / sorted[n/2]
	}
	return math.NaN()
}
