package plain

import (
	"fmt"
	"strings"

	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// tabLab is the tab of a place in the free lab, as the screen has it too.
const tabLab = "lab"

// comeBack is where the learner left off: the map on a first run.
func (s *session) comeBack() place {
	at := s.state.Place
	switch {
	case at.Lesson != "":
		return s.open(at.Lesson)
	case at.Tab == tabLab:
		if exp, setup, trip, err := lab.ReadCard(at.Card); err == nil && lab.Check(setup) == nil {
			return s.freeLab(exp.Name, setup, trip)
		}
	}
	return (*session).theMap
}

// theMap lists the lessons in their phases.
func (s *session) theMap() menu {
	s.moved(progress.Place{})
	m, n := menu{name: "map"}, 0
	for _, ph := range s.Curriculum.Phases {
		s.out.row("")
		title := fmt.Sprintf("Phase %d: %s", ph.ID, ph.Title)
		if s.state.Placed[fmt.Sprint(ph.ID)].Passed {
			title += " (placement test passed: you may skip it)"
		}
		s.line(title)
		for _, l := range ph.Lessons {
			n++
			s.line(fmt.Sprintf("%2d. %s (lesson %s, %s)", n, l.Title, l.ID, s.standing(l)))
		}
	}
	m.words = append(m.words,
		short("review r", "asks what you are about to forget", func(string) place { return s.review() }),
		word{names: []string{"placement"}, value: "phase", help: "a test that lets you skip a phase, as in placement 1", do: s.placement},
		short("final", "the final assessment, two items of every concept", func(string) place { return s.exam(lessons.Final(), (*session).theMap) }))
	if due := s.due(); due != "" {
		s.out.row("")
		s.line(due)
	}
	m.take = taker{fmt.Sprintf("a number from 1 to %d, or the id of a lesson, as in 1.1", n), s.byNumber}
	if next := s.next(); next != nil {
		s.out.row("")
		s.line(fmt.Sprintf("Next: %s, %s.", next.ID, next.Title))
		m.enter = "lesson " + next.ID
	}
	return m
}

// byNumber opens the lesson of that id, or of that number on the map.
func (s *session) byNumber(line string) place {
	all := s.Curriculum.Lessons()
	if _, err := s.Curriculum.Find(line); err == nil {
		return s.open(line)
	}
	var n int
	if _, err := fmt.Sscanf(line+"\n", "%d\n", &n); err != nil || n < 1 || n > len(all) {
		s.line(fmt.Sprintf("%q is not understood here: want a number from 1 to %d, or the id of a lesson, as in 1.1; ? for more.", line, len(all)))
		return nil
	}
	return s.open(all[n-1].ID)
}

// next is the first lesson that can be taken, is not done and is not to be skipped,
// nil for none.
func (s *session) next() *lessons.Lesson {
	for _, l := range s.Curriculum.Ready() {
		if s.state.Placed[fmt.Sprint(l.Phase)].Passed {
			continue
		}
		if states, err := l.States(s.state); err == nil && !lessons.Done(states) {
			return l
		}
	}
	return nil
}

// standing says how long a lesson is and how far the learner is in it.
func (s *session) standing(l *lessons.Lesson) string {
	time := "open end"
	if l.Minutes > 0 {
		time = fmt.Sprintf("%d min", l.Minutes)
	}
	if !l.Ready {
		return time + ", comes later"
	}
	states, err := l.States(s.state)
	switch {
	case err != nil:
		return time
	case lessons.Done(states):
		return time + ", done"
	}
	var parts []string
	for _, p := range states {
		if p.Done > 0 {
			parts = append(parts, fmt.Sprintf("%s %d of %d", p.Part, p.Done, p.Total))
		}
	}
	return strings.Join(append([]string{time}, parts...), ", ")
}

// moved keeps where the learner is.
func (s *session) moved(p progress.Place) {
	if p != s.state.Place {
		s.note(progress.Moved, p.Lesson, p)
	}
}
