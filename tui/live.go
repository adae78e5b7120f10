package tui

import (
	"context"
	"fmt"
	"time"

	"fmlab/lab"
)

// maxUndo is how many turns of knobs can be undone.
const maxUndo = 100

// live is a running instrument: an experiment with its knobs, and the way it is
// looked at. While a command is in flight the Sim belongs to that command; keys
// only note what they want, and the photo's arrival starts the next command
// (photo.go). There is no other concurrency.
type live struct {
	slot  int
	pace  func() time.Duration // between two frames, as the terminal takes them
	exp   lab.Experiment
	setup lab.Setup
	past  []lab.Setup // for undo
	look  lab.Look
	show  string // the panel that leads

	sim    lab.Sim
	of     lab.Experiment // that the Sim is of
	taken  lab.Setup      // the knobs it has
	frame  *lab.Frame     // the last photograph; the last run's until the next has one
	wrong  string         // why there is none
	pinned *pinned        // drawn beside the present one, nil for none
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
	l.show, l.pinned, l.paused, l.play = show, nil, false, false
	l.restart()
}

// restart starts anew. The picture stays until there is another.
func (l *live) restart() {
	l.want, l.rate, l.seen = changeNew, 0, time.Time{}
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
	if err := s.Set(key, value); err != nil {
		return err
	}
	l.adopt(s)
	return nil
}

// turn moves a knob in its menu.
func (l *live) turn(key string, dir int) error {
	k, err := lab.FindKnob(key)
	if err != nil {
		return err
	}
	s := l.setup
	if err := k.Turn(&s, dir); err != nil {
		return err
	}
	l.adopt(s)
	return nil
}

func (l *live) adopt(s lab.Setup) {
	if s == l.setup {
		return
	}
	if l.past = append(l.past, l.setup); len(l.past) > maxUndo {
		l.past = l.past[1:]
	}
	l.moveTo(s)
}

// undo goes back by one knob.
func (l *live) undo() {
	n := len(l.past) - 1
	s := l.past[n]
	l.past = l.past[:n]
	l.moveTo(s)
}

// moveTo goes to another setup.
func (l *live) moveTo(s lab.Setup) {
	need := between(l.setup, s)
	l.setup = s
	if need == changeNew || l.sim == nil {
		l.restart()
		return
	}
	l.want = max(l.want, need)
	l.halt()
}

// between is what leads from one setup to another: a knob that restarts asks for
// a new Sim, any other keeps the trained model.
func between(a, b lab.Setup) change {
	for _, k := range lab.Knobs {
		if k.Restarts && k.Get(&a) != k.Get(&b) {
			return changeNew
		}
	}
	if a != b {
		return changeTune
	}
	return changeNone
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
