package lab

import (
	"math"
	"strings"
	"testing"

	"fmlab/engine/ode"
	"fmlab/engine/path"
)

// Every solver carries noise to the moons on every path for 64 evaluations, to
// within three times the floor: in the mean over three seeds, since even of a
// perfect sampler the distance varies that much from one to the next.
func TestEverySolverReachesTheDataOnEveryPath(t *testing.T) {
	notInShort(t)
	t.Parallel()
	target, err := OpenTarget("moons", false, 1)
	if err != nil {
		t.Fatal(err)
	}
	s := Default()
	s.NFE, s.N = 64, 100
	var scorers []*Scorer
	for seed := range uint64(3) {
		scorers = append(scorers, NewScorer(target, s.N, seed, Live))
		for scorers[seed].Step() {
		}
	}
	for _, p := range path.All {
		flow := ExactFlow(target.Mixture, p)
		for _, m := range ode.All {
			value, floor := 0.0, 0.0
			for seed, scorer := range scorers {
				s.Solver, s.Seed = m.Name, uint64(seed)
				trip, err := NewTrip(flow, s, Noise(s.N, s.Seed))
				if err != nil {
					t.Fatal(err)
				}
				if err := trip.Run(); err != nil {
					t.Fatalf("%s on %s: %v", m.Name, p.Name, err)
				}
				e := scorer.Floored(scorer.Score(trip.Z()))[0]
				value, floor = value+e.Value, floor+e.Floor
				if !m.Adaptive() && (trip.NFE() > s.NFE || trip.NFE() < s.NFE-3) {
					t.Errorf("%s on %s: got %d evaluations want %d, at most three less for what is known at the ends", m.Name, p.Name, trip.NFE(), s.NFE)
				}
			}
			if !(value < 3*floor) {
				t.Errorf("%s on %s: got energy distance² %.2f floors want below 3", m.Name, p.Name, value/floor)
			}
		}
	}
}

// TestCustomPathIsThePathItSpells trains and samples like the built-in one.
func TestCustomPathIsThePathItSpells(t *testing.T) {
	notInShort(t)
	t.Parallel()
	want := finish(t, start(t, "particles", "path", "vp", "n", "300", "nfe", "16"))
	got := finish(t, start(t, "particles", "path", "custom", "alpha", "sin(pi*t/2)", "sigma", "cos(pi*t/2)", "n", "300", "nfe", "16"))
	if a, b := stat(t, got, "sliced_w2").Value, stat(t, want, "sliced_w2").Value; math.Abs(a-b) > 1e-9 {
		t.Errorf("sliced W2 on the typed path = %v, on vp %v", a, b)
	}
	exp, err := FindExperiment("particles")
	if err != nil {
		t.Fatal(err)
	}
	s := Default()
	s.Path, s.Sigma = "custom", "t"
	if _, err := exp.Start(s); err == nil || !strings.Contains(err.Error(), "at t = 0") {
		t.Errorf("σ = t: got %v, want an error that says where it fails", err)
	}
}
