package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fmlab/lab"
)

// choose goes to a scene of the free lab by the list of them.
func (l *learner) choose(name string) {
	l.t.Helper()
	l.press("v")
	for range lab.Experiments {
		l.press("up")
	}
	exp, err := lab.FindExperiment(name)
	if err != nil {
		l.t.Fatal(err)
	}
	for range sceneIndex(exp) {
		l.press("down")
	}
	l.sees("▸ "+name, exp.Title, "--experiment "+name)
	l.press("enter")
	l.picture()
}

// mainWords are what a learner finds in a scene once it is measured, besides its
// title, and the key that is turned in it.
var mainWords = map[string]struct {
	key   string
	words []string
}{
	"particles":  {"s", []string{"samples", "energy distance"}},
	"paths":      {"p", []string{"alpha and sigma over t", "vp"}},
	"microscope": {"p", []string{"their data", "variance in closed form"}},
	"train":      {"p", []string{"training loss", "field error"}},
	"anatomy":    {"p", []string{"6 loss", "sub-step 6 of 6"}},
	"solvers":    {"s", []string{"error against NFE", "midpoint", "order"}},
	"free":       {"+", []string{"error against NFE", "samples"}},
	"difference": {"p", []string{"field error over t", "field error at this t"}},
	"distances":  {"-", []string{"exact W2", "MMD", "NLL", "floor", "like data"}},
	"density":    {"p", []string{"density by the flow", "NLL", "error of log p"}},
	"ledger":     {"-", []string{"sampling floor", "discretisation", "total"}},
	"readings":   {"w", []string{"velocity", "noise", "score", "round trip"}},
	"schedules":  {"p", []string{"sliced W2", "Euler 8", "seeds", "linear-vp"}},
	"claim":      {"w", []string{"Verdict", "margin", "holds"}},
	"couplings":  {"c", []string{"crossings", "path energy", "independent", "ot"}},
}

// TestScenes goes from scene to scene by keys, finds in each what it is about,
// turns a knob there, and comes back by undoing. The knobs stay as they are.
func TestScenes(t *testing.T) {
	notInShort(t)
	for i := range lab.Experiments {
		name := lab.Experiments[i].Name
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from := "free"
			if name == from {
				from = "particles"
			}
			l := inLab(t, from)
			l.drive("p")
			setup := l.free.setup
			l.choose(name)
			if l.free.setup != setup || l.free.taken != setup || l.free.of.Name != name {
				t.Fatalf("got scene %s with %+v, want the knobs kept", l.free.of.Name, l.free.taken)
			}
			l.sees("scene: " + name + " (was " + from + "; u undoes)")
			l.settle()
			l.hush()
			if name != "free" {
				l.sees("› " + lab.Experiments[i].Title)
			}
			l.sees(mainWords[name].words...)
			if f := l.free.frame; f.Err != nil || f.Experiment != name {
				t.Errorf("got a picture of %s, %v", f.Experiment, f.Err)
			}
			if key := mainWords[name].key; key != "" {
				l.press(key)
				l.picture()
				if l.free.taken == setup || l.free.frame.Err != nil {
					t.Errorf("%s: got %+v, %v, want another setup", key, l.free.taken, l.free.frame.Err)
				}
				l.press("u")
				l.picture()
			}
			l.press("u")
			l.picture()
			if l.free.of.Name != from || l.free.taken != setup {
				t.Errorf("u: got scene %s, want %s as it was", l.free.of.Name, from)
			}
		})
	}
}

// TestSceneInTheList: the list of knobs begins with the scene, which is turned and
// chosen there; and a lesson's scene is its own.
func TestSceneInTheList(t *testing.T) {
	l := inLab(t, "particles")
	l.press("o")
	l.press("up", "up", "up", "right")
	l.sees("▸ scene", "‹ paths ›")
	l.press("left", "enter")
	l.sees("Scenes of the free lab", "▸ particles")
	l.press("esc", "esc")
	if l.at != screenLab || l.top() != nil || l.free.exp.Name != "particles" {
		t.Errorf("esc: got scene %s and %v over it, want to be back in the first", l.free.exp.Name, l.top())
	}
	o := quick()
	o.Lesson = "1.1"
	l = begin(t, "", o)
	l.press("2", "v")
	if l.top() != nil {
		t.Errorf("v in a lesson: got the scenes of the free lab")
	}
	l.press("o", "up", "up", "up")
	if l.top().(*knobList).row().knob == nil {
		t.Errorf("got a scene to choose in a lesson")
	}
}

// TestPlaceOfTheScene: the next evening begins in the scene where the learner left.
func TestPlaceOfTheScene(t *testing.T) {
	l := inLab(t, "free")
	l.choose("couplings")
	l.drive("c", "q")
	l.Save()
	next := begin(t, l.dir, Options{})
	if next.live() != next.free || next.free.exp.Name != "couplings" || next.free.card() != l.free.card() {
		t.Errorf("got %s, want %s", next.Describe(), l.Describe())
	}
}

// TestCardsSayAll: a card names every knob that decides what its scene shows, with
// whatever knobs one came there.
func TestCardsSayAll(t *testing.T) {
	odd := lab.Default()
	for i := range lab.Knobs {
		k := &lab.Knobs[i]
		menu := k.Menu()
		if err := k.Set(&odd, menu[len(menu)-1]); err != nil {
			t.Fatal(err)
		}
	}
	for _, exp := range lab.Experiments {
		in := live{exp: exp, setup: odd}
		got, s, _, err := lab.ReadCard(in.card())
		s.Threads = odd.Threads
		if want := odd.Only(exp.Knobs); err != nil || got.Name != exp.Name || s != want {
			t.Errorf("%s: got %+v, want %+v (%v)", exp.Name, s, want, err)
		}
	}
}

