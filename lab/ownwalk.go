package lab

import (
	"fmt"

	"fmlab/engine"
)

// walk carries points by a sampler that is the learner's as a whole, one company after
// the other. The way is where it asked the field, as far as time grew.
type walk struct {
	sample func(v askField, z engine.Points, steps int) (engine.Points, error)
	flow   Flow
	z0     engine.Points
	steps  int
	done   int // points that have arrived
	asked  int // evaluations of the last company
	times  []float64
	states []engine.Points // at each of times, of those that have arrived
	uneven bool            // companies took steps of their own: the ends alone are kept
	ends   engine.Points
}

type askField = func(z engine.Points, t float64) (engine.Points, error)

// newWalk buys as many steps as the budget pays for. How often a step asks is found by
// sampling a field that stands still.
func newWalk(s Setup, f Flow, z0 engine.Points) (*walk, error) {
	w := &walk{flow: f, z0: z0}
	w.sample = func(v askField, z engine.Points, steps int) (engine.Points, error) { return s.own.Sample(v, z, steps) }
	const probe = 4
	asked := 0
	_, err := w.sample(func(z engine.Points, _ float64) (engine.Points, error) {
		asked++
		return engine.NewPoints(z.Len()), nil
	}, engine.NewPoints(1), probe)
	if err != nil {
		return nil, err
	}
	if asked == 0 {
		return nil, fmt.Errorf("your sample never asks for the velocity")
	}
	price := f.Calls * asked
	if w.steps = probe * s.NFE / price; w.steps < 1 {
		return nil, fmt.Errorf("your sample spends %d evaluations a step: nfe %d buys no step", (price+probe-1)/probe, s.NFE)
	}
	return w, nil
}

// next takes a company all the way; false when all have arrived.
func (w *walk) next() (more bool, err error) {
	if w.done == w.z0.Len() {
		return false, nil
	}
	to := min(w.done+company, w.z0.Len())
	var times []float64
	var states []engine.Points
	w.asked = 0
	end, err := w.sample(func(z engine.Points, t float64) (engine.Points, error) {
		if len(z) != 2*(to-w.done) || !(t >= 0 && t <= 1) {
			return nil, fmt.Errorf("your sample asks about %d points at t = %g: want %d points, at a time from 0 to 1", len(z)/2, t, to-w.done)
		}
		if len(times) == 0 || t > times[len(times)-1] {
			times, states = append(times, t), append(states, z.Clone())
		}
		w.asked++
		v := engine.NewPoints(z.Len())
		w.flow.Velocity(v, z, min(t, w.flow.End))
		return v, nil
	}, w.z0.Slice(w.done, to), w.steps)
	if err == nil && end.Len() != to-w.done {
		err = fmt.Errorf("your sample returns %d points of %d", end.Len(), to-w.done)
	}
	if err != nil {
		return false, err
	}
	w.keep(times, states, end)
	w.done = to
	return true, nil
}

// keep puts the way of a company beside those before.
func (w *walk) keep(times []float64, states []engine.Points, end engine.Points) {
	w.ends = append(w.ends, end...)
	if w.done == 0 {
		w.times, w.states = times, states
		return
	}
	if w.uneven = w.uneven || len(times) != len(w.times); w.uneven {
		return
	}
	for i := range states {
		w.states[i] = append(w.states[i], states[i]...)
	}
}

// walkOn takes the next company of a trip; at the end of all the trip has its way.
func (t *Trip) walkOn() bool {
	more, err := t.walk.next()
	if t.err = err; err != nil || !more {
		return false
	}
	w := t.walk
	if w.done < w.z0.Len() {
		return true
	}
	if !t.EndOnly && !w.uneven {
		t.Times, t.States = nil, nil
		for i, at := range w.times {
			if at < 1 {
				t.remember(at, w.states[i])
			}
		}
	}
	t.remember(1, w.ends)
	return true
}
