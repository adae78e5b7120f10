//go:build slow

package plain

import "testing"

// TestEveryLessonToTheEnd does every lesson that can be taken, with its trainings.
func TestEveryLessonToTheEnd(t *testing.T) {
	c, err := curriculum()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range c.Ready() {
		t.Run(l.ID, func(t *testing.T) { toTheEnd(t, l.ID) })
	}
}
