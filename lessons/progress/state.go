package progress

import (
	"encoding/json"
	"maps"
	"time"
)

// State is what the events add up to. It does not depend on their order but for
// the last place and the first guess, so that two logs merge by union.
type State struct {
	Pages    map[string]bool    // seen, by lesson/page
	Goals    map[string]bool    // met, by lesson/goal
	Guesses  map[string]Guess   // the first one made, by lesson/question
	Items    map[string]Score   // answers, by lesson/item
	Concepts map[string]Score   // answers, by concept
	Derived  map[string]Derived // derivations solved, by lesson/derivation
	Place    Place              // the last; Lesson is "" on a first run
}

// Score counts answers.
type Score struct{ Right, Wrong int }

// Share returns the part of the answers that were right, 0 if there are none.
func (s Score) Share() float64 {
	if s.Right+s.Wrong == 0 {
		return 0
	}
	return float64(s.Right) / float64(s.Right+s.Wrong)
}

func (s Score) plus(right bool) Score {
	if right {
		s.Right++
	} else {
		s.Wrong++
	}
	return s
}

// Derived says how a derivation was solved.
type Derived struct {
	Times       int       // with hints or without
	First, Last time.Time // without hints; zero: not yet
}

// again is how long after the first time a derivation must be solved without
// hints once more to count as kept in mind.
const again = 7 * 24 * time.Hour

// Unaided reports whether it was ever solved without hints.
func (d Derived) Unaided() bool { return !d.First.IsZero() }

// Kept reports whether it was solved without hints twice, a week or more apart.
func (d Derived) Kept() bool { return d.Unaided() && d.Last.Sub(d.First) >= again }

func (d Derived) plus(hints int, at time.Time) Derived {
	d.Times++
	if hints > 0 {
		return d
	}
	if !d.Unaided() || at.Before(d.First) {
		d.First = at
	}
	if at.After(d.Last) {
		d.Last = at
	}
	return d
}

func newState() *State {
	return &State{
		Pages: map[string]bool{}, Goals: map[string]bool{}, Guesses: map[string]Guess{},
		Items: map[string]Score{}, Concepts: map[string]Score{}, Derived: map[string]Derived{},
	}
}

func (s *State) clone() *State {
	return &State{
		Pages: maps.Clone(s.Pages), Goals: maps.Clone(s.Goals), Guesses: maps.Clone(s.Guesses),
		Items: maps.Clone(s.Items), Concepts: maps.Clone(s.Concepts), Derived: maps.Clone(s.Derived),
		Place: s.Place,
	}
}

// fold adds an event and says whether it was understood.
func (s *State) fold(e Event) bool {
	if e.V > version {
		return false
	}
	switch e.Kind {
	case PageRead:
		s.Pages[e.Ref] = true
	case GoalMet:
		s.Goals[e.Ref] = true
	case Prediction:
		var g Guess
		if json.Unmarshal(e.Data, &g) != nil {
			return false
		}
		if _, made := s.Guesses[e.Ref]; !made {
			s.Guesses[e.Ref] = g
		}
	case Answered:
		var a Answer
		if json.Unmarshal(e.Data, &a) != nil {
			return false
		}
		s.Items[e.Ref] = s.Items[e.Ref].plus(a.Right)
		s.Concepts[a.Concept] = s.Concepts[a.Concept].plus(a.Right)
	case Solved:
		var d Derivation
		if json.Unmarshal(e.Data, &d) != nil {
			return false
		}
		s.Derived[e.Ref] = s.Derived[e.Ref].plus(d.Hints, e.Time)
	case Moved:
		p := Place{}
		if json.Unmarshal(e.Data, &p) != nil {
			return false
		}
		p.Lesson = e.Ref
		s.Place = p
	default:
		return false
	}
	return true
}
