//go:build slow

package lessons

import "testing"

// TestReachTraining asks all that trains a network: minutes, so it is kept out
// of the everyday run.
//
//	go test -tags slow -run Reach ./lessons
func TestReachTraining(t *testing.T) { reach(t, true) }
