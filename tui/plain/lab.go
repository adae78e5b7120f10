package plain

import (
	"fmlab/lab"
	"fmlab/lessons/progress"
)

// lab is the free lab as it was left.
func (s *session) lab() place {
	if s.free == nil {
		return s.freeLab("free", *s.Setup, 1)
	}
	return s.scene
}

// freeLab puts an experiment into the free lab.
func (s *session) freeLab(name string, setup lab.Setup, trip float64) place {
	exp, err := lab.FindExperiment(name)
	if err != nil {
		s.line(err.Error())
		return nil
	}
	if s.free != nil {
		s.free.close()
	}
	s.free = newBench(exp, setup, trip)
	return s.scene
}

// scene says what the free lab looks at.
func (s *session) scene(*session) menu {
	b := s.free
	s.out.row("")
	about := b.told()
	if b.exp.Name != "free" {
		about = b.exp.Title + ". " + about
	}
	s.line("The free lab: " + about + ".")
	s.line("Turn a knob as in " + b.example() + " or choose one with knobs; then run. scene chooses another scene.")
	return s.inLab()
}

// inLab is what can be typed in the free lab.
func (s *session) inLab() menu {
	b := s.free
	s.moved(progress.Place{Tab: tabLab, Card: b.card()})
	brief := func(s *session) menu { return s.inLab() }
	m := menu{name: "lab, " + b.exp.Name, enter: "run", again: s.scene}
	m.words = []word{short("run space", "runs the scene with its knobs as they are", func(string) place {
		if s.run(b, nil) {
			s.see(b)
		}
		return brief
	})}
	m.words = append(m.words, short("look", "what the picture shows", say(func() { s.look(b) })))
	m.words = append(m.words, s.labWords(b, brief)...)
	m.words = append(m.words,
		word{names: []string{"scene", "v"}, value: "name", help: "another scene, with the knobs as they are", do: func(v string) place {
			if v == "" {
				return s.scenes
			}
			return s.freeLab(v, b.setup, b.look.Trip)
		}},
		short("back b", "the map", to((*session).theMap)))
	return m
}

// scenes lists the experiments.
func (s *session) scenes(*session) menu {
	m := menu{name: "scene", enter: "back", words: []word{short("back b", "keeps the scene", to(s.scene))}}
	for _, e := range lab.Experiments {
		m.list = append(m.list, choice{e.Name + ": " + e.Title, func() place { return s.freeLab(e.Name, s.free.setup, s.free.look.Trip) }})
	}
	return m
}
