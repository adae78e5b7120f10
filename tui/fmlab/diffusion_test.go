package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestDiffusionBaseline: by pipes, a network that predicts the noise on ddpm and one
// that predicts the velocity on linear, on the same data, of the same size and budget.
// The first is sampled by the ODE and by the reverse SDE, which end apart; all three
// end at the data. Noise as it is scores 0.22.
func TestDiffusionBaseline(t *testing.T) {
	if testing.Short() {
		t.Skip("trains two networks")
	}
	data := file(t, "data.csv", fine(t, strings.Fields("sample --exact --data 2gaussians --solver rk4 --nfe 64 -n 500 --seed 3")...))
	budget := strings.Fields("train --data 2gaussians --net 16x2 --iters 600 --batch 128 -n 100")
	samples := map[string]string{}
	for _, c := range []struct{ name, train, sample string }{
		{"flow", "--path linear --predict velocity", "--solver rk4"},
		{"ode", "--path ddpm --predict noise", "--solver rk4"},
		{"sde", "--path ddpm --predict noise", "--solver sde --eta 1"},
	} {
		model := filepath.Join(t.TempDir(), "m.safetensors")
		fine(t, append(append(budget, "--out", model), strings.Fields(c.train)...)...)
		samples[c.name] = fine(t, append([]string{"sample", "--model", model, "--nfe", "64", "-n", "500"}, strings.Fields(c.sample)...)...)
		got := decoded[map[string]float64](t, "metric", file(t, c.name+".csv", samples[c.name]), data, "--json")
		if e := got["energy_distance2_v"]; !(e < 0.1) {
			t.Errorf("%s: got energy distance² %.3g, want below 0.1", c.name, e)
		}
	}
	if samples["ode"] == samples["sde"] {
		t.Error("got the same samples from the ODE and the SDE")
	}
}
