package tui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lab"
)

// tripSeconds is how long a trip from noise to data takes when it is played.
const tripSeconds = 3.0

// rateTime is over how many seconds the rate of training is averaged.
const rateTime = 0.5

// change is what the next command has to do before it advances.
type change int

const (
	changeNone change = iota
	changeTune        // Retune the Sim
	changeNew         // close it and start another
)

// job is what one command does; it shares nothing with the live but the Sim.
type job struct {
	slot, run int
	exp       lab.Experiment
	setup     lab.Setup
	sim       lab.Sim
	look      lab.Look
	want      change
	budget    time.Duration // for the engine
	once      bool          // one step instead
	hold      time.Duration // to wait before that step; cancelled, it is not taken
	more      bool
}

// photo is the answer of one command: the Sim it worked on, a photograph, and
// whether there is more to do. A photo of an older run is refused.
type photo struct {
	slot  int
	run   int
	sim   lab.Sim
	exp   lab.Experiment
	setup lab.Setup
	frame *lab.Frame
	more  bool
	err   error // the change asked for was refused; the Sim is as before
}

// pump starts the next command if one is needed and none is in flight.
func (l *live) pump() tea.Cmd {
	if l.busy || l.exp.Start == nil || l.sim == nil && l.want != changeNew {
		return nil
	}
	asked := l.want != changeNone || l.stale || l.once
	if !asked && !l.play && !l.working() {
		return nil
	}
	l.advanceTrip()
	if l.want == changeNew {
		l.run++
	}
	ctx, cancel := context.WithCancel(context.Background())
	j := job{slot: l.slot, run: l.run, exp: l.exp, setup: l.setup, sim: l.sim, look: l.look, want: l.want, once: l.once, more: l.more}
	if l.working() && !asked { // a key is answered first
		j.budget = l.pace() * 9 / 10 // the rest is for the drawing
		if hold := l.hold(); hold > 0 {
			j.once, j.hold = true, hold
		}
	}
	l.cancel, l.busy, l.stale, l.once, l.want = cancel, true, false, false, changeNone
	if l.play && !asked && j.budget == 0 { // nothing computes: the clock sets the pace
		return tick(l.pace(), func(time.Time) tea.Msg { return j.do(ctx) })
	}
	return func() tea.Msg { return j.do(ctx) }
}

// hold is how long the picture stands before the next step.
func (l *live) hold() time.Duration {
	if l.frame == nil || l.want != changeNone {
		return 0
	}
	return time.Duration(l.frame.Hold * float64(time.Second))
}

// wait lets time pass, and says whether it did: false when it was cancelled. Tests
// wait for nothing.
var wait = func(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// advanceTrip moves the time shown by one frame while the trip is played.
func (l *live) advanceTrip() {
	if !l.play {
		return
	}
	l.look.Trip += l.pace().Seconds() / tripSeconds
	if l.look.Trip >= 1 {
		l.look.Trip, l.play = 1, false
	}
}

func (j job) do(ctx context.Context) tea.Msg {
	p := photo{slot: j.slot, run: j.run, sim: j.sim, exp: j.exp, setup: j.setup, more: j.more}
	switch j.want {
	case changeNew:
		sim, err := j.exp.Start(j.setup.Only(j.exp.Knobs))
		if err != nil {
			p.err = err
			return p
		}
		if j.sim != nil {
			j.sim.Close()
		}
		p.sim, p.more = sim, true
	case changeTune:
		if p.err = j.sim.Retune(j.setup.Only(j.exp.Knobs)); p.err != nil {
			return p
		}
		p.more = true
	}
	switch {
	case j.hold > 0 && !wait(ctx, j.hold):
	case j.once:
		p.more = p.sim.Step()
	case j.budget > 0:
		p.more = lab.Advance(ctx, p.sim, j.budget)
	}
	p.frame = p.sim.Frame(j.look)
	return p
}

// arrive takes a photo in. It reports whether it shows the knobs as they are, so
// that goals and predictions may be judged by it.
func (l *live) arrive(p photo) (current bool, err error) {
	l.busy = false
	l.sim, l.more = p.sim, p.more
	if p.err != nil {
		l.refuse(p)
		return false, p.err
	}
	l.of, l.taken = p.exp, p.setup
	if p.run != l.run || l.want == changeNew {
		return false, nil
	}
	l.measureRate(p.frame)
	l.frame, l.wrong = p.frame, ""
	return l.want == changeNone, nil
}

// refuse goes back to where the Sim still is.
func (l *live) refuse(p photo) {
	if p.exp.Name == l.exp.Name {
		l.barred[p.setup] = true
	}
	if l.sim == nil {
		l.wrong = p.err.Error()
		return
	}
	l.stale = true
	if l.want != changeNone { // more was turned in the meantime: it may be right
		l.want = changeNew
		return
	}
	l.exp, l.setup = l.of, l.taken
	for n := len(l.past); n > 0 && l.past[n-1].setup == l.setup && l.past[n-1].exp.Name == l.exp.Name; n-- {
		l.past = l.past[:n-1]
	}
}

// measureRate keeps a smoothed count of training iterations a second.
func (l *live) measureRate(f *lab.Frame) {
	now := time.Now()
	if l.paused {
		now = time.Time{}
	}
	if dt := now.Sub(l.seen).Seconds(); dt > 0 && !l.seen.IsZero() && l.training() && f.Progress.What == "training" {
		r := float64(f.Progress.Done-l.frame.Progress.Done) / dt
		if l.rate == 0 {
			l.rate = r
		}
		l.rate += min(1, dt/rateTime) * (r - l.rate)
	}
	l.seen = now
}
