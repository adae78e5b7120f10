package lab

import (
	"math"
	"testing"

	"fmlab/engine"
	"fmlab/engine/metric"
)

// TestEveryDistanceWithItsFloor: good samples pass by every measure and bad ones by
// none of the distances; each number is that of the metric, and of a learned flow the
// likelihood says what no sample does.
func TestEveryDistanceWithItsFloor(t *testing.T) {
	sim := start(t, "distances", "data", "2gaussians", "n", "200", "nfe", "64")
	good := finish(t, sim)
	keys := []string{"energy_distance2", "sliced_w2", "w2", "mmd2", NLLKey}
	for i, key := range keys {
		st := stat(t, good, key)
		if !(st.Floor < st.Q95) || math.IsNaN(st.Value) {
			t.Errorf("%s = %v with floor %v and 95 %% at %v, want all three", key, st.Value, st.Floor, st.Q95)
		}
		if cells := good.Table.Rows[i].Cells; cells[4] != passes(st) || cells[0] != st.Title {
			t.Errorf("%s: got the line %v", key, cells)
		}
	}
	data := opened(t, "2gaussians", false, Default().Seed).Judge(200, engine.NewRand(Default().Seed, streamFresh))
	w2, err := metric.W2(sim.(*distances).shown.Z(), data)
	if got := stat(t, good, "w2").Value; err != nil || got != w2 {
		t.Errorf("exact W2 = %v, want %v (%v)", got, w2, err)
	}
	s := sim.(*distances).setup
	s.Solver, s.NFE = "euler", 1 // all to one place
	if err := sim.Retune(s); err != nil {
		t.Fatal(err)
	}
	bad := finish(t, sim)
	for _, key := range keys[:4] {
		if st := stat(t, bad, key); !(st.Value > st.Q95) || passes(st) != "no" || stat(t, good, key).Floor != st.Floor {
			t.Errorf("one Euler step: %s = %v with 95 %% at %v, want it above, and the floor as before", key, st.Value, st.Q95)
		}
	}
	if a, b := stat(t, good, NLLKey), stat(t, bad, NLLKey); a != b {
		t.Errorf("NLL: got %v by one solver and %v by another, want that of the flow", a, b)
	}
}

// TestDistancesOfAFile: the floor is that of halves of what was held back, and the
// exact flow of a finite set has no likelihood.
func TestDistancesOfAFile(t *testing.T) {
	f := finish(t, start(t, "distances", "data", csvFile(t, twoBlobs()), "n", "40"))
	if st := stat(t, f, "w2"); !(st.Value > 0 && st.Floor > 0 && st.Q95 >= st.Floor) {
		t.Errorf("exact W2 = %v, floor %v, 95 %% %v", st.Value, st.Floor, st.Q95)
	}
	if st := stat(t, f, NLLKey); !math.IsNaN(st.Value) || f.Table.Rows[4].Cells[1] != "—" || f.Say == "" {
		t.Errorf("NLL = %v, %q, want none and why", st.Value, f.Say)
	}
}
