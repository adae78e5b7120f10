package lessons

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"fmlab/lessons/progress"
)

// Account is what was learnt, put together once for the screen, the command line and
// the report.
type Account struct {
	Criteria []Criterion
	Lessons  []Standing
	Shares   []Share
	Sure     []Sureness // how sure the learner was, surest first, whether said or not
	Golf     []Hole     // every hole, played or not
	Deck     []Card     // for review, the one due first first
	Exams    []Taken    // placement tests and assessments that were taken, the best of each
	Capstone *progress.Final
}

// Standing is how far the learner is in a lesson.
type Standing struct {
	*Lesson
	Parts []PartState
}

// Percent is how much of the lesson is done.
func (s Standing) Percent() int {
	done, of := 0, 0
	for _, p := range s.Parts {
		done, of = done+p.Done, of+p.Total
	}
	return 100 * done / max(of, 1)
}

// Sureness is how often the answers were right of which the learner said so.
type Sureness struct {
	Name  string // as in the log: sure, think, guess
	Title string
	progress.Score
}

// Hole is a hole of budget golf with the best round played.
type Hole struct {
	*Golf
	Lesson string
	Played bool
	Best   progress.Round
}

// Taken is an exam that was taken.
type Taken struct {
	Ref, Title string
	progress.Exam
}

// surenesses are what a learner may say before an answer is judged.
var surenesses = []Sureness{{Name: "sure", Title: "sure"}, {Name: "think", Title: "think so"}, {Name: "guess", Title: "a guess"}}

// Account puts together what a state says.
func (c *Curriculum) Account(s *progress.State) (a Account, err error) {
	a.Sure = slices.Clone(surenesses)
	for i := range a.Sure {
		a.Sure[i].Score = s.Sure[a.Sure[i].Name]
	}
	a.Deck, a.Exams = c.Deck(s), c.taken(s)
	if f, ok := s.Capstone[capstoneLesson]; ok {
		a.Capstone = &f
	}
	for _, l := range c.Lessons() {
		parts, err2 := l.States(s)
		err = errors.Join(err, err2)
		a.Lessons = append(a.Lessons, Standing{l, parts})
		a.Golf = append(a.Golf, l.holes(s)...)
	}
	var errCriteria, errShares error
	a.Criteria, errCriteria = c.Criteria(s)
	a.Shares, errShares = c.Shares(s)
	return a, errors.Join(err, errCriteria, errShares)
}

// holes are those of a lesson, none of one that cannot be read: its standing says why.
func (l *Lesson) holes(s *progress.State) (all []Hole) {
	b, err := l.Body()
	if err != nil {
		return nil
	}
	for i := range b.Play.Golf {
		g := &b.Play.Golf[i]
		best, played := s.Golf[progress.Ref(l.ID, g.Slug)]
		all = append(all, Hole{g, l.ID, played, best})
	}
	return all
}

// taken are the exams that were taken, placement tests first.
func (c *Curriculum) taken(s *progress.State) (all []Taken) {
	for _, ph := range c.Phases {
		ref := fmt.Sprint(ph.ID)
		if x, ok := s.Placed[ref]; ok {
			all = append(all, Taken{ref, "placement test, phase " + ref, x})
		}
	}
	for _, ref := range slices.Sorted(maps.Keys(s.Assessed)) {
		all = append(all, Taken{ref, "assessment " + ref, s.Assessed[ref]})
	}
	return all
}
