package tui

import "fmlab/lessons"

// standing is how far the learner is in each part of a lesson, nil for one that
// comes later.
func (a *App) standing(l *lessons.Lesson) []lessons.PartState {
	if !l.Ready {
		return nil
	}
	states, err := l.States(a.state)
	if err != nil {
		return nil // the linter keeps built-in lessons sound; opening one says why
	}
	return states
}

// dot is ● done, ◐ begun, ○ not begun, – where there is nothing to do yet.
func dot(p lessons.PartState) string {
	switch {
	case p.Total == 0:
		return "–"
	case p.Complete():
		return "●"
	case p.Done > 0:
		return "◐"
	}
	return "○"
}

func dots(states []lessons.PartState) string {
	s := ""
	for _, p := range states {
		if p.Total > 0 {
			s += dot(p)
		}
	}
	return s
}

// share is how much of a lesson is done, in percent.
func share(states []lessons.PartState) int {
	done, of := 0, 0
	for _, p := range states {
		done, of = done+p.Done, of+p.Total
	}
	if of == 0 {
		return 0
	}
	return 100 * done / of
}
