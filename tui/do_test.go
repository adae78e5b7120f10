package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fmlab/lessons/derivation"
	"fmlab/lessons/progress"
)

// derive opens a lesson at its derivation, begun as a seed shuffles it.
func derive(l *learner, seed uint64) {
	l.t.Helper()
	l.press("5")
	if v := &l.lesson.do; v.state.Derivation == nil {
		v.work(derivation.Start(l.lesson.body.Derivation, seed))
	}
	l.send(toastOver(0))
}

// shownAt is where a step of the file is shown.
func shownAt(l *learner, step derivation.Step) int {
	return slices.IndexFunc(l.lesson.do.state.Steps(), func(s derivation.Step) bool { return s.Line == step.Line })
}

// put puts a step by its digit, or by the cursor where it has none.
func put(l *learner, shown int) {
	if shown < 9 {
		l.press(fmt.Sprint(shown + 1))
		return
	}
	for range l.lesson.do.state.Steps() {
		l.press("up")
	}
	for range shown {
		l.press("down")
	}
	l.press("enter")
}

// trueSteps are those of the part in hand, in an order that is right.
func trueSteps(l *learner) (steps []derivation.Step) {
	for _, s := range l.lesson.do.state.Part().Steps {
		if !s.False {
			steps = append(steps, s)
		}
	}
	return steps
}

// solvePart answers the part in hand by its solution.
func solvePart(l *learner) {
	l.t.Helper()
	v := &l.lesson.do
	if b := v.state.Part().Blank; b != nil {
		if l.where() == onBlank {
			l.press("enter")
		}
		for len(v.formula.runes) > 0 {
			l.press("backspace")
		}
		l.write(b.Answer.String())
		l.press("enter")
	} else {
		for len(v.order) > 0 {
			l.press("backspace")
		}
		for _, s := range trueSteps(l) {
			put(l, shownAt(l, s))
		}
		l.press("c")
	}
	if v.next == nil {
		l.t.Fatalf("part %s: got its solution refused\n%s", v.state.Part().Slug, l.screen())
	}
	l.sees("ok – right")
}

// toBlank goes to the first part with a formula to type.
func toBlank(l *learner) {
	l.t.Helper()
	derive(l, 1)
	for l.where() != onFormula {
		solvePart(l)
		l.press("enter")
	}
}

// TestDerivation solves the derivation of 1.5, each part wrong and then right: the
// dot of Do fills, and the log has it once, with no hints.
func TestDerivation(t *testing.T) {
	l := begin(t, "", Options{Lesson: "1.5"})
	d := l.lesson.body.Derivation
	ref := progress.Ref("1.5", d.Slug)
	l.press("5")
	l.sees("Do ○", d.Title, "enter begins")
	l.press("enter")
	v := &l.lesson.do
	for i, p := range d.Parts {
		l.sees(fmt.Sprintf("Part %d of %d: %s", i+1, len(d.Parts), p.Title), "no hints so far")
		answerWrong(l)
		if v.next != nil || v.state.At != i || len(l.state.Derived) > 0 {
			t.Fatalf("part %s: got a wrong answer taken\n%s", p.Slug, l.screen())
		}
		solvePart(l)
		if done := l.state.Derived[ref].Times; (done == 1) != (i+1 == len(d.Parts)) {
			t.Errorf("part %s: got the derivation solved %d times", p.Slug, done)
		}
		l.press("enter")
	}
	l.sees("Do ●", "the derivation is done, without hints", "Come back in a week")
	if got := l.state.Derived[ref]; got.Times != 1 || !got.Unaided() || got.Kept() {
		t.Errorf("got %+v in the log, want it solved once without hints", got)
	}
	l.press("enter")
	l.sees("enter: it is done; r starts again")
	l.press("r")
	l.sees("Part 1 of")
	if got := l.state.Derived[ref].Times; got != 1 {
		t.Errorf("started again: got %d times in the log, want 1", got)
	}
}

// answerWrong answers the part in hand wrong, and sees what is said.
func answerWrong(l *learner) {
	l.t.Helper()
	v := &l.lesson.do
	if b := v.state.Part().Blank; b != nil {
		l.write(b.Wrong[0].Formula.String())
		l.press("enter")
		l.sees("no – not yet", "yours gives", strings.Join(strings.Fields(b.Wrong[0].Hint)[:3], " "))
		return
	}
	steps := v.state.Steps()
	for _, at := range []int{shownAt(l, trueSteps(l)[0]), slices.IndexFunc(steps, func(s derivation.Step) bool { return s.False })} {
		put(l, at)
	}
	l.press("c")
	l.sees("no – not yet", "is false:", "[1]  ok ", "[2]  no ", " 1. ok ", " 2. no ")
}

