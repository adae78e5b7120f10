package plain

import "testing"

// TestPast: a training is looked back at, and on again.
func TestPast(t *testing.T) {
	k := begin(t, "", quick())
	k.hears("no training here to look back at", "lesson 2.1", "play", "past")
	k.types("run")
	k.hears("as it was after 7 iterations", ",")
	k.hears("as it was after 6 iterations", "past")
	k.hears("as it was after 7 iterations", ".")
	k.hears("iteration: 8", "onward")
}
