package tui

import (
	"context"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lab"
)

// frameBudget is how long the engine runs between two photographs when the
// terminal keeps up: about 30 frames a second with the drawing.
const frameBudget = 30 * time.Millisecond

// tripSeconds is how long a trip from noise to data takes when it is played.
const tripSeconds = 3.0

// photo is the answer of one command: the Sim it worked on, a photograph, and
// whether there is more to do. A photo of an older run is refused.
type photo struct {
	slot  int
	run   int
	sim   lab.Sim
	frame *lab.Frame
	more  bool
	err   error // the change asked for was refused; the Sim is as before
}

// change is what the next command has to do before it advances.
type change int

const (
	changeNone change = iota
	changeTune        // Retune the Sim
	changeNew         // close it and start another
)

// live is a running instrument: an experiment with its knobs, and the way it is
// looked at. While a command is in flight the Sim belongs to that command; keys
// only note what they want, and the photo's arrival starts the next command.
// There is no other concurrency.
type live struct {
	slot     int
	interval func() time.Duration // between frames, for a slow terminal; nil is frameBudget
	exp      lab.Experiment
	setup    lab.Setup
	good     lab.Setup   // the last setup the lab accepted
	past     []lab.Setup // for undo
	look     lab.Look
	show     string // the panel that leads

	sim    lab.Sim
	frame  *lab.Frame
	pinned *lab.Frame // drawn beside the present one (A/B)
	run    int
	busy   bool
	more   bool
	want   change
	stale  bool // the look changed since the last photo
	once   bool // one step, then stand
	paused bool
	play   bool // the trip is being played
	last   time.Time
	cancel context.CancelFunc
	rate   float64   // iterations a second, smoothed
	seen   time.Time // of the last photo that moved
}

// start begins an experiment, dropping the one before.
func (l *live) start(exp lab.Experiment, s lab.Setup, trip float64, show string) {
	l.exp, l.setup, l.good, l.past = exp, s, s, nil
	l.look = lab.Look{Trip: trip, Trails: true}
	l.show, l.pinned, l.paused, l.play = show, nil, false, false
	l.restart()
}

func (l *live) restart() {
	l.want, l.frame, l.rate, l.seen = changeNew, nil, 0, time.Time{}
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
	l.past = append(l.past, l.setup)
	l.moveTo(s)
}

func (l *live) undo() bool {
	n := len(l.past)
	if n == 0 {
		return false
	}
	s := l.past[n-1]
	l.past = l.past[:n-1]
	l.moveTo(s)
	return true
}

// moveTo goes to another setup: a change of a knob that restarts begins anew,
// any other keeps the trained model.
func (l *live) moveTo(s lab.Setup) {
	before := l.setup
	l.setup = s
	for _, k := range lab.Knobs {
		if k.Restarts && k.Get(&before) != k.Get(&s) {
			l.restart()
			return
		}
	}
	if l.want == changeNone {
		l.want = changeTune
	}
	l.halt()
}

// scrub moves the time shown.
func (l *live) scrub(by float64) {
	l.play = false
	l.look.Trip = min(1, max(0, l.look.Trip+by))
	l.stale = true
}

// working says whether the engine has something to do and may do it.
func (l *live) working() bool { return l.more && !l.paused }

// pump starts the next command if one is needed and none is in flight.
func (l *live) pump() tea.Cmd {
	if l.busy || l.exp.Start == nil || l.want == changeNone && !l.stale && !l.once && !l.play && !l.working() {
		return nil
	}
	l.advanceTrip()
	budget := time.Duration(0)
	switch {
	case l.once:
		budget = time.Nanosecond
	case l.want != changeNone && !l.paused, l.working():
		budget = l.pace()
	}
	ctx, cancel := context.WithCancel(context.Background())
	l.cancel, l.busy, l.stale, l.once = cancel, true, false, false
	job := job{slot: l.slot, run: l.run, exp: l.exp, setup: l.setup, sim: l.sim, look: l.look, want: l.want, budget: budget, more: l.more}
	if l.want == changeNew {
		l.run++
		job.run = l.run
	}
	l.want = changeNone
	if l.play && budget == 0 { // nothing computes: the clock sets the pace
		return tea.Tick(l.pace(), func(time.Time) tea.Msg { return job.do(ctx) })
	}
	return func() tea.Msg { return job.do(ctx) }
}

// pace is the time between two frames.
func (l *live) pace() time.Duration {
	if l.interval == nil {
		return frameBudget
	}
	return max(frameBudget, l.interval())
}

// advanceTrip moves the time shown while the trip is played.
func (l *live) advanceTrip() {
	now := time.Now()
	if l.play && !l.last.IsZero() {
		l.look.Trip += now.Sub(l.last).Seconds() / tripSeconds
		if l.look.Trip >= 1 {
			l.look.Trip, l.play, l.stale = 1, false, true
		}
	}
	l.last = now
	if !l.play {
		l.last = time.Time{}
	}
}

// job is what one command does; it shares nothing with the live but the Sim.
type job struct {
	slot, run int
	exp       lab.Experiment
	setup     lab.Setup
	sim       lab.Sim
	look      lab.Look
	want      change
	budget    time.Duration
	more      bool
}

func (j job) do(ctx context.Context) tea.Msg {
	p := photo{slot: j.slot, run: j.run, sim: j.sim, more: j.more}
	switch j.want {
	case changeNew:
		sim, err := j.exp.Start(j.setup)
		if err != nil {
			p.err = err
			return p
		}
		if j.sim != nil {
			j.sim.Close()
		}
		p.sim, p.more = sim, true
	case changeTune:
		if err := j.sim.Retune(j.setup); err != nil {
			p.err = err
		}
		p.more = true
	}
	if j.budget > 0 {
		p.more = lab.Advance(ctx, p.sim, j.budget)
	}
	p.frame = p.sim.Frame(j.look)
	return p
}

// arrive takes a photo in. It returns what there is to say, if anything.
func (l *live) arrive(p photo) (say string) {
	l.busy = false
	l.sim, l.more = p.sim, p.more
	if p.err != nil {
		say = p.err.Error()
		if l.setup != l.good && l.want == changeNone {
			l.setup = l.good // the knob goes back to where the lab still is
		}
		if p.frame == nil {
			return say
		}
	} else if l.want == changeNone {
		l.good = l.setup
	}
	if p.run != l.run || l.want == changeNew {
		return say
	}
	l.measureRate(p.frame)
	l.frame = p.frame
	return say
}

// measureRate keeps a smoothed count of training iterations a second.
func (l *live) measureRate(f *lab.Frame) {
	now := time.Now()
	if l.frame != nil && f.Progress.What == "training" && l.frame.Progress.What == "training" && !l.seen.IsZero() {
		if dt := now.Sub(l.seen).Seconds(); dt > 0 {
			r := float64(f.Progress.Done-l.frame.Progress.Done) / dt
			if l.rate == 0 {
				l.rate = r
			}
			l.rate += 0.1 * (r - l.rate)
		}
	}
	l.seen = now
}

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