// TestGroups: every knob is in one group at most, and those of every scene are in
// its list once.
func TestGroups(t *testing.T) {
	seen := map[string]bool{}
	for _, key := range slices.Concat(groups[0].keys, groups[1].keys, groups[2].keys, groups[3].keys) {
		if _, err := lab.FindKnob(key); err != nil || seen[key] {
			t.Errorf("knob %s: got it twice or unknown (%v)", key, err)
		}
		seen[key] = true
	}
	for _, exp := range lab.Experiments {
		var keys []string
		for _, g := range grouped(exp) {
			keys = append(keys, g.keys...)
		}
		want := slices.Clone(exp.Knobs)
		slices.Sort(keys)
		slices.Sort(want)
		if !slices.Equal(keys, want) {
			t.Errorf("%s: got knobs %v in groups, want %v", exp.Name, keys, want)
		}
	}
	for _, key := range ofTraining {
		if _, err := lab.FindKnob(key); err != nil {
			t.Error(err)
		}
	}
}

// TestKnobListScrolls: in every scene and every size each row is reached by ↓ and
// back by ↑, and is seen when it is.
func TestKnobListScrolls(t *testing.T) {
	for _, exp := range lab.Experiments {
		l := inLab(t, exp.Name)
		for _, size := range [][2]int{{120, 36}, {100, 20}, {80, 24}, {60, 20}, {40, 12}} {
			l.resize(size[0], size[1])
			l.press("o")
			p := l.top().(*knobList)
			for _, key := range []string{"down", "up"} {
				passed := 1
				for at := -1; at != p.cursor; passed++ {
					at = p.cursor
					title := "scene"
					if k := p.row().knob; k != nil {
						title = k.Title
					}
					l.sees("▸ " + title)
					l.press(key)
				}
				if want := len(exp.Knobs) + 2; passed != want {
					t.Errorf("%s %v: got %d rows on the way %s, want %d", exp.Name, size, passed-1, key, want-1)
				}
			}
			l.press("esc")
		}
	}
}

// TestIdleKnobs: a knob that changes nothing says so in the list, its key says why,
// and turning it leaves the run as it is.
func TestIdleKnobs(t *testing.T) {
	l := inLab(t, "free")
	l.settle()
	l.press("c")
	l.sees("c: the field is exact; m trains a network")
	l.press("o")
	l.toKnob("iters")
	l.sees("no effect now: the field is exact")
	sim := l.free.sim
	l.drive("right", "esc")
	if l.free.sim != sim || l.free.taken.Iters == 8 {
		t.Errorf("got another run, or no other iterations")
	}
	l.drive("m", "c")
	l.hush()
	l.sees("coupling ot")
	if l.free.sim == sim || l.free.taken.Coupling != "ot" {
		t.Errorf("got coupling %s, want a network trained with another", l.free.taken.Coupling)
	}
}

// TestTurnedPast: a knob that is turned goes past a value that was refused.
func TestTurnedPast(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		key, knob, past, says string
		turns                 []string
	}{
		{"d", "data", "checkerboard", "there are no classes here", []string{"label", "1", "data", "pinwheel"}},
		{"s", "solver", "sde", "paired", []string{"model", "learned", "coupling", "ot"}},
	} {
		l := inLab(t, "particles", c.turns...)
		l.settle()
		menu := l.free.setup
		k, _ := lab.FindKnob(c.knob)
		seen := map[string]bool{}
		for range 2 * len(k.Menu()) {
			before, frame := l.free.setup, l.free.frame
			l.drive(c.key)
			if strings.Contains(l.screen(), c.says) {
				if l.free.setup != before || l.free.taken != before || frame == nil || l.free.frame.Err != nil {
					t.Errorf("refused: got %+v, want all as before", l.free.setup)
				}
				seen["refused"] = true
			}
			seen[l.free.setup.Get(c.knob)] = true
			l.hush()
		}
		if !seen["refused"] || seen[c.past] && c.knob == "solver" {
			t.Errorf("%s: got %v, want %s refused", c.key, seen, c.past)
		}
		if !seen[menu.Get(c.knob)] || len(seen) < 4 {
			t.Errorf("%s: got %v, want to come round past what is refused", c.key, seen)
		}
	}
}

// TestHeeds: where a look changes nothing its key says why, and where it does the
// picture changes.
func TestHeeds(t *testing.T) {
	t.Parallel()
	for _, exp := range lab.Experiments {
		for _, model := range []string{"exact", "learned"} {
			if model == "learned" && !slices.Contains(exp.Knobs, "model") {
				continue
			}
			l := inLab(t, exp.Name, "model", model)
			l.settle()
			for _, key := range []string{"f", "t", "e", "left"} {
				b, _ := find(key, onLab)
				why := b.why(l.App)
				l.hush()
				before := fmt.Sprintf("%+v", l.free.frame.Plane)
				if l.free.frame.Plane == nil {
					continue
				}
				l.drive(key)
				after := fmt.Sprintf("%+v", l.free.frame.Plane)
				if (before != after) != (why == "") {
					t.Errorf("%s, %s: %s: got a change %v and reason %q", exp.Name, model, key, before != after, why)
				}
			}
		}
	}
}
