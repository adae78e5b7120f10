package ode

import (
	"fmt"
	"math"

	"fmlab/engine"
	"fmlab/engine/libm"
)

// Step-size control after Hairer, Nørsett, Wanner, "Solving Ordinary
// Differential Equations I", 2nd ed.: sections II.4 (error norm, first step) and
// IV.2 of the second volume (PI control), with the constants of their DOPRI5.
const (
	safety    = 0.9
	shrinkest = 0.2  // no step is less than this part of the one before
	growest   = 10.0 // and none more than this many times
	piBeta    = 0.04 // weight of the error before: it damps the sequence of steps
)

// chosenStep tries steps until the error of one is within the tolerance.
func (s *Solver) chosenStep() error {
	if s.h == 0 {
		s.firstStep()
	}
	most := growest
	for bad := -1; ; most = 1 { // after a rejection the next step must not grow
		to := s.landing()
		if err := s.mayTry(to, bad); err != nil {
			return err
		}
		h := to - s.t
		s.try(to)
		combine(s.stage, nil, h, s.m.E, s.k)
		e := s.norm(s.stage, s.next)
		if bad = s.bad(); bad >= 0 {
			e = math.NaN()
		}
		if e <= 1 {
			s.accept(to)
			s.h = h * min(most, s.factor(e, s.lastErr))
			s.lastErr = max(e, 1e-4)
			return nil
		}
		s.rejected++
		s.h = h * s.factor(e, 1)
	}
}

// landing is the end of the step to try. A step that would leave less than a
// hundredth of itself to do goes to the end.
func (s *Solver) landing() float64 {
	if math.Abs(s.o.To-s.t) <= 1.01*math.Abs(s.h) {
		return s.o.To
	}
	return s.t + s.h
}

// mayTry refuses a step beyond the limit, and one too small for the clock: below
// ten units in the last place of the time. bad is the point that made the last
// try useless, −1 if that was its error.
func (s *Solver) mayTry(to float64, bad int) error {
	least := 10 * 0x1p-52 * max(math.Abs(s.o.From), math.Abs(s.o.To))
	switch tooSmall := to != s.o.To && math.Abs(to-s.t) < least; {
	case tooSmall && bad >= 0:
		return notFinite(bad, s.t, "end the run before it")
	case tooSmall:
		return fmt.Errorf("%w: %.3g at t = %.6g; loosen rtol = %g, atol = %g or end the run before it",
			ErrStepSize, to-s.t, s.t, s.o.Rtol, s.o.Atol)
	case s.steps+s.rejected >= s.o.MaxSteps:
		return fmt.Errorf("%w: %d tried, t = %.6g on the way from %g to %g; loosen rtol = %g, atol = %g or allow more steps",
			ErrSteps, s.o.MaxSteps, s.t, s.o.From, s.o.To, s.o.Rtol, s.o.Atol)
	}
	return nil
}

// factor is what to multiply a step by after one whose error was e and the
// accepted one before it last: 0.9 e^−(1/p − 0.03) last^0.04, within bounds.
func (s *Solver) factor(e, last float64) float64 {
	f := safety * libm.Pow(e, 0.75*piBeta-1/float64(s.m.Order)) * libm.Pow(last, piBeta)
	if math.IsNaN(f) { // the step ran into a place that is not finite
		return shrinkest
	}
	return min(growest, max(shrinkest, f))
}

// norm is the error norm: the root mean square over all 2n coordinates of the
// batch of
//
//	v_i / (atol + rtol max(|z_i|, |y_i|))
//
// One number for the whole batch, so that its points share their steps: a few
// hard points among many easy ones may be less exact than the tolerance says.
func (s *Solver) norm(v, y engine.Points) float64 {
	sum := 0.0
	for i, x := range v {
		if x == 0 {
			continue // also where the scale is 0: atol = 0 and a coordinate at 0
		}
		r := x / (s.o.Atol + float64(s.o.Rtol*max(math.Abs(s.z[i]), math.Abs(y[i]))))
		sum += float64(r * r)
	}
	return math.Sqrt(sum / float64(max(1, len(v))))
}

// firstStep chooses the first step to try from the size of z, of its derivative
// and, by an explicit Euler step, of its second derivative. It costs the
// evaluation that the step needs anyway and one more.
func (s *Solver) firstStep() {
	s.needK0()
	span := s.o.To - s.o.From
	d0, d1 := s.norm(s.z, s.z), s.norm(s.k[0], s.z)
	h0 := 0.01 * d0 / d1
	if d0 < 1e-5 || d1 < 1e-5 || !(h0 > 0) {
		h0 = 1e-6
	}
	h0 = min(h0, math.Abs(span))
	probe := math.Copysign(h0, span)
	combine(s.stage, s.z, probe, []float64{1}, s.k)
	s.eval(s.k[1], s.stage, s.t+probe)
	combine(s.stage, nil, 1/h0, []float64{-1, 1}, s.k)
	d2 := s.norm(s.stage, s.z)

	h1 := libm.Pow(0.01/max(d1, d2), 1/float64(s.m.Order))
	if max(d1, d2) <= 1e-15 {
		h1 = max(1e-6, 1e-3*h0)
	}
	if !(h1 > 0) { // the field is not finite here or at the probe
		h1 = h0
	}
	s.h = math.Copysign(min(100*h0, h1, math.Abs(span)), span)
}
