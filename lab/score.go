package lab

import (
	"fmt"
	"math"
	"slices"

	"fmlab/engine"
	"fmlab/engine/metric"
)

const (
	floorPairs = 20   // pairs of fresh data sets a floor is measured on
	maxJudged  = 2000 // points a side at most: the energy distance takes time in n²
)

// Scorer measures how far samples are from data, beside the floor: the same
// distance between two independent fresh data sets of the same size, which is
// what a perfect sampler scores. The floor is measured pair by pair with Step.
type Scorer struct {
	N      int // points a side
	fresh  engine.Points
	energy *metric.FloorRun
	sliced *metric.FloorRun
	done   bool // both floors are measured
}

// NewScorer draws n points to judge by (2,000 at most, and at most half the
// held-back rows of a finite file) and prepares the floors.
func NewScorer(t *Target, n int, seed uint64) *Scorer {
	fresh := t.Judge(min(n, maxJudged), engine.NewRand(seed, streamFresh))
	s := &Scorer{N: fresh.Len(), fresh: fresh}
	floor := func(m func(x, y engine.Points) float64) *metric.FloorRun {
		rng := engine.NewRand(seed, streamFloor)
		if t.Finite() {
			return metric.NewSplitFloor(m, t.Held, floorPairs, rng)
		}
		return metric.NewFloor(m, t.Mixture, s.N, floorPairs, rng)
	}
	s.energy, s.sliced = floor(metric.EnergyV), floor(metric.SlicedW2)
	return s
}

// Step measures one more pair of a floor; false when both are done.
func (s *Scorer) Step() bool {
	s.done = s.done || !s.sliced.Step() && !s.energy.Step()
	return !s.done
}

// Score measures samples, in lab units; the floors come with Floored.
func (s *Scorer) Score(samples engine.Points) []Stat {
	samples = samples.Slice(0, min(samples.Len(), s.N))
	note := fmt.Sprintf("%d points a side", s.N)
	if samples.Len() != s.N {
		note = fmt.Sprintf("%d samples against %d points", samples.Len(), s.N)
	}
	return []Stat{
		{Key: "energy_distance2", Title: "energy distance²", Value: metric.EnergyV(samples, s.fresh), Note: "V-statistic, " + note},
		{Key: "sliced_w2", Title: "sliced W2", Value: metric.SlicedW2(samples, s.fresh), Note: "64 directions, " + note},
	}
}

// Floored returns the scores with the floors beside them, NaN while these are
// not measured.
func (s *Scorer) Floored(scores []Stat) []Stat {
	scores = slices.Clone(scores)
	for i, run := range []*metric.FloorRun{s.energy, s.sliced} {
		scores[i].Floor, scores[i].Q95 = math.NaN(), math.NaN()
		if s.done {
			f := run.Floor()
			scores[i].Floor, scores[i].Q95 = f.Median, f.Q95
		}
	}
	return scores
}
