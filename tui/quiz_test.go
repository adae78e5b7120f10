package tui

import (
	"slices"
	"strings"
	"testing"

	"fmlab/lessons"
)

// TestPictureHidesTheAnswer: the picture is beside the question, on 80 columns too,
// and what is set in the lab is on no screen before the answer.
func TestPictureHidesTheAnswer(t *testing.T) {
	t.Parallel()
	for _, lesson := range []string{"1.1", "1.5", "1.6", "3.2", "3.4"} {
		l := begin(t, "", Options{Lesson: lesson})
		ask(l, lessons.Picture)
		l.settle()
		truth := l.page.setup.Get(l.quiz().item.Options[0].Set[0].Key)
		want, err := l.quiz().item.Scene.Setup()
		if err != nil || l.page.setup != want {
			t.Errorf("%s: got knobs %+v in the lab, want those of the right option", lesson, l.page.setup)
		}
		for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 20}, {40, 12}} {
			l.resize(size[0], size[1])
			for _, key := range []string{"", "tab"} {
				if key != "" {
					l.press(key)
					l.hush()
				}
				for _, told := range []string{"solver " + truth, "path " + truth, "coupling " + truth, "guidance " + truth, "energy distance", "optimal transport in each", "path " + truth + ":"} {
					if strings.Contains(l.screen(), told) {
						t.Fatalf("%s at %v: got %q on the screen before the answer\n%s", lesson, size, told, l.screen())
					}
				}
			}
			l.press("tab")
			if size[0] == 80 {
				l.sees("▸", "┤")
			}
		}
	}
}

// TestTryAnswer: after a wrong answer t runs it in the lab, then the others, with
// all that the lab has to say.
func TestTryAnswer(t *testing.T) {
	t.Parallel()
	l := begin(t, "", Options{Lesson: "3.4"})
	ask(l, lessons.Picture)
	l.press("t")
	l.sees("answer it first")
	give(l, false)
	v := l.quiz()
	wrong := v.item.Options[v.item.given.Answer.Picked[0]]
	for i := range 2 * len(v.item.Options) {
		l.press("t")
		l.settle()
		l.sees("In the lab: ", "energy distance")
		if got := l.page.setup.Get("guidance"); i%len(v.item.Options) == 0 && got != wrong.Set[0].Value {
			t.Errorf("got guidance %s in the lab, want that of the wrong answer, %s", got, wrong.Set[0].Value)
		}
	}
	l.press("enter")
	if v.item.given != nil || v.scene() != nil {
		t.Error("want the next question, without a picture")
	}
}

// TestSureness: one key answers and says how sure one is, and the log has it.
func TestSureness(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{"enter": lessons.Think, "s": lessons.Sure, "u": lessons.Guess} {
		l := begin(t, "", Options{Lesson: "1.1"})
		ask(l, lessons.One)
		slug := l.quiz().item.Item.Slug
		l.press(key)
		if got := l.state.Latest["1.1/"+slug].Sure; got != want {
			t.Errorf("%s: got %q in the log, want %q", key, got, want)
		}
		l.press("s")
		l.sees("it is answered")
	}
	l := begin(t, "", Options{Lesson: "1.4"})
	ask(l, lessons.Formula)
	l.write("u*s") // letters are the formula here
	for range 3 {
		l.press("backspace")
	}
	l.press("up")
	l.sees("[sure]")
	give(l, true)
	if got := l.state.Latest["1.4/two-point-field"]; got.Sure != lessons.Sure || !got.Right {
		t.Errorf("formula: got %+v in the log, want it right and sure", got)
	}
}

// TestSession: all items of a lesson are asked, wrong ones until they are right,
// and then comes what was right and how well one knew it.
func TestSession(t *testing.T) {
	l := begin(t, "", quick())
	l.enterLesson("1.1")
	l.press("4")
	wrong := 0
	for i := 0; !l.quiz().over; i++ {
		if i > 4*len(l.lesson.body.Quiz) {
			t.Fatalf("the quiz does not end:\n%s", l.screen())
		}
		right := i%3 > 0 || l.quiz().item.Again
		give(l, right)
		if !right {
			wrong++
		}
		l.press("enter")
	}
	l.sees("All are answered", "right the first time", "you said", "think so", "Quiz ●")
	if n := len(l.quiz().session.Given) - len(l.lesson.body.Quiz); n != wrong || wrong == 0 {
		t.Errorf("got %d answers more than items, want the %d that were wrong", n, wrong)
	}
	l.press("s")
	l.sees("all are answered")
	l.press("enter")
	l.sees("Question 1 of")
	if slices.ContainsFunc(l.quiz().session.Given, func(lessons.Given) bool { return true }) {
		t.Error("want a round anew")
	}
}
