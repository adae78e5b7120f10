package plain

import (
	"fmt"

	"fmlab/lab"
)

// pitfalls lists the ways to break a run on purpose, and first the way to heal it.
func (s *session) pitfalls(b *bench, back place) place {
	return func(s *session) menu {
		m := menu{name: "break it", enter: "back", words: []word{short("back b", "leaves the run as it is", to(back))}}
		if why := (lab.Pitfall{}).WhyNot(b.exp); why != "" {
			s.line("Nothing to break: " + why + ".")
			return m
		}
		s.line("Break it on purpose. A run that is broken says so whenever it is told.")
		for _, p := range append([]lab.Pitfall{{}}, lab.Pitfalls...) {
			if p.WhyNot(b.exp) != "" {
				continue
			}
			text := "none: nothing is wrong"
			if p.Name != "" {
				text = p.Title + ": " + p.Label
			}
			m.list = append(m.list, choice{text, func() place { s.breakIt(b, p); return back }})
		}
		return m
	}
}

// breakIt turns what the pitfall needs, so that one undo takes all back.
func (s *session) breakIt(b *bench, p lab.Pitfall) {
	after := p.Into(b.setup)
	if after != b.setup {
		b.past, b.setup = append(b.past, b.setup), after
	}
	if p.Name == "" {
		s.line("Healed: nothing is wrong on purpose. run runs it.")
		return
	}
	s.line(fmt.Sprintf("Broken on purpose: %s. To be seen: %s. What cures it: %s. run runs it.", p.Says(), p.Symptom, p.Cure))
}

// broken is what is said of a run that is broken on purpose, "" of any other.
func broken(setup lab.Setup) string {
	p, err := lab.FindPitfall(setup.Pitfall)
	if err != nil || p.Name == "" {
		return ""
	}
	return "Broken on purpose: " + p.Says() + "."
}
