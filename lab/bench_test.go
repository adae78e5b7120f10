package lab

import (
	"math"
	"strings"
	"testing"
)

// TestBenchSays which class is sampled, how, and along which path.
func TestBenchSays(t *testing.T) {
	for _, c := range []struct {
		knobs []string
		want  string
	}{
		{nil, ""},
		{[]string{"label", "1"}, "class 1 only"},
		{[]string{"label", "1", "guidance", "3"}, "guided: w = 3, class 1"},
		{[]string{"label", "1", "guidance", "0"}, "w = 0"},
		{[]string{"route", "vp"}, "sampled along vp, exact on linear: another route, the same destination"},
		{[]string{"route", "linear"}, ""},
		{[]string{"route", "vp", "label", "0", "guidance", "2"}, "class 0, at two evaluations a velocity; sampled along vp"},
		{[]string{"direction", "backward", "route", "vp"}, "the wrong way round"},
	} {
		f := start(t, "free", append([]string{"data", "2gaussians", "n", "50"}, c.knobs...)...).Frame(Look{Trip: 1})
		if !strings.Contains(f.Say, c.want) || (f.Say == "") != (c.want == "") {
			t.Errorf("%v: got %q, want %q", c.knobs, f.Say, c.want)
		}
	}
}

// TestBenchMeasuresStraightness of the flow, however it is sampled, and anew on
// another route: on unit-variance moons the linear path is less straight than vp.
func TestBenchMeasuresStraightness(t *testing.T) {
	notInShort(t)
	sim := start(t, "particles", "n", "50")
	s := Default()
	s.N = 50
	linear := stat(t, finish(t, sim), "straightness").Value
	s.Solver, s.NFE = "euler", 2
	if err := sim.Retune(s); err != nil {
		t.Fatal(err)
	}
	if got := stat(t, finish(t, sim), "straightness").Value; got != linear || math.IsNaN(got) {
		t.Errorf("straightness by euler = %v, want that of the flow, %v", got, linear)
	}
	s.Route = "vp"
	if err := sim.Retune(s); err != nil {
		t.Fatal(err)
	}
	onRoute := stat(t, finish(t, sim), "straightness").Value
	onPath := stat(t, finish(t, start(t, "particles", "n", "50", "path", "vp")), "straightness").Value
	if !(math.Abs(onRoute-onPath) < 0.02*onPath) || !(onPath < 0.8*linear) {
		t.Errorf("straightness along vp = %v, on vp %v, on linear %v: want the first two alike and below the third", onRoute, onPath, linear)
	}
}
