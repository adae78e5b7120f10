//go:build slow

package lessons

import "testing"

// TestReachTraining asks all that trains a network: minutes, so it is kept out
// of the everyday run.
//
//	go test -tags slow -run Reach ./lessons
func TestReachTraining(t *testing.T) { reach(t, true, seeds[:2], nil) }

// TestReachAll asks all that trains none, at every seed and to the end.
func TestReachAll(t *testing.T) { reach(t, false, seeds, nil) }
