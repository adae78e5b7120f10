package lab

import (
	"fmt"

	"fmlab/engine"
	"fmlab/engine/couple"
	"fmlab/engine/nn"
	"fmlab/engine/path"
	"fmlab/engine/train"
)

// Pairs that a reflow trains on: so many, each carried this exactly.
const (
	reflowPairs = 8192
	reflowNFE   = 128 // of rk4
)

// Training is the whole training that a setup asks for: one run, and for every
// reflow (Liu et al. 2023, arXiv 2209.03003) another on the pairs of noise and
// where the flow so far takes it. Step it, then look. It owns its workers until
// Close.
type Training struct {
	setup   Setup
	target  *Target
	options train.Options
	trainer *train.Trainer
	round   int   // reflows begun
	pairs   *Trip // under way between two rounds
	err     error // of such a trip
}

// NewTraining prepares the training of a setup on a target.
func NewTraining(s Setup, t *Target) (*Training, error) {
	s = s.played()
	o, err := trainOptions(s, t)
	if err != nil {
		return nil, err
	}
	trainer, err := train.New(o)
	if err != nil {
		return nil, err
	}
	return &Training{setup: s, target: t, options: o, trainer: trainer}, nil
}

func trainOptions(s Setup, t *Target) (o train.Options, err error) {
	o = train.Options{
		Data: t.Train, Batch: s.Batch, Iters: s.Iters, LR: s.LR, Decay: s.Decay, EMA: s.EMA,
		Optimizer: s.Optimizer, LabelDrop: s.LabelDrop, Seed: s.Seed, Workers: s.workers(),
	}
	if o.Path, err = s.OnPath(); err != nil {
		return o, err
	}
	o.Mistakes = s.pitfall().mistakes(o.Path)
	if o.Predict, err = path.ParseKind(s.Predict, path.Trainable); err != nil {
		return o, err
	}
	if o.Coupling, err = couple.Get(s.Coupling); err != nil {
		return o, err
	}
	if s.own != nil && s.own.Pair != nil && s.Coupling == couple.OT.Name {
		o.Coupling = s.own.coupling()
	}
	o.Own = s.own.training(s, t.Train)
	hidden, err := nn.ParseShape(s.Net)
	o.Net = nn.Config{Hidden: hidden, Act: s.Act}
	if s.LabelDrop < 1 {
		if o.Net.Labels = t.Mixture.Classes(); o.Net.Labels == 0 {
			return o, fmt.Errorf("label-drop %g: %s has no classes, and 1 trains without labels", s.LabelDrop, t.Name)
		}
	}
	switch {
	case err == nil && s.Reflow > 0 && s.LabelDrop < 1:
		err = fmt.Errorf("reflow %d with labels: want label-drop 1", s.Reflow)
	case err == nil && s.Reflow > 0 && s.Predict != path.Velocity.Name:
		err = fmt.Errorf("reflow %d with predict %s: straight pairs are followed by a velocity", s.Reflow, s.Predict)
	}
	return o, err
}

// CheckSampling tries what the setup asks of the model when it is trained, which
// would otherwise fail after all the work.
func (t *Training) CheckSampling() error {
	m := t.Model()
	m.Reflow = t.setup.Reflow
	flow, err := m.Flow(t.setup)
	if err == nil {
		_, err = NewTrip(flow, t.setup, engine.NewPoints(1))
	}
	return err
}

// Step does one iteration, or a step of the trip that makes the pairs of the next
// round; false when all is done or the training diverged.
func (t *Training) Step() bool {
	switch {
	case t.Err() != nil:
		return false
	case t.pairs != nil:
		return t.carry()
	case t.trainer.Step():
		return true
	case t.Err() != nil || t.round == t.setup.Reflow:
		return false
	}
	s := t.setup
	s.own = nil // the pairs of a reflow are the lab's
	s.Solver, s.NFE, s.Grid, s.Direction = "rk4", reflowNFE, "uniform", "forward"
	t.pairs, t.err = NewTrip(LearnedFlow(t.Model()), s, noise(reflowPairs, s.Seed, streamReflow+uint64(t.round)))
	if t.err == nil {
		t.pairs.EndOnly = true
	}
	return t.err == nil
}

// carry goes on making pairs; when they are made the next round begins, from the
// weights that the seed gives.
func (t *Training) carry() bool {
	if t.pairs.Step() {
		return true
	}
	if t.err = t.pairs.Err(); t.err != nil {
		return false
	}
	x0 := noise(reflowPairs, t.setup.Seed, streamReflow+uint64(t.round))
	t.round++
	o := t.options
	o.Data, o.Coupling, o.Pairs = nil, couple.Coupling{}, &couple.Pairs{X0: x0, X1: t.pairs.Z()}
	t.trainer.Close()
	t.pairs = nil
	t.trainer, t.err = train.New(o)
	return t.err == nil
}

// Iter counts iterations over all rounds.
func (t *Training) Iter() int { return t.round*t.options.Iters + t.trainer.Iter() }

// Iters is how many there are in all.
func (t *Training) Iters() int { return (t.setup.Reflow + 1) * t.options.Iters }

// Round counts the reflows begun.
func (t *Training) Round() int { return t.round }

// Busy says whether there is more to do.
func (t *Training) Busy() bool { return t.Err() == nil && t.Iter() < t.Iters() }

// Smoothed is the running mean of the present round's loss.
func (t *Training) Smoothed() float64 { return t.trainer.Smoothed() }

// History is the loss curve of the present round.
func (t *Training) History() train.History { return t.trainer.History() }

// Err says why the training ended early.
func (t *Training) Err() error {
	switch own := t.setup.own; {
	case t.err != nil:
		return t.err
	case own != nil && own.err != nil:
		return own.err
	}
	return t.trainer.Err()
}

// Model is what is learned so far.
func (t *Training) Model() *Model {
	m := &Model{
		Net: t.trainer.Net(), Predict: t.options.Predict, Path: t.options.Path,
		Coupling: t.setup.Coupling, Reflow: t.round, Shift: t.target.Shift, Scale: t.target.Scale,
	}
	if t.options.Mistakes.Timeless {
		m.Net = timeless(m.Net)
	}
	for c := range m.Classes() {
		m.Means = append(m.Means, t.target.Mixture.Class(c).Mean())
	}
	return m
}

// timeless is a network that answers as at t = 0 whatever the time: its weights of t
// are 0.
func timeless(net *nn.Net) *nn.Net {
	layers := net.Layers()
	for i := 2; i < len(layers[0].Weight); i += layers[0].In {
		layers[0].Weight[i] = 0
	}
	blind, err := nn.FromLayers(net.Config().Act, layers)
	if err != nil {
		panic("lab: " + err.Error()) // they were a network before
	}
	return blind
}

// Close stops the workers; Model may still be called.
func (t *Training) Close() { t.trainer.Close() }

func noise(n int, seed, stream uint64) engine.Points {
	z := engine.NewPoints(n)
	engine.Gaussian{}.Sample(z, engine.NewRand(seed, stream))
	return z
}
