// Package report writes what was learnt as a document to keep or to hand in: the
// five criteria with their evidence, the lessons and what was done in them, and
// figures that the engine computes now from the learner's own settings.
//
//	Make ──► Report ──► HTML, one file     ╲
//	                └─► Markdown + figures ─► Write, never over another file
package report

import (
	"context"
	"time"

	"fmlab/lessons"
	"fmlab/lessons/progress"
	"fmlab/tui/figure"
)

// Report is all that the document says. Both forms are made of it.
type Report struct {
	Date     time.Time
	Met      int // criteria
	Lessons  []Lesson
	Capstone *Capstone // nil: no final run yet
	lessons.Account
}

// Lesson is what was done in a lesson that was begun.
type Lesson struct {
	lessons.Standing
	Goals       []Deed
	Predictions []Deed
	Derivation  *Deed // nil: the lesson has none
	Programs    []Program
	Pictures
}

// Deed is something that was done, or was not yet.
type Deed struct {
	Title string
	Done  bool
	Words string // how
}

// Program is an exercise with what the learner wrote.
type Program struct {
	Deed
	ID   string
	Code string // "" where the file is not there
}

// Pictures are figures, and what is said where there could be none.
type Pictures struct {
	Figures []Picture
	Note    string
}

// Picture is a figure with the name of its file.
type Picture struct {
	figure.Figure
	Name string
}

// Capstone is the final run.
type Capstone struct {
	progress.Final
	Pictures
}

// Options are what Make has to know besides.
type Options struct {
	Now  time.Time
	Dir  string                               // of the progress log, beside which the programs lie
	Tell func(done, of int, computing string) // how far it is; nil tells nobody
}

// Make puts a report together and computes its figures, which takes some seconds
// each. It stops with the context's error when that is cancelled.
func Make(ctx context.Context, c *lessons.Curriculum, s *progress.State, o Options) (*Report, error) {
	acc, err := c.Account(s)
	if err != nil {
		return nil, err
	}
	r := &Report{Date: o.Now, Account: acc}
	for _, cr := range acc.Criteria {
		if cr.Met() {
			r.Met++
		}
	}
	var runs []run
	for _, standing := range acc.Lessons {
		if !begun(standing) {
			continue
		}
		l, err := lessonOf(standing, s, o.Dir)
		if err != nil {
			return nil, err
		}
		r.Lessons = append(r.Lessons, l)
	}
	for i := range r.Lessons {
		runs = append(runs, runOf(&r.Lessons[i], s))
	}
	if acc.Capstone != nil {
		r.Capstone = &Capstone{Final: *acc.Capstone}
		runs = append(runs, run{name: "capstone", title: "Capstone", card: acc.Capstone.Card, trained: true, into: &r.Capstone.Pictures})
	}
	return r, compute(ctx, runs, o.Tell)
}

// begun says whether anything was done in a lesson.
func begun(l lessons.Standing) bool {
	for _, p := range l.Parts {
		if p.Done > 0 {
			return true
		}
	}
	return false
}
