package tui

import (
	"slices"
	"testing"

	"fmlab/lab"
)

// TestOneChart: of charts that are looked at one at a time, the one that the scene
// names is drawn, the first where it names none, and nothing else is lost.
func TestOneChart(t *testing.T) {
	f := &lab.Frame{OneChart: true, Charts: []lab.Chart{{Name: "distance"}, {Name: "field"}, {Name: "spread"}}, Table: &lab.Table{}}
	for show, want := range map[string][]string{"": {"distance", "table"}, "table": {"distance", "table"}, "spread": {"spread", "table"}} {
		var got []string
		for _, p := range oneChart(f, panels(f, show), show) {
			got = append(got, p.name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("show %q: got %v want %v", show, got, want)
		}
	}
}
