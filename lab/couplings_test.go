package lab

import (
	"math"
	"strings"
	"testing"
)

// TestPairsByTransport: no exchange of two ends makes them shorter, they cost less
// in all, and few of their lines cross where hundreds of the random ones do.
func TestPairsByTransport(t *testing.T) {
	for _, coupling := range []string{"independent", "ot"} {
		f := finish(t, start(t, "couplings", "data", "2gaussians", "coupling", coupling))
		if got := stat(t, f, "swaps_ot").Value; got != 0 {
			t.Errorf("ot: got %v pairs of lines worth a swap, want none", got)
		}
		for _, key := range []string{"swaps", "crossings", "path_energy"} {
			random, paired, chosen := stat(t, f, key+"_independent").Value, stat(t, f, key+"_ot").Value, stat(t, f, key).Value
			if !(paired < random/4) {
				t.Errorf("%s: by transport %v, at random %v, want far fewer", key, paired, random)
			}
			if want := map[string]float64{"independent": random, "ot": paired}[coupling]; chosen != want {
				t.Errorf("%s of the chosen %s = %v, want %v", key, coupling, chosen, want)
			}
		}
		if told := strings.Contains(f.Say, "random pairs"); told != (coupling == "ot") {
			t.Errorf("%s of an exact field: got %q", coupling, f.Say)
		}
	}
}

// TestBatchOfOnePair draws one line.
func TestBatchOfOnePair(t *testing.T) {
	sim := start(t, "couplings", "data", "2gaussians", "batch", "1", "coupling", "ot")
	finish(t, sim)
	p := sim.Frame(Look{}).Plane
	if lines := p.Layers[0]; lines.Kind != Trails || len(lines.Paths) != 1 || lines.Paths[0].Len() != 2 {
		t.Errorf("got %v with %d lines, want one line of two points", lines.Kind, len(lines.Paths))
	}
}

// TestFewSteps: the exact flow is bent, so that more Euler steps do better; the
// floor stands beside each.
func TestFewSteps(t *testing.T) {
	f := finish(t, start(t, "couplings"))
	last := math.Inf(1)
	for _, key := range []string{"energy_distance2_1", "energy_distance2_2", "energy_distance2_4", "energy_distance2_8"} {
		e := stat(t, f, key)
		if !(e.Value < last && e.Value > e.Floor) {
			t.Errorf("%s = %v, floor %v, want it below %v and above its floor", key, e.Value, e.Floor, last)
		}
		last = e.Value
	}
	if s := stat(t, f, "straightness").Value; !(s > 0.5) {
		t.Errorf("straightness of the exact flow of moons = %v, want well above 0", s)
	}
	c := f.Chart("quality")
	if c == nil || len(c.Curves) != 2 || len(c.Curves[0].X) != 4 || c.Curves[0].X[0] != 1 {
		t.Errorf("got chart %+v, want four numbers of steps and the floor", c)
	}
}

// TestPairsThatStraighten: trained anew on pairs of its own, a flow is straighter and
// one Euler step is nearer to where it goes (Liu et al. 2023, arXiv 2209.03003,
// theorem 3.7), and so it is trained on pairs by transport.
func TestPairsThatStraighten(t *testing.T) {
	notInShort(t)
	t.Parallel()
	small := []string{"data", "2gaussians", "model", "learned", "net", "16x2", "iters", "300", "batch", "64"}
	once := finish(t, start(t, "couplings", small...))
	for _, knobs := range [][]string{{"reflow", "1"}, {"coupling", "ot"}} {
		f := finish(t, start(t, "couplings", append(knobs, small...)...))
		for _, key := range []string{"straightness", "one_step_rms"} {
			before, after := stat(t, once, key).Value, stat(t, f, key).Value
			if !(after < before/2) {
				t.Errorf("%v: %s = %v, was %v, want less than half", knobs, key, after, before)
			}
		}
		if title := f.Chart("loss").Title; strings.Contains(title, "reflow 1") != (knobs[0] == "reflow") {
			t.Errorf("%v: got %q over the loss, want the round of a reflow in it", knobs, title)
		}
	}
}

// TestLinesAndTrips: one look shows the pairs as lines, another where the flow goes
// from the same noise.
func TestLinesAndTrips(t *testing.T) {
	sim := start(t, "couplings", "data", "2gaussians")
	finish(t, sim)
	lines, trips := sim.Frame(Look{Trip: 1}).Plane.Layers[0], sim.Frame(Look{Trip: 1, Field: true}).Plane.Layers[1]
	if len(lines.Paths) != linesDrawn || len(trips.Paths) != linesDrawn || trips.Paths[0].Len() < 100 {
		t.Fatalf("got %d lines and %d trips of %d points", len(lines.Paths), len(trips.Paths), trips.Paths[0].Len())
	}
	for i := range lines.Paths {
		if !same(lines.Paths[i].Slice(0, 1), trips.Paths[i].Slice(0, 1)) {
			t.Fatalf("line %d starts elsewhere than its trip", i)
		}
	}
}

// TestCouplingsOfAFile: the exact field of a finite set, from fewer points.
func TestCouplingsOfAFile(t *testing.T) {
	f := finish(t, start(t, "couplings", "data", csvFile(t, twoBlobs())))
	if !strings.Contains(f.Say, "memorises") || math.IsNaN(stat(t, f, "one_step_rms").Value) {
		t.Errorf("got %q, one-step RMS %v, want it said and measured", f.Say, stat(t, f, "one_step_rms").Value)
	}
}
