package tui

import (
	"context"
	"fmt"
	"time"

	"fmlab/lab"
)

// maxUndo is how many turns of knobs can be undone.
const maxUndo = 100

// turn is where a knob was turned from: an experiment with its knobs.
type turn struct {
	exp   lab.Experiment
	setup lab.Setup
}

// live is a running instrument: an experiment with its knobs, and the way it is
// looked at. While a command is in flight the Sim belongs to that command; keys
// only note what they want, and the photo's arrival starts the next command
// (photo.go). There is no other concurrency.
type live struct {
	slot  int
	pace  func() time.Duration // between two frames, as the terminal takes them
	exp   lab.Experiment
	setup lab.Setup
	past  []turn // for undo
	look  lab.Look
	show  string // the panel that leads

	sim    lab.Sim
	of     lab.Experiment     // that the Sim is of
	taken  lab.Setup          // the knobs it has
	frame  *lab.Frame         // the last photograph; the last run's until the next has one
	wrong  string             // why there is none
	barred map[lab.Setup]bool // that were refused: a knob is turned past them
	pinned *pinned            // drawn beside the present one, nil for none
	next   *lab.Setup         // the run to come when this one is measured, which is then pinned; nil for none
	run    int
	busy   bool
	more   bool
	want   change
	stale  bool // the look changed since the last photo
	once   bool // one step, then stand
	paused bool
	play   bool // the trip is being played
	cancel context.CancelFunc
	rate   float64   // iterations a second, smoothed
	seen   time.Time // of the last photo that moved
}

// start begins an experiment, dropping the one before.
func (l *live) start(exp lab.Experiment, s lab.Setup, trip float64, show string) {
	l.exp, l.setup, l.past = exp, s, nil
	l.look = lab.Look{Trip: trip, Trails: true}
	l.next = nil
	l.show, l.pinned, l.paused, l.play, l.barred = show, nil, false, false, map[lab.Setup]bool{}
	l.restart()
}

// restart starts anew. The picture stays until there is another.
func (l *live) restart() {
	l.want, l.rate, l.seen, l.look.Past = changeNew, 0, time.Time{}, 0
	l.halt()
}

// halt cancels the command in flight, which answers at once.
func (l *live) halt() {
	if l.cancel != nil {
		l.cancel()
	}
}

// set turns a knob to a value; undo knows the way back.
func (l *live) set(key, value string) error {
	s := l.setup
	if err := s.Use(key, value); err != nil {
		return err
	}
	l.adopt(l.exp, s)
	return nil
}

// turn moves a knob in its menu, past values that were refused.
func (l *live) turn(key string, dir int) error {
	k, err := lab.FindKnob(key)
	if err != nil {
		return err
	}
	s := l.setup
	for range k.Menu() {
		if err := k.Turn(&s, dir); err != nil {
			return err
		}
		if !l.barred[s] {
			break
		}
	}
	l.adopt(l.exp, s)
	return nil
}

// adopt goes to another experiment, other knobs, or both.
func (l *live) adopt(exp lab.Experiment, s lab.Setup) {
	if s == l.setup && exp.Name == l.exp.Name {
		return
	}
	if l.past = append(l.past, turn{l.exp, l.setup}); len(l.past) > maxUndo {
		l.past = l.past[1:]
	}
	l.moveTo(exp, s)
}

// undo goes back by one turn.
func (l *live) undo() {
	n := len(l.past) - 1
	was := l.past[n]
	l.past = l.past[:n]
	l.moveTo(was.exp, was.setup)
}

// moveTo goes there without a way back.
func (l *live) moveTo(exp lab.Experiment, s lab.Setup) {
	need := l.between(exp, s)
	if exp.Name != l.exp.Name {
		l.look.Field, l.look.Exact, l.pinned, l.paused, l.barred = false, false, nil, false, map[lab.Setup]bool{}
	}
	l.exp, l.setup = exp, s
	if need == changeNew || l.sim == nil {
		l.restart()
		return
	}
	l.want = max(l.want, need)
	l.halt()
}

// between is what leads to another experiment or other knobs: one that restarts
// asks for a new Sim, any other keeps the trained model.
func (l *live) between(exp lab.Experiment, s lab.Setup) change {
	if exp.Name != l.exp.Name {
		return changeNew
	}
	for _, k := range lab.Knobs {
		if k.Restart(&l.setup, &s) && idle(exp, &s, k.Key) == "" {
			return changeNew
		}
	}
	if l.setup != s {
		return changeTune
	}
	return changeNone
}

// heeds is what of a look changes the picture: all of it before there is one.
func (l *live) heeds() lab.Look {
	if l.frame == nil {
		return lab.Look{Trip: 1, Field: true, Exact: true, Trails: true}
	}
	return l.frame.Heeds
}

// scrub moves the time shown.
func (l *live) scrub(by float64) {
	l.play = false
	l.look.Trip = min(1, max(0, l.look.Trip+by))
	l.lookAgain()
}

// lookAgain asks for a photo at once.
func (l *live) lookAgain() {
	l.stale = true
	l.halt()
}

// working says whether the engine has something to do and may do it.
func (l *live) working() bool { return l.more && !l.paused }

// training says whether a training run would be lost by leaving.
func (l *live) training() bool {
	return l.frame != nil && l.frame.Progress.What == "training" && l.frame.Err == nil
}

// eta is the time a training run still needs, "" when unknown.
func (l *live) eta() string {
	if l.rate <= 0 || l.frame == nil {
		return ""
	}
	left := float64(l.frame.Progress.Total-l.frame.Progress.Done) / l.rate
	return fmt.Sprintf("%.0f it/s, %.0f s left", l.rate, left)
}

// card is the command line that reproduces what is on screen.
func (l *live) card() string {
	keys := append([]string{}, l.exp.Knobs...)
	card := l.setup.Card("play --experiment "+l.exp.Name, keys)
	return fmt.Sprintf("%s --t %.2f --kernel %s", card, l.look.Trip, lab.Kernel)
}
