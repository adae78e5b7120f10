package lab

import (
	"context"
	"math"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/libm"
	"fmlab/engine/path"
)

// Report is what a headless training run measured.
type Report struct {
	Loss       float64 // running mean at the end
	LossFloor  float64 // NaN where there is no closed form: pairs that are not independent, a target that is not the right one
	FloorError float64 // the standard error of LossFloor
	FieldError float64 // NaN where the pairs are not independent
	Scores     []Stat  // in the units of the data, MMD² excepted
}

// Judge samples a trained model as the setup says and measures it, beside the
// floors. It stops with the context's error when that is cancelled.
func Judge(ctx context.Context, s Setup, t *Target, m *Model) (r Report, err error) {
	s = s.played()
	r.LossFloor, r.FloorError, r.FieldError = math.NaN(), math.NaN(), math.NaN()
	if m.Truthful() {
		if !s.pitfall().mistaught() {
			r.LossFloor, r.FloorError = LossFloor(s, t, m.Path, m.Predict)
		}
		r.FieldError = FieldError(LearnedFlow(m), exact.New(t.Mixture, m.Path), t, m.Path, s.Seed)
	}
	flow, err := m.Flow(s)
	if err != nil {
		return r, err
	}
	aim, err := t.Aim(s)
	if err != nil {
		return r, err
	}
	scorer := NewScorer(aim, s.N, s.Seed, Measures)
	trip, err := NewTrip(flow, s, s.Start(scorer.N))
	if err != nil {
		return r, err
	}
	nll := newNLL(flow, aim, scorer, s.Seed)
	for trip.Step() || scorer.Step() || nll.Step() {
		if ctx.Err() != nil {
			return r, ctx.Err()
		}
	}
	if trip.Err() != nil {
		return r, trip.Err()
	}
	r.Scores = scorer.Floored(scorer.Score(trip.Z()))
	for i := range r.Scores {
		if st := &r.Scores[i]; Measures[i].Length {
			st.Value, st.Floor, st.Q95 = t.Scale*st.Value, t.Scale*st.Floor, t.Scale*st.Q95
		}
	}
	r.Scores = append(r.Scores, nll.stat(libm.Log(t.Scale)))
	return r, nil
}

// LossFloor is the training loss of a perfect model and its standard error. A
// model with labels answers two questions, one with the label hidden.
func LossFloor(s Setup, t *Target, p path.Path, kind path.Kind) (floor, stderr float64) {
	of := func(m *exact.Mixture, weight float64) {
		f, se := exact.Floor(m, p, kind, floorDraws, engine.NewRand(s.Seed, streamLoss))
		floor, stderr = floor+float64(weight*f), libm.Hypot(stderr, weight*se)
	}
	of(t.Mixture, s.LabelDrop)
	if s.LabelDrop < 1 {
		for c := range t.Mixture.Classes() {
			of(t.Mixture.Class(c), (1-s.LabelDrop)*t.Mixture.Share(c))
		}
	}
	return floor, stderr
}

// Noise is the start points of a seed's samples.
func Noise(n int, seed uint64) engine.Points { return noise(n, seed, streamNoise) }
