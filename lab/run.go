package lab

import (
	"context"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/nn"
	"fmlab/engine/path"
	"fmlab/engine/train"
)

// NewTrainer makes the trainer that a setup describes on a target.
func NewTrainer(s Setup, t *Target) (*train.Trainer, error) {
	p, err := s.OnPath()
	if err != nil {
		return nil, err
	}
	hidden, err := nn.ParseShape(s.Net)
	if err != nil {
		return nil, err
	}
	return train.New(train.Options{
		Data: t.Train, Path: p, Net: nn.Config{Hidden: hidden, Act: s.Act},
		Batch: s.Batch, Iters: s.Iters, LR: s.LR, Decay: s.Decay, EMA: s.EMA,
		Optimizer: s.Optimizer, Seed: s.Seed, Workers: s.workers(),
	})
}

// Report is what a headless training run measured.
type Report struct {
	Loss       float64 // running mean at the end
	LossFloor  float64
	FieldError float64
	Scores     []Stat // in lab units times Scale, the units of the data
}

// Judge samples a trained network as the setup says and measures it, beside the
// floors. It stops with the context's error when that is cancelled.
func Judge(ctx context.Context, s Setup, t *Target, p path.Path, net *nn.Net) (r Report, err error) {
	flow := LearnedFlow(net, p)
	r.LossFloor, _ = exact.Floor(t.Mixture, p, path.Velocity, floorDraws, engine.NewRand(s.Seed, streamLoss))
	r.FieldError = FieldError(flow, exact.New(t.Mixture, p), t, p, s.Seed)
	scorer := NewScorer(t, s.N, s.Seed)
	trip, err := NewTrip(flow, s, Noise(scorer.N, s.Seed))
	if err != nil {
		return r, err
	}
	for more := true; more; more = trip.Step() || scorer.Step() {
		if ctx.Err() != nil {
			return r, ctx.Err()
		}
	}
	if trip.Err() != nil {
		return r, trip.Err()
	}
	r.Scores = scorer.Floored(scorer.Score(trip.Z()))
	for i := range r.Scores {
		st := &r.Scores[i]
		st.Value, st.Floor, st.Q95 = t.Scale*st.Value, t.Scale*st.Floor, t.Scale*st.Q95
	}
	return r, nil
}

// Noise is the start points of a seed's samples.
func Noise(n int, seed uint64) engine.Points {
	z := engine.NewPoints(n)
	engine.Gaussian{}.Sample(z, engine.NewRand(seed, streamNoise))
	return z
}
