package ode_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/ode"
	"fmlab/engine/path"
)

// Reference numbers made with numpy and scipy in float64 (the exact end by DOP853
// at 1e-12): testdata/solvers.json, the fixed-step methods on the exact marginal velocity of
// a mixture of four Gaussians, from t = 0 to 1 on four paths, the DPM family on
// two of them.
func TestReferenceNumbers(t *testing.T) {
	raw, err := os.ReadFile("testdata/solvers.json")
	if err != nil {
		t.Fatal(err)
	}
	var ref struct {
		Mixture struct {
			Weights []float64
			Means   [][2]float64
			Covs    [][2][2]float64
		}
		Z0   [][2]float64
		Rows []struct {
			Path, Solver string
			Steps, NFE   int
			Z1           [][2]float64
			RMS          float64 `json:"rms_error"`
		}
	}
	if err := json.Unmarshal(raw, &ref); err != nil {
		t.Fatal(err)
	}
	mix := &exact.Mixture{Weights: ref.Mixture.Weights, Means: flat(ref.Mixture.Means)}
	for _, c := range ref.Mixture.Covs {
		mix.Covs = append(mix.Covs, [3]float64{c[0][0], c[0][1], c[1][1]})
	}
	z0 := flat(ref.Z0)
	truth := map[string]engine.Points{}
	for _, r := range ref.Rows {
		if r.Solver == "reference" {
			truth[r.Path] = flat(r.Z1)
		}
	}
	seen := map[string]int{}
	for _, r := range ref.Rows {
		p, err := path.Parse(r.Path)
		if err != nil {
			t.Fatal(err)
		}
		field := exact.New(mix, p)
		seen[r.Solver]++
		if r.Solver == "reference" {
			z, err := ode.Reference(field, z0, 0, 1, 1e-11)
			if err != nil {
				t.Fatal(err)
			}
			if d := furthest(z, truth[r.Path]); !(d <= 1e-9) {
				t.Errorf("%s, reference: got an end off by %g want 1e-9", r.Path, d)
			}
			continue
		}
		m, err := ode.Get(r.Solver)
		if err != nil {
			t.Fatal(err)
		}
		s, err := ode.New(m, field, z0, ode.Options{To: 1, Steps: r.Steps, Path: p})
		if err != nil {
			t.Fatal(err)
		}
		for s.Step() {
		}
		if s.Err() != nil || s.NFE() != r.NFE {
			t.Errorf("%s, %s with %d steps: got NFE %d, error %v want %d", r.Path, r.Solver, r.Steps, s.NFE(), s.Err(), r.NFE)
		}
		if d := furthest(s.Z(), flat(r.Z1)); !(d <= 1e-9) {
			t.Errorf("%s, %s with %d steps: got an end off by %g want 1e-9", r.Path, r.Solver, r.Steps, d)
		}
	}
	for name, want := range map[string]int{"euler": 16, "midpoint": 16, "heun": 16, "rk4": 16, "dpm1": 8, "dpm++2m": 8} {
		if seen[name] != want {
			t.Errorf("got %d rows of %s want %d", seen[name], name, want)
		}
	}
	if len(truth) != 4 {
		t.Errorf("got %d reference ends want 4", len(truth))
	}
}

func flat(rows [][2]float64) (p engine.Points) {
	for _, r := range rows {
		p = append(p, r[0], r[1])
	}
	return p
}

func furthest(x, y engine.Points) (d float64) {
	engine.SameLen("ode_test", x, y)
	for i := range x {
		d = max(d, math.Abs(x[i]-y[i]))
	}
	return d
}
