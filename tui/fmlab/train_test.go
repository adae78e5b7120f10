package main

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/dataset"
	"fmlab/engine/nn"
	"fmlab/engine/path"
	"fmlab/lab"
)

// small is a training run of a moment.
var small = strings.Fields("train --iters 30 --net 16x2 --batch 64 -n 100 --nfe 8")

// TestThreadsChangeNoBit: same seed, same model file, for any number of workers.
func TestThreadsChangeNoBit(t *testing.T) {
	var first []byte
	for _, threads := range []string{"1", "2", "4"} {
		name := filepath.Join(t.TempDir(), "m.safetensors")
		fine(t, append(small, "--batch", "200", "--threads", threads, "--out", name)...)
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = b
		}
		if !bytes.Equal(b, first) {
			t.Errorf("%s threads: got another file than 1 thread, want the same bytes", threads)
		}
	}
	name := filepath.Join(t.TempDir(), "m.safetensors")
	fine(t, append(small, "--batch", "200", "--seed", "8", "--out", name)...)
	if b, _ := os.ReadFile(name); bytes.Equal(b, first) {
		t.Error("got the same file from another seed")
	}
}

func TestDivergedRun(t *testing.T) {
	name := file(t, "m.safetensors", "the old model")
	a := fmlab(append(small, "--lr", "1e20", "--out", name, "--json")...)
	if a.code != 3 || !strings.Contains(a.words, "learning rate") {
		t.Errorf("got exit %d and %q, want 3 and to lower the learning rate", a.code, a.words)
	}
	for _, want := range []string{`"schema":1`, `"status":"diverged"`, `"final_loss":null`, `"loss_floor":null`, `"loss_floor_stderr":null`, `"field_error":null`, `"energy_distance2":null`, `"model":null`} {
		if !strings.Contains(a.out, want) {
			t.Errorf("got %s, want %s in it", a.out, want)
		}
	}
	if b, _ := os.ReadFile(name); string(b) != "the old model" {
		t.Errorf("got %q in the file, want the old model", b)
	}
	if a := fmlab(append(small, "--lr", "1e20")...); a.code != 3 || a.out != "" {
		t.Errorf("got exit %d and output %q, want 3 and none", a.code, a.out)
	}
}

// TestNoFloorWithoutAClosedForm: where the pairs are not independent, what has no
// closed form is null.
func TestNoFloorWithoutAClosedForm(t *testing.T) {
	for knobs, want := range map[string]bool{"": true, "--path ddpm --predict noise": true, "--coupling ot": false, "--reflow 1": false} {
		r := decoded[trained](t, append(append(small, "--json"), strings.Fields(knobs)...)...)
		for key, v := range map[string]*number{"loss_floor": r.LossFloor, "loss_floor_stderr": r.FloorError, "field_error": r.FieldError} {
			if got := v != nil; got != want || want && !(*v > 0) {
				t.Errorf("%s: got %s there: %v, want %v", knobs, key, got, want)
			}
		}
	}
}

// TestSolverDiverges: a field that leads out of the finite numbers ends with 3.
func TestSolverDiverges(t *testing.T) {
	weight := []float64{3e38, 3e38, 3e38, 3e38, 3e38, 3e38}
	net, err := nn.FromLayers("relu", []nn.Layer{{Out: 2, In: 3, Weight: weight, Bias: []float64{1, 1}}, {Out: 2, In: 2, Weight: weight[:4], Bias: []float64{1, 1}}})
	if err != nil {
		t.Fatal(err)
	}
	linear, err := path.Parse("linear")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := (&lab.Model{Net: net, Path: linear, Scale: 1}).Write(&b, "test"); err != nil {
		t.Fatal(err)
	}
	model := file(t, "m.safetensors", b.String())
	if a := fmlab("sample", "--model", model, "--nfe", "64", "-n", "300"); a.code != 3 || a.out != "" || !strings.Contains(a.words, "not a finite number") {
		t.Errorf("got exit %d, output %q and %q, want 3, none, and that it left the finite numbers", a.code, a.out, a.words)
	}
	if a := fmlab("compare", "--model", model, "-n", "10"); a.code != 3 || !strings.Contains(a.words, "reference") {
		t.Errorf("got exit %d and %q, want 3 and that the reference failed", a.code, a.words)
	}
}

