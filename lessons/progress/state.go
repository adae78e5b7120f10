package progress

import (
	"maps"
	"time"
)

// State is what the events add up to. It does not depend on their order in the
// log, so that two logs merge by union.
type State struct {
	Pages    map[string]bool    // seen, by lesson/page
	Goals    map[string]bool    // met, by lesson/goal
	Guesses  map[string]Guess   // the first one made, by lesson/question
	Items    map[string]Score   // answers, by lesson/item
	Latest   map[string]Answer  // the last one given, by lesson/item
	Replies  map[string][]Reply // every answer, the oldest first, by lesson/item
	Concepts map[string]Score   // answers, by concept
	Sure     map[string]Score   // answers, by how sure the learner was
	Derived  map[string]Derived // derivations solved, by lesson/derivation
	Passed   map[string]Passes  // exercises passed, by lesson/exercise
	Flows    map[string]Own     // the best of the learner's own code, by data set
	Placed   map[string]Exam    // the best placement test, by phase
	Assessed map[string]Exam    // the best assessment, by lesson/slug
	Golf     map[string]Round   // the best round, by lesson/hole
	Capstone map[string]Final   // the best final run, by lesson
	Cards    map[string]string  // how the Play scene was left, by lesson; "" is the free lab
	Place    Place              // the last; Lesson is "" on a first run

	stands map[string]stamp // of the event that stands for others, by what it is about
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
		Items: map[string]Score{}, Latest: map[string]Answer{}, Replies: map[string][]Reply{}, Concepts: map[string]Score{}, Sure: map[string]Score{},
		Derived: map[string]Derived{}, Passed: map[string]Passes{}, Flows: map[string]Own{},
		Placed: map[string]Exam{}, Assessed: map[string]Exam{}, Golf: map[string]Round{}, Capstone: map[string]Final{},
		Cards: map[string]string{}, stands: map[string]stamp{},
	}
}

func (s *State) clone() *State {
	return &State{
		Pages: maps.Clone(s.Pages), Goals: maps.Clone(s.Goals), Guesses: maps.Clone(s.Guesses),
		Items: maps.Clone(s.Items), Latest: maps.Clone(s.Latest), Replies: maps.Clone(s.Replies), Concepts: maps.Clone(s.Concepts), Sure: maps.Clone(s.Sure),
		Derived: maps.Clone(s.Derived), Passed: maps.Clone(s.Passed), Flows: maps.Clone(s.Flows),
		Placed: maps.Clone(s.Placed), Assessed: maps.Clone(s.Assessed), Golf: maps.Clone(s.Golf), Capstone: maps.Clone(s.Capstone),
		Cards: maps.Clone(s.Cards), Place: s.Place, stands: maps.Clone(s.stands),
	}
}
