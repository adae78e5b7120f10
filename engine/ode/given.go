package ode

import (
	"fmt"
	"math"

	"fmlab/engine"
	"fmlab/engine/path"
)

// Ask is the field as the step of a given method sees it.
type Ask func(z engine.Points, t float64) (engine.Points, error)

// Given is a method whose step somebody else has written: from the points z at time
// t it makes those at t + h. What it asks of the field is counted as in any method;
// calls is how often that is. A step that fails ends the run with its error.
func Given(name, title string, order, calls int, step func(v Ask, z engine.Points, t, h float64) (engine.Points, error)) Method {
	return Method{Name: name, Title: title, Order: order, calls: calls, given: true, step: func(s *Solver, to float64) {
		z, err := step(s.ask(to), s.z, s.t, to-s.t)
		s.take(z, err)
	}}
}

// GivenData is a method of the DPM family whose step somebody else has written: from
// the prediction x1 of the data, the points, and the path at both ends of the step.
func GivenData(name, title string, step func(x1, z engine.Points, from, to path.Coeffs) (engine.Points, error)) Method {
	return Method{Name: name, Title: title, Order: 1, calls: 1, step: func(s *Solver, to float64) {
		from := s.o.Path.At(s.t)
		s.predict(s.k[0], s.z, from)
		z, err := step(s.k[0], s.z, from, s.o.Path.At(to))
		s.take(z, err)
	}}
}

// take makes what a given step returned the proposed state.
func (s *Solver) take(z engine.Points, err error) {
	if err == nil && len(z) != len(s.next) {
		err = fmt.Errorf("ode: %d points after a step of %s, and %d before it", z.Len(), s.m.Name, s.next.Len())
	}
	if s.failed = err; err == nil {
		copy(s.next, z)
	}
}

// ask lets a step to a time ask the field, within the times of the run: a time that
// rounding took beyond the step's end is that end.
func (s *Solver) ask(to float64) Ask {
	const rounding = 1e-12
	lo, hi := min(s.o.From, s.o.To), max(s.o.From, s.o.To)
	asked := 0
	return func(z engine.Points, t float64) (engine.Points, error) {
		if math.Abs(t-to) < rounding {
			t = to
		}
		switch {
		case len(z) != len(s.z):
			return nil, fmt.Errorf("asked about %d points: there are %d", z.Len(), s.z.Len())
		case !(t >= lo && t <= hi):
			return nil, fmt.Errorf("asked about t = %g: want a time from %g to %g", t, lo, hi)
		case firstBad(z) >= 0:
			return nil, fmt.Errorf("asked at t = %g about point %d, which is not finite", t, firstBad(z))
		}
		k := s.k[asked%len(s.k)]
		asked++
		s.eval(k, z, t)
		return k.Clone(), nil
	}
}
