package tui

import (
	"math"
	"strings"
	"testing"

	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// TestCapstone goes through Play of lesson 3.5 as a learner does: a ring drawn in
// the pad is the data, the budget comes down, training goes on until the target is
// beaten; then the log has the final run, and its card makes that run again.
func TestCapstone(t *testing.T) {
	notInShort(t)
	t.Parallel()
	l := begin(t, "", Options{Lesson: "3.5"})
	l.press("2")
	l.until("a picture", func() bool { return l.play.frame != nil })
	l.press("D", "D", "2")
	for i := range 60 { // sprays round a ring
		a := float64(i) / 60 * 2 * math.Pi
		l.pad.goTo(2*math.Cos(a), 2*math.Sin(a), false)
		l.press(" ")
	}
	l.press("enter", "enter")
	met := func(slug string) func() bool {
		return func() bool { return l.state.Goals[progress.Ref("3.5", slug)] }
	}
	l.until("the goal of own data", met("own"))
	if len(l.state.Capstone) != 0 {
		t.Errorf("got a final run %+v before the target was reached", l.state.Capstone)
	}
	for knob, value := range map[string]string{"iters": "1500", "solver": "midpoint", "nfe": "16", "n": "500"} {
		if err := l.play.set(knob, value); err != nil {
			t.Fatal(err)
		}
	}
	l.press("t")
	l.until("the target beaten", met("beat"))
	run := l.state.Capstone["3.5"]
	if !run.Beaten || run.NFE != 16 || !(run.Distance <= 1.5*run.Floor) || !(run.Floor < run.Q95) {
		t.Errorf("got the final run %+v, want it within the target, with 16 NFE", run)
	}
	exp, setup, _, err := lab.ReadCard(run.Card)
	if err != nil || exp.Name != "train" || setup != l.play.setup {
		t.Fatalf("got card %s (%v), want that of the run", run.Card, err)
	}
	sim, err := exp.Start(setup)
	if err != nil {
		t.Fatal(err)
	}
	defer sim.Close()
	for sim.Step() {
	}
	if d, _ := sim.Frame(lab.Look{Trip: 1}).Stat("energy_distance2"); d.Value != run.Distance {
		t.Errorf("the card again: got an energy distance of %g, want %g", d.Value, run.Distance)
	}

	// A worse run does not take its place.
	if err := l.play.set("iters", "20"); err != nil {
		t.Fatal(err)
	}
	l.press("t")
	l.settle()
	if l.state.Capstone["3.5"] != run {
		t.Errorf("got %+v after a worse run, want the better kept", l.state.Capstone["3.5"])
	}
	if !strings.Contains(l.screen(), "● ok Beat the target") {
		t.Errorf("want the goal still met\n%s", l.screen())
	}
}

// TestClosing takes the final assessment from the part Do of 3.5, first failed, then
// passed, and goes to the report from the list and by its key.
func TestClosing(t *testing.T) {
	l := begin(t, "", lessonOptions("3.5"))
	l.press("5")
	l.sees("▸ ○ the final assessment", "Not taken yet", "· – your report")
	share := func() string { return dot(l.standing(l.lesson.Lesson)[4]) }
	for _, pass := range []bool{false, true} {
		l.press("5", "enter")
		l.sees("Final assessment")
		s := l.cards.session
		asked := s.Items()
		if asked < 20 {
			t.Fatalf("got an assessment of %d items, want 20 or more", asked)
		}
		for range asked {
			give(l, pass)
		}
		x, taken := l.state.Assessed[lessons.FinalRef]
		if !taken || x.Passed != pass || x.Asked != asked {
			t.Fatalf("pass %v: got %+v\n%s", pass, x, l.screen())
		}
		for range 60 {
			l.press("pgdown")
		}
		l.press("enter")
		l.sees(map[bool]string{false: "Not passed yet: 0 of", true: "Passed, with"}[pass])
		if want := map[bool]string{false: "○", true: "●"}[pass]; share() != want {
			t.Errorf("pass %v: got the part Do %s, want %s", pass, share(), want)
		}
	}
	l.press("down")
	l.sees("▸ – your report", "There is no final run yet")
	l.note(progress.Capstone, "3.5", progress.Final{Card: "fmlab play --experiment train", Distance: 0.01, Floor: 0.009, Q95: 0.02, NFE: 16, Beaten: true})
	l.press("up", "down")
	l.sees("Final run: energy distance² 0.01, floor 0.009 to 0.02, 16 NFE", "fmlab play --experiment train")
	for _, k := range []string{"enter", "w"} {
		l.press(k)
		l.sees("A report, to keep or to hand in")
		l.press("esc")
		l.sees("▸ – your report")
	}
}

// TestLastLesson goes through lesson 3.5 from its first page to the door of the
// assessment, as any other lesson.
func TestLastLesson(t *testing.T) {
	notInShort(t)
	t.Parallel()
	l := begin(t, "", lessonOptions("3.5"))
	for _, p := range l.lesson.body.Pages {
		l.sees(p.Title)
		l.press("enter")
	}
	l.picture()
	l.sees("Bring your own data", "now: data 2gaussians", "Read ●")
	predictAll(l)
	answerAll(l)
	l.press("5")
	l.sees("the final assessment", "your report")
}
