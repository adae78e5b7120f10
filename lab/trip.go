package lab

import (
	"fmt"

	"fmlab/engine"
	"fmlab/engine/ode"
)

// streamWalk is the first stream of the noise that a sampler adds on its way: one
// for every company of points.
const streamWalk = 200

// company is how many points travel in one Step: a Step of many points through a
// costly field would keep a key waiting.
const company = 64

// Trip carries points along a flow and remembers the way. Advance it with Step,
// then look.
type Trip struct {
	EndOnly bool // remember only where the points are now; set it before the first Step

	flow     Flow
	solvers  []*ode.Solver // one for each company of points, all of them for a method that chooses its steps by the batch
	turn     int           // the company that goes next
	walk     *walk         // in place of solvers: the learner's sampler
	backward bool
	end      engine.Points // the data predictions, once the finish has begun
	finished int           // how many of them are made
	err      error
	Times    []float64       // t after every step, the start first
	States   []engine.Points // the points at each of Times
}

// NewTrip starts from the points z0, which are not changed. Backward runs the
// same field from t = 1 to 0: the classic mistake, kept to be looked at.
func NewTrip(f Flow, s Setup, z0 engine.Points) (*Trip, error) {
	if s.walks() && s.Direction != "backward" {
		w, err := newWalk(s, f, z0)
		if err != nil {
			return nil, err
		}
		t := &Trip{flow: f, walk: w}
		t.remember(0, z0.Clone())
		return t, nil
	}
	m, err := s.method()
	if err != nil {
		return nil, err
	}
	o, err := solverOptions(m, s, f.Calls)
	if err != nil {
		return nil, err
	}
	if m.Noise && f.Scoreless != "" {
		return nil, fmt.Errorf("%s needs the score, and %s: want a solver of the ODE", m.Name, f.Scoreless)
	}
	o.Path, o.Mean = f.Path, f.Mean
	o.Eta = s.Eta
	backward := s.Direction == "backward"
	if o.From, o.To = 0, f.End; backward {
		o.From, o.To = f.End, 0
	}
	t := &Trip{flow: f, backward: backward}
	size := company
	if m.Adaptive() {
		size = z0.Len()
	}
	for i := 0; i < z0.Len(); i += size {
		o.Rand = engine.NewRand(s.Seed, streamWalk+uint64(i)) // of these points, whoever travels with them
		solver, err := ode.New(m, f, z0.Slice(i, min(i+size, z0.Len())), o)
		if err != nil {
			return nil, err
		}
		t.solvers = append(t.solvers, solver)
	}
	t.remember(o.From, z0.Clone())
	return t, nil
}

// solverOptions spends the NFE of a setup on a field that costs so many calls.
func solverOptions(m ode.Method, s Setup, calls int) (ode.Options, error) {
	if m.Adaptive() {
		return ode.Options{Rtol: s.Rtol, Atol: s.Atol}, nil
	}
	price := calls * m.Stages()
	steps := s.NFE / price
	if steps < 1 {
		return ode.Options{}, fmt.Errorf("%s spends %d evaluations a step: nfe %d buys no step, want at least %d", m.Name, price, s.NFE, price)
	}
	grid, err := ode.GetGrid(s.Grid)
	return ode.Options{Steps: steps, Grid: grid}, err
}

// Step takes one company of points one step on, the last of which may be the
// finishing one; false at the end or on error. The way grows by a state when
// every company has taken the step.
func (t *Trip) Step() bool {
	if t.walk != nil {
		return t.walkOn()
	}
	if s := t.solvers[t.turn]; s.Step() {
		if t.turn++; t.turn == len(t.solvers) {
			t.turn = 0
			t.remember(s.T(), t.gather())
		}
		return true
	} else if s.Err() != nil {
		t.err = s.Err()
		if t.turn > 0 {
			t.err = fmt.Errorf("counted from point %d: %w", t.turn*company, t.err)
		}
		return false
	}
	if t.backward || t.flow.End == 1 || t.arrived() {
		return false
	}
	t.finish()
	return true
}

// finish takes the next company from the end of the flow to its data prediction.
func (t *Trip) finish() {
	z, i := t.Z(), t.finished
	if t.end == nil {
		t.end = engine.NewPoints(z.Len())
	}
	t.finished = min(i+company, z.Len())
	t.flow.Data(t.end.Slice(i, t.finished), z.Slice(i, t.finished), t.flow.End)
	if t.arrived() {
		t.remember(1, t.end)
	}
}

// arrived says whether the finish is made.
func (t *Trip) arrived() bool { return t.end != nil && t.finished == t.end.Len() }

// gather puts the companies together.
func (t *Trip) gather() engine.Points {
	z := make(engine.Points, 0, len(t.Z()))
	for _, s := range t.solvers {
		z = append(z, s.Z()...)
	}
	return z
}

func (t *Trip) remember(at float64, z engine.Points) {
	if t.EndOnly {
		t.Times, t.States = t.Times[:0], t.States[:0]
	}
	t.Times, t.States = append(t.Times, at), append(t.States, z)
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
func (t *Trip) Steps() int {
	if t.walk != nil {
		return t.walk.steps
	}
	return t.last().Steps()
}

// last is the solver of the company that goes last: what it did, all did.
func (t *Trip) last() *ode.Solver { return t.solvers[len(t.solvers)-1] }

// NFE counts evaluations of the network, or of a closed form, per sample, the
// finishing data prediction included.
func (t *Trip) NFE() int {
	if t.walk != nil {
		return t.walk.asked * t.flow.Calls
	}
	asked := t.last().NFE()
	if t.arrived() {
		asked++
	}
	return asked * t.flow.Calls
}

// Err says why the trip ended early, nil if it did not.
func (t *Trip) Err() error { return t.err }

// At returns the points at a fraction of the whole trip in time, 0 at its start
// and 1 at its end, and the time there. Between two solver states it is the
// straight line that joins them: nothing the solver did not compute.
func (t *Trip) At(fraction float64) (z engine.Points, time float64) {
	first, last := t.Times[0], 1.0
	if t.backward {
		last = 0
	}
	time = first + float64(fraction*(last-first))
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
		z[k] = t.States[i][k] + float64(w*(t.States[i+1][k]-t.States[i][k]))
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
