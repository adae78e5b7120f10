package tui

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lab"
)

// turnKnob returns what a key does that turns one knob.
func turnKnob(key string, dir int) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		l := a.live()
		before := l.setup.Get(key)
		if err := l.turn(key, dir); err != nil {
			return a.say(err.Error(), true)
		}
		if now := l.setup.Get(key); now != before {
			return a.say(fmt.Sprintf("%s: %s (was %s; u undoes)", key, now, before), false)
		}
		return a.say(fmt.Sprintf("%s: %s is the end of the scale", key, before), false)
	}
}

// needsKnob says why a knob's key is disabled: the scene has no such knob, or it
// changes nothing now.
func needsKnob(key string) func(*App) string {
	return func(a *App) string {
		l := a.live()
		if !slices.Contains(l.exp.Knobs, key) {
			return "this scene has no " + key + " knob"
		}
		return idle(l.exp, &l.setup, key)
	}
}

func scrubBy(by float64) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd { a.live().scrub(by); return nil }
}

// runPause pauses or goes on; when all is done it plays the trip.
func (a *App) runPause() tea.Cmd {
	l := a.live()
	switch {
	case l.more && l.frame != nil && l.frame.Progress.Total > 0:
		l.paused = !l.paused
	case l.play:
		l.play = false
	default:
		if l.look.Trip >= 1 {
			l.look.Trip = 0
		}
		l.play = true
		l.lookAgain()
	}
	return nil
}

// singleStep pauses, and lets the engine take one step.
func (a *App) singleStep() tea.Cmd {
	l := a.live()
	l.paused, l.play, l.once = true, false, true
	l.halt()
	return nil
}

func (a *App) whyNoStep() string {
	if l := a.live(); !l.more && l.want == changeNone {
		return "nothing is left to do; r starts anew"
	}
	return ""
}

func (a *App) restartRun() tea.Cmd {
	l := a.live()
	l.paused = false
	l.restart()
	return a.say(fmt.Sprintf("started anew, seed %d", l.setup.Seed), false)
}

func (a *App) newSeed() tea.Cmd {
	l := a.live()
	if err := l.set("seed", fmt.Sprint(l.setup.Seed+1)); err != nil {
		return a.say(err.Error(), true)
	}
	l.paused = false
	return a.say(fmt.Sprintf("started anew, seed %d", l.setup.Seed), false)
}

func (a *App) undoKnob() tea.Cmd { a.live().undo(); return a.say("undone", false) }

func (a *App) whyNoUndo() string {
	if len(a.live().past) == 0 {
		return "no knob was turned"
	}
	return ""
}

func (a *App) toggleField() tea.Cmd {
	l := a.live()
	l.look.Field = !l.look.Field
	l.lookAgain()
	return nil
}

// toggleExact swaps what is shown of the flow with the same in closed form.
func (a *App) toggleExact() tea.Cmd {
	l := a.live()
	l.look.Exact = !l.look.Exact
	what := "density"
	if !mapped(l.frame) {
		l.look.Field, what = true, "field"
	}
	l.lookAgain()
	switch {
	case l.look.Exact:
		return a.say("shown: the exact "+what, false)
	case what == "density":
		return a.say("shown: the density by the flow", false)
	}
	return a.say("shown: the learned field", false)
}

func (a *App) toggleTrails() tea.Cmd {
	l := a.live()
	l.look.Trails = !l.look.Trails
	l.lookAgain()
	return nil
}

// mapped says whether a frame shows values over the plane.
func mapped(f *lab.Frame) bool {
	return f != nil && f.Plane != nil && slices.ContainsFunc(f.Plane.Layers, func(l lab.Layer) bool { return l.Kind == lab.Heat })
}

// whyNoField: a field is shown where points travel along it, and they do by a
// solver.
func (a *App) whyNoField() string {
	if l := a.live(); !slices.Contains(l.exp.Knobs, "solver") {
		return "in this scene nothing travels along a field"
	}
	return ""
}

func (a *App) whyNoExact() string {
	l := a.live()
	switch {
	case mapped(l.frame):
		return ""
	case a.whyNoField() != "":
		return a.whyNoField()
	case slices.Contains(l.exp.Knobs, "model") && l.setup.Model == "exact":
		return "the field shown is the exact one; m trains a network to compare"
	}
	return ""
}

// whyNoTime: some pictures are of no moment.
func (a *App) whyNoTime() string {
	if !timed(a.live().frame) {
		return "this scene has no time to move in"
	}
	return ""
}

// whyNoRun: with nothing to compute, and no trip to play, there is nothing to run.
func (a *App) whyNoRun() string {
	if l := a.live(); !timed(l.frame) && !l.more {
		return "all is done; r starts anew"
	}
	return ""
}

// pinRun keeps the present picture to be drawn beside the next.
func (a *App) pinRun() tea.Cmd {
	l := a.live()
	if l.pinned != nil {
		l.pinned = nil
		return a.say("unpinned", false)
	}
	l.pinned = &pinned{l.frame, l.taken}
	return a.say("pinned as A: turn a knob, the new run is B", false)
}

func (a *App) whyNoPin() string {
	if l := a.live(); l.frame == nil || l.frame.Plane == nil {
		return "nothing is drawn yet"
	}
	return ""
}

func (a *App) zoomPanel() tea.Cmd {
	l := a.live()
	a.zoom = (a.zoom + 1) % (len(panels(l.frame, l.show)) + 1)
	return nil
}

// openLab goes to the free lab and keeps what runs there.
func (a *App) openLab() tea.Cmd {
	if a.free.exp.Start == nil {
		a.openExperiment("free", *a.opts.Setup, 1)
	}
	a.at, a.zoom = screenLab, 0
	return nil
}

// openExperiment starts an experiment in the free lab.
func (a *App) openExperiment(name string, s lab.Setup, trip float64) {
	exp, err := lab.FindExperiment(name)
	if err != nil {
		a.say(err.Error(), true)
		return
	}
	a.free.start(exp, s, trip, "")
	a.at = screenLab
}
