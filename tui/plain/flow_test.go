package plain

import (
	"testing"

	"fmlab/lessons/exercise"
)

// TestFlowWaits: a flow by nothing but one's own code says which programs are missing.
func TestFlowWaits(t *testing.T) {
	k := begin(t, "", Options{Lesson: exercise.FlowLesson})
	k.hears("run: moons and circles by nothing but your code (not yet)", "do")
	k.hears("have not passed: 2.1-batch,", "3")
}
