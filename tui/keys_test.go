package tui

import (
	"strings"
	"testing"

	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/lessons/exercise"
)

// places are ways to every situation in which keys mean something, each with a
// cursor, a page, a time and a knob somewhere in the middle.
var places = []struct {
	name   string
	on     where
	scenes []string // lessons: what is disabled in one works in another
	go_    func(l *learner)
}{
	{"map", onMap, []string{"1.1"}, func(l *learner) { l.walk("esc", "down", "down") }},
	{"page", onRead, []string{"1.1", "2.1"}, func(l *learner) { l.walk("1", "enter", "p", "left", "left", "down") }},
	{"play", onPlay, []string{"1.5", "2.1"}, func(l *learner) { l.walk("2", "p", "left", "left", "tab", "down", "tab") }},
	{"goals", onPlay, []string{"1.5"}, func(l *learner) { l.walk("2", "p", "right", "pgdown", "down") }},
	{"prediction", onPredict, []string{"1.5"}, func(l *learner) { l.press("3", "down"); l.picture() }},
	{"options", onQuiz, []string{"1.1"}, func(l *learner) { ask(l, "one"); l.walk("down") }},
	{"marks", onQuiz, []string{"1.1"}, func(l *learner) { ask(l, "several"); l.walk("down") }},
	{"number", onNumber, []string{"1.1"}, func(l *learner) { ask(l, "number") }},
	{"typed", onAnswer, []string{"1.4"}, func(l *learner) { ask(l, "formula"); l.write("w*a + b"); l.press("left") }},
	{"picture", onQuiz, []string{"1.4"}, func(l *learner) { ask(l, "picture"); l.picture() }},
	{"judged", onQuiz, []string{"1.4"}, func(l *learner) { ask(l, "picture"); l.picture(); l.press("enter", "down") }},
	{"card", onCard, []string{"1.4"}, func(l *learner) { review(l, "picture"); l.picture(); l.press("enter", "down") }},
	{"asked", onCard, []string{"1.1"}, func(l *learner) { review(l, "several"); l.press("down") }},
	{"digits", onCardNumber, []string{"1.1"}, func(l *learner) { review(l, "number") }},
	{"do", onDo, []string{"1.1"}, func(l *learner) { l.walk("5") }},
	{"derivation", onDo, []string{"1.5"}, func(l *learner) { l.walk("5"); derive(l, 1); solvePart(l); l.View(); l.press("up") }},
	{"steps", onSteps, []string{"1.5"}, func(l *learner) { l.walk("5"); derive(l, 1); l.press("h", "3", "5"); l.press("pgdown") }},
	{"blank", onBlank, []string{"1.5"}, func(l *learner) { l.walk("5"); toBlank(l); l.write("2*t"); l.press("enter", "tab", "esc") }},
	{"formula", onFormula, []string{"1.5"}, func(l *learner) {
		l.walk("5")
		toBlank(l)
		l.write("2*t")
		l.press("left", "tab", "tab", "tab")
		l.View()
		l.press("up")
	}},
	{"tasks", onTasks, []string{"2.1"}, func(l *learner) { l.walk("5"); l.press("down", "down") }},
	{"exercise", onCode, []string{"1.2"}, func(l *learner) {
		l.walk("5")
		l.toExercise("1.2-euler")
		l.press("h", "h", "enter")
		l.write("two changes")
		l.press("esc", "u", "tab", "pgdown", "up")
	}},
	{"editor", inEditor, []string{"1.2"}, func(l *learner) {
		l.walk("5")
		l.toExercise("1.2-euler")
		l.press("enter")
		l.send(paste(strings.Repeat("\n", 20)))
		l.press("end", "up", "down")
		for range 6 {
			l.press("right")
		}
		l.press("down", "end", "left", "left")
	}},
	{"flow", onFlow, []string{"2.5"}, func(l *learner) {
		l.handIn(exercise.FlowParts...)
		l.press("5", "down", "down", "enter", "tab", "pgdown", "up")
		l.until("the end", func() bool { return l.lesson.do.flow.at == len(exercise.FlowData) })
		l.View()
		l.press("up", "up")
	}},
	{"lab", onLab, []string{"", "couplings", "density"}, func(l *learner) { l.walk("s", "left", "left", "p") }},
	{"help", inHelp, []string{"1.1"}, func(l *learner) { l.walk("2", "?", "down", "down") }},
	{"progress", inProgress, []string{"1.1"}, func(l *learner) { l.walk("esc", "p", "down", "down", "pgdown") }},
	{"knobs", inKnobs, []string{"1.1"}, func(l *learner) { l.walk("2", "o", "down") }},
	{"values", inPicker, []string{"1.1"}, func(l *learner) { l.walk("2", "D", "down") }},
	{"pad", inPad, []string{"1.1"}, func(l *learner) { drawRing(l, 60); l.press("1", "L"); l.settle() }},
	{"blank pad", inPad, []string{"1.1"}, func(l *learner) { l.walk("2", "D", "D") }},
	{"name", inTyping, []string{"1.1"}, func(l *learner) { drawRing(l, 60); l.press("enter", "left"); l.settle() }},
	{"scenes", inPicker, []string{""}, func(l *learner) { l.walk("v", "down") }},
	{"typing", inTyping, []string{"1.1"}, func(l *learner) {
		l.walk("2", "D")
		l.toLastRow()
		l.press("enter")
		l.write("no.csv")
		l.press("left")
	}},
	{"question", inConfirm, []string{""}, func(l *learner) { l.train(); l.press("q") }},
}

