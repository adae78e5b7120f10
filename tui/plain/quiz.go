package plain

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// quiz asks the items of a lesson; a round that was left is taken up again.
func (v *lesson) quiz(s *session) menu {
	v.at(s, lessons.PartQuiz, "")
	round := s.rounds[v.ID]
	if round == nil || round.Now() == nil {
		var err error
		if round, err = lessons.NewQuiz(v.Lesson, s.state, rand.Uint64()); err != nil { // which numbers come is no result of the lab
			s.line(err.Error())
			return v.end(s)
		}
		s.rounds[v.ID] = round
	}
	a := &asking{Session: round, name: v.ID + " quiz", play: v.body.Play.Scene, after: v.after(lessons.PartQuiz), leave: v.words()}
	return a.pose(s)
}

// asking is items asked one after the other, wherever that is.
type asking struct {
	*lessons.Session
	name  string
	play  *lessons.Scene // for items without a scene of their own
	after place
	leave []word
	kept  bool // of an exam: it is in the log
}

// pose asks the item of now, or says what came of it all.
func (a *asking) pose(s *session) menu {
	q := a.Now()
	if q == nil {
		return a.report(s)
	}
	s.markdown(a.Head() + "\n\n" + q.Text())
	m := menu{name: a.name, again: a.pose, take: taker{"your answer, if you like with sure, think or guess after it", a.answer(s)}}
	m.words = append(m.words, a.leave...)
	if q.Scene != nil {
		b, err := s.stage(*q.Scene, false)
		if err != nil {
			s.line("There is no picture: " + err.Error())
			return m
		}
		s.staged, b.veiled = nil, q.Item.Kind == lessons.Picture
		s.look(b)
		m.words = append([]word{short("look", "says once more what the picture shows", say(func() { s.look(b) }))}, m.words...)
	}
	return m
}

// report says what came of it all. The reasons of an exam come one at a time.
func (a *asking) report(s *session) menu {
	m := menu{name: a.name + " done", enter: "next", words: append([]word{short("next n", "goes on", to(a.after))}, a.leave...)}
	if a.Exam != nil && !a.kept {
		a.kept = true
		s.keepExam(a.Session)
	}
	report := a.Report(s.Curriculum.Deck(s.state), time.Now())
	if a.Exam != nil {
		report, _, _ = strings.Cut(report, "## Answers and reasons")
		m.enter = "reasons"
		m.words = append([]word{short("reasons", "the answers with their reasons, one at a time", to(a.reasons(0)))}, m.words...)
	}
	s.markdown(report)
	return m
}

// answer takes an answer, and asks how sure the learner is unless they said so.
func (a *asking) answer(s *session) func(line string) place {
	return func(line string) place {
		line, sure := cutSure(line)
		answer, err := a.Now().Read(line)
		if err != nil {
			s.line("no: " + err.Error() + ".")
			return nil
		}
		if sure != "" {
			return a.judge(answer, sure)
		}
		return func(s *session) menu {
			m := menu{name: "how sure", enter: "think", again: a.pose}
			for _, w := range lessons.SureWords {
				m.list = append(m.list, choice{w.Words, func() place { return a.judge(answer, w.Sure) }})
				m.words = append(m.words, short(w.Sure, w.Words, to(a.judge(answer, w.Sure))))
			}
			m.words = append(m.words, short("back b", "answers anew", to(a.pose)))
			return m
		}
	}
}

// cutSure parts "2 sure" into the answer and how sure the learner is.
func cutSure(line string) (answer, sure string) {
	i := strings.LastIndexByte(line, ' ')
	word := line[i+1:]
	if i > 0 && slices.Contains([]string{lessons.Sure, lessons.Think, lessons.Guess}, word) {
		return line[:i], word
	}
	return line, ""
}

// judge says whether an answer is right, and why; and what can be tried in the lab.
func (a *asking) judge(answer lessons.Answer, sure string) place {
	return func(s *session) menu {
		g := a.Answer(answer, sure)
		if a.Exam != nil {
			return a.pose(s)
		}
		s.note(progress.Answered, g.Ref(), g.Note())
		verdict := "**no - not this time; it comes again.**"
		if g.Verdict.Right {
			verdict = "**ok - right.**"
		}
		s.markdown(verdict + "\n\n" + g.Reasons(answer, g.Verdict))
		return a.judged(s, g)
	}
}

// judged is what can be typed after an answer.
func (a *asking) judged(s *session, g lessons.Given) menu {
	m := menu{name: a.name + ", answered", enter: "next"}
	m.words = append([]word{short("next n", "the next question", to(a.pose))}, a.leave...)
	for _, trial := range g.Trials(g.Answer, a.play) {
		m.list = append(m.list, choice{"try in the lab: " + s.flat(trial.Text), func() place { s.try(trial.Scene); return nil }})
	}
	return m
}

// try runs what an answer says and says what comes of it.
func (s *session) try(sc lessons.Scene) {
	b, err := s.stage(sc, false)
	if err != nil {
		s.line(fmt.Sprintf("That cannot be run: %v.", err))
		return
	}
	s.staged = nil
	s.look(b)
}
