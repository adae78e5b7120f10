package train

import (
	"errors"
	"fmt"
	"math"

	"fmlab/engine"
	"fmlab/engine/nn"
	"fmlab/engine/path"
)

// Own is parts of a training step that somebody else has written, each in place of
// the package's; those that are nil are the package's. An error ends the run.
type Own struct {
	// Batch draws the pairs of an iteration, counted from 0, and their times.
	Batch func(n, iter int) (x0, x1 engine.Points, t []float64, err error)
	// Pair makes of them where the network looks, and the velocity that it should say.
	Pair func(x0, x1 engine.Points, t []float64) (z, u engine.Points, err error)
	// Gradient is the derivative of the loss by what the network says.
	Gradient func(pred, target engine.Points) (engine.Points, error)
}

// any says whether there is a part.
func (o Own) any() bool { return o.Batch != nil || o.Pair != nil || o.Gradient != nil }

// check says what the parts cannot go with.
func (o Own) check(opt Options) error {
	switch {
	case !o.any():
		return nil
	case opt.Net.Labels > 0:
		return errors.New("own batch, pair or loss: they know no labels; want none")
	case opt.Predict.Name != path.Velocity.Name:
		return fmt.Errorf("own batch, pair or loss with a network that predicts %s: want %s", opt.Predict.Name, path.Velocity.Name)
	case o.Pair != nil && opt.Path.Name != "linear":
		return fmt.Errorf("own pairs are on the linear path, and the path here is %s: want linear", opt.Path.Name)
	case o.Gradient != nil && opt.EMA > 0:
		return fmt.Errorf("own loss with EMA %g: want 0, for the gradient is at the weights as they are", opt.EMA)
	case o.Batch != nil && opt.Pairs != nil:
		return errors.New("own batch with pairs of a reflow, which are drawn already: want no reflow")
	}
	return nil
}

// drawOwn draws the pairs and their times by the own batch.
func (b *batch) drawOwn() error {
	x0, x1, t, err := b.opt.Own.Batch(len(b.plan), b.drawn)
	b.drawn++
	if err != nil {
		return err
	}
	if len(x0) != len(b.x0) || len(x1) != len(b.x1) || len(t) != len(b.times) {
		return fmt.Errorf("own batch: %d and %d points and %d times, want %d of each", x0.Len(), x1.Len(), len(t), len(b.plan))
	}
	copy(b.x0, x0)
	copy(b.x1, x1)
	copy(b.times, t)
	return nil
}

// pairOwn fills in and target by the own pair.
func (b *batch) pairOwn() error {
	x1 := engine.NewPoints(len(b.plan))
	for i, j := range b.plan {
		x, y := b.x1.At(j)
		x1.Set(i, x, y)
	}
	z, u, err := b.opt.Own.Pair(b.x0, x1, b.times)
	if err != nil {
		return err
	}
	if len(z) != len(x1) || len(u) != len(x1) {
		return fmt.Errorf("own pair: %d and %d points, want %d of each", z.Len(), u.Len(), x1.Len())
	}
	for i, t := range b.times {
		b.in[3*i], b.in[3*i+1] = z.At(i)
		b.in[3*i+2] = t
	}
	copy(b.target, u)
	return nil
}

// aimOwn moves the targets so that the mean square of what is missing has there the
// gradient G of the own loss:
//
//	2/N (v − target) = G  where  target = v − N/2 G,  N the number of entries
func (b *batch) aimOwn(net *nn.Net) error {
	n := len(b.plan)
	pred := engine.NewPoints(n)
	for i := range n {
		net.Predict(pred.Slice(i, i+1), engine.Points(b.in[3*i:3*i+2]), b.in[3*i+2])
	}
	grad, err := b.opt.Own.Gradient(pred, engine.Points(b.target))
	if err != nil {
		return err
	}
	if len(grad) != len(pred) {
		return fmt.Errorf("own loss: a gradient of %d numbers, want %d", len(grad), len(pred))
	}
	for i := range pred {
		if b.target[i] = pred[i] - float64(float64(n)*grad[i]); math.IsNaN(b.target[i]) {
			return errors.New("own loss: its gradient is not a number")
		}
	}
	return nil
}
