package metric

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"fmlab/engine"
)

// Floor is what a perfect sampler scores: the metric between independent sets of
// the data itself, or of a perfect likelihood on such a set. It is a random number,
// so it has a middle and an upper end. Both are NaN while nothing is measured.
type Floor struct {
	Median float64 // of the scores
	Q95    float64 // 95 % quantile of the scores, by linear interpolation
}

// FloorOf measures a floor on pairs of fresh sets of n points each; 20 pairs are
// usual.
func FloorOf(m func(x, y engine.Points) float64, src engine.Source, n, pairs int, rng *rand.Rand) Floor {
	return finish(NewFloor(m, src, n, pairs, rng))
}

// FloorOfSplit measures a floor on a finite set that was held back: pairs of its
// random halves, which share no point.
func FloorOfSplit(m func(x, y engine.Points) float64, held engine.Points, pairs int, rng *rand.Rand) Floor {
	return finish(NewSplitFloor(m, held, pairs, rng))
}

func finish(r *FloorRun) Floor {
	for r.Step() {
	}
	return r.Floor()
}

// FloorRun measures a floor score by score, for a caller with other things to do.
type FloorRun struct {
	score  func() float64 // draws fresh data and measures it
	times  int
	scores []float64
}

// NewFloor returns the run behind [FloorOf]. It draws from rng as it goes.
func NewFloor(m func(x, y engine.Points) float64, src engine.Source, n, pairs int, rng *rand.Rand) *FloorRun {
	x, y := engine.NewPoints(n), engine.NewPoints(n)
	return &FloorRun{times: pairs, score: func() float64 {
		src.Sample(x, rng)
		src.Sample(y, rng)
		return m(x, y)
	}}
}

// NewSplitFloor returns the run behind [FloorOfSplit]. It copies held, which has
// at least two points.
func NewSplitFloor(m func(x, y engine.Points) float64, held engine.Points, pairs int, rng *rand.Rand) *FloorRun {
	half := held.Len() / 2
	if half == 0 {
		panic(fmt.Sprintf("metric: a floor of %d points: want at least 2 to split", held.Len()))
	}
	held = held.Clone()
	return &FloorRun{times: pairs, score: func() float64 {
		rng.Shuffle(held.Len(), func(i, j int) {
			held[2*i], held[2*j] = held[2*j], held[2*i]
			held[2*i+1], held[2*j+1] = held[2*j+1], held[2*i+1]
		})
		return m(held.Slice(0, half), held.Slice(half, 2*half))
	}}
}

// Step measures one more score, and returns false when all are measured.
func (r *FloorRun) Step() bool {
	if len(r.scores) >= r.times {
		return false
	}
	r.scores = append(r.scores, r.score())
	return true
}

// Floor returns the floor by the scores measured so far.
func (r *FloorRun) Floor() Floor {
	s := slices.Sorted(slices.Values(r.scores))
	return Floor{Median: quantile(s, 0.5), Q95: quantile(s, 0.95)}
}

// quantile returns the q-quantile of sorted numbers, linear between the two order
// statistics about place q (n − 1), as numpy does by default.
func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := float64(q * float64(len(sorted)-1))
	i := int(at)
	if i+1 == len(sorted) {
		return sorted[i]
	}
	return sorted[i] + float64((at-float64(i))*(sorted[i+1]-sorted[i]))
}
