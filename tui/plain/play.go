package plain

import (
	"fmt"
	"strings"

	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// play is the lesson's scene: its words, its goals, and the knobs as they are.
func (v *lesson) play(s *session) menu {
	b, err := v.scene(s)
	if err != nil {
		s.line("The scene cannot be shown: " + err.Error())
		return menu{name: v.ID + " play", enter: "next", words: append([]word{short("next n", "on to predict", to(v.after(lessons.PartPlay)))}, v.words()...)}
	}
	s.markdown("## Play\n\n" + v.body.Play.Intro)
	for i, g := range v.body.Play.Goals {
		s.markdown(fmt.Sprintf("Goal %d, %s: %s\n\n%s", i+1, v.mark(s, g), g.Title, g.Text))
	}
	v.tellGolf(s, b, true)
	s.line("Now: " + b.told() + ".")
	s.line("Turn a knob as in " + b.example() + " or choose one with knobs; then run.")
	return v.playing(s, b)
}

func (v *lesson) mark(s *session, g lessons.Goal) string {
	if s.state.Goals[progress.Ref(v.ID, g.Slug)] {
		return "met"
	}
	return "open"
}

// scene is the instrument of Play, as it was left.
func (v *lesson) scene(s *session) (*bench, error) {
	sc := v.body.Play.Scene
	if s.bench != nil && s.staged == sc {
		return s.bench, nil
	}
	b, err := s.stage(*sc, true)
	if exp, setup, trip, wrong := lab.ReadCard(v.card); v.card != "" && wrong == nil && lab.Check(setup) == nil && len(s.Given) == 0 {
		b, err = s.take(newBench(exp, setup, trip)), nil
	}
	if err == nil {
		s.staged = sc
		b.notice = func(f *lab.Frame) { v.notice(s, b, f) }
	}
	return b, err
}

// playing is what can be typed in Play.
func (v *lesson) playing(s *session, b *bench) menu {
	v.card = b.card()
	v.at(s, lessons.PartPlay, "")
	m := menu{name: v.ID + " play", enter: "run", again: v.play}
	if v.met(s) && b.frame != nil && b.taken == b.setup {
		m.enter = "next"
	}
	brief := func(s *session) menu { return v.playing(s, b) }
	m.words = []word{
		short("run space", "runs the scene with its knobs as they are", func(string) place { v.run(s, b); return brief }),
		short("goals", "how the goals stand", say(func() { v.goals(s, b) })),
		short("next n", "on to predict", to(v.after(lessons.PartPlay))),
		short("reset", "the scene as the lesson has it", func(string) place { v.card, s.staged = "", nil; return v.play }),
		short("look", "what the picture shows", say(func() { s.show(b) })),
	}
	m.words = append(m.words, s.labWords(b, brief)...)
	m.words = append(m.words, v.words()...)
	return m
}

// met says whether every goal is.
func (v *lesson) met(s *session) bool {
	for _, g := range v.body.Play.Goals {
		if !s.state.Goals[progress.Ref(v.ID, g.Slug)] {
			return false
		}
	}
	return true
}

// run runs the scene, notices the goals that are met on the way, and says what was
// measured.
func (v *lesson) run(s *session, b *bench) {
	s.line("Running: " + b.told() + ".")
	if text := broken(b.setup); text != "" {
		s.line(text)
	}
	if !s.run(b, nil) {
		return
	}
	s.numbers(b.frame, nil)
	v.goals(s, b)
}

// notice notes the goals that are met now, with what was measured. While the
// learner's code is at work none is: its knobs were turned for that.
func (v *lesson) notice(s *session, b *bench, f *lab.Frame) {
	if f.Own != "" {
		return
	}
	if run, ok := v.body.FinalRun(f, b.taken.Get, b.card(), s.state.Capstone[v.ID]); ok && b.taken == b.setup {
		s.note(progress.Capstone, v.ID, run)
		s.line("The run is kept, with its card: the best so far.")
	}
	for _, g := range v.body.Play.Goals {
		ref := progress.Ref(v.ID, g.Slug)
		if s.state.Goals[ref] {
			continue
		}
		if ok, measured := g.When.Holds(f, b.taken.Get); ok {
			s.note(progress.GoalMet, ref, nil)
			s.markdown(strings.TrimSpace(fmt.Sprintf("**Goal met: %s** (%s).\n\n%s", g.Title, measured, g.After)))
		}
	}
	v.noticeGolf(s, b, f)
}

// goals says how each goal stands.
func (v *lesson) goals(s *session, b *bench) {
	if b.frame != nil && b.frame.Own != "" {
		s.line("Your code is at work: " + b.frame.Own + ". No goal is met meanwhile; set code none puts the lab's own part back.")
	}
	for i, g := range v.body.Play.Goals {
		text := fmt.Sprintf("Goal %d, %s: %s", i+1, v.mark(s, g), g.Title)
		if v.mark(s, g) == "open" && b.frame != nil {
			_, measured := g.When.Holds(b.frame, b.taken.Get)
			text += " (now: " + measured + ")"
		}
		s.line(text + ".")
	}
	v.tellGolf(s, b, false)
}
