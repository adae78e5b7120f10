package plain

import (
	"strings"
	"testing"

	"fmlab/lessons"
	"fmlab/lessons/exercise"
)

// TestOwnCodeMeetsNoGoal: the learner's code runs the scene, and the goals wait for
// the lab's own part.
func TestOwnCodeMeetsNoGoal(t *testing.T) {
	if testing.Short() {
		t.Skip("runs programs")
	}
	k := begin(t, "", Options{Lesson: "1.2"})
	e, err := exercise.Get("1.2-euler")
	if err != nil {
		t.Fatal(err)
	}
	k.types("do", "2")
	k.writes(e)
	k.hears("code: ", "back", "play", "set code "+exercise.DeskIn(k.home).File(e.ID))
	l, _ := k.Curriculum.Find("1.2")
	body, err := l.Body()
	if err != nil {
		t.Fatal(err)
	}
	var solve []lessons.Setting
	for _, turn := range body.Play.Goals[0].Solve {
		if turn.Key != "code" {
			solve = append(solve, turn)
		}
	}
	k.turn(solve)
	if text := k.hears("Your code is at work", "run"); strings.Contains(text, "Goal met") {
		t.Errorf("got %s, want no goal met", text)
	}
	k.hears("Goal met", "set code none", "run")
}
