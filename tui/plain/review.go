package plain

import (
	"fmt"
	"math/rand/v2"
	"time"

	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// review asks what is due, made anew.
func (s *session) review() place {
	deck := s.Curriculum.Deck(s.state)
	if why := lessons.Waiting(deck, time.Now()); why != "" {
		s.line("Review: " + why + ".")
		return nil
	}
	round := lessons.NewReview(lessons.Due(deck, time.Now()), rand.Uint64()) // which numbers come is no result of the lab
	return (&asking{Session: round, name: "review", after: (*session).theMap, leave: s.toMap()}).pose
}

// due says how much there is to review, "" for nothing.
func (s *session) due() string {
	n := len(lessons.Due(s.Curriculum.Deck(s.state), time.Now()))
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("For review: %d. Type review.", n)
}

func (s *session) toMap() []word {
	return []word{short("back b", "the map", to((*session).theMap))}
}

// placement begins the test that lets the experienced skip a phase.
func (s *session) placement(phase string) place {
	for _, ph := range s.Curriculum.Phases {
		if fmt.Sprint(ph.ID) == phase {
			return s.exam(lessons.Placement(ph.ID), (*session).theMap)
		}
	}
	s.line(fmt.Sprintf("placement %q: want the number of a phase, from 1 to %d, as in placement 1.", phase, len(s.Curriculum.Phases)))
	return nil
}

// exam begins an exam, or goes on with it where it was left in this session.
func (s *session) exam(x lessons.Exam, after place) place {
	key := x.Ref
	round := s.rounds[key]
	if round == nil || round.Now() == nil {
		var err error
		if round, err = lessons.NewExam(s.Curriculum, x, rand.Uint64()); err != nil {
			s.line(err.Error())
			return nil
		}
		s.rounds[key] = round
	}
	s.out.row("")
	s.line(x.Title + ". Reasons come at the end. It is kept when it is done; until then you may leave it and come back while the lab is open.")
	leave := []word{short("back b", "leaves it; it goes on while the lab is open", to(after))}
	return (&asking{Session: round, name: "test", after: after, leave: leave}).pose
}

// keepExam writes all answers of an exam and what came of it.
func (s *session) keepExam(round *lessons.Session) {
	for _, g := range round.Given {
		s.note(progress.Answered, g.Ref(), g.Note())
	}
	s.note(round.Exam.Kind, round.Exam.Ref, round.Result())
}

// reasons says the answers of an exam with their reasons, one at a time.
func (a *asking) reasons(i int) place {
	return func(s *session) menu {
		g := a.Given[i]
		mark := "no"
		if g.Verdict.Right {
			mark = "ok"
		}
		s.markdown(fmt.Sprintf("## Answer %d of %d, %s: %s (%s)\n\n%s\n\n%s", i+1, len(a.Given), mark, g.Item.Title, g.Lesson.ID, g.Question, g.Reasons(g.Answer, g.Verdict)))
		next := a.after
		if i+1 < len(a.Given) {
			next = a.reasons(i + 1)
		}
		return menu{name: a.name + ", reasons", enter: "next", words: append([]word{short("next n", "the next one", to(next))}, a.leave...)}
	}
}