// TestUnitsOfTheFile: training standardises inside; what comes out is in the
// units that went in.
func TestUnitsOfTheFile(t *testing.T) {
	const n, cx, cy, spread = 2000, 1000.0, -50.0, 20.0
	p := engine.NewPoints(n)
	engine.Gaussian{}.Sample(p, engine.NewRand(5, 1))
	var csv strings.Builder
	for i := range n {
		x, y := p.At(i)
		fmt.Fprintf(&csv, "%g,%g\n", cx+spread*x, cy+spread*y)
	}
	data, model := file(t, "far.csv", csv.String()), filepath.Join(t.TempDir(), "m.safetensors")
	r := decoded[trained](t, strings.Fields("train --iters 300 --net 16x2 -n 400 --nfe 16 --data "+data+" --out "+model+" --json")...)
	if sw := r.Metrics["sliced_w2"]; !(*sw > 1 && *sw < 10) {
		t.Errorf("got sliced W2 = %v, want some units of a file that spreads by %v", *sw, spread)
	}
	m, err := lab.OpenModel(model)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(m.Shift[0]-cx) > 2 || math.Abs(m.Shift[1]-cy) > 2 || math.Abs(m.Scale-spread) > 1 {
		t.Errorf("model: got shift %v and scale %v, want about %v, %v and %v", m.Shift, m.Scale, cx, cy, spread)
	}
	samples := readBack(t, fine(t, "sample", "--model", model, "-n", "2000"))
	mean, std := moments(samples)
	for k, want := range [2]float64{cx, cy} {
		if math.Abs(mean[k]-want) > 3 || math.Abs(std[k]-spread) > 4 {
			t.Errorf("coordinate %d: got mean %v and standard deviation %v, want about %v and %v", k, mean[k], std[k], want, spread)
		}
	}
}

func readBack(t *testing.T, csv string) engine.Points {
	t.Helper()
	p, err := dataset.ReadPoints(strings.NewReader(csv), "samples")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func moments(p engine.Points) (mean, std [2]float64) {
	n := float64(p.Len())
	for i, v := range p {
		mean[i%2] += v / n
	}
	for i, v := range p {
		std[i%2] += (v - mean[i%2]) * (v - mean[i%2]) / n
	}
	return mean, [2]float64{math.Sqrt(std[0]), math.Sqrt(std[1])}
}

// TestStandardInAndOut: - is standard input for data and models, and standard
// output for a model, whose report then goes to stderr.
func TestStandardInAndOut(t *testing.T) {
	csv := fine(t, "sample", "--exact", "--data", "moons", "-n", "64", "--nfe", "8")
	a := process(t, csv, append(small, "--data", "-", "--out", "-")...)
	if a.code != 0 || !strings.Contains(a.words, "card") {
		t.Fatalf("got exit %d and %q, want 0 and a report", a.code, a.words)
	}
	if m, err := lab.ReadModel(strings.NewReader(a.out), "stdout"); err != nil || !strings.Contains(m.Card, "--data -") {
		t.Fatalf("got no model on standard output: %v", err)
	}
	if a := process(t, a.out, "sample", "--model", "-", "-n", "5"); a.code != 0 || strings.Count(a.out, "\n") != 6 {
		t.Errorf("sample --model -: got exit %d, %q and %q, want 5 points", a.code, a.out, a.words)
	}
	if a := process(t, "1,2\n3,oops\n", append(small, "--data", "-")...); a.code != 2 || !strings.Contains(a.words, "-:2:3:") {
		t.Errorf("a bad CSV on standard input: got exit %d and %q, want 2 and the place", a.code, a.words)
	}
}

func TestReportForPeople(t *testing.T) {
	out := fine(t, small...)
	for _, want := range []string{"30 iterations", "loss", "floor", " ± ", "field error", "energy distance²", "sliced W2", "card", "fmlab train --data moons", "--kernel go"} {
		if !strings.Contains(out, want) {
			t.Errorf("got %s, want %q in it", out, want)
		}
	}
	if strings.Contains(out, "model") || strings.Contains(out, "NaN") {
		t.Errorf("got %s, want no model and no NaN", out)
	}
}
