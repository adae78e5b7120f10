package lab

import (
	"math"
	"testing"
)

// anatomised starts the scene with a short training.
func anatomised(t *testing.T, iters int) *anatomy {
	t.Helper()
	s := Default()
	s.Net, s.Iters, s.Batch = "16x2", iters, 64
	sim, err := startAnatomy(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sim.Close)
	return sim.(*anatomy)
}

// Six steps are one iteration; each lights one more row of the table, and shows
// nothing of what is still to come.
func TestAnatomyLightsOneByOne(t *testing.T) {
	a := anatomised(t, 2)
	for want := range 2 * substeps {
		if !a.Step() {
			t.Fatalf("got %d sub-steps, want two iterations of %d", want, substeps)
		}
		f := a.Frame(Look{})
		lit := 0
		for _, r := range f.Table.Rows {
			known := r.Cells[2] != "…"
			if r.Selected && !known {
				t.Errorf("sub-step %d: %q is selected and not known", a.at, r.Cells[0])
			}
			if known {
				lit++
			}
		}
		rows := []int{1, 2, 3, 4, 6, 10}[want%substeps]
		if s, _ := f.Stat("substep"); s.Value != float64(want%substeps+1) || lit != rows {
			t.Errorf("step %d: got sub-step %g with %d rows known, want %d with %d", want, s.Value, lit, want%substeps+1, rows)
		}
		if s, _ := f.Stat("batch_loss"); math.IsNaN(s.Value) != (want%substeps < 5) {
			t.Errorf("step %d: got loss %g", want, s.Value)
		}
		if s, _ := f.Stat("iter"); s.Value != float64((want+1)/substeps) {
			t.Errorf("step %d: got iteration %g", want, s.Value)
		}
	}
	if a.Step() || a.Frame(Look{}).Progress.Total != 0 {
		t.Error("got more sub-steps than two iterations have")
	}
}

// What is shown is what the plain training does: after as many iterations the
// network is the same to the last bit.
func TestAnatomyIsTheTraining(t *testing.T) {
	a := anatomised(t, 5)
	for a.Step() {
	}
	tr, err := NewTraining(a.setup, a.target)
	if err != nil {
		t.Fatal(err)
	}
	defer tr.Close()
	for tr.Step() {
	}
	z := Noise(50, 1)
	got, want := z.Clone(), z.Clone()
	a.training.Model().Net.Predict(got, z, 0.4)
	tr.Model().Net.Predict(want, z, 0.4)
	if !same(got, want) {
		t.Error("got another network than by training")
	}
	var sum float64
	for i, y := range a.rows.Y {
		sum += (a.asked[i] - y) * (a.asked[i] - y) / float64(len(a.rows.Y))
	}
	if math.Abs(sum-a.loss) > 1e-5 {
		t.Errorf("got answers with loss %g, want that of the trainer, %g", sum, a.loss)
	}
}

// The first iterations are slow, and no one has to wait for the last ones.
func TestAnatomyHurriesUp(t *testing.T) {
	a := anatomised(t, 30)
	var first, all, last float64
	for a.Step() {
		last = a.Frame(Look{}).Hold
		if all += last; first == 0 {
			first = last
		}
	}
	if first < 1 || last != 0 || all > 90 {
		t.Errorf("got %g s for the first sub-step, %g for the last, %g in all: want a second or two, none, a minute or so", first, last, all)
	}
}
