package train

import (
	"math"
	"slices"

	"fmlab/engine"
)

// Rows is the batch of one iteration, row by row: all that the six lines of the
// package comment drew and computed from it. It is a copy.
type Rows struct {
	X1, X0 engine.Points // row i of X0 is paired with row i of X1
	T      []float64     // one time a row
	Z, Y   engine.Points // what the network saw with T, and what it should have said
}

// Rows returns the batch of the last iteration done, nothing before the first.
func (t *Trainer) Rows() Rows {
	if t.iter == 0 {
		return Rows{}
	}
	return t.batch.rows()
}

// GradNorm returns the length of the gradient of the loss in the last iteration
// done, over all weights together; NaN before the first.
func (t *Trainer) GradNorm() float64 {
	if t.iter == 0 {
		return math.NaN()
	}
	return t.learner.GradNorm()
}

func (b *batch) rows() Rows {
	n, width := len(b.plan), len(b.in)/len(b.plan)
	r := Rows{X0: b.x0.Clone(), X1: engine.NewPoints(n), T: make([]float64, n), Z: engine.NewPoints(n), Y: slices.Clone(b.target)}
	for i, j := range b.plan {
		r.X1.Set(i, b.x1[2*j], b.x1[2*j+1])
		r.Z.Set(i, b.in[i*width], b.in[i*width+1])
		r.T[i] = b.in[i*width+2]
	}
	return r
}
