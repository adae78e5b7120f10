package lessons

import (
	"math/rand/v2"

	"fmlab/lessons/progress"
)

// Session asks items one after the other: those of a lesson, those that are due,
// those of an exam. One that was answered wrong comes again, but not in an exam.
// What comes is in [Session.Now]; [Session.Answer] judges it and goes on.
//
//	for q := s.Now(); q != nil; q = s.Now() {
//		show(q.Text())
//		a, err := q.Read(line())
//		…
//		g := s.Answer(a, lessons.Think)
//		log.Append(progress.Answered, g.Ref(), g.Note())
//		show(g.Reasons(a, g.Verdict)) // not in an exam: its Report has them
//	}
//	show(s.Report(deck, now))
type Session struct {
	Exam  *Exam   // what it examines, nil for practice
	Given []Given // all answers so far

	queue []Asked // the first is being asked
	items int     // different ones
	rng   *rand.Rand
}

// Asked is an item as it is asked now.
type Asked struct {
	Lesson *Lesson
	Instance
	Again bool // it was answered wrong in this session
}

// Given is an item that was answered.
type Given struct {
	Asked
	Answer  Answer
	Sure    string
	Verdict Verdict
}

// How sure a learner is of an answer, as the log has it.
const (
	Sure  = "sure"
	Think = "think"
	Guess = "guess"
)

// card is an item with its lesson, to be made an instance of.
type card struct {
	lesson *Lesson
	item   *Item
}

func (c card) ref() string { return progress.Ref(c.lesson.ID, c.item.Slug) }

func newSession(cards []card, exam *Exam, seed uint64) *Session {
	s := &Session{Exam: exam, items: len(cards), rng: rand.New(rand.NewPCG(seed, seed))}
	for _, c := range cards {
		s.queue = append(s.queue, s.ask(c, false))
	}
	return s
}

func (s *Session) ask(c card, again bool) Asked {
	return Asked{c.lesson, Make(c.item, s.rng.Uint64()), again}
}

// NewQuiz asks every item of a lesson: those not answered right yet, then the
// others.
func NewQuiz(l *Lesson, state *progress.State, seed uint64) (*Session, error) {
	b, err := l.Body()
	if err != nil {
		return nil, err
	}
	var fresh, known []card
	for i := range b.Quiz {
		c := card{l, &b.Quiz[i]}
		if state.Items[c.ref()].Right == 0 {
			fresh = append(fresh, c)
		} else {
			known = append(known, c)
		}
	}
	return newSession(append(fresh, known...), nil, seed), nil
}

// Now is the item that is asked, nil when all are answered.
func (s *Session) Now() *Asked {
	if len(s.queue) == 0 {
		return nil
	}
	return &s.queue[0]
}

// Left is how many are to be asked, that of now among them.
func (s *Session) Left() int { return len(s.queue) }

// Items is how many different items are asked.
func (s *Session) Items() int { return s.items }

// Answer judges the answer to the item of now, and goes on to the next.
func (s *Session) Answer(a Answer, sure string) Given {
	q := s.queue[0]
	s.queue = s.queue[1:]
	g := Given{q, a, sure, q.Judge(a)}
	s.Given = append(s.Given, g)
	if !g.Verdict.Right && s.Exam == nil {
		s.queue = append(s.queue, s.ask(card{q.Lesson, q.Item}, true))
	}
	return g
}

// Ref names the item for the log.
func (q *Asked) Ref() string { return progress.Ref(q.Lesson.ID, q.Item.Slug) }

// Note is what the log keeps of the answer.
func (g *Given) Note() progress.Answer {
	return progress.Answer{Concept: g.Item.Concept, Right: g.Verdict.Right, Seed: g.Seed, Sure: g.Sure}
}
