package lab

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"
)

// finish advances a Sim to its end and returns the last frame.
func finish(t *testing.T, sim Sim) *Frame {
	t.Helper()
	for Advance(context.Background(), sim, time.Second) {
	}
	return sim.Frame(Look{Trip: 1, Field: true, Trails: true})
}

// judged advances a Sim until its samples have scores and these have floors.
func judged(t *testing.T, sim Sim) *Frame {
	t.Helper()
	for range 10_000 {
		f := sim.Frame(Look{Trip: 1})
		if !math.IsNaN(stat(t, f, "energy_distance2").Floor) {
			return f
		}
		for range 10 {
			sim.Step()
		}
	}
	t.Fatal("no floor after 100,000 steps")
	return nil
}

// start starts an experiment with some knobs turned, small enough for a test.
func start(t *testing.T, name string, knobs ...string) Sim {
	t.Helper()
	exp, err := FindExperiment(name)
	if err != nil {
		t.Fatal(err)
	}
	s := Default()
	for i := 0; i < len(knobs); i += 2 {
		if err := s.Set(knobs[i], knobs[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	sim, err := exp.Start(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sim.Close)
	return sim
}

func stat(t *testing.T, f *Frame, key string) Stat {
	t.Helper()
	s, ok := f.Stat(key)
	if !ok {
		t.Fatalf("%s: got no stat %s", f.Experiment, key)
	}
	return s
}

func TestExactParticlesReachTheData(t *testing.T) {
	notInShort(t)
	t.Parallel()
	for _, path := range []string{"linear", "vp", "cubic", "linear-vp", "ddpm", "poly:2"} {
		f := judged(t, start(t, "particles", "path", path, "nfe", "32", "n", "500"))
		e := stat(t, f, "energy_distance2")
		if !(e.Value < 3*e.Floor) {
			t.Errorf("%s: energy distance² = %v, want below 3 × floor %v", path, e.Value, e.Floor)
		}
		if f.T != 1 {
			t.Errorf("%s: got t = %v at the end, want 1", path, f.T)
		}
	}
}

func TestBackwardMissesTheData(t *testing.T) {
	f := judged(t, start(t, "particles", "direction", "backward", "n", "500"))
	e := stat(t, f, "energy_distance2")
	if !(e.Value > 20*e.Floor) || f.T != 0 {
		t.Errorf("backward: energy distance² %v with floor %v at t = %v, want far off at t = 0", e.Value, e.Floor, f.T)
	}
	if _, ok := f.Stat("rms_error"); ok {
		t.Error("backward: a row for an error that never comes, since races run forward")
	}
}

func TestSolversRace(t *testing.T) {
	f := finish(t, start(t, "solvers", "data", "2gaussians", "nfe", "16", "n", "400"))
	if f.Table == nil || len(f.Table.Rows) != len(racers()) {
		t.Fatalf("got table %v, want a row for each solver", f.Table)
	}
	if p := stat(t, f, "order").Value; !(math.Abs(p-4) < 0.6) {
		t.Errorf("measured order of rk4 = %v, want about 4", p)
	}
	if nfe := stat(t, f, "nfe").Value; nfe != 16 {
		t.Errorf("nfe = %v, want 16", nfe)
	}
	if f.Chart("nfe") == nil {
		t.Error("no chart of error against NFE")
	}
}

func TestTrainingImproves(t *testing.T) {
	sim := start(t, "train", "iters", "300", "n", "200", "net", "32x2", "nfe", "4")
	first := sim.Frame(Look{Trip: 1})
	if _, ok := first.Stat("field_error"); !ok {
		t.Error("no field error at the start")
	}
	f := finish(t, sim)
	if got := stat(t, f, "iter").Value; got != 300 {
		t.Errorf("iter = %v, want 300", got)
	}
	loss := stat(t, f, "loss")
	if !(loss.Value < 2.2 && loss.Value > loss.Floor) {
		t.Errorf("loss = %v, want below 2.2 and above the floor %v", loss.Value, loss.Floor)
	}
	if e := stat(t, f, "field_error").Value; !(e > 0 && e < 0.6) {
		t.Errorf("field error = %v, want below 0.6", e)
	}
	if f.Chart("loss") == nil {
		t.Error("no loss curve")
	}
}

func TestRetuneKeepsTheModel(t *testing.T) {
	sim := start(t, "train", "iters", "40", "n", "100", "net", "8x1", "nfe", "8")
	before := stat(t, finish(t, sim), "field_error").Value
	s := Default()
	s.Model, s.Net, s.Iters, s.N, s.Solver, s.NFE = "learned", "8x1", 40, 100, "euler", 5
	if err := sim.Retune(s); err != nil {
		t.Fatal(err)
	}
	f := finish(t, sim)
	if got := stat(t, f, "field_error").Value; got != before {
		t.Errorf("field error changed from %v to %v: the model was not kept", before, got)
	}
	if got := stat(t, f, "nfe").Value; got != 5 {
		t.Errorf("nfe = %v, want 5", got)
	}
	s.Solver, s.NFE = "rk4", 3
	if err := sim.Retune(s); err == nil || !strings.Contains(err.Error(), "at least 4") {
		t.Errorf("rk4 with 3 evaluations: got %v, want an error that says it needs 4", err)
	}
	if got := stat(t, finish(t, sim), "nfe").Value; got != 5 {
		t.Errorf("after a refused change nfe = %v, want still 5", got)
	}
}

func TestDivergenceIsSaid(t *testing.T) {
	fewer(t, 64)
	for _, name := range []string{"train", "density", "distances", "ledger", "readings", "couplings"} {
		f := finish(t, start(t, name, "lr", "1e30", "n", "100", "model", "learned", "data", "2gaussians"))
		if f.Err == nil || !strings.Contains(f.Err.Error(), "learning rate") {
			t.Errorf("%s: got error %v, want one that says to lower the learning rate", name, f.Err)
		}
	}
}

// notInShort leaves out of go test -short, and so of the race detector, a test that
// computes for seconds without anything that runs at once.
func notInShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("computes for seconds")
	}
}

func TestNum(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 1.0 / 3: "0.3333", 123.4: "123", 2e-5: "2.0e-05", math.Inf(1): "∞", math.Inf(-1): "-∞"} {
		if got := Num(v); got != want {
			t.Errorf("%g: got %s, want %s", v, got, want)
		}
	}
}
