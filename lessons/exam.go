package lessons

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"fmlab/lessons/progress"
)

// Exam is a session that examines: every item is asked once, and reasons come at the
// end. It is kept as an event of its kind.
type Exam struct {
	Title string
	Kind  progress.Kind // Placed or Assessed
	Ref   string        // of the event
	Phase int           // whose lessons it draws on, 0 for all
	Least float64       // of each concept at least this share has to be right

	items, each int // to draw at least: in all, of each concept
}

// overall is the share of all items that has to be right to pass.
const overall = 0.8

// Placement is the test that lets the experienced skip a phase. Three items of a
// concept are the fewest of which one may be missed.
func Placement(phase int) Exam {
	return Exam{Title: fmt.Sprintf("Placement test, phase %d: %s", phase, phases[phase-1]),
		Kind: progress.Placed, Ref: fmt.Sprint(phase), Phase: phase, Least: 0.6, items: 12, each: 3}
}

// FinalRef is what the log calls the final assessment.
const FinalRef = "3.5/final"

// Final is the final assessment: two items of every concept, one of which may be
// missed.
func Final() Exam {
	return Exam{Title: "Final assessment", Kind: progress.Assessed, Ref: FinalRef, Least: 0.5, items: 20, each: 2}
}

// NewExam draws an exam: items of all its concepts, as many of each.
func NewExam(c *Curriculum, x Exam, seed uint64) (*Session, error) {
	by, err := x.pool(c)
	if err != nil {
		return nil, err
	}
	rng := rand.New(rand.NewPCG(seed, 1))
	want := 0
	for _, cards := range by {
		rng.Shuffle(len(cards), func(i, j int) { cards[i], cards[j] = cards[j], cards[i] })
		want += min(x.each, len(cards))
	}
	want = max(want, x.items)
	var drawn []card
	for round := 0; len(drawn) < want; round++ {
		before := len(drawn)
		for _, cards := range by {
			if round < len(cards) && len(drawn) < want {
				drawn = append(drawn, cards[round])
			}
		}
		if len(drawn) == before {
			break // there are no more
		}
	}
	if len(drawn) == 0 {
		return nil, fmt.Errorf("%s: no lesson of it has a quiz yet", x.Title)
	}
	rng.Shuffle(len(drawn), func(i, j int) { drawn[i], drawn[j] = drawn[j], drawn[i] })
	return newSession(drawn, &x, seed), nil
}

// pool is the items to draw from, by concept in the order of Concepts.
func (x Exam) pool(c *Curriculum) (by [][]card, err error) {
	by = make([][]card, len(Concepts))
	for _, l := range c.Ready() {
		if x.Phase != 0 && l.Phase != x.Phase {
			continue
		}
		b, err := l.Body()
		if err != nil {
			return nil, err
		}
		for i := range b.Quiz {
			k := slices.IndexFunc(Concepts, func(c Concept) bool { return c.Name == b.Quiz[i].Concept })
			if x.Phase == 0 || c.teaches(x.Phase, Concepts[k].Name) {
				by[k] = append(by[k], card{l, &b.Quiz[i]})
			}
		}
	}
	return by, nil
}

// teaches says whether a concept belongs to a lesson of a phase.
func (c *Curriculum) teaches(phase int, concept string) bool {
	return slices.ContainsFunc(c.Phases[phase-1].Lessons, func(l *Lesson) bool { return slices.Contains(l.Concepts, concept) })
}

// Result is what came of an exam that is over, for the log.
func (s *Session) Result() progress.Exam {
	r := progress.Exam{Concepts: map[string]progress.Portion{}}
	for _, g := range s.Given {
		p := r.Concepts[g.Item.Concept]
		p.Asked++
		r.Asked++
		if g.Verdict.Right {
			p.Right++
			r.Right++
		}
		r.Concepts[g.Item.Concept] = p
	}
	r.Passed = enough(progress.Portion{Right: r.Right, Asked: r.Asked}, overall)
	for _, p := range r.Concepts {
		r.Passed = r.Passed && enough(p, s.Exam.Least)
	}
	return r
}

func enough(p progress.Portion, share float64) bool {
	return float64(p.Right) >= share*float64(p.Asked)
}
