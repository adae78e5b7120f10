package tui

import (
	"testing"

	"fmlab/lab"
)

// TestPast: , looks back at the training and . on again, until the present; while the
// past is on screen no goal is judged, and a new run has no past.
func TestPast(t *testing.T) {
	l := begin(t, "", Options{Lesson: "2.1"})
	l.press("2")
	for knob, value := range map[string]string{"iters": "40", "net": "8x1", "n": "100", "batch": "32", "lr": "0.05"} {
		if err := l.play.set(knob, value); err != nil {
			t.Fatal(err)
		}
	}
	l.settle()
	l.hush()
	n := l.play.frame.Moments
	if n < 30 || l.play.frame.Past != 0 {
		t.Fatalf("got %d moments, shown %d", n, l.play.frame.Past)
	}
	l.drive(",")
	if l.play.frame.Past != n {
		t.Errorf(",: got moment %d want the last, %d", l.play.frame.Past, n)
	}
	l.sees("as it was after 39 iterations")
	l.drive("<", "<")
	l.sees("as it was after 37 iterations")
	l.drive(">", ".")
	l.sees("as it was after 39 iterations")
	l.drive(".")
	if l.play.frame.Past != 0 || l.play.look.Past != 0 {
		t.Errorf(".: got moment %d want the present", l.play.frame.Past)
	}
	for range n + 3 {
		l.press(",")
	}
	l.settle()
	if l.play.frame.Past != 1 || l.stat("iter") != 0 {
		t.Errorf("got moment %d, iteration %g want the first", l.play.frame.Past, l.stat("iter"))
	}
	for _, past := range []int{1, 0} { // a field as good as the goal wants, then and now
		p := photo{slot: l.play.slot, run: l.play.run, sim: l.play.sim, exp: l.play.exp, setup: l.play.setup}
		p.frame = &lab.Frame{Past: past, Stats: []lab.Stat{{Key: "field_error", Value: 0.01}}}
		l.develop(p)
		if met := l.state.Goals["2.1/wake-it-up"]; met != (past == 0) {
			t.Errorf("moment %d: got the goal met %v", past, met)
		}
	}
	l.drive("r")
	if l.play.frame.Past != 0 {
		t.Error("r: got the past of the run before")
	}
	l.press("1")
	l.picture()
	l.press(",")
	l.sees("no training here to look back at")
}
