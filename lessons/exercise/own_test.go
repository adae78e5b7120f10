package exercise

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fmlab/lab"
)

// desk writes programs as a learner's desk has them, and returns their files with
// commas.
func desk(t testing.TB, programs map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	var files []string
	for id, text := range programs {
		file := filepath.Join(dir, id+".star")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return strings.Join(files, ",")
}

func solutionOf(t testing.TB, ids ...string) string {
	programs := map[string]string{}
	for _, id := range ids {
		e, err := Get(id)
		if err != nil {
			t.Fatal(err)
		}
		programs[id] = e.Solution
	}
	return desk(t, programs)
}

// setup is a cheap one with knobs as typed.
func setup(t testing.TB, knobs ...string) lab.Setup {
	t.Helper()
	s := lab.Default()
	s.N, s.Net, s.Iters, s.Batch, s.Threads = 100, "8x1", 20, 16, 1
	for _, k := range knobs {
		key, value, _ := strings.Cut(k, "=")
		if err := s.Set(key, value); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// run runs an experiment to its end.
func run(t testing.TB, name string, s lab.Setup) *lab.Frame {
	t.Helper()
	exp, err := lab.FindExperiment(name)
	if err != nil {
		t.Fatal(err)
	}
	sim, err := exp.Start(s.Only(exp.Knobs))
	if err != nil {
		t.Fatal(err)
	}
	defer sim.Close()
	for sim.Step() {
	}
	return sim.Frame(lab.Look{Trip: 1})
}

func stat(t testing.TB, f *lab.Frame, key string) float64 {
	t.Helper()
	s, ok := f.Stat(key)
	if !ok {
		t.Fatalf("got no stat %s in %+v", key, f.Stats)
	}
	return s.Value
}

// TestOwnSolvers: the solutions in the place of the lab's solvers end where those do,
// from the same noise at the same price, and it is said that they are at work.
func TestOwnSolvers(t *testing.T) {
	for id, c := range map[string]struct {
		solver, says string
		nfe          float64
	}{
		"1.2-euler":  {"euler", "your euler_step", 16},
		"2.5-rk4":    {"rk4", "your rk4_step", 16},
		"2.6-dpm":    {"dpm1", "your dpm_step", 16},
		"2.5-sample": {"euler", "your sample", 16},
	} {
		s := setup(t, "solver="+c.solver, "nfe=16", "code="+solutionOf(t, id))
		f := run(t, "particles", s)
		if f.Err != nil || f.Own != c.says || stat(t, f, "nfe") != c.nfe {
			t.Errorf("%s: got %q, %v, NFE %g", id, f.Own, f.Err, stat(t, f, "nfe"))
		}
		if d := stat(t, f, "own_difference"); id != "2.5-sample" && !(d <= 1e-9) {
			t.Errorf("%s: got ends %g from the lab's, want at most 1e-9", id, d)
		}
		s.Code = "none"
		if own, lab := stat(t, f, "energy_distance2"), stat(t, run(t, "particles", s), "energy_distance2"); id != "2.5-sample" && math.Abs(own-lab) > 1e-6 {
			t.Errorf("%s: got energy distance² %g, and the lab %g", id, own, lab)
		}
	}
}

// TestOwnTraining: the solutions of pair and loss in the place of the lab's train the
// same network; with a batch of one's own another, as good.
func TestOwnTraining(t *testing.T) {
	s := setup(t, "iters=60", "batch=64")
	want := run(t, "train", s)
	for says, ids := range map[string][]string{
		"your loss, training_pair":        {"2.1-pair", "2.1-loss"},
		"your batch, loss, training_pair": {"2.1-train"},
	} {
		s.Code = solutionOf(t, ids...)
		f := run(t, "train", s)
		if f.Err != nil || f.Own != says {
			t.Fatalf("%v: got %q, %v", ids, f.Own, f.Err)
		}
		got, ref := stat(t, f, "field_error"), stat(t, want, "field_error")
		if len(ids) == 2 && math.Abs(got-ref) > 1e-6*ref || math.Abs(got-ref) > ref/2 {
			t.Errorf("%v: got field error %g, and the lab's own %g", ids, got, ref)
		}
	}
}

// TestOwnPairing: the solution of 3.2-pair in the place of the lab's transport.
func TestOwnPairing(t *testing.T) {
	s := setup(t, "coupling=ot")
	want := run(t, "train", s)
	s.Code = solutionOf(t, "3.2-pair")
	f := run(t, "train", s)
	if f.Err != nil || f.Own != "your pair" {
		t.Fatalf("got %q, %v", f.Own, f.Err)
	}
	if got, ref := stat(t, f, "energy_distance2"), stat(t, want, "energy_distance2"); math.Abs(got-ref) > 1e-9 {
		t.Errorf("got energy distance² %g, and the lab's own %g", got, ref)
	}
}

// TestOwnScheduleAndData: a path and a data set that are programs.
func TestOwnScheduleAndData(t *testing.T) {
	s := setup(t, "path=custom", "alpha=sin(pi*t/2)", "sigma=cos(pi*t/2)", "solver=rk4")
	want := run(t, "particles", s)
	s.Code = solutionOf(t, "2.4-schedule")
	f := run(t, "particles", s)
	if f.Err != nil || f.Own != "your alpha and sigma" {
		t.Fatalf("got %q, %v", f.Own, f.Err)
	}
	if got, ref := stat(t, f, "energy_distance2"), stat(t, want, "energy_distance2"); math.Abs(got-ref) > 1e-5 {
		t.Errorf("got energy distance² %g, and of the two formulas %g", got, ref)
	}
	s = setup(t, "data="+solutionOf(t, "2.2-data"))
	if f := run(t, "train", s); f.Err != nil || math.IsNaN(stat(t, f, "energy_distance2")) {
		t.Errorf("own data: got %v, stats %+v", f.Err, f.Stats)
	}
}

// TestOwnFails: what goes wrong in a run ends it with a word about what and where.
func TestOwnFails(t *testing.T) {
	late := "def rk4_step(v, z, t, h):\n    if t > 0.4:\n        %s\n    return z + h * v(z, t)\n"
	for body, want := range map[string]string{
		"return z[:1]":                  "shape (1, 2)",
		"return z / 0 * 0":              "your rk4_step",
		"fail('tired')":                 "tired",
		"v(z, 7.0)":                     "t = 7",
		"v(z[:1], t)":                   "asked about 1 points",
		"while True:\n            pass": "after line 5", // by steps or by time, whichever is first
	} {
		s := setup(t, "solver=rk4", "nfe=32", "n=10", "code="+desk(t, map[string]string{"2.5-rk4": strings.Replace(late, "%s", body, 1)}))
		f := run(t, "particles", s)
		if f.Err == nil || !strings.Contains(f.Err.Error(), want) {
			t.Errorf("%q: got error %v, want %q", body, f.Err, want)
		}
	}
	bad := "def training_pair(x0, x1, t):\n    return x0, 0 * x0 + 1e300 * 1e300\n"
	f := run(t, "train", setup(t, "code="+desk(t, map[string]string{"2.1-pair": bad})))
	if f.Err == nil || !strings.Contains(f.Err.Error(), "your training_pair") {
		t.Errorf("infinite targets: got error %v", f.Err)
	}
}

// TestOpenRefuses: before anything runs.
func TestOpenRefuses(t *testing.T) {
	for name, c := range map[string]struct{ code, want string }{
		"no file":     {"/nowhere/2.5-rk4.star", "no such file"},
		"broken":      {desk(t, map[string]string{"2.5-rk4": "def rk4_step("}), "line"},
		"empty":       {desk(t, map[string]string{"2.5-rk4": "x = 1"}), "def rk4_step"},
		"nothing":     {desk(t, map[string]string{"mine": "x = 1"}), "functions"},
		"a data set":  {desk(t, map[string]string{"mine": "def sample(n, rng):\n    return rng.normal(n, 2)"}), "as the data"},
		"other order": {desk(t, map[string]string{"2.5-sample": "def sample(n, rng):\n    return rng.normal(n, 2)"}), "def sample"},
	} {
		if err := lab.Check(setup(t, "code="+c.code)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
	if err := lab.Check(setup(t, "code="+desk(t, map[string]string{"any name": "def sample(v, z, steps):\n    return z\ndef loss(p, q):\n    return 0"}))); err != nil {
		t.Errorf("by its functions: %v", err)
	}
}
