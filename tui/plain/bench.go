package plain

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fmlab/lab"
)

// bench is an instrument: an experiment with its knobs, run to the end of its work
// before it is looked at.
type bench struct {
	exp   lab.Experiment
	setup lab.Setup
	look  lab.Look
	past  []lab.Setup // for undo

	show   string             // the panel that leads
	veiled bool               // what it is is the question
	notice func(f *lab.Frame) // is shown every picture, nil for nobody

	sim   lab.Sim
	taken lab.Setup  // the knobs that the Sim has
	frame *lab.Frame // of the last run, nil before
}

func newBench(exp lab.Experiment, setup lab.Setup, trip float64) *bench {
	return &bench{exp: exp, setup: setup, look: lab.Look{Trip: trip, Trails: true}}
}

func (b *bench) close() {
	if b.sim != nil {
		b.sim.Close()
	}
	b.sim, b.frame, b.look.Past = nil, nil, 0
}

// card is the command line that reproduces what is seen.
func (b *bench) card() string {
	return fmt.Sprintf("%s --t %.2f --kernel %s", b.setup.Card("play --experiment "+b.exp.Name, b.exp.Knobs), b.look.Trip, lab.Kernel)
}

// set turns a knob; undo knows the way back.
func (b *bench) set(key, value string) error {
	s := b.setup
	if err := s.Set(key, value); err != nil {
		return err
	}
	if err := lab.Check(s); err != nil {
		return err
	}
	b.look.Past = 0
	if s != b.setup {
		b.past, b.setup = append(b.past, b.setup), s
	}
	return nil
}

// tune gives the knobs to the Sim: a new one when what was turned starts anew. When
// they are refused the knobs go back to those of before.
func (b *bench) tune() (err error) {
	switch {
	case b.sim != nil && b.taken == b.setup:
		return nil
	case b.sim != nil && !b.restarts():
		err = b.sim.Retune(b.setup.Only(b.exp.Knobs))
	default:
		var sim lab.Sim
		if sim, err = b.exp.Start(b.setup.Only(b.exp.Knobs)); err == nil {
			b.close()
			b.sim = sim
		}
	}
	switch {
	case err == nil:
		b.taken = b.setup
	case b.sim != nil:
		b.setup = b.taken
	}
	return err
}

// restarts says whether a knob was turned that starts the run anew.
func (b *bench) restarts() bool {
	return slices.ContainsFunc(lab.Knobs, func(k lab.Knob) bool {
		return k.Restart(&b.taken, &b.setup)
	})
}

// slice is how long the engine works before it is looked at, and patience how long
// nothing is said.
const (
	slice    = 50 * time.Millisecond
	patience = 3 * time.Second
)

// photograph looks at the Sim, with whoever has to see it.
func (b *bench) photograph() {
	b.frame = b.sim.Frame(b.look)
	if b.notice != nil && b.frame.Past == 0 { // what is past was seen then
		b.notice(b.frame)
	}
}

// run lets the engine work until nothing is left to do, until seen has enough, or
// until an interrupt; seen, which may be nil, is shown what there is again and
// again. It reports whether there is a picture of these knobs.
func (s *session) run(b *bench, seen func(f *lab.Frame, more bool) (enough bool)) bool {
	if err := b.tune(); err != nil {
		s.line("That cannot be run: " + err.Error() + ".")
		return b.frame != nil
	}
	if b.frame = b.sim.Frame(b.look); b.frame.Hold > 0 {
		s.step(b)
		s.line("This scene goes step by step: run takes the next one.")
		return true
	}
	ctx, done := s.stoppable()
	spoke := time.Now()
	for more := true; more && ctx.Err() == nil; {
		more = lab.Advance(ctx, b.sim, slice)
		b.photograph()
		if seen != nil && seen(b.frame, more) {
			break
		}
		if more && time.Since(spoke) > patience {
			spoke = time.Now()
			s.line(doing(b.frame.Progress))
		}
	}
	if done() {
		s.urged = true
		s.line("Stopped. What follows is as far as it came; run goes on.")
	}
	return true
}

// step lets the engine take one step. Where each is worth a look, a run is one step.
func (s *session) step(b *bench) {
	if err := b.tune(); err != nil {
		s.line("That cannot be run: " + err.Error() + ".")
		return
	}
	more := b.sim.Step()
	b.photograph()
	if !more {
		s.line("Nothing is left to do.")
	}
}

// doing says how far the work is.
func doing(p lab.Progress) string {
	if p.Total == 0 {
		return "still at it ..."
	}
	return fmt.Sprintf("%s: %d of %d ...", p.What, p.Done, p.Total)
}

// told names the knobs that matter: those that were turned, and the first few.
func (b *bench) told() string {
	var parts []string
	d := lab.Default()
	for i, key := range b.exp.Knobs {
		k, err := lab.FindKnob(key)
		if err != nil {
			panic("plain: " + err.Error()) // experiments name known knobs only
		}
		value := k.Get(&b.setup)
		if !b.setup.Matters(key) || i >= first && value == k.Get(&d) && !slices.Contains(named, key) {
			continue
		}
		parts = append(parts, k.Title+" "+value)
	}
	return strings.Join(parts, ", ")
}

// example is how a knob of this scene is turned.
func (b *bench) example() string {
	if slices.Contains(b.exp.Knobs, "solver") {
		return "set solver rk4"
	}
	k, err := lab.FindKnob(b.exp.Knobs[0])
	if err != nil {
		panic("plain: " + err.Error())
	}
	return "set " + k.Key + " " + k.Menu()[1]
}

// first is how many knobs of a scene are named whatever their values, and named
// are others that always are.
const first = 2

var named = []string{"model", "solver", "nfe"}
