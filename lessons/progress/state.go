package progress

import (
	"encoding/json"
	"maps"
)

// State is what the events add up to. It does not depend on their order but for
// the last place and the first guess, so that two logs merge by union.
type State struct {
	Pages    map[string]bool  // seen, by lesson/page
	Goals    map[string]bool  // met, by lesson/goal
	Guesses  map[string]Guess // the first one made, by lesson/question
	Items    map[string]Score // answers, by lesson/item
	Concepts map[string]Score // answers, by concept
	Place    Place            // the last; Lesson is "" on a first run
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

func newState() *State {
	return &State{
		Pages: map[string]bool{}, Goals: map[string]bool{}, Guesses: map[string]Guess{},
		Items: map[string]Score{}, Concepts: map[string]Score{},
	}
}

func (s *State) clone() *State {
	return &State{
		Pages: maps.Clone(s.Pages), Goals: maps.Clone(s.Goals), Guesses: maps.Clone(s.Guesses),
		Items: maps.Clone(s.Items), Concepts: maps.Clone(s.Concepts), Place: s.Place,
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
