package lab

import (
	"fmt"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/nn"
	"fmlab/engine/ode"
	"fmlab/engine/path"
)

// Flow is a velocity field with what is needed to sample along it. Where the
// velocity is infinite at t = 1 (point sets; σ̇ of linear-vp and ddpm) it is
// integrated to End < 1 and finished with one data prediction.
type Flow struct {
	engine.Field
	End    float64
	Finish func(dst, z engine.Points, t float64) // x̂1(z, t); used when End < 1
}

// ExactFlow is the closed-form flow of a mixture on a path.
func ExactFlow(m *exact.Mixture, p path.Path) Flow {
	g := exact.New(m, p)
	return Flow{Field: g, End: g.End(), Finish: g.Data}
}

// LearnedFlow is the flow of a trained network on the path it was trained on.
func LearnedFlow(net *nn.Net, p path.Path) Flow {
	return Flow{Field: net, End: p.TrainEnd, Finish: func(dst, z engine.Points, t float64) {
		v := engine.NewPoints(z.Len())
		net.Velocity(v, z, t)
		p.At(t).DataFromVelocity(dst, z, v)
	}}
}

// Trip carries points along a flow and remembers the way. Advance it with Step,
// then look.
type Trip struct {
	flow     Flow
	solver   *ode.Solver
	backward bool
	finished bool
	Times    []float64       // t after every step, the start first
	States   []engine.Points // the points at each of Times
}

// NewTrip starts from the points z0, which are not changed. Backward runs the
// same field from t = 1 to 0: the classic mistake, kept to be looked at.
func NewTrip(f Flow, s Setup, z0 engine.Points) (*Trip, error) {
	m, err := ode.Get(s.Solver)
	if err != nil {
		return nil, err
	}
	o, err := solverOptions(m, s)
	if err != nil {
		return nil, err
	}
	backward := s.Direction == "backward"
	if o.From, o.To = 0, f.End; backward {
		o.From, o.To = f.End, 0
	}
	solver, err := ode.New(m, f, z0, o)
	if err != nil {
		return nil, err
	}
	t := &Trip{flow: f, solver: solver, backward: backward}
	t.remember(o.From, z0)
	return t, nil
}

func solverOptions(m ode.Method, s Setup) (ode.Options, error) {
	if m.Adaptive() {
		return ode.Options{Rtol: s.Rtol, Atol: s.Atol}, nil
	}
	steps := ode.StepsFor(m, s.NFE)
	if steps < 1 {
		return ode.Options{}, fmt.Errorf("%s spends %d evaluations a step: nfe %d buys no step, want at least %d", m.Name, m.Stages(), s.NFE, m.Stages())
	}
	return ode.Options{Steps: steps}, nil
}

// Step takes one solver step, or the finishing one; false at the end or on error.
func (t *Trip) Step() bool {
	if t.solver.Step() {
		t.remember(t.solver.T(), t.solver.Z())
		return true
	}
	if t.solver.Err() != nil || t.finished || t.backward || t.flow.End == 1 {
		return false
	}
	t.finished = true
	z := engine.NewPoints(t.Z().Len())
	t.flow.Finish(z, t.Z(), t.flow.End)
	t.Times, t.States = append(t.Times, 1), append(t.States, z)
	return true
}

func (t *Trip) remember(at float64, z engine.Points) {
	t.Times, t.States = append(t.Times, at), append(t.States, z.Clone())
}

// Run steps to the end.
func (t *Trip) Run() error {
	for t.Step() {
	}
	return t.Err()
}

// Z is where the points are now.
func (t *Trip) Z() engine.Points { return t.States[len(t.States)-1] }

// Steps is the number of solver steps taken.
func (t *Trip) Steps() int { return t.solver.Steps() }

// NFE counts evaluations of the field, the finishing data prediction included.
func (t *Trip) NFE() int {
	if t.finished {
		return t.solver.NFE() + 1
	}
	return t.solver.NFE()
}

// Err says why the trip ended early, nil if it did not.
func (t *Trip) Err() error { return t.solver.Err() }

// At returns the points at a fraction of the whole trip in time, 0 at its start
// and 1 at its end, and the time there. Between two solver states it is the
// straight line that joins them: nothing the solver did not compute.
func (t *Trip) At(fraction float64) (z engine.Points, time float64) {
	first, last := t.Times[0], 1.0
	if t.backward {
		last = 0
	}
	time = first + fraction*(last-first)
	i := 0
	for i+1 < len(t.Times)-1 && (t.Times[i+1]-time)*(last-first) < 0 {
		i++
	}
	if i+1 >= len(t.Times) {
		return t.States[i], t.Times[i]
	}
	w := (time - t.Times[i]) / (t.Times[i+1] - t.Times[i])
	if w >= 1 { // not there yet, or the very end
		return t.States[i+1], t.Times[i+1]
	}
	z = engine.NewPoints(t.States[i].Len())
	for k := range z {
		z[k] = t.States[i][k] + w*(t.States[i+1][k]-t.States[i][k])
	}
	return z, time
}

// Trails returns the way of the first n points up to the fraction of the trip.
func (t *Trip) Trails(n int, fraction float64) []engine.Points {
	here, time := t.At(fraction)
	n = min(n, here.Len())
	paths := make([]engine.Points, n)
	for k, at := range t.Times {
		if t.backward == (at <= time) && at != t.Times[0] {
			break
		}
		for i := range paths {
			paths[i] = append(paths[i], t.States[k][2*i], t.States[k][2*i+1])
		}
	}
	for i := range paths {
		paths[i] = append(paths[i], here[2*i], here[2*i+1])
	}
	return paths
}
