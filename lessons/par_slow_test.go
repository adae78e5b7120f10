//go:build slow

package lessons

import (
	"math"
	"testing"

	"fmlab/engine/ode"
	"fmlab/lab"
)

// TestParIsTheBestKnown plays every hole with every solver of the lab, on every grid,
// with every budget below par, and with tolerances all over their scale: none of them
// finishes it.
func TestParIsTheBestKnown(t *testing.T) {
	eachReady(t, func(t *testing.T, _ *Lesson, b *Body) {
		t.Parallel()
		w := &workshop{t: t}
		for _, g := range b.Play.Golf {
			setup := w.setup(w.with(*b.Play.Scene, g.Solve))
			best := lab.Entry{RMS: math.Inf(1)}
			for _, e := range raceBelow(t, setup, g.Par) {
				frame := &lab.Frame{Stats: []lab.Stat{{Key: "rms_error", Value: e.RMS}, {Key: "nfe", Value: float64(e.NFE)}}}
				if _, done, words := g.Round(frame, setup); done {
					t.Errorf("%s:%d: hole %s: %s finishes it: %s, and par is %d", b.Play.Scene.File, g.Line, g.Slug, e.Solver, words, g.Par)
				}
				if e.RMS < best.RMS {
					best = e
				}
			}
			t.Logf("hole %s: below par %d, %s comes nearest with %.4g", g.Slug, g.Par, best.Solver, best.RMS)
		}
	})
}

// raceBelow runs all that the lab has for less than par from the noise of a setup.
func raceBelow(t *testing.T, s lab.Setup, par int) (below []lab.Entry) {
	target, err := lab.OpenTarget(s.Data, false, s.Seed)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.OnPath()
	if err != nil {
		t.Fatal(err)
	}
	race := lab.NewRace(lab.ExactFlow(target.Mixture, p), lab.Noise(256, s.Seed), lab.ExactTol)
	enter := func(e lab.Entry) {
		if err := race.Enter(e); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range ode.All {
		switch {
		case m.Noise:
		case m.Adaptive():
			for i := range 13 {
				for j := range 13 { // from 1 to 10⁻³: a finer one spends more than any par
					enter(lab.Entry{Solver: m.Name, Rtol: math.Pow(10, -float64(i)/4), Atol: math.Pow(10, -float64(j)/4)})
				}
			}
		default:
			for _, grid := range ode.Grids {
				for budget := 1; budget <= par+8; budget++ { // some spend less than their budget
					enter(lab.Entry{Solver: m.Name, Budget: budget, Grid: grid.Name})
				}
			}
		}
	}
	for race.Step() {
	}
	if race.Err() != nil {
		t.Fatal(race.Err())
	}
	for _, e := range race.Entries {
		if e.Err == nil && e.NFE < par {
			below = append(below, e)
		}
	}
	return below
}
