package couple

import (
	"fmt"
	"math/rand/v2"

	"fmlab/engine"
)

// Pairs is a finite coupling: row i of X0 belongs to row i of X1. Trained on the
// ends of a flow's own trajectories, (z_0, z_1), the next flow is straighter
// (reflow; Liu et al. 2023, arXiv 2209.03003, alg. 1).
type Pairs struct {
	X0, X1 engine.Points // of one length, at least 1
}

// Check says what keeps the pairs from being drawn from.
func (p *Pairs) Check() error {
	if p.X0.Len() != p.X1.Len() || p.X0.Len() == 0 {
		return fmt.Errorf("%d points of noise and %d of data: want as many of each, at least one", p.X0.Len(), p.X1.Len())
	}
	return nil
}

// Len returns the number of pairs.
func (p *Pairs) Len() int { return p.X0.Len() }

// Sample fills x0 and x1 with pairs drawn at random with replacement: row i of both
// comes from one row.
func (p *Pairs) Sample(x0, x1 engine.Points, rng *rand.Rand) {
	engine.SameLen("couple: Pairs", x0, x1)
	for i := range x0.Len() {
		k := rng.IntN(p.Len())
		copy(x0.Slice(i, i+1), p.X0.Slice(k, k+1))
		copy(x1.Slice(i, i+1), p.X1.Slice(k, k+1))
	}
}
