package plain

import (
	"fmt"
	"math/rand/v2"

	"fmlab/lessons"
	"fmlab/lessons/derivation"
	"fmlab/lessons/exercise"
	"fmlab/lessons/progress"
)

// do is the part Do: what there is to derive and to write.
func (v *lesson) do(s *session) menu {
	v.at(s, lessons.PartDo, "")
	s.markdown("## Do\n\n" + v.body.Do)
	m := menu{name: v.ID + " do", enter: "next"}
	m.words = append([]word{short("next n", "ends the lesson", to(v.end))}, v.words()...)
	if d := v.body.Derivation; d != nil {
		done := s.state.Derived[progress.Ref(v.ID, d.Slug)].Times > 0
		m.list = append(m.list, choice{fmt.Sprintf("derive: %s (%d min, %s)", d.Title, d.Minutes, met(done)), func() place { return v.derive(s, d) }})
	}
	for _, e := range v.body.Exercises {
		done := s.state.Passed[e.Ref()].Times > 0
		m.list = append(m.list, choice{fmt.Sprintf("code: %s (%s, %s)", e.Title, e.ID, met(done)), func() place { return v.code(e) }})
	}
	if v.ID == exercise.FlowLesson {
		m.list = append(m.list, choice{fmt.Sprintf("run: moons and circles by nothing but your code (%s)", met(exercise.FlowDone(s.state))), func() place { return v.flow }})
	}
	if v.body.Closing {
		done := s.state.Assessed[lessons.FinalRef].Passed
		m.list = append(m.list,
			choice{fmt.Sprintf("the final assessment: two items of every concept (%s)", met(done)), func() place { return s.exam(lessons.Final(), v.do) }},
			choice{"your report, to keep or to hand in", func() place { return s.reporting(v.do) }})
	}
	return m
}

// derive begins the derivation, or goes on where it was left.
func (v *lesson) derive(s *session, d *derivation.Derivation) place {
	if st, begun := s.derived[v.ID]; !begun || st.Done() {
		s.derived[v.ID] = derivation.Start(d, rand.Uint64()) // which order comes is no result of the lab
	}
	return v.step
}

// step asks for what is to be done now in the derivation.
func (v *lesson) step(s *session) menu {
	s.markdown(s.derived[v.ID].Text())
	return v.deriving(s)
}

// deriving is what can be typed at a derivation.
func (v *lesson) deriving(s *session) menu {
	st := s.derived[v.ID]
	m := menu{name: v.ID + " derivation", again: v.step}
	if st.Done() {
		m.enter = "next"
		m.words = []word{short("next n", "ends the lesson", to(v.end)), short("back b", "to the part Do", to(v.do))}
		return m
	}
	answer := func(line string) place {
		next, words := st.Say(line)
		s.derived[v.ID] = next
		s.markdown(words)
		if next.Done() {
			s.note(progress.Solved, progress.Ref(v.ID, next.Derivation.Slug), progress.Derivation{Hints: next.Hints})
		}
		return v.deriving
	}
	m.words = []word{
		short("hint", "helps, a little more each time, and says the solution at last", func(string) place { return answer("hint") }),
		short("restart", "begins anew", func(string) place { delete(s.derived, v.ID); return v.derive(s, st.Derivation) }),
		short("back b", "to the part Do; it goes on there while the lab is open", to(v.do)),
	}
	m.take = taker{"the numbers of steps in order, as in 3 1 4", answer}
	if st.Part().Blank != nil {
		m.take.wants = "a formula"
	}
	return m
}
