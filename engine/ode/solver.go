package ode

import (
	"errors"
	"fmt"

	"fmlab/engine"
)

// Why a run may end early. [Solver.Err] wraps them with the time and with what
// to do about it.
var (
	ErrSteps     = errors.New("ode: step limit reached")
	ErrStepSize  = errors.New("ode: step size too small")
	ErrNotFinite = errors.New("ode: not a finite number")
)

// Solver is one run of a method on a batch of points. The points share their
// steps: error and step size are those of the batch.
type Solver struct {
	m        Method
	f        engine.Field
	o        Options
	adaptive bool

	t     float64
	z     engine.Points   // the state at t
	next  engine.Points   // the state a step proposes
	stage engine.Points   // where a stage looks at the field
	k     []engine.Points // velocities of the stages, or predictions read off them
	k0    bool            // whether k[0] is v(z, t) already

	h       float64 // the next step to try, signed; 0 before the first
	lastErr float64 // error norm of the last accepted step
	lambda  float64 // λ where k[1] was predicted, of a method that looks back

	nfe, steps, rejected int
	failed               error // why the step of a given method did
	err                  error
}

// New returns a solver that stands at o.From in a copy of z0. It does not
// evaluate the field yet. The error says which option is not legal, or which
// point is not finite.
func New(m Method, f engine.Field, z0 engine.Points, o Options) (*Solver, error) {
	if len(z0)%2 != 0 {
		panic(fmt.Sprintf("ode: %d coordinates are not points in the plane", len(z0)))
	}
	if o.MaxSteps == 0 {
		o.MaxSteps = 100_000
	}
	s := &Solver{m: m, f: f, o: o, t: o.From, lastErr: 1e-4}
	s.adaptive = m.Adaptive() && (o.Rtol > 0 || o.Atol > 0)
	if err := s.check(); err != nil {
		return nil, err
	}
	if i := firstBad(z0); i >= 0 {
		return nil, notFinite(i, o.From, "start from finite points")
	}
	s.z, s.next, s.stage = z0.Clone(), engine.NewPoints(z0.Len()), engine.NewPoints(z0.Len())
	s.k = make([]engine.Points, max(2, len(m.B), m.calls)) // 2: a prediction and the one before, or the one between
	for i := range s.k {
		s.k[i] = engine.NewPoints(z0.Len())
	}
	return s, nil
}

// Step takes one step and reports whether it did: false when To is reached or
// the run has failed, see [Solver.Err]. A step that is chosen by its error is
// one accepted step, with the rejected tries before it. A failed step leaves the
// state as it was.
func (s *Solver) Step() bool {
	if s.err != nil || s.t == s.o.To {
		return false
	}
	if s.adaptive {
		s.err = s.chosenStep()
	} else {
		s.err = s.gridStep()
	}
	return s.err == nil
}

// T returns the present time.
func (s *Solver) T() float64 { return s.t }

// Z returns the present state. It belongs to the solver, which writes over it at
// the next step: clone it to keep it.
func (s *Solver) Z() engine.Points { return s.z }

// NFE returns the evaluations of the field so far, those of rejected steps and
// of the search for a first step included.
func (s *Solver) NFE() int { return s.nfe }

// Steps returns the steps taken.
func (s *Solver) Steps() int { return s.steps }

// Rejected returns the steps tried in vain.
func (s *Solver) Rejected() int { return s.rejected }

// Err returns why the run failed: ErrSteps, ErrStepSize or ErrNotFinite, wrapped
// with the time and a hint; nil if it did not.
func (s *Solver) Err() error { return s.err }

// gridStep goes to the next point of the grid.
func (s *Solver) gridStep() error {
	to := s.o.time(s.steps + 1)
	s.try(to)
	if s.failed != nil {
		return s.failed
	}
	if i := s.bad(); i >= 0 {
		return notFinite(i, to, "use more steps or end the run before it")
	}
	s.accept(to)
	return nil
}

// try proposes in s.next the state one step on, at time to.
func (s *Solver) try(to float64) {
	if s.m.step != nil {
		s.m.step(s, to)
		return
	}
	s.rungeKutta(to)
}

// rungeKutta takes a step by the tableau.
func (s *Solver) rungeKutta(to float64) {
	h := to - s.t
	s.needK0()
	for i := 1; i < s.rows(); i++ {
		t := s.t + float64(s.m.C[i]*h)
		if s.m.C[i] == 1 {
			t = to // t + h may round to beyond the end, where a field need not exist
		}
		combine(s.stage, s.z, h, s.m.A[i], s.k)
		s.eval(s.k[i], s.stage, t)
	}
	combine(s.next, s.z, h, s.m.B, s.k)
}

// rows is the number of tableau rows to evaluate, or of predictions that a step
// without a tableau makes. The last row of an FSAL method
// serves the error estimate only, and equal steps need none.
func (s *Solver) rows() int {
	if s.adaptive {
		return len(s.m.B)
	}
	return s.m.Stages()
}

func (s *Solver) needK0() {
	if !s.k0 {
		s.eval(s.k[0], s.z, s.t)
		s.k0 = true
	}
}

// eval is the one place where the field is called, and so counted.
func (s *Solver) eval(dst, z engine.Points, t float64) {
	s.f.Velocity(dst, z, t)
	s.nfe++
}

// accept makes the proposed state the present one.
func (s *Solver) accept(to float64) {
	s.z, s.next = s.next, s.z
	s.t = to
	s.steps++
	s.k0 = s.adaptive && s.m.FSAL()
	if last := len(s.k) - 1; s.k0 {
		s.k[0], s.k[last] = s.k[last], s.k[0]
	}
}

// bad returns the first point that is not finite in the proposed state or in a
// velocity behind it, −1 if there is none.
func (s *Solver) bad() int {
	for _, k := range s.k[:s.rows()] {
		if i := firstBad(k); i >= 0 {
			return i
		}
	}
	return firstBad(s.next)
}

// combine writes z + h Σ_j a_j k_j to dst; z nil stands for 0.
func combine(dst, z engine.Points, h float64, a []float64, k []engine.Points) {
	clear(dst)
	copy(dst, z)
	for j, aj := range a {
		if aj == 0 {
			continue
		}
		w, kj := h*aj, k[j][:len(dst)]
		for i := range dst {
			dst[i] += float64(w * kj[i])
		}
	}
}

// firstBad returns the first point with a coordinate that is not finite, or −1.
func firstBad(p engine.Points) int {
	for i, x := range p {
		if !finite(x) {
			return i / 2
		}
	}
	return -1
}

func finite(x float64) bool { return x-x == 0 }

func notFinite(point int, t float64, hint string) error {
	return fmt.Errorf("%w: point %d at t = %.6g; %s", ErrNotFinite, point, t, hint)
}
