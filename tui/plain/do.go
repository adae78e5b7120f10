package plain

import (
	"fmt"
	"math/rand/v2"

	"fmlab/lessons"
	"fmlab/lessons/derivation"
	"fmlab/lessons/progress"
)

// do is the part Do: what there is to derive.
func (v *lesson) do(s *session) menu {
	v.at(s, lessons.PartDo, "")
	s.markdown("## Do\n\n" + v.body.Do)
	m := menu{name: v.ID + " do", enter: "next"}
	m.words = append([]word{short("next n", "ends the lesson", to(v.end))}, v.words()...)
	if d := v.body.Derivation; d != nil {
		m.enter = ""
		m.list = append(m.list, choice{fmt.Sprintf("The derivation: %s (%d min)", d.Title, d.Minutes), func() place {
			return v.derive(derivation.Start(d, rand.Uint64())) // which order comes is no result of the lab
		}})
	}
	return m
}

// derive asks for what is to be done now in the derivation.
func (v *lesson) derive(st derivation.State) place {
	return func(s *session) menu {
		s.markdown(st.Text())
		return v.deriving(s, st)
	}
}

// deriving is what can be typed at a derivation.
func (v *lesson) deriving(s *session, st derivation.State) menu {
	m := menu{name: v.ID + " derivation", again: v.derive(st)}
	leave := short("leave back b", "leaves the derivation; what is done of it is not kept", to(v.do))
	if st.Done() {
		m.enter = "next"
		m.words = []word{short("next n", "ends the lesson", to(v.end)), short("back b", "to the part Do", to(v.do))}
		return m
	}
	answer := func(line string) place {
		next, words := st.Say(line)
		s.markdown(words)
		if next.Done() {
			s.note(progress.Solved, progress.Ref(v.ID, next.Derivation.Slug), progress.Derivation{Hints: next.Hints})
		}
		return func(s *session) menu { return v.deriving(s, next) }
	}
	m.words = []word{short("hint", "helps, a little more each time, and says the solution at last", func(string) place { return answer("hint") }), leave}
	m.take = taker{"the numbers of steps in order, as in 3 1 4", answer}
	if st.Part().Blank != nil {
		m.take.wants = "a formula"
	}
	return m
}
