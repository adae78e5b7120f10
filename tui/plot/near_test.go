package plot

import (
	"math"
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

// TestReach: a ring is empty in its middle, and what flew out is noticed.
func TestReach(t *testing.T) {
	ring := engine.Points{}
	for i := range 40 {
		a := float64(i) * math.Pi / 20
		ring = append(ring, 2*math.Cos(a), 2*math.Sin(a))
	}
	say := func(p engine.Points) string {
		return Describe(&lab.Frame{Plane: &lab.Plane{Half: 3, Layers: []lab.Layer{{Kind: lab.Scatter, Label: "samples", Points: p}}}})
	}
	if got := say(ring); !strings.Contains(got, "a tenth is within 2.00, half within 2.00, nine tenths within 2.00, the last at 2.00") {
		t.Errorf("got %q, want a ring of radius 2", got)
	}
	if got := say(append(ring, math.NaN(), 0)); !strings.Contains(got, "the last at 2.00. 1 of them are not finite") {
		t.Errorf("got %q, want the ring and one lost", got)
	}
	if got := say(ring[:10]); strings.Contains(got, "tenth") {
		t.Errorf("got %q, want no quantiles of five points", got)
	}
}