// opening is a cheap start in a scene: of a lesson, or of the free lab, where "" is
// the particles.
func opening(scene string) Options {
	o := quick()
	if scene == "" {
		scene = "particles"
	}
	if _, err := lab.FindExperiment(scene); err != nil {
		o.Lesson = scene
		return o
	}
	o.Experiment, o.Trip = scene, 1
	return o
}

// train starts a training run in the free lab that is not over soon.
func (l *learner) train() {
	l.t.Helper()
	s := l.free.setup
	s.Model, s.Iters = "learned", 1_000_000
	l.free.moveTo(l.free.exp, s)
	l.press("t") // any key starts the next command
	l.until("a training run", func() bool { return l.free.training() && l.free.frame.Progress.Done > 3 })
}

// review opens a review that asks an item of a kind first.
func review(l *learner, kind lessons.Kind) {
	l.t.Helper()
	ask(l, kind)
	l.openSession(lessons.NewReview([]lessons.Card{{Lesson: l.lesson.Lesson, Item: l.quiz().item.Item}}, 1))
}

// toKnob moves to a knob in the list of them.
func (l *learner) toKnob(key string) {
	l.t.Helper()
	p := l.top().(*knobList)
	for range p.rows() {
		if k := p.row().knob; k != nil && k.Key == key {
			return
		}
		l.press("down")
	}
	l.t.Fatalf("got no knob %s in the list", key)
}

// toLastRow moves to the row that takes a typed value.
func (l *learner) toLastRow() {
	for range l.top().(*picker).rows() {
		l.press("down")
	}
}

// nothingThere are bindings that have nothing to do in a place: the key of the
// part one is in, and texts that are never long enough to scroll.
var nothingThere = map[string]bool{
	"play: 2": true, "goals: 2": true, "options: 4": true, "marks: 4": true, "picture: 4": true, "judged: 4": true,
	"options: tab": true, "marks: tab": true, "options: t": true, "marks: t": true, "number: tab": true, "typed: tab": true,
	"card:  ": true, "card: s": true, "card: u": true, "asked: t": true, "asked: tab": true, "asked: pgup": true, "asked: pgdown": true,
	"digits: tab": true, "digits: pgup": true, "digits: pgdown": true,
	"judged:  ": true, "judged: s": true, "judged: u": true, "picture: t": true, "picture: pgup": true, "typed: pgup": true, "do: 5": true, "derivation: 5": true, "blank: 5": true,
	"play: up": true, "play: down": true, "play: pgup": true, "play: pgdown": true,
	"pad: 1": true, "blank pad: 2": true, "do: up": true, "do: down": true, "do: pgup": true, "do: pgdown": true, "number: pgup": true, "number: pgdown": true,
	"exercise: E": true, "tasks: 5": true, "tasks: r": true, "tasks: pgup": true, "exercise: 5": true, "flow: 5": true,
}

// TestBindings: in every place, every key of the table changes the screen in
// some scene and some size, and where it is disabled it says why.
func TestBindings(t *testing.T) {
	notInShort(t)
	for p := range places {
		t.Run(places[p].name, func(t *testing.T) {
			t.Parallel()
			for b := range bindings {
				if bindings[b].on&places[p].on != 0 {
					tryBinding(t, p, b)
				}
			}
		})
	}
}

func tryBinding(t *testing.T, place, binding int) {
	p, b := &places[place], &bindings[binding]
	told, did := false, nothingThere[p.name+": "+b.keys[0]]
	for _, scene := range p.scenes {
		for _, size := range [][2]int{{120, 36}, {60, 14}} {
			if did && (told || b.why == nil) {
				return
			}
			changed, why := tryKey(t, scene, size, p.go_, b)
			did = did || why == "" && changed
			told = told || why != ""
			if changed {
				break // in this scene
			}
			if why != "" {
				t.Errorf("%s: %s in %s: got no word about why not (%s)", p.name, b.keys[0], scene, why)
			}
		}
	}
	if !did && !told {
		t.Errorf("%s: %s: want it to happen (%s)", p.name, b.keys[0], b.help)
	}
}

