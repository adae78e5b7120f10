package tui

import (
	"testing"

	"fmlab/lessons"
)

// TestEveryLessonByKeys goes from the map through all lessons at 80×24, by keys
// alone: every page is turned, every part opens, every question can be answered.
func TestEveryLessonByKeys(t *testing.T) {
	l := begin(t, "", quick())
	l.resize(80, 24)
	for i, le := range l.home.lessons {
		if i > 0 {
			l.press("down")
		}
		l.press("enter")
		l.sees(le.ID + " ")
		for range l.lesson.body.Pages {
			l.press("enter")
		}
		l.sees("Play")
		l.press("3")
		l.sees("Predict 1 of")
		l.press("4")
		for range l.lesson.body.Quiz {
			if l.where()&(onQuiz|onNumber|onAnswer) == 0 {
				t.Fatalf("%s: want a question, got\n%s", le.ID, l.screen())
			}
			give(l, true)
			l.press("enter")
		}
		for _, p := range l.standing(le) {
			if (p.Part == lessons.PartRead || p.Part == lessons.PartQuiz) && !p.Complete() {
				t.Errorf("%s: got %d of %d of the part %s, want all", le.ID, p.Done, p.Total, p.Part)
			}
		}
		l.press("5")
		l.sees("Do")
		checkRows(t, l, le.ID)
		for range 3 {
			if l.at != screenMap {
				l.press("esc")
			}
		}
		if l.at != screenMap || l.home.cursor != i {
			t.Fatalf("%s: want esc to lead back to it on the map, got\n%s", le.ID, l.screen())
		}
	}
}
