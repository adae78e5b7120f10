package plot

import (
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/lab"
)

// TestNearData: the share of the samples that have data close by, and of nothing
// else.
func TestNearData(t *testing.T) {
	data := lab.Layer{Kind: lab.Scatter, Role: lab.RoleData, Label: "data", Points: engine.Points{0, 0, 1, 1}}
	samples := lab.Layer{Kind: lab.Scatter, Role: lab.RoleSample, Label: "samples", Points: engine.Points{0.1, 0.1, 1, 1.19, 0.2, 0.2, 3, 3}}
	say := func(layers ...lab.Layer) string {
		return Describe(&lab.Frame{Plane: &lab.Plane{Half: 2, Layers: layers}})
	}
	if got := say(data, samples); !strings.Contains(got, "50 % of the samples within 0.2 of the data.") {
		t.Errorf("got %q, want half of them", got)
	}
	samples.Label = "their data"
	for _, got := range []string{say(data), say(samples), say(data, samples)} {
		if strings.Contains(got, "within") {
			t.Errorf("got %q, want nothing of samples near data", got)
		}
	}
}
