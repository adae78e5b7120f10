package tui

import (
	"slices"

	"fmlab/lessons"
)

// ask goes to the quiz and on to an item of a kind.
func ask(l *learner, kind lessons.Kind) {
	l.t.Helper()
	l.drive("4")
	items := l.lesson.body.Quiz
	at := slices.IndexFunc(items, func(it lessons.Item) bool { return it.Kind == kind })
	if at < 0 {
		l.t.Fatalf("lesson %s has no quiz item of kind %s", l.lesson.ID, kind)
	}
	v := &l.lesson.quiz
	i := slices.Index(v.queue, at)
	v.queue[0], v.queue[i] = v.queue[i], v.queue[0]
	v.pose(l.App)
	l.hush()
}
