// Package train fits a network to a flow, one conditional flow-matching step at
// a time (Lipman et al. 2023, arXiv 2210.02747, eq. 9):
//
//	x1 ~ data,  x0 ~ N(0, I),  t ~ U(0, TrainEnd)
//	z = α_t x1 + σ_t x0,  y = p_t x1 + q_t x0
//	loss = mean of (f(z, t) − y)² over all entries
//
// What differs from one way of training to the next is a choice of each line. The
// pairs (x0, x1) of a batch are as drawn or rearranged by optimal transport (Tong et
// al. 2024, arXiv 2302.00482, alg. 2 and 3), or come out of a finite set, together
// (reflow). p and q say what the network f is to predict: the velocity, with α̇ and
// σ̇; the data; or the noise, which is how diffusion models are trained. With labels
// f sees the class of x1 too, but for a part of the rows, from which it learns the
// field of all classes (Ho & Salimans 2022, arXiv 2207.12598, alg. 1).
//
// The loss does not go to zero: many pairs (x0, x1) meet in a point z, and the
// variance of y there is its floor.
package train

import (
	"errors"
	"fmt"
	"math"

	"fmlab/engine"
	"fmlab/engine/libm"
	"fmlab/engine/nn"
)

// ErrDiverged is what [Trainer.Err] wraps when the loss stopped being a number.
var ErrDiverged = errors.New("training diverged")

// Streams of the seed, one for each use of chance: "train" in ASCII, counted up.
// Data drawn in another way never shifts the noise or the times.
const (
	streamInit uint64 = 0x747261696e00 + iota
	streamData
	streamNoise
	streamTime
	streamDrop
)

// Trainer is a training run. Step it, then look. It owns its workers until Close.
type Trainer struct {
	opt     Options
	learner *nn.Learner
	batch   *batch
	iter    int
	history record
	err     error
	closed  bool
}

// New prepares a run. The error names the option that is wrong and what is allowed.
func New(opt Options) (*Trainer, error) {
	optim, err := opt.check()
	if err != nil {
		return nil, fmt.Errorf("train: %w", err)
	}
	net, err := nn.New(opt.Net, engine.NewRand(opt.Seed, streamInit))
	if err != nil {
		return nil, fmt.Errorf("train: %w", err)
	}
	t := &Trainer{
		opt: opt,
		learner: nn.NewLearner(net, nn.LearnerOptions{
			Optim: optim, Batch: opt.Batch, EMA: opt.EMA, Workers: opt.Workers,
		}),
		batch: newBatch(opt),
	}
	t.batch.net = t.learner.Net
	return t, nil
}

// Step does one iteration and reports whether it did: false when all are done,
// when the run diverged (see [Trainer.Err]), or after Close.
func (t *Trainer) Step() bool {
	if t.closed || t.err != nil || t.iter == t.opt.Iters {
		return false
	}
	if t.err = t.batch.draw(); t.err != nil {
		return false
	}
	loss, ok := t.learner.Step(t.batch.in, t.batch.target, t.rate())
	if !ok {
		t.err = t.diverged(loss)
		return false
	}
	t.iter++
	t.history.add(loss)
	return true
}

// rate returns the learning rate of the present iteration.
func (t *Trainer) rate() float64 {
	if t.opt.Decay == "none" {
		return t.opt.LR
	}
	return t.opt.LR * (1 + libm.Cos(math.Pi*float64(t.iter)/float64(t.opt.Iters))) / 2
}

func (t *Trainer) diverged(loss float64) error {
	was := "there was no finite loss before it"
	if t.iter > 0 {
		was = fmt.Sprintf("the last finite one was %.4g", t.Loss())
	}
	return fmt.Errorf("%w at iteration %d: the loss or its gradient is no longer a finite number (loss %g; %s); lower the learning rate, now %g",
		ErrDiverged, t.iter+1, loss, was, t.opt.LR)
}

// Iter returns the number of iterations done.
func (t *Trainer) Iter() int { return t.iter }

// Iters returns the number of iterations to do.
func (t *Trainer) Iters() int { return t.opt.Iters }

// Loss returns the loss of the last iteration done, always finite; NaN before the first.
func (t *Trainer) Loss() float64 { return t.history.loss() }

// Smoothed returns the running mean of the loss over about the last 100
// iterations; NaN before the first.
func (t *Trainer) Smoothed() float64 { return t.history.smoothed() }

// History returns a copy of the loss curve so far: at most 512 entries, whatever
// the number of iterations.
func (t *Trainer) History() History { return t.history.columns() }

// Err says why the run ended early: nil, or an error that wraps [ErrDiverged].
func (t *Trainer) Err() error { return t.err }

// Net returns a copy of the present network, its weights averaged if EMA is on.
// What it says of z at t is of the kind Options.Predict, and without a label; the
// fields of the classes are those of its [nn.Net.Labelled]. After a divergence it
// is the network of the last iteration done.
func (t *Trainer) Net() *nn.Net { return t.learner.Net() }

// Close ends the workers. What was learned may still be read.
func (t *Trainer) Close() {
	t.closed = true
	t.learner.Close()
}
