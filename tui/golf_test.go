package tui

import (
	"strings"
	"testing"

	"fmlab/lab"
	"fmlab/lessons/progress"
)

// TestGolf: a hole is played by meeting it, the best round is kept and shown against
// par, and a round under other conditions does not count.
func TestGolf(t *testing.T) {
	notInShort(t)
	t.Parallel()
	l := begin(t, "", Options{Lesson: "2.5"})
	l.press("2")
	l.picture()
	play := func(turns ...string) {
		t.Helper()
		for i := 0; i < len(turns); i += 2 {
			if err := l.play.set(turns[i], turns[i+1]); err != nil {
				t.Fatal(err)
			}
		}
		l.hush()
		l.settle()
	}
	const ref = "2.5/golf-moons"
	play("solver", "rk4", "nfe", "16", "seed", "8")
	if _, played := l.state.Golf[ref]; played {
		t.Error("got a round played with another seed")
	}
	if text := l.lesson.text(l.App); !strings.Contains(text, "par 12") || !strings.Contains(text, "seed 8: this hole is played with 7") {
		t.Errorf("want par and the foul on the page, got\n%s", text)
	}
	play("seed", "7")
	if r := l.state.Golf[ref]; r.NFE != 16 || !(r.Value > 0 && r.Value < 0.04) {
		t.Errorf("got round %+v want one of 16", r)
	}
	play("nfe", "12")
	play("nfe", "24") // worse, and not kept
	r := l.state.Golf[ref]
	if r.NFE != 12 {
		t.Errorf("got best round %+v want one of 12", r)
	}
	if _, setup, _, err := lab.ReadCard(r.Card); err != nil || setup.Solver != "rk4" || setup.NFE != 12 {
		t.Errorf("got card %q, %v want the round's own", r.Card, err)
	}
	if text := l.lesson.text(l.App); !strings.Contains(text, "your best 12, par 12: the best known") || !strings.Contains(text, "Three steps of RK4") {
		t.Errorf("want the score and what there is to know of it on the page, got\n%s", text)
	}
	next := begin(t, l.dir, Options{Lesson: "2.5"})
	if best := next.state.Golf[progress.Ref("2.5", "golf-moons")]; best != r {
		t.Errorf("after a restart: got %+v want %+v", best, r)
	}
}
