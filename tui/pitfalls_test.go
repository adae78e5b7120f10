package tui

import (
	"strings"
	"testing"

	"fmlab/lab"
	"fmlab/tui/plot"
)

// breakIt opens the list of pitfalls and takes one.
func (l *learner) breakIt(name string) {
	l.t.Helper()
	l.press("x")
	p, ok := l.top().(*pitfalls)
	if !ok {
		l.t.Fatalf("x opens no list of pitfalls:\n%s", l.screen())
	}
	for range len(lab.Pitfalls) + 1 {
		l.press("up")
	}
	for p.at(p.cursor).Name != name {
		before := p.cursor
		if l.press("down"); p.cursor == before {
			l.t.Fatalf("got no pitfall %q in the list", name)
		}
	}
	l.press("enter")
	l.settle()
}

// x breaks a run, with a label as long as it is broken, in words too; x and enter
// heal it, and u takes either back.
func TestBreakIt(t *testing.T) {
	o := quick()
	o.Experiment, o.Trip = "particles", 1
	l := begin(t, "", o)
	l.settle()
	well := l.free.frame
	l.breakIt("wrong-noise")
	l.sees("✗ broken on purpose: wrong noise")
	if said := plot.Describe(l.free.frame); !strings.HasPrefix(said, "Broken on purpose: wrong noise") {
		t.Errorf("got words %q", said)
	}
	if card := l.free.card(); !strings.Contains(card, "--pitfall wrong-noise") {
		t.Errorf("got a card without the pitfall: %s", card)
	}
	l.drive("x", "enter") // none is first
	if strings.Contains(l.screen(), "✗ broken") || l.free.setup.Pitfall != "none" {
		t.Errorf("still broken:\n%s", l.screen())
	}
	if plot.Describe(l.free.frame) != plot.Describe(well) {
		t.Error("healed, the run is another than before")
	}
	l.drive("u")
	l.sees("✗ broken on purpose: wrong noise")
	l.drive("u")
	if l.free.setup.Pitfall != "none" {
		t.Error("u does not take the pitfall back")
	}
}

// A pitfall of training takes a network with it, and one undo takes both back.
func TestBreakItTrains(t *testing.T) {
	o := quick()
	o.Experiment, o.Trip = "particles", 1
	l := begin(t, "", o)
	l.settle()
	l.breakIt("ignored-schedule")
	if s := l.free.setup; s.Model != "learned" || s.Predict != "noise" {
		t.Errorf("got model %s and predict %s want learned and noise", s.Model, s.Predict)
	}
	l.sees("✗ broken on purpose: ignored schedule")
	l.breakIt("few-steps")
	l.press("+")
	l.sees("the pitfall holds it")
	l.drive("u", "u")
	if s := l.free.setup; s.Pitfall != "none" || s.Model != "exact" || s.Predict != "velocity" {
		t.Errorf("two undos lead to %s, %s, %s", s.Pitfall, s.Model, s.Predict)
	}
}

// Where a pitfall makes no sense the list or the key says why, and nothing changes.
func TestBreakItNotHere(t *testing.T) {
	o := quick()
	o.Experiment, o.Trip = "difference", 1
	l := begin(t, "", o)
	l.settle()
	l.breakIt("backward")
	l.sees("this scene takes those of training only")
	if l.free.setup.Pitfall != "none" {
		t.Error("the pitfall is on")
	}
	l.press("esc")
	l.breakIt("no-time")
	l.sees("✗ broken on purpose: no time input")

	o.Experiment = "paths"
	l = begin(t, "", o)
	l.settle()
	l.press("x")
	if l.top() != nil {
		t.Error("a scene without pitfalls lists them")
	}
	l.sees("this scene takes no pitfall")
}

// The label is there on every screen that shows the run, however small.
func TestBrokenIsAlwaysSaid(t *testing.T) {
	o := quick()
	o.Experiment, o.Trip = "free", 1
	l := begin(t, "", o)
	l.settle()
	l.breakIt("backward")
	for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 20}, {40, 12}} {
		l.resize(size[0], size[1])
		l.settle()
		l.sees("broken on purpose: backward")
		l.press("x")
		l.sees("Break it on purpose")
		l.press("esc")
	}
}
