package metric

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"fmlab/engine"
)

// Floor is what a perfect sampler scores: the metric between independent sets of
// the data itself. It is a random number, so it has a middle and an upper end.
// Both are NaN while no pair has been measured.
type Floor struct {
	Median float64 // of the pairs
	Q95    float64 // 95 % quantile of the pairs, by linear interpolation
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

// FloorRun measures a floor pair by pair, for a caller with other things to do.
type FloorRun struct {
	m      func(x, y engine.Points) float64
	draw   func() // writes a new pair to x and y
	x, y   engine.Points
	pairs  int
	scores []float64
}

// NewFloor returns the run behind [FloorOf]. It draws from rng as it goes.
func NewFloor(m func(x, y engine.Points) float64, src engine.Source, n, pairs int, rng *rand.Rand) *FloorRun {
	r := &FloorRun{m: m, pairs: pairs, x: engine.NewPoints(n), y: engine.NewPoints(n)}
	r.draw = func() {
		src.Sample(r.x, rng)
		src.Sample(r.y, rng)
	}
	return r
}

// NewSplitFloor returns the run behind [FloorOfSplit]. It copies held, which has
// at least two points.
func NewSplitFloor(m func(x, y engine.Points) float64, held engine.Points, pairs int, rng *rand.Rand) *FloorRun {
	half := held.Len() / 2
	if half == 0 {
		panic(fmt.Sprintf("metric: a floor of %d points: want at least 2 to split", held.Len()))
	}
	held = held.Clone()
	r := &FloorRun{m: m, pairs: pairs, x: held.Slice(0, half), y: held.Slice(half, 2*half)}
	r.draw = func() {
		rng.Shuffle(held.Len(), func(i, j int) {
			held[2*i], held[2*j] = held[2*j], held[2*i]
			held[2*i+1], held[2*j+1] = held[2*j+1], held[2*i+1]
		})
	}
	return r
}

// Step measures one more pair, and returns false when all are measured.
func (r *FloorRun) Step() bool {
	if len(r.scores) >= r.pairs {
		return false
	}
	r.draw()
	r.scores = append(r.scores, r.m(r.x, r.y))
	return true
}

// Floor returns the floor by the pairs measured so far.
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
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 == len(sorted) {
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
