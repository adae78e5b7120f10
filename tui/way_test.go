package tui

import (
	"strings"
	"testing"
)

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

// TestTextFirst: on a narrow screen a page turned and a part opened show their text,
// whatever was shown before.
func TestTextFirst(t *testing.T) {
	l := begin(t, t.TempDir(), quick())
	l.resize(80, 24)
	l.drive("enter", "tab", "enter")
	l.sees("A velocity for every place and time")
	l.drive("tab", "2")
	l.sees("Turn the clock round")
}

// TestWordsGoWithTheirScreen: a passing word does not hide the keys of the next screen.
func TestWordsGoWithTheirScreen(t *testing.T) {
	l := begin(t, t.TempDir(), quick())
	l.drive("esc")
	l.sees("q quits")
	l.drive("enter")
	l.sees("enter next")
}

// TestPassedSaysTheNextKey: the word of a pass names a key that works from where one is.
func TestPassedSaysTheNextKey(t *testing.T) {
	l := openExercise(t, t.TempDir(), "1.2-euler")
	l.resize(80, 24)
	l.program(solution(t, "1.2-euler"))
	l.checkedBy("c")
	l.sees("all checks hold. tab: why it works")
	l.press("tab")
	if s := l.screen(); !strings.Contains(s, "Why it works") {
		t.Errorf("want tab to turn to the text, got\n%s", s)
	}
	l.press("tab", "enter")
	l.sees("all checks hold. esc, then tab: why it works")
}
