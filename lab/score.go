package lab

import (
	"fmt"
	"math"
	"slices"

	"fmlab/engine"
	"fmlab/engine/metric"
)

const (
	floorPairs  = 20   // pairs of fresh data sets a floor is measured on
	maxJudged   = 2000 // points a side at most: the energy distance takes time in n²
	maxAssigned = 500  // and the assignment behind exact W2 in n³
)

// Measure is a distance between samples and data as it is scored.
type Measure struct {
	Key, Title, Note string
	Most             int  // points a side
	Length           bool // it has the unit of the data
	Of               func(x, y engine.Points) float64
}

// Measures is every distance that samples are judged by. The first two, see
// [Live], are quick enough to go along with a training.
var Measures = []Measure{
	{"energy_distance2", "energy distance²", "V-statistic", maxJudged, true, metric.EnergyV},
	{"sliced_w2", "sliced W2", "64 directions", maxJudged, true, metric.SlicedW2},
	{"w2", "exact W2", "by assignment", maxAssigned, true, func(x, y engine.Points) float64 {
		d, err := metric.W2(x, y)
		if err != nil {
			return math.NaN()
		}
		return d
	}},
	{"mmd2", "MMD²", "RBF, sigma 1, V-statistic", maxJudged, false, func(x, y engine.Points) float64 { return metric.MMD2(x, y, 1) }},
}

// Live is the measures of a running scene.
var Live = Measures[:2]

// Scorer measures how far samples are from data, beside the floor: the same
// distance between two independent fresh data sets of the same size, which is
// what a perfect sampler scores. The floor is measured pair by pair with Step.
type Scorer struct {
	N        int // points a side
	measures []Measure
	fresh    engine.Points
	floors   []*metric.FloorRun
	done     bool // all floors are measured
}

// NewScorer draws n points to judge by (2,000 at most, and at most half the
// held-back rows of a finite file) and prepares the floors of the measures.
func NewScorer(t *Target, n int, seed uint64, measures []Measure) *Scorer {
	fresh := t.Judge(min(n, maxJudged), engine.NewRand(seed, streamFresh))
	s := &Scorer{N: fresh.Len(), fresh: fresh, measures: measures}
	for _, m := range measures {
		rng := engine.NewRand(seed, streamFloor)
		if t.Finite() {
			held := t.Held.Slice(0, 2*min(s.N, m.Most))
			s.floors = append(s.floors, metric.NewSplitFloor(m.Of, held, floorPairs, rng))
		} else {
			s.floors = append(s.floors, metric.NewFloor(m.Of, t.Mixture, min(s.N, m.Most), floorPairs, rng))
		}
	}
	return s
}

// Step measures one more pair of a floor; false when all are done.
func (s *Scorer) Step() bool {
	for _, f := range s.floors {
		if !s.done && f.Step() {
			return true
		}
	}
	s.done = true
	return false
}

// Score measures samples, in lab units; the floors come with Floored.
func (s *Scorer) Score(samples engine.Points) (scores []Stat) {
	samples = samples.Slice(0, min(samples.Len(), s.N))
	for _, m := range s.measures {
		x, y := samples.Slice(0, min(samples.Len(), m.Most)), s.fresh.Slice(0, min(s.N, m.Most))
		note := fmt.Sprintf("%s, %d points a side", m.Note, y.Len())
		if x.Len() != y.Len() {
			note = fmt.Sprintf("%s, %d samples against %d points", m.Note, x.Len(), y.Len())
		}
		scores = append(scores, Stat{Key: m.Key, Title: m.Title, Value: m.Of(x, y), Note: note})
	}
	return scores
}

// Floored returns the scores with the floors beside them, NaN while these are
// not measured.
func (s *Scorer) Floored(scores []Stat) []Stat {
	scores = slices.Clone(scores)
	for i, run := range s.floors {
		scores[i].Floor, scores[i].Q95 = math.NaN(), math.NaN()
		if s.done {
			f := run.Floor()
			scores[i].Floor, scores[i].Q95 = f.Median, f.Q95
		}
	}
	return scores
}
