package progress

import "encoding/json"

// folds says how an event of each kind changes the state. No fold depends on the
// order of the log: what is counted adds up, and where one event of several stands
// for all it is the first, the last or the best by what is in it.
var folds = map[Kind]func(*State, Event) bool{
	PageRead:   mark(func(s *State) map[string]bool { return s.Pages }),
	GoalMet:    mark(func(s *State) map[string]bool { return s.Goals }),
	Prediction: with((*State).guess),
	Answered:   with((*State).answer),
	Solved: with(func(s *State, e Event, d Derivation) {
		s.Derived[e.Ref] = s.Derived[e.Ref].plus(d.Hints, e.Time)
	}),
	Passed: with(func(s *State, e Event, d Passing) {
		s.Passed[e.Ref] = s.Passed[e.Ref].plus(d)
	}),
	OwnFlow:  with(best(func(s *State) map[string]Own { return s.Flows })),
	Placed:   with(best(func(s *State) map[string]Exam { return s.Placed })),
	Assessed: with(best(func(s *State) map[string]Exam { return s.Assessed })),
	Golf:     with(best(func(s *State) map[string]Round { return s.Golf })),
	Capstone: with(best(func(s *State) map[string]Final { return s.Capstone })),
	Moved:    with((*State).move),
}

// fold adds an event and says whether it was understood.
func (s *State) fold(e Event) bool {
	f, known := folds[e.Kind]
	return e.V <= version && known && f(s, e)
}

// mark folds events that say no more than that it happened.
func mark(set func(*State) map[string]bool) func(*State, Event) bool {
	return func(s *State, e Event) bool {
		set(s)[e.Ref] = true
		return true
	}
}

// with folds events that carry data. What cannot be read is not understood.
func with[D any](f func(*State, Event, D)) func(*State, Event) bool {
	return func(s *State, e Event) bool {
		var d D
		if json.Unmarshal(e.Data, &d) != nil {
			return false
		}
		f(s, e, d)
		return true
	}
}

// best keeps the best result of each ref, the earliest of equals.
func best[D interface{ Beats(than D) bool }](of func(*State) map[string]D) func(*State, Event, D) {
	return func(s *State, e Event, d D) {
		kept, known := of(s)[e.Ref]
		if !known || d.Beats(kept) || !kept.Beats(d) && s.first(e) {
			of(s)[e.Ref] = d
			s.stands[s.key(e)] = stampOf(e)
		}
	}
}

func (s *State) guess(e Event, g Guess) {
	if s.first(e) {
		s.Guesses[e.Ref] = g
		s.stands[s.key(e)] = stampOf(e)
	}
}

func (s *State) answer(e Event, a Answer) {
	s.Items[e.Ref] = s.Items[e.Ref].plus(a.Right)
	s.Concepts[a.Concept] = s.Concepts[a.Concept].plus(a.Right)
	if s.last(e, s.key(e)) {
		s.Latest[e.Ref] = a
	}
	s.Replies[e.Ref] = withReply(s.Replies[e.Ref], Reply{a, e.Time, e.ID})
	if a.Sure != "" {
		s.Sure[a.Sure] = s.Sure[a.Sure].plus(a.Right)
	}
}

func (s *State) move(e Event, p Place) {
	p.Lesson = e.Ref
	if s.last(e, string(Moved)) {
		s.Place = p
	}
	if p.Card != "" && s.last(e, s.key(e)) {
		s.Cards[e.Ref] = p.Card
	}
}
