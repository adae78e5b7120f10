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

// Cloud is a finite set of points, which may belong to classes. As a distribution
// to train on its rows are drawn with replacement.
type Cloud struct {
	Points engine.Points
	Labels []int // the class of each point, 0 or more; nil when there are no classes
}

var _ engine.Labelled = Cloud{}

// Sample fills dst with rows drawn at random.
func (c Cloud) Sample(dst engine.Points, rng *rand.Rand) {
	for i := range dst.Len() {
		c.draw(dst, i, rng)
	}
}

// SampleLabelled implements [engine.Labelled]: the draws of Sample, bit for bit,
// and the class of each, −1 where there are no classes.
func (c Cloud) SampleLabelled(dst engine.Points, labels []int, rng *rand.Rand) {
	if len(labels) != dst.Len() {
		panic(fmt.Sprintf("dataset: %d labels for %d points", len(labels), dst.Len()))
	}
	for i := range labels {
		k := c.draw(dst, i, rng)
		labels[i] = -1
		if c.Labels != nil {
			labels[i] = c.Labels[k]
		}
	}
}

// draw writes a row drawn at random to the i-th of dst, and returns its number.
func (c Cloud) draw(dst engine.Points, i int, rng *rand.Rand) int {
	k := rng.IntN(c.Points.Len())
	dst[2*i], dst[2*i+1] = c.Points.At(k)
	return k
}

// Slice returns rows i to j-1 with their labels, sharing storage.
func (c Cloud) Slice(i, j int) Cloud {
	s := Cloud{Points: c.Points.Slice(i, j)}
	if c.Labels != nil {
		s.Labels = c.Labels[i:j:j]
	}
	return s
}

// Mixture is the empirical distribution of the rows, with their labels. It shares
// storage.
func (c Cloud) Mixture() *exact.Mixture {
	m := exact.Points(c.Points)
	m.Labels = c.Labels
	return m
}

// Hold splits c at random into rows to train on and a quarter, at least one, held
// back to judge by; labels stay with their rows. The rows to train on begin with
// one of every class, as long as there is room, so that the first of them know
// all classes. It panics with fewer than two points.
func Hold(c Cloud, rng *rand.Rand) (train, held Cloud) {
	n := c.Points.Len()
	if n < 2 {
		panic(fmt.Sprintf("dataset: Hold: %d points cannot be split", n))
	}
	order := rng.Perm(n)
	c.classesFirst(order)
	shuffled := Cloud{Points: make(engine.Points, 0, 2*n)}
	for _, k := range order {
		shuffled.Points = append(shuffled.Points, c.Points[2*k], c.Points[2*k+1])
		if c.Labels != nil {
			shuffled.Labels = append(shuffled.Labels, c.Labels[k])
		}
	}
	keep := n - max(1, n/4)
	return shuffled.Slice(0, keep), shuffled.Slice(keep, n)
}

// classesFirst swaps the first row of every class to the front of an order.
func (c Cloud) classesFirst(order []int) {
	if c.Labels == nil {
		return
	}
	seen := map[int]bool{}
	for i, k := range order {
		if label := c.Labels[k]; !seen[label] {
			front := len(seen)
			seen[label] = true
			order[front], order[i] = order[i], order[front]
		}
	}
}
