package plain

import (
	"fmt"

	"fmlab/lessons"
)

// progress says what was learnt: the lessons in short, and the five criteria with
// their evidence.
func (s *session) progress() menu {
	done, ready := 0, s.Curriculum.Ready()
	for _, l := range ready {
		if states, err := l.States(s.state); err == nil && lessons.Done(states) {
			done++
		}
	}
	s.out.row("")
	s.line(fmt.Sprintf("Lessons done: %d of %d. map lists them.", done, len(ready)))
	all, err := s.Curriculum.Criteria(s.state)
	if err != nil {
		s.line(err.Error())
	}
	for i, c := range all {
		s.out.row("")
		s.line(fmt.Sprintf("%d. %s: %s", i+1, c.Title, met(c.Met())))
		for _, e := range c.Evidence {
			s.line(fmt.Sprintf("  %s, %s: %s (wanted: %s; earned in %s %s)", met(e.Met), e.Title, e.Got, e.Wanted, e.Lesson, e.Part))
		}
	}
	return menu{name: "progress", enter: "map", words: append([]word{s.reportWord()}, s.toMap()...)}
}

func met(ok bool) string {
	if ok {
		return "ok"
	}
	return "not yet"
}
