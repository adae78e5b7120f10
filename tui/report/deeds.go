package report

import (
	"os"
	"unicode/utf8"

	"fmlab/lessons"
	"fmlab/lessons/exercise"
	"fmlab/lessons/progress"
)

// lessonOf is what was done in a lesson, without its figures.
func lessonOf(standing lessons.Standing, s *progress.State, dir string) (Lesson, error) {
	l := Lesson{Standing: standing}
	b, err := standing.Body()
	if err != nil {
		return l, err
	}
	for _, g := range b.Play.Goals {
		l.Goals = append(l.Goals, Deed{Title: g.Title, Done: s.Goals[progress.Ref(l.ID, g.Slug)]})
	}
	for _, p := range b.Predicts {
		l.Predictions = append(l.Predictions, prediction(p, s.Guesses, progress.Ref(l.ID, p.Slug)))
	}
	if b.Derivation != nil {
		d := derivation(b.Derivation.Title, s.Derived[progress.Ref(l.ID, b.Derivation.Slug)])
		l.Derivation = &d
	}
	for _, e := range b.Exercises {
		l.Programs = append(l.Programs, program(e, s.Passed[progress.Ref(l.ID, e.ID)], dir))
	}
	return l, nil
}

// prediction says which option was chosen before the run, and whether it came so.
func prediction(p lessons.Predict, made map[string]progress.Guess, ref string) Deed {
	d := Deed{Title: p.Title}
	g, ok := made[ref]
	if !ok {
		return d
	}
	d.Done, d.Words = true, g.Option+" (it came out otherwise)"
	if g.Right {
		d.Words = g.Option + " (right)"
	}
	return d
}

func derivation(title string, how progress.Derived) Deed {
	d := Deed{Title: title, Done: how.Times > 0}
	switch {
	case how.Kept():
		d.Words = "solved without hints, and again a week later or more"
	case how.Unaided():
		d.Words = "solved without hints"
	case d.Done:
		d.Words = "solved with hints"
	}
	return d
}

// mostCode is the longest program that a report holds.
const mostCode = 64 << 10

func program(e *exercise.Exercise, how progress.Passes, dir string) Program {
	p := Program{Deed: Deed{Title: e.Title, Done: how.Times > 0}, ID: e.ID}
	switch {
	case how.Unaided:
		p.Words = "passed without help"
	case how.Own:
		p.Words = "passed with hints"
	case p.Done:
		p.Words = "passed after the solution was shown"
	}
	text, err := os.ReadFile(exercise.DeskIn(dir).File(e.ID))
	if p.Done && err == nil && len(text) <= mostCode && utf8.Valid(text) {
		p.Code = string(text)
	}
	return p
}
