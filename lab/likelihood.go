package lab

import (
	"fmlab/engine"
	"fmlab/engine/density"
	"fmlab/engine/ode"
)

// densityTol is the tolerance of log densities, in nats.
const densityTol = 1e-5

// Likelihood is the log density of points under a flow, by integration, one
// company of them after the other. Advance it with Step, then read LogP. A flow
// that stops at End < 1 tells the density there: that of data a hair blurred.
type Likelihood struct {
	LogP []float64 // in nats, in the lab's units; those beyond Done are not known yet
	Done int       // points whose density is known
	NFE  int       // evaluations of velocity and divergence, the most of any company
	// Signs are directions, one a point, to estimate the divergence by (Hutchinson)
	// instead of computing it; set them before the first Step.
	Signs engine.Points

	flow   Flow
	x      engine.Points
	solver *density.Solver
	err    error
}

// NewLikelihood prepares the log densities of the points x.
func NewLikelihood(f Flow, x engine.Points) *Likelihood {
	return &Likelihood{flow: f, x: x, LogP: make([]float64, x.Len())}
}

// Step takes one company one step on; false when all is known or on error.
func (l *Likelihood) Step() bool {
	if l.err != nil || l.Done == len(l.LogP) {
		return false
	}
	last := min(l.Done+company, len(l.LogP))
	if l.solver == nil {
		o := density.Options{Base: l.flow.Base, Ode: ode.Options{From: l.flow.End, To: 0, Rtol: densityTol, Atol: densityTol}}
		if l.Signs != nil {
			o.Signs = l.Signs.Slice(l.Done, last)
		}
		l.solver, l.err = density.New(l.flow, l.x.Slice(l.Done, last), o)
		return l.err == nil
	}
	if l.solver.Step() {
		return true
	}
	if l.err = l.solver.Err(); l.err != nil {
		return false
	}
	l.solver.LogDensity(l.LogP[l.Done:last])
	l.NFE = max(l.NFE, l.solver.NFE()*l.flow.Calls)
	l.Done, l.solver = last, nil
	return true
}

// Err says why it ended early.
func (l *Likelihood) Err() error { return l.err }
