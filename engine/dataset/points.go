package dataset

import (
	"fmt"
	"math"
	"math/rand/v2"

	"fmlab/engine"
	"fmlab/engine/exact"
)

// Standardise returns p moved to mean zero and scaled, alike in x and y, to a mean
// variance per coordinate of 1; p = shift + scale·std. It is an error if the
// variance is zero or overflows.
func Standardise(p engine.Points) (std engine.Points, shift [2]float64, scale float64, err error) {
	if p.Len() == 0 {
		return nil, shift, 0, fmt.Errorf("found no points: want at least 2 that differ")
	}
	m := exact.Points(p)
	c := m.Cov()
	if v := (c[0] + c[2]) / 2; !(v > 0) || math.IsInf(v, 1) {
		return nil, shift, 0, fmt.Errorf("the points have a variance of %g: want points that differ, by less than 1e150", v)
	}
	m, shift, scale = m.Standardised()
	return m.Means, shift, scale, nil
}

// Cloud is a finite set of points as a distribution to train on: its rows are
// drawn with replacement. It is an engine.Source.
type Cloud engine.Points

// Sample fills dst with rows drawn at random.
func (c Cloud) Sample(dst engine.Points, rng *rand.Rand) {
	p := engine.Points(c)
	for i := range dst.Len() {
		k := rng.IntN(p.Len())
		dst[2*i], dst[2*i+1] = p.At(k)
	}
}

// Hold splits p at random into rows to train on and a quarter, at least one, held
// back to judge by. It panics with fewer than two points.
func Hold(p engine.Points, rng *rand.Rand) (train, held engine.Points) {
	n := p.Len()
	if n < 2 {
		panic(fmt.Sprintf("dataset: Hold: %d points cannot be split", n))
	}
	shuffled := engine.NewPoints(n)
	for i, k := range rng.Perm(n) {
		shuffled[2*i], shuffled[2*i+1] = p.At(k)
	}
	keep := n - max(1, n/4)
	return shuffled.Slice(0, keep), shuffled.Slice(keep, n)
}
