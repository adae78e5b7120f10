package lab

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fmlab/engine/exact"
)

// onTrial starts a trial of schedules so small that it is over in a second.
func onTrial(t *testing.T, turns ...string) *schedules {
	t.Helper()
	s := Default()
	s.Data, s.Net, s.Batch, s.Iters, s.N, s.NFE = "2gaussians", "8x1", 32, 16, 60, 4
	for i := 0; i < len(turns); i += 2 {
		if err := s.Set(turns[i], turns[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	sim, err := startSchedules(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sim.Close)
	return sim.(*schedules)
}

// A seed is heard on every path before the next: after the first round there is a
// number for each, and in the end all of them have five.
func TestSchedulesComeRoundByRound(t *testing.T) {
	h := onTrial(t)
	for h.heard() < 1 && h.Step() {
	}
	for k := range h.paths {
		if n := len(h.of(k)); n > 2 || n < 1 {
			t.Errorf("%s: got %d networks when the first seed was heard", h.paths[k].Name, n)
		}
	}
	for h.Step() {
	}
	f := h.Frame(Look{})
	if f.Err != nil || f.Progress.Total != 0 || stat(t, f, "seeds").Value != scheduleSeeds {
		t.Fatalf("got %v, %+v after %g seeds", f.Err, f.Progress, stat(t, f, "seeds").Value)
	}
	for _, row := range f.Table.Rows {
		if slices.Contains(row.Cells, "…") || row.Cells[1] != "5" {
			t.Errorf("got row %v, want all of it measured", row.Cells)
		}
	}
	if !strings.Contains(f.Say, "over 5 seeds") {
		t.Errorf("got %q, want a verdict", f.Say)
	}
}

// The networks of a seed are those of the plain training, on each path, and are
// judged on the same data from the same noise.
func TestSchedulesAreFair(t *testing.T) {
	h := onTrial(t)
	for h.Step() {
	}
	n := len(h.paths)
	for i, r := range h.runs {
		if r.setup.Seed != h.setup.Seed+uint64(i/n) || r.setup.Path != h.paths[i%n].Name || r.scorer != h.runs[i/n*n].scorer {
			t.Fatalf("network %d: got seed %d on %s", i, r.setup.Seed, r.setup.Path)
		}
	}
	r := h.runs[n+1]
	m := trained(t, r.setup).Model()
	g := exact.New(h.target.Mixture, h.paths[1])
	got, want := last(r.field)*r.witness.strength(), FieldError(LearnedFlow(m), g, h.target, h.paths[1], r.setup.Seed)
	if math.Abs(got-want) > 1e-12 {
		t.Errorf("got field error %g, want that of the plain training, %g", got, want)
	}
}

// Another budget asks for other few steps and trains nothing anew. It buys the same
// number of evaluations on every path, the last prediction included.
func TestSchedulesKeepTheirNetworks(t *testing.T) {
	h := onTrial(t)
	for h.Step() {
	}
	before := h.Frame(Look{})
	s := h.setup
	s.NFE = 16
	if err := h.Retune(s); err != nil {
		t.Fatal(err)
	}
	if got := stat(t, h.Frame(Look{}), "euler_w2_vp").Value; !math.IsNaN(got) {
		t.Errorf("got %g for a budget that nothing was measured with", got)
	}
	for h.Step() {
		if r := h.runs[3]; r.trip != nil && r.budget == 16 && !r.trip.Step() && r.trip.NFE() != 16 {
			t.Fatalf("%s: got %d evaluations want 16", r.setup.Path, r.trip.NFE())
		}
	}
	after := h.Frame(Look{})
	for _, p := range h.paths {
		if was, is := stat(t, before, "sliced_w2_"+p.Name).Value, stat(t, after, "sliced_w2_"+p.Name).Value; was != is {
			t.Errorf("%s: got %g and then %g from the same networks", p.Name, was, is)
		}
		if was, is := stat(t, before, "euler_w2_"+p.Name).Value, stat(t, after, "euler_w2_"+p.Name).Value; was == is || math.IsNaN(is) {
			t.Errorf("%s: got %g with 4 evaluations and %g with 16", p.Name, was, is)
		}
	}
}

// The variance of the targets has closed ends: that of ẋ's noise part at t = 1,
// σ̇², which is infinite on paths that end too fast; and a training that is quiet
// there has a calmer gradient.
func TestTargetSpread(t *testing.T) {
	target := opened(t, "2gaussians", false, 1)
	for name, want := range map[string]float64{"linear": 1, "vp": math.Pi * math.Pi / 4, "cubic": 0} {
		got := targetSpread(target, mustPath(t, name), 1)
		if end := got[len(got)-1]; math.Abs(end-want) > 0.01 {
			t.Errorf("%s: got variance %g at the data, want %g", name, end, want)
		}
	}
	for _, name := range []string{"ddpm", "linear-vp"} {
		got := targetSpread(target, mustPath(t, name), 1)
		if n := len(got); got[n-1] < 3*got[n/2] {
			t.Errorf("%s: got %g at the data and %g before, want it to climb", name, got[n-1], got[n/2])
		}
	}
}

// A path of one's own joins the others, and is the one that they are held against.
func TestSchedulesWithACustomPath(t *testing.T) {
	h := onTrial(t, "path", "custom", "alpha", "t^2", "sigma", "1 - t^2")
	if n := len(h.paths); n != len(lineUp)+1 || h.chosen() != n-1 {
		t.Fatalf("got %d paths, want one more than %d", n, len(lineUp))
	}
	for h.Step() {
	}
	f := h.Frame(Look{})
	if row := f.Table.Rows[len(lineUp)]; row.Cells[0] != "custom" || !row.Selected || slices.Contains(row.Cells, "…") {
		t.Errorf("got last row %v", row)
	}
	if !strings.HasPrefix(f.Say, "against custom") || stat(t, f, "sliced_w2").Value != stat(t, f, "sliced_w2_custom").Value {
		t.Errorf("got %q", f.Say)
	}
}

// A verdict needs more than a difference of means: it is told from the spread of the
// differences over the seeds that two paths share.
func TestSchedulesVerdict(t *testing.T) {
	h := onTrial(t)
	scores := [][]float64{ // by path, by seed
		{0.30, 0.20, 0.25, 0.35, 0.28},
		{0.20, 0.10, 0.15, 0.24, 0.19}, // always 0.1 below
		{0.10, 0.40, 0.05, 0.60, 0.10}, // below on the average, by chance
		{0.40, 0.31, 0.36, 0.46, 0.38}, // always above
		{0.30, 0.21, 0.24, 0.36, 0.27},
	}
	h.runs = nil
	for seed := range scheduleSeeds {
		for k := range h.paths {
			r := &scheduleRun{distance: slices.Repeat([]float64{scores[k][seed]}, len(scheduleLooks))}
			h.runs = append(h.runs, r)
		}
	}
	m := measured{of: func(r *scheduleRun) float64 { return last(r.distance) }}
	if got, want := h.against(m), "vp better, ddpm worse"; got != want {
		t.Errorf("got %q want %q", got, want)
	}
	h.runs = nil
}

// A learning rate that throws every network off is said, and ends.
func TestSchedulesDiverge(t *testing.T) {
	h := onTrial(t, "lr", "1e30")
	for h.Step() {
	}
	if f := h.Frame(Look{}); f.Progress.Total != 0 || !strings.Contains(f.Say, "diverged") {
		t.Errorf("got %q, %+v, want it to say that networks diverged", f.Say, f.Progress)
	}
}
