package plain

import (
	"testing"

	"fmlab/lab"
)

// TestGolf: a hole is told with its par, played, and its best round kept.
func TestGolf(t *testing.T) {
	if testing.Short() {
		t.Skip("computes for seconds")
	}
	s := lab.Default()
	k := begin(t, "", Options{Setup: &s})
	k.hears("Golf hole 1, par 12", "lesson 2.5", "play")
	k.hears("Hole played: Moons under four hundredths", "set solver rk4", "set nfe 12", "run")
	k.hears("your best 12, par 12: the best known", "goals")
	if got := k.kept().Golf["2.5/golf-moons"]; got.NFE != 12 || got.Card == "" {
		t.Errorf("got %+v kept, want a round of 12 with its card", got)
	}
}
