package main

import (
	"strings"
	"testing"

	"fmlab/lessons/progress"
)

// TestReviewWaits: with nothing due the command says so, and when the next item
// comes.
func TestReviewWaits(t *testing.T) {
	home := t.TempDir()
	t.Setenv("FMLAB_HOME", home)
	says := func(want string) {
		t.Helper()
		if a := process(t, "", "review"); a.code != 0 || !strings.HasPrefix(a.out, want) {
			t.Errorf("got exit %d, %q and %q, want 0 and %q", a.code, a.out, a.words, want)
		}
	}
	says("nothing to review yet")
	log, err := progress.Open(home)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	if err := log.Append(progress.Answered, "1.1/model-knows", progress.Answer{Concept: "ode", Right: true, Sure: "sure"}); err != nil {
		t.Fatal(err)
	}
	says("nothing is due; the next item comes in ")
}
