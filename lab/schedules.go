package lab

import (
	"slices"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/libm"
	"fmlab/engine/path"
)

var scheduleKnobs = []string{"data", "path", "alpha", "sigma", "net", "act", "batch", "iters", "lr", "decay", "optimizer", "nfe", "n", "seed"}

// scheduleSeeds is how many networks are trained on every path: fewer leave no
// interval to judge by.
const scheduleSeeds = MinSeeds

// lineUp is the paths that are always on trial; the one chosen joins them.
var lineUp = []string{"linear", "vp", "cubic", "ddpm", "linear-vp"}

// schedules puts paths on trial: the same network on the same data, with the same
// budget and the same seeds, trained on each of them. A seed is heard on all paths
// before the next, so that there is something to compare from the first seconds on.
type schedules struct {
	setup   Setup
	target  *Target
	paths   []path.Path
	spread  [][]float64 // variance of the targets of each path, at spreadTimes
	scorers []*Scorer   // by seed; the first has the floor
	runs    []*scheduleRun
	err     error
}

func startSchedules(s Setup) (Sim, error) {
	s = s.Only(scheduleKnobs)
	t, err := OpenTarget(s.Data, false, s.Seed)
	if err != nil {
		return nil, err
	}
	h := &schedules{setup: s, target: t}
	names := lineUp
	if !slices.Contains(names, s.Path) {
		names = append(slices.Clone(names), s.Path)
	}
	for _, name := range names {
		p, err := pathOf(name, s.Alpha, s.Sigma)
		if err != nil {
			return nil, err
		}
		h.paths = append(h.paths, p)
	}
	for i := range scheduleSeeds {
		h.scorers = append(h.scorers, NewScorer(t, s.N, s.Seed+uint64(i), sliced))
	}
	return h, h.admit()
}

// Step goes on with the first piece of work there is.
func (h *schedules) Step() bool {
	switch {
	case h.err != nil:
		return false
	case len(h.spread) < len(h.paths):
		h.spread = append(h.spread, targetSpread(h.target, h.paths[len(h.spread)], h.setup.Seed))
		return true
	case h.scorers[0].Step():
		return true
	}
	for _, r := range h.runs {
		if r.Step() {
			return true
		}
		if h.err = r.err; h.err != nil {
			return false
		}
	}
	if len(h.runs) == scheduleSeeds*len(h.paths) {
		return false
	}
	h.err = h.admit()
	return h.err == nil
}

// admit lets the next network begin.
func (h *schedules) admit() error {
	i := len(h.runs)
	s := h.setup
	s.Path, s.Seed = h.paths[i%len(h.paths)].Name, s.Seed+uint64(i/len(h.paths))
	r, err := newScheduleRun(s, h.target, h.scorers[i/len(h.paths)])
	if err == nil {
		h.runs = append(h.runs, r)
	}
	return err
}

// Retune implements Sim: another budget for few steps keeps the networks.
func (h *schedules) Retune(s Setup) error {
	h.setup.NFE = s.NFE
	for _, r := range h.runs {
		r.setup.NFE = s.NFE
	}
	return nil
}

// Close implements Sim.
func (h *schedules) Close() {
	for _, r := range h.runs {
		r.training.Close()
	}
}

// spreadTimes are the times at which the spread of the targets is looked at: they
// crowd towards the data, where it may grow without bound.
var spreadTimes = crowding(16, 1e-3)

// crowding is n times from 0 on, of which 1 − t falls by equal factors to the last.
func crowding(n int, last float64) []float64 {
	times := make([]float64, n)
	for k := range times {
		times[k] = 1 - libm.Pow(last, float64(k)/float64(n-1))
	}
	return times
}

// targetSpread is the variance of the targets u given z, averaged over the places
// that pairs pass: the noise in the answers that training is given, which no
// network can learn. Its mean over t is the loss floor.
func targetSpread(t *Target, p path.Path, seed uint64) []float64 {
	const places = 48
	g := exact.New(t.Mixture, p)
	rng := engine.NewRand(seed, streamNet)
	x0, x1, z := engine.NewPoints(places), engine.NewPoints(places), engine.NewPoints(places)
	spread := make([]float64, len(spreadTimes))
	for k, at := range spreadTimes {
		engine.Gaussian{}.Sample(x0, rng)
		t.Mixture.Sample(x1, rng)
		p.Interpolate(z, x0, x1, min(at, p.TrainEnd, g.End()))
		for i := range places {
			spread[k] += g.Spread(z[2*i], z[2*i+1], min(at, p.TrainEnd, g.End()), path.Velocity) / places
		}
	}
	return spread
}
