package lab

import (
	"math"

	"fmlab/engine"
)

// score is the sliced W2 between samples of a flow and fresh data, beside its floor.
type score struct {
	court  *court
	scorer *Scorer
	floor  float64
}

// sliced is the measure that samples are scored with.
var sliced = []Measure{Measures[1]}

func (c *court) score(t *Target) (*score, error) {
	s := &score{court: c, scorer: NewScorer(t, c.scored, c.seed, sliced)}
	for s.scorer.Step() {
		if err := c.tick(); err != nil {
			return nil, err
		}
	}
	s.floor = s.scorer.floors[0].Floor().Median
	return s, nil
}

// say samples a flow and writes down what the samples scored; it returns them, nil
// when the solver left the finite numbers.
func (s *score) say(arm string, f Flow, setup Setup, at ...string) (engine.Points, error) {
	t, err := s.court.carry(f, setup, Noise(s.court.scored, s.court.seed))
	if err != nil {
		return nil, err
	}
	s.court.sayFloored(arm, ended(t, s.scorer.fresh, sliced[0].Of), s.floor, at...)
	if t.Err() != nil {
		return nil, nil
	}
	return t.Z(), s.court.tick()
}

// best is say with the better of two time grids.
func (s *score) best(arm string, f Flow, setup Setup, at ...string) error {
	least := math.Inf(1)
	for _, setup.Grid = range []string{"uniform", "lambda"} {
		t, err := s.court.carry(f, setup, Noise(s.court.scored, s.court.seed))
		if err != nil {
			return err
		}
		least = min(least, ended(t, s.scorer.fresh, sliced[0].Of))
	}
	s.court.sayFloored(arm, least, s.floor, at...)
	return s.court.tick()
}
