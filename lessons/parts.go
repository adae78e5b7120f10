package lessons

import "fmlab/lessons/progress"

// Part is one of the five parts of a lesson.
type Part string

// The parts, in order; also the names of a place's tab.
const (
	PartRead    Part = "read"
	PartPlay    Part = "play"
	PartPredict Part = "predict"
	PartQuiz    Part = "quiz"
	PartDo      Part = "do"
)

// Parts is all of them in order.
var Parts = []Part{PartRead, PartPlay, PartPredict, PartQuiz, PartDo}

// PartState says how far a learner is in a part.
type PartState struct {
	Part  Part
	Done  int // of Total
	Total int // 0: the part has nothing to do yet
}

// Complete reports whether all of it is done. A part with nothing to do is not.
func (p PartState) Complete() bool { return p.Total > 0 && p.Done == p.Total }

// States returns how far the learner is in each part. Read is done when every
// page was seen, Play when every goal was met, Predict when every prediction was
// made, right or wrong, Quiz when every item was answered right at least once, in
// whatever session, and Do when the derivation was solved and every exercise passed,
// with hints or without, and at the end of the course the final assessment too.
func (l *Lesson) States(s *progress.State) ([]PartState, error) {
	b, err := l.Body()
	if err != nil {
		return nil, err
	}
	states := make([]PartState, len(Parts))
	for i, p := range Parts {
		states[i].Part = p
	}
	count := func(i int, done bool) {
		states[i].Total++
		if done {
			states[i].Done++
		}
	}
	for _, p := range b.Pages {
		count(0, s.Pages[progress.Ref(l.ID, p.Slug)])
	}
	for _, g := range b.Play.Goals {
		count(1, s.Goals[progress.Ref(l.ID, g.Slug)])
	}
	for _, p := range b.Predicts {
		_, made := s.Guesses[progress.Ref(l.ID, p.Slug)]
		count(2, made)
	}
	for _, it := range b.Quiz {
		count(3, s.Items[progress.Ref(l.ID, it.Slug)].Right > 0)
	}
	if d := b.Derivation; d != nil {
		count(4, s.Derived[progress.Ref(l.ID, d.Slug)].Times > 0)
	}
	for _, e := range b.Exercises {
		count(4, s.Passed[progress.Ref(l.ID, e.ID)].Times > 0)
	}
	if b.Closing {
		count(4, s.Assessed[FinalRef].Passed)
	}
	return states, nil
}

// Done reports whether everything there is to do in a lesson is done.
func Done(states []PartState) bool {
	any := false
	for _, p := range states {
		if p.Total > 0 && !p.Complete() {
			return false
		}
		any = any || p.Total > 0
	}
	return any
}
