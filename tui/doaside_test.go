package tui

import "testing"

// TestDerivationPutAside: who is stuck in a derivation can do the code first, and
// finds the derivation as it was left.
func TestDerivationPutAside(t *testing.T) {
	o := quick()
	o.Lesson = "1.2"
	l := begin(t, t.TempDir(), o)
	l.drive("5", "enter")
	l.write("p*")
	l.drive("enter", "esc", "esc")
	l.sees("code: One Euler step", "Part 1 of 6 is under way")
	l.drive("down", "enter")
	if l.code() == nil {
		t.Fatalf("want the exercise open, got\n%s", l.screen())
	}
	l.drive("esc", "up", "enter")
	l.sees("Part 1 of 6: Through one wall", "mass across = p*", "cannot be read")
	l.drive("esc", "esc", "esc")
	if l.where() != onMap {
		t.Errorf("want esc to come to the map in the end, got\n%s", l.screen())
	}
}
