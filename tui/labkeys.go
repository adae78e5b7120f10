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

// turnSubject turns the first knob that the scene shares with few others.
func (a *App) turnSubject() tea.Cmd { return turnKnob(subject(a.live().exp), +1)(a) }

func (a *App) whyNoSubject() string {
	return unless(subject(a.live().exp) != "", "this scene has no subject of its own")
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

// lookBack returns what a key does that goes through the moments of a training, the
// present coming after the last.
func lookBack(by int) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		l := a.live()
		l.look.Back(by, l.frame.Moments)
		l.lookAgain()
		return nil
	}
}

func (a *App) whyNoPast() string {
	l := a.live()
	return unless(l.frame != nil && l.frame.Moments > 0, "there is no training here to look back at")
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
		l.halt()
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
	l.look.Field = l.look.Field || l.heeds().Field
	l.lookAgain()
	if l.look.Exact {
		return a.say("shown: the exact one, in closed form", false)
	}
	return a.say("shown: that of the flow", false)
}

func (a *App) toggleTrails() tea.Cmd {
	l := a.live()
	l.look.Trails = !l.look.Trails
	l.lookAgain()
	return nil
}

func (a *App) whyNoField() string {
	return unless(a.live().heeds().Field, "this scene shows no field")
}

func (a *App) whyNoTrails() string {
	return unless(a.live().heeds().Trails, "in this scene no points travel")
}

func (a *App) whyNoExact() string {
	l := a.live()
	if slices.Contains(l.exp.Knobs, "model") && l.setup.Model == "exact" {
		return unless(l.heeds().Exact, "what is shown is exact; m trains a network to compare")
	}
	return unless(l.heeds().Exact, "this scene shows nothing that has an exact counterpart")
}

func (a *App) whyNoTime() string {
	return unless(a.live().heeds().Trip > 0, "this scene has no time to move in")
}

// whyNoRun: with nothing to compute and no trip to play there is nothing to run.
func (a *App) whyNoRun() string {
	l := a.live()
	return unless(l.more || l.heeds().Trip > 0, "all is done; r starts anew")
}

// unless is a reason, "" when all is well.
func unless(well bool, reason string) string {
	if well {
		return ""
	}
	return reason
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
	l := a.live()
	return unless(l.frame != nil && l.frame.Plane != nil, "there is no picture to pin")
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
