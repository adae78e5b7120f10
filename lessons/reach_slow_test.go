//go:build slow

package lessons

import (
	"testing"

	"fmlab/lab"
)

// TestReachTraining asks all that trains a network: minutes, so it is kept out
// of the everyday run.
//
//	go test -tags slow -run Reach ./lessons
func TestReachTraining(t *testing.T) { reach(t, true, seeds[:2], begun) }

// begun says whether a picture is well under way: pages have no more to promise of a
// training than that it goes.
func begun(f *lab.Frame) bool {
	return f.Progress.What == "" || f.Progress.What == "training" && f.Progress.Done >= 100
}

// TestReachAll asks all that trains none, at every seed and to the end.
func TestReachAll(t *testing.T) { reach(t, false, seeds, nil) }
