// Package density is the likelihood of a continuous normalizing flow. Along a
// trajectory dz/dt = v(z, t) the density changes as
//
//	d/dt log p_t(z_t) = −∇·v(z_t, t)
//
// (Chen et al. 2018, arXiv 1806.07366, theorem 1), so that state and log density
// go back together from a point x at the end to its noise z_0,
//
//	log p_1(x) = log p_0(z_0) − ∫₀¹ ∇·v(z_t, t) dt.
//
// Nothing is trained for it and nothing looked up: whoever has a velocity and its
// divergence has a density. Advance, then look: [New], [Solver.Step], and then
// [Solver.LogDensity].
package density

import (
	"fmt"
	"math"

	"fmlab/engine"
	"fmlab/engine/libm"
	"fmlab/engine/ode"
)

// Options say how to integrate, and what the flow starts from.
type Options struct {
	// Ode holds the times, steps and tolerances. From is the time of the points
	// whose density is asked, the end of the flow; To is that of Base, mostly 0.
	// Tolerances count for log densities in nats as they do for coordinates.
	Ode ode.Options
	// Method is any Runge–Kutta method; the zero value is dopri5.
	Method ode.Method
	// Base writes the log density of the flow's start at z_i, in nats, to dst[i];
	// nil is that of N(0, I). What starts elsewhere, as ddpm with α_0 = 0.0066, has
	// another.
	Base func(dst []float64, z engine.Points)
	// Signs are directions e_i, one a point, for Hutchinson's estimate of the
	// divergence, e_i·(∂v/∂z) e_i; nil is the exact divergence. A direction stays
	// the same along its trajectory (Grathwohl et al. 2019, arXiv 1810.01367).
	Signs engine.Points
}

// Solver computes the log densities of a batch of points. Its steps are shared:
// error and step size are those of the batch.
type Solver struct {
	*ode.Solver
	n    int
	base func(dst []float64, z engine.Points)
}

// New returns a solver that stands at the points x. It does not evaluate the flow
// yet. The error says which option is not legal, or which point is not finite.
func New(f engine.Flow, x engine.Points, o Options) (*Solver, error) {
	if o.Method.Name == "" {
		o.Method = dopri5()
	}
	if o.Method.NeedsPath() {
		return nil, fmt.Errorf("density: %s works on the points of a path and not on densities: want a Runge–Kutta method", o.Method.Name)
	}
	if o.Base == nil {
		o.Base = Gaussian
	}
	v := &augmented{flow: f, n: x.Len(), trace: f.Divergence}
	if o.Signs != nil {
		engine.SameLen("density: New", o.Signs, x)
		v.trace = func(dst []float64, z engine.Points, t float64) { Hutchinson(dst, f, z, o.Signs, t) }
	}
	solver, err := ode.New(o.Method, v, v.start(x), o.Ode)
	if err != nil {
		return nil, err
	}
	return &Solver{solver, x.Len(), o.Base}, nil
}

func dopri5() ode.Method {
	m, err := ode.Get("dopri5")
	if err != nil {
		panic("density: " + err.Error())
	}
	return m
}

// Z returns the present points, at the end of the run the noise z_0. They belong
// to the solver, which writes over them at the next step.
func (s *Solver) Z() engine.Points { return s.Solver.Z().Slice(0, s.n) }

// LogDensity writes log p(x_i), in nats, to dst[i]. It tells once the run is at its
// end; before, it is the value for a flow that starts here.
func (s *Solver) LogDensity(dst []float64) {
	s.base(dst, s.Z())
	for i := range dst {
		dst[i] += s.Solver.Z()[2*s.n+i]
	}
}

// Gaussian writes the log density of N(0, I), −½|z_i|² − log 2π, to dst[i].
func Gaussian(dst []float64, z engine.Points) {
	for i := range dst {
		x, y := z.At(i)
		dst[i] = float64(-(float64(x*x)+float64(y*y))/2) - libm.Log(2*math.Pi)
	}
}

// augmented is the field of n points with their log densities behind them: the
// state is x0, y0, …, l0, l1, …, and dl/dt = ∇·v, which from the end of the flow
// to its start adds up to −∫ ∇·v dt over the flow's own direction.
type augmented struct {
	flow  engine.Flow
	n     int
	trace func(dst []float64, z engine.Points, t float64)
}

// start is the state at the points x; an odd number of log densities is filled up
// with one that stays 0.
func (a *augmented) start(x engine.Points) engine.Points {
	state := engine.NewPoints(a.n + (a.n+1)/2)
	copy(state, x)
	return state
}

// Velocity implements [engine.Field].
func (a *augmented) Velocity(dst, state engine.Points, t float64) {
	n := a.n
	a.flow.Velocity(dst[:2*n], state[:2*n], t)
	a.trace(dst[2*n:3*n], state[:2*n], t)
	clear(dst[3*n:])
}
