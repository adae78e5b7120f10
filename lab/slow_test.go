//go:build slow

package lab

import (
	"context"
	"math"
	"testing"
	"time"

	"fmlab/engine"
)

// twoMoons are points on two half circles with noise, as in scikit-learn's
// make_moons: not a data set of the lab.
func twoMoons(n int, noise float64, seed uint64) engine.Points {
	rng := engine.NewRand(seed, 1)
	p := engine.NewPoints(n)
	for i := range n {
		sin, cos := math.Sincos(math.Pi * rng.Float64())
		x, y := cos, sin
		if i%2 == 1 {
			x, y = 1-cos, 0.5-sin
		}
		p.Set(i, x+noise*rng.NormFloat64(), y+noise*rng.NormFloat64())
	}
	return p
}

// TestDefaultRecipeLearnsAFile: of 4,000 rows the default recipe learns the
// distribution, in 4,000 iterations and less than a minute: its samples lie
// within three times the median of the floor of the rows held back.
func TestDefaultRecipeLearnsAFile(t *testing.T) {
	s := Default()
	s.Data = csvFile(t, twoMoons(4000, 0.1, 5))
	began := time.Now()
	target := opened(t, s.Data, false, s.Seed)
	trainer, err := NewTraining(s, target)
	if err != nil {
		t.Fatal(err)
	}
	defer trainer.Close()
	for trainer.Step() {
	}
	if trainer.Err() != nil || trainer.Iter() != 4000 {
		t.Fatalf("got %d iterations (%v), want 4000", trainer.Iter(), trainer.Err())
	}
	r, err := Judge(context.Background(), s, target, trainer.Model())
	if err != nil {
		t.Fatal(err)
	}
	took, energy := time.Since(began), r.Scores[0]
	t.Logf("energy distance² %.3g, floor %.3g (95 %% %.3g), ratio %.2f, %v", energy.Value, energy.Floor, energy.Q95, energy.Value/energy.Floor, took)
	if !(energy.Value < 3*energy.Floor) {
		t.Errorf("got energy distance² %v, want below 3 × %v", energy.Value, energy.Floor)
	}
	if took > time.Minute {
		t.Errorf("took %v, want less than a minute", took)
	}
}