// TestDerivations solves all of them by their solutions: with a hint on the way
// the dot fills as well, and it is said.
func TestDerivations(t *testing.T) {
	c, err := curriculum()
	if err != nil {
		t.Fatal(err)
	}
	for _, le := range c.Lessons() {
		body, err := le.Body()
		if err != nil {
			t.Fatal(err)
		}
		if !le.Ready || body.Derivation == nil {
			continue
		}
		l := begin(t, "", Options{Lesson: le.ID})
		l.resize(80, 24)
		derive(l, 2)
		l.press("tab", "h")
		for range body.Derivation.Parts {
			solvePart(l)
			l.press("enter")
		}
		full := "Do ●"
		if len(body.Exercises) > 0 { // they are left to do
			full = "Do ◐"
		}
		l.sees(full, "the derivation is done, with one hint", "It took hints")
		if got := l.state.Derived[progress.Ref(le.ID, body.Derivation.Slug)]; got.Times != 1 || got.Unaided() {
			t.Errorf("%s: got %+v in the log, want it solved with hints", le.ID, got)
		}
	}
}

// TestOrder: steps are put and taken by enter, space and digit; marks of another
// order are forgotten, and what is false stays so.
func TestOrder(t *testing.T) {
	l := begin(t, "", Options{Lesson: "1.5"})
	derive(l, 1)
	v := &l.lesson.do
	wants := func(what string, order ...int) {
		t.Helper()
		if !slices.Equal(v.order, order) {
			t.Fatalf("%s: got order %v, want %v", what, v.order, order)
		}
	}
	l.press("c")
	l.sees("c: no step is put yet")
	l.press("down", "enter", "down", " ", "1")
	wants("enter, space, 1", 1, 2, 0)
	l.press("1", "up", "down", "enter")
	wants("taken out again", 2)
	l.press("backspace")
	wants("backspace")

	answerWrong(l)
	first, untrue := v.order[0], v.order[1]
	l.press("down", "up")
	if v.marks[first] != "ok" || v.marks[untrue] != "no" {
		t.Errorf("got marks %v, want the first step ok and the second refuted", v.marks)
	}
	l.press("backspace")
	if len(v.marks) != 1 || v.marks[untrue] != "no" {
		t.Errorf("after a change: got marks %v, want the false step alone", v.marks)
	}
	l.press("r", "n")
	wants("not started again", first)
	l.press("r", "y")
	wants("started again")
	if v.state.At != 0 || len(v.said) != 0 || len(v.marks) != 0 {
		t.Errorf("started again: got part %d, %v said", v.state.At, v.said)
	}
}

// TestHintsGoDeeper: three hints, each stays to be read again, then the solution,
// which is there once however often one asks.
func TestHintsGoDeeper(t *testing.T) {
	l := begin(t, "", Options{Lesson: "1.5"})
	derive(l, 1)
	hints := len(l.lesson.do.state.Part().Hints)
	for i := range hints {
		l.press("h")
		l.sees(fmt.Sprintf("Hint %d of %d.", i+1, hints), "Hint 1 of")
	}
	l.press("h", "h", "h")
	l.sees("The solution:", fmt.Sprint(hints+1, " hints"))
	if got := len(l.lesson.do.said); got != hints+1 {
		t.Errorf("got %d sayings, want the hints and one solution", got)
	}
}

// TestFormulaIsKept: esc leaves typing, and neither it nor a look at another part
// or lesson loses what was typed or done.
func TestFormulaIsKept(t *testing.T) {
	l := begin(t, "", Options{Lesson: "1.5"})
	toBlank(l)
	l.write("2q(1-t)")
	for range "(1-t)" {
		l.press("left")
	}
	l.press("backspace")
	l.write("*")
	l.sees("2*▏(1-t)")
	l.press("esc")
	l.sees("2*(1-t)", "Part 2 of")
	l.press("1")
	if l.lesson.tab != 0 {
		t.Fatalf("1 after esc: got tab %d, want Read", l.lesson.tab)
	}
	l.press("esc")
	l.enterLesson("2.5")
	l.press("5")
	l.sees("code: The sampling loop")
	l.press("esc")
	l.enterLesson("1.5")
	l.press("5")
	l.sees("2*(1-t)", "Part 2 of")
	l.press("enter", "tab")
	l.sees("2*▏(1-t)", "Hint 1 of")

	l.press("q")
	l.Save()
	next := begin(t, l.dir, Options{})
	if next.lesson.ID != "1.5" || tabs[next.lesson.tab].where != onDo {
		t.Errorf("next evening: got %s, tab %d, want Do of 1.5", next.lesson.ID, next.lesson.tab)
	}
	next.sees("Part 2 of", "1 hint")
}

// TestInput: a line takes what is pasted, not its line breaks, shows its cursor in
// any width, and is never longer than it may be.
func TestInput(t *testing.T) {
	var in input
	in.key(key("x0 +\nx1"))
	in.move(-2)
	in.key(key("backspace"))
	in.move(-100)
	in.key(key("backspace"))
	in.key(key("é"))
	if got := in.text(); got != "éx0 x1" || in.at != 1 {
		t.Errorf("got %q with the cursor at %d", got, in.at)
	}
	in.key(key(strings.Repeat("ab", inputMost)))
	if len(in.runes) != inputMost {
		t.Errorf("got %d runes, want at most %d", len(in.runes), inputMost)
	}
	for _, at := range []int{0, 1, 50, inputMost - 1, inputMost} {
		in.at = at
		for w := 3; w < 80; w++ {
			if got := in.show(w); !strings.Contains(got, "▏") || len([]rune(got)) != w {
				t.Fatalf("%d wide, at %d: got %q", w, at, got)
			}
		}
	}
}