// tryKey presses the key of a binding in a place and says whether the screen has
// changed, by the reason when the binding is disabled.
func tryKey(t *testing.T, scene string, size [2]int, goThere func(*learner), b *binding) (changed bool, why string) {
	t.Helper()
	l := begin(t, "", opening(scene))
	defer l.close()
	l.resize(size[0], size[1])
	goThere(l)
	if b.on&l.where() == 0 {
		t.Fatalf("%s: got a place without the key %v\n%s", scene, b.keys, l.screen())
	}
	l.hush()
	if b.why != nil {
		why = b.why(l.App)
	}
	before := l.View()
	l.press(b.keys[0])
	if why != "" {
		start := strings.Join(strings.Fields(why)[:3], " ")
		return strings.Contains(l.screen(), start), why
	}
	for n := 0; n < 50 && l.View() == before && !l.left; n++ {
		l.step()
	}
	return l.View() != before || l.left, ""
}

// TestNoTwoBindings: in one place a key means one thing.
func TestNoTwoBindings(t *testing.T) {
	for on := onMap; on <= inConfirm; on <<= 1 {
		taken := map[string]string{}
		for _, b := range bindings {
			for _, k := range b.keys {
				if other, ok := taken[k]; ok && b.on&on != 0 {
					t.Errorf("place %b: key %q means %q and %q", on, k, other, b.help)
				}
				if b.on&on != 0 {
					taken[k] = b.help
				}
			}
		}
		if taken["ctrl+c"] == "" || on != onMap && taken["esc"] == "" {
			t.Errorf("place %b: got no ctrl+c or no esc", on)
		}
	}
}

// TestFooter: the keys fit in one row at every width, and those that lead out of
// anywhere are always among them.
func TestFooter(t *testing.T) {
	t.Parallel()
	for _, p := range places {
		l := begin(t, "", opening(p.scenes[0]))
		p.go_(l)
		if l.ask != nil {
			continue // the question stands there instead
		}
		for w := minW; w <= 200; w++ {
			l.hush()
			l.resize(w, 24)
			rows := strings.Split(l.screen(), "\n")
			last := rows[len(rows)-1]
			for _, must := range []string{"? keys", "q quit", "esc back"} {
				b, ok := find(strings.Fields(must)[0], l.where())
				if ok && (b.why == nil || b.why(l.App) == "") && !strings.Contains(last, " "+must+" ") {
					t.Fatalf("%s at %d columns: got footer %q, want %q in it", p.name, w, last, must)
				}
			}
		}
	}
}

// TestHelpListsAll: the list of keys has every binding of the place it was
// called from, with the reason of those that are disabled.
func TestHelpListsAll(t *testing.T) {
	for _, p := range places {
		if _, ok := find("?", p.on); !ok {
			continue
		}
		l := begin(t, "", opening(p.scenes[0]))
		p.go_(l)
		var reasons []string
		for _, b := range bindings {
			if b.on&p.on != 0 && b.why != nil && b.why(l.App) != "" {
				reasons = append(reasons, b.why(l.App))
			}
		}
		l.press("?")
		var text string
		for _, line := range l.top().(*sheet).lines(l.App, 76, false) {
			for _, span := range line {
				text += span.Text + " "
			}
		}
		text = strings.Join(strings.Fields(text), " ")
		for _, b := range bindings {
			if want := strings.Join(strings.Fields(keyNames(b.keys)+" "+b.help), " "); b.on&p.on != 0 && !strings.Contains(text, want) {
				t.Errorf("%s: got no %q in the list of keys", p.name, want)
			}
		}
		for _, r := range reasons {
			if !strings.Contains(text, "not now: "+r) {
				t.Errorf("%s: got no %q in the list of keys", p.name, r)
			}
		}
	}
}

// TestKeysAreBound: what the texts of the app say about keys is in the table.
func TestKeysAreBound(t *testing.T) {
	for k, on := range map[string]where{"s": onPlay, "p": onPlay, "d": onPlay, "x": 0, "u": onLab, "A": onLab, "q": everywhere, "?": everywhere} {
		b, ok := find(k, on)
		if ok != (on != 0) || ok && b.on&on != on {
			t.Errorf("key %q: got bound %v at %b, want %b", k, ok, b.on, on)
		}
	}
}

// TestNotation: our letters and those of others are one key away from everywhere.
func TestNotation(t *testing.T) {
	l := begin(t, "", quick())
	for _, keys := range [][]string{{}, {"enter"}, {"2"}, {"3"}, {"5"}, {"esc", "l"}} {
		l.press(append(keys, "N")...)
		l.sees("Notation", "MIT notes")
		l.press("esc")
	}
}
