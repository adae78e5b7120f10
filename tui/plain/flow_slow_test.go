//go:build slow

package plain

import (
	"testing"

	"fmlab/lessons/exercise"
)

// TestFlow: with the solutions both data sets come near enough, and that is noted.
func TestFlow(t *testing.T) {
	home := t.TempDir()
	handIn(t, home)
	k := begin(t, home, Options{Lesson: exercise.FlowLesson})
	k.hears("circles - ok: energy distance", "do", "3")
	if !exercise.FlowDone(k.kept()) {
		t.Errorf("got %+v, want both near enough", k.kept().Flows)
	}
}
