package tui

import (
	"strings"
	"testing"
	"time"

	"fmlab/lessons"
)

// later sets the clock of the app forward.
func (l *learner) later(d time.Duration) {
	l.opts.Now = func() time.Time { return time.Now().Add(d) }
}

// answerOnce answers an item of lesson 1.1 by one key, right or wrong.
func answerOnce(l *learner, right bool) (slug string) {
	l.t.Helper()
	l.enterLesson("1.1")
	ask(l, lessons.One)
	slug = l.quiz().item.Item.Slug
	give(l, right)
	l.press("esc")
	l.hush()
	return slug
}

// TestReview: what was answered wrong is due a minute later, the map says so, r asks
// it anew until it is right, and then nothing is due.
func TestReview(t *testing.T) {
	l := begin(t, "", quick())
	l.press("r")
	l.sees("nothing to review yet")
	slug := answerOnce(l, false)
	l.press("r")
	l.sees("nothing is due; the next item comes in 1 minute")
	l.hush()
	l.later(2 * time.Minute)
	l.send(key("down"))
	l.sees("1 due for review (r)")
	l.press("r")
	l.sees("review, 1 due", "Question 1 of 1")
	if got := l.quiz().item.Item.Slug; got != slug {
		t.Errorf("got %s to review, want %s", got, slug)
	}
	give(l, false)
	l.sees("it comes again")
	l.press("enter")
	l.sees("Once more (the last one)")
	give(l, true)
	l.sees("ok – right")
	l.press("enter")
	l.sees("All are answered", "0 of 1 right", "For review they come back: 1 within a")
	l.press("enter")
	l.sees("3  Deep dive")
	if strings.Contains(l.screen(), "due for review") {
		t.Errorf("got a card due that was just answered\n%s", l.screen())
	}
	if s := l.state.Items["1.1/"+slug]; s.Wrong != 2 || s.Right != 1 {
		t.Errorf("got %+v in the log", s)
	}
}

// TestReviewFromTheCommandLine opens what is due, and the map when nothing is.
func TestReviewFromTheCommandLine(t *testing.T) {
	dir := t.TempDir()
	first := begin(t, dir, quick())
	answerOnce(first, true)
	first.Save()
	o := quick()
	o.Review, o.Now = true, func() time.Time { return time.Now().Add(time.Hour) }
	l := begin(t, dir, o)
	l.sees("review, 1 due")
	l.press("esc")
	l.sees("3  Deep dive")
	o.Now = nil
	l = begin(t, dir, o)
	l.sees("3  Deep dive")
}

// TestPlacement: the test says nothing before its end, then everything; who passes
// may skip the phase.
func TestPlacement(t *testing.T) {
	for _, pass := range []bool{true, false} {
		l := begin(t, "", quick())
		l.press("t")
		l.sees("Placement test, phase 1", "Question 1 of 15", "The reasons come at the end.")
		for i := 0; !l.quiz().over; i++ {
			if i > 30 {
				t.Fatalf("the test does not end\n%s", l.screen())
			}
			answered := len(l.state.Items)
			give(l, pass)
			if strings.Contains(l.screen(), "not this time") || !l.quiz().over && len(l.state.Items) != answered {
				t.Fatalf("got a word about the answer, or it in the log, before the end\n%s", l.screen())
			}
		}
		l.sees(map[bool]string{true: "ok – passed: 15 of 15", false: "not passed yet: 0 of 15"}[pass], "Flow matching and diffusion")
		if got := l.state.Placed["1"]; got.Passed != pass || got.Asked != 15 || len(l.state.Items) != 15 {
			t.Errorf("got %+v and %d answers in the log", got, len(l.state.Items))
		}
		for range 40 {
			l.press("pgdown")
		}
		l.sees("enter goes on")
		l.press("enter")
		if got := strings.Contains(l.screen(), "placed"); got != pass || (l.home.lessons[l.home.cursor].Phase == 2) != pass {
			t.Errorf("pass %v: got placed %v and lesson %s next\n%s", pass, got, l.home.lessons[l.home.cursor].ID, l.screen())
		}
		l.press("up")
		l.sees("enter opens it") // nothing is locked
	}
}

// TestLeaveTest: half a test asks before it is left, and nothing of it is kept.
func TestLeaveTest(t *testing.T) {
	l := begin(t, "", quick())
	l.press("t")
	give(l, false)
	for _, k := range []string{"esc", "q"} {
		l.press(k)
		l.sees(map[string]string{"esc": "Leave the test? Nothing of it is kept.", "q": "nothing of it would be kept. Quit?"}[k])
		l.press("n")
		l.sees("Question 2 of 15")
	}
	l.press("esc", "y")
	l.sees("the test is left; nothing of it was kept")
	l.hush()
	l.sees("3  Deep dive")
	if n := len(l.state.Items) + len(l.state.Placed); n != 0 {
		t.Errorf("got %d things kept", n)
	}
}

// TestExamFromALesson leads back to where it was opened.
func TestExamFromALesson(t *testing.T) {
	o := quick()
	o.Lesson = "2.5"
	l := begin(t, "", o)
	l.press("2")
	l.openExam(lessons.Final())
	l.sees("Final assessment")
	for i := 0; !l.quiz().over; i++ {
		if i > 40 {
			t.Fatalf("the test does not end\n%s", l.screen())
		}
		give(l, true)
	}
	l.sees("ok – passed")
	if got := l.state.Assessed[lessons.FinalRef]; !got.Passed || got.Asked < 20 {
		t.Errorf("got %+v in the log", got)
	}
	l.press("enter")
	l.picture()
	l.sees("2.5 Solvers", "Play")
}
