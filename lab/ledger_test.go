package lab

import (
	"math"
	"strings"
	"testing"
)

// fewer makes the ledger short for a test, and density maps coarse.
func fewer(t *testing.T, n int) {
	all, few, side := ledgerPoints, fewPoints, mapSide
	t.Cleanup(func() { ledgerPoints, fewPoints, mapSide = all, few, side })
	ledgerPoints, fewPoints, mapSide = n, min(n, few), 27
}

var ledgerTerms = []string{"floor", "draw", "truncation", "model", "discretisation"}

// adds checks that what the parts add is the total, and that no part adds more than
// it can by how far it moves the points: sliced W2 is a metric, and two sets of
// points with an RMS between them are at most RMS/√2 apart in it.
func adds(t *testing.T, what string, f *Frame) {
	t.Helper()
	sum := 0.0
	for _, key := range ledgerTerms {
		add := stat(t, f, "ledger_"+key).Value
		if math.IsNaN(add) {
			continue
		}
		sum += add
		if rms, ok := f.Stat(key + "_rms"); ok && math.Abs(add) > rms.Value/math.Sqrt2+1e-12 {
			t.Errorf("%s: %s adds %v, want at most %v, the RMS of its points/√2", what, key, add, rms.Value/math.Sqrt2)
		}
	}
	if total := stat(t, f, "ledger_total").Value; !(math.Abs(total-sum) < 1e-12) {
		t.Errorf("%s: the parts add up to %v, want the total %v", what, sum, total)
	}
}

// TestLedgerOfTheExactField: nothing is cut off where the path has exact ends, and
// something is on ddpm, which starts from another p_0; there is no model to be
// wrong, and discretisation falls as its price grows.
func TestLedgerOfTheExactField(t *testing.T) {
	fewer(t, 200)
	sim := start(t, "ledger", "data", "2gaussians")
	last := math.Inf(1)
	for _, nfe := range []int{8, 16, 32, 64} {
		s := Default()
		s.Data, s.NFE = "2gaussians", nfe
		if err := sim.Retune(s); err != nil {
			t.Fatal(err)
		}
		f := finish(t, sim)
		adds(t, "exact", f)
		if got := stat(t, f, "truncation_rms").Value; !(got < 1e-9) {
			t.Errorf("linear: truncation moves points by %v, want by nothing", got)
		}
		if got := stat(t, f, "ledger_model").Value; !math.IsNaN(got) {
			t.Errorf("exact: model adds %v, want no such part", got)
		}
		got := stat(t, f, "discretisation_rms").Value
		if !(got < last/3) {
			t.Errorf("rk4 with %d NFE: discretisation moves points by %v, want below a third of %v at half the price", nfe, got, last)
		}
		last = got
	}
	f := finish(t, start(t, "ledger", "data", "2gaussians", "path", "ddpm"))
	adds(t, "ddpm", f)
	if got := stat(t, f, "truncation_rms").Value; !(got > 1e-4 && got < 0.1) {
		t.Errorf("ddpm: truncation moves points by %v, want by α_0 = 0.0066 of the data or so", got)
	}
}

// TestLedgerOfALearnedField: a barely trained network is wrong by more than all
// else; turning the solver keeps it.
func TestLedgerOfALearnedField(t *testing.T) {
	fewer(t, 128)
	for _, predict := range []string{"velocity", "data"} {
		knobs := []string{"data", "2gaussians", "model", "learned", "net", "8x1", "iters", "50", "batch", "64", "predict", predict}
		sim := start(t, "ledger", knobs...)
		f := finish(t, sim)
		adds(t, predict, f)
		model, steps := stat(t, f, "model_rms").Value, stat(t, f, "discretisation_rms").Value
		if !(model > 0.05 && steps < model/5) || f.Table.Rows[3].Selected != true {
			t.Errorf("%s: model moves points by %v and rk4 by %v, want the model to be the largest", predict, model, steps)
		}
		if cut := stat(t, f, "truncation_rms").Value; predict == "data" && !(cut > 1e-4) || predict != "data" && !(cut < 1e-9) {
			t.Errorf("%s: truncation moves points by %v, want something of a data prediction only", predict, cut)
		}
		s := sim.(*ledger).setup
		s.Solver, s.NFE = "euler", 2
		if err := sim.Retune(s); err != nil {
			t.Fatal(err)
		}
		f = finish(t, sim)
		adds(t, "euler", f)
		if got := stat(t, f, "model_rms").Value; got != model {
			t.Errorf("the model's part changed from %v to %v with the solver", model, got)
		}
		if got := stat(t, f, "discretisation_rms").Value; !(got > 5*steps) {
			t.Errorf("euler with 2 NFE moves points by %v, want far more than rk4's %v", got, steps)
		}
		s.Solver, s.NFE = "rk4", 3
		if err := sim.Retune(s); err == nil || shown(finish(t, sim)) != shown(f) {
			t.Errorf("rk4 with 3 NFE: got %v, want an error and no change", err)
		}
	}
}

// TestLedgerWithoutAClosedForm: its parts are left out, said so, and what is there
// adds up.
func TestLedgerWithoutAClosedForm(t *testing.T) {
	fewer(t, 100)
	file := csvFile(t, twoBlobs())
	small := []string{"model", "learned", "net", "8x1", "iters", "10", "batch", "32"}
	for _, knobs := range [][]string{
		append([]string{"data", "2gaussians", "coupling", "ot"}, small...),
		append([]string{"data", "2gaussians", "reflow", "1"}, small...),
		append([]string{"data", file}, small...),
		{"data", file},
	} {
		f := finish(t, start(t, "ledger", knobs...))
		adds(t, strings.Join(knobs, " "), f)
		for _, key := range []string{"ledger_draw", "ledger_truncation"} {
			if got := stat(t, f, key).Value; !math.IsNaN(got) {
				t.Errorf("%v: %s = %v, want none", knobs, key, got)
			}
		}
		if f.Say == "" || f.Table.Rows[2].Cells[1] != "—" {
			t.Errorf("%v: got %q and %q, want it said that parts are missing", knobs, f.Say, f.Table.Rows[2].Cells[1])
		}
	}
}

// TestLedgerOfTheSDE: samples of the stochastic equation have a distance, but none
// point by point.
func TestLedgerOfTheSDE(t *testing.T) {
	fewer(t, 100)
	f := finish(t, start(t, "ledger", "data", "2gaussians", "solver", "sde"))
	if got := stat(t, f, "discretisation_rms").Value; !math.IsNaN(got) {
		t.Errorf("the noise of the SDE moves points by %v, want no such number", got)
	}
	if got := stat(t, f, "ledger_total").Value; !(got < 1) {
		t.Errorf("distance of the SDE's samples = %v, want below 1", got)
	}
}
