package lab

import (
	"cmp"
	"math"
	"slices"

	"fmlab/engine"
	"fmlab/engine/libm"
	"fmlab/engine/metric"
	"fmlab/engine/ode"
)

// racePoints is the number of noise points every solver of a race starts from;
// slowPoints where the field is the exact one of a file, which visits every row.
const racePoints, slowPoints = 256, 64

// Entry is one solver at one price: a budget of evaluations for a fixed-step
// solver, tolerances for an adaptive one. Run, it is measured.
type Entry struct {
	Solver     string
	Budget     int     // evaluations a fixed-step solver may spend
	Grid       string  // where its steps end; "" is uniform
	Eta        float64 // noise dial, of a solver with noise
	Rtol, Atol float64 // tolerances of an adaptive solver
	Own        bool    // by the learner's code in the place of that solver
	Steps, NFE int     // spent
	RMS        float64 // √ of the mean ‖Δ‖² over points, against the reference
	End        engine.Points
	Err        error
}

func (e Entry) grid() string { return cmp.Or(e.Grid, "uniform") }

func (e Entry) same(o Entry) bool {
	return e.Solver == o.Solver && e.Budget == o.Budget && e.grid() == o.grid() && e.Eta == o.Eta && e.Rtol == o.Rtol && e.Atol == o.Atol && e.Own == o.Own
}

// EntryOf is the entry that a setup asks for.
func EntryOf(s Setup) Entry {
	m := mustSolver(s.Solver)
	if m.Adaptive() {
		return Entry{Solver: s.Solver, Rtol: s.Rtol, Atol: s.Atol}
	}
	e := Entry{Solver: s.Solver, Budget: s.NFE, Grid: s.Grid, Own: s.solves()}
	if m.Noise {
		e.Eta = s.Eta
	}
	return e
}

// Race runs solvers at several prices from the same noise and measures each
// against a reference: Dormand–Prince at tolerance Tol from that noise. Enter
// solvers, advance it with Step, then read Entries.
type Race struct {
	Tol     float64
	Seed    uint64  // of the noise that a solver adds on its way
	Entries []Entry // in the order measured
	own     *Own    // the learner's code, for the entries that are by it
	flow    Flow
	z0      engine.Points
	ref     engine.Points
	now     Entry // under way, when trip is set and the reference is there
	queue   []Entry
	trip    *Trip
	err     error
}

// NewRace prepares a race of a flow from the points z0.
func NewRace(f Flow, z0 engine.Points, tol float64) *Race {
	return &Race{Tol: tol, flow: f, z0: z0}
}

// Enter queues an entry unless it was entered before; a budget that buys its
// solver no step is not entered. The newest goes first: someone waits for it.
func (r *Race) Enter(e Entry) error {
	m, err := ode.Get(e.Solver)
	if err != nil {
		return err
	}
	known := r.ref != nil && e.same(r.now)
	for _, o := range r.Entries {
		known = known || e.same(o)
	}
	r.queue = slices.DeleteFunc(r.queue, e.same)
	if !known && (m.Adaptive() || e.Budget >= r.flow.Calls*m.Stages()) {
		r.queue = append(r.queue, e)
	}
	return nil
}

// Step takes one solver step of the race; false when all is measured.
func (r *Race) Step() bool {
	if r.err != nil || r.trip == nil && !r.start() {
		return false
	}
	if r.trip != nil && !r.trip.Step() {
		r.finish()
	}
	return true
}

func (r *Race) start() bool {
	if r.ref == nil {
		r.now = Entry{Solver: "dopri5", Rtol: r.Tol, Atol: r.Tol}
	} else if n := len(r.queue); n > 0 {
		r.now, r.queue = r.queue[n-1], r.queue[:n-1]
	} else {
		r.now = Entry{}
		return false
	}
	s := Setup{Seed: r.Seed, Solver: r.now.Solver, NFE: r.now.Budget, Grid: r.now.grid(), Eta: r.now.Eta, Rtol: r.now.Rtol, Atol: r.now.Atol}
	if r.now.Own {
		s.own = r.own
	}
	trip, err := NewTrip(r.flow, s, r.z0)
	switch {
	case err == nil:
		trip.EndOnly = true
		r.trip = trip
	case r.ref == nil:
		r.err = err
	default: // this solver cannot start here; the others can
		r.now.Err, r.now.RMS = err, math.NaN()
		r.Entries, r.now = append(r.Entries, r.now), Entry{}
	}
	return r.err == nil
}

func (r *Race) finish() {
	trip, e := r.trip, r.now
	r.trip, r.now = nil, Entry{}
	if r.ref == nil {
		if r.err = trip.Err(); r.err == nil {
			r.ref = trip.Z()
		}
		return
	}
	e.Steps, e.NFE, e.Err, e.End, e.RMS = trip.Steps(), trip.NFE(), trip.Err(), trip.Z(), math.NaN()
	if e.Err == nil && !mustSolver(e.Solver).Noise { // the ODE's ends are no reference for the SDE's
		e.RMS = metric.RMS(e.End, r.ref)
	}
	r.Entries = append(r.Entries, e)
}

// Left is the number of entries still to run.
func (r *Race) Left() int { return len(r.queue) }

// Err is why the reference failed, nil if it did not.
func (r *Race) Err() error { return r.err }

// Find returns a measured entry.
func (r *Race) Find(e Entry) (Entry, bool) {
	for _, o := range r.Entries {
		if e.same(o) {
			return o, true
		}
	}
	return Entry{}, false
}

// Of returns the measured entries of a solver of the lab by what they spent.
func (r *Race) Of(solver string) []Entry { return r.of(solver, false) }

func (r *Race) of(solver string, own bool) []Entry {
	var all []Entry
	for _, e := range r.Entries {
		if e.Solver == solver && e.Own == own && e.Err == nil {
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b Entry) int { return a.NFE - b.NFE })
	return all
}

// Order fits the slope of log error against log NFE of one solver and returns
// its negative, the measured order of convergence, over the last three prices
// whose error stands well above the reference's own. NaN when there are fewer
// than two.
func (r *Race) Order(solver string) float64 { return r.order(r.Of(solver)) }

func (r *Race) order(entries []Entry) float64 {
	var x, y []float64
	for _, e := range entries {
		if e.RMS > 100*r.Tol {
			x, y = append(x, libm.Log(float64(e.NFE))), append(y, libm.Log(e.RMS))
		}
	}
	if n := len(x); n > 3 {
		x, y = x[n-3:], y[n-3:]
	}
	return -slope(x, y)
}

// slope is the least-squares slope of y over x, NaN for fewer than two points.
func slope(x, y []float64) float64 {
	var mx, my, sxy, sxx float64
	n := float64(len(x))
	for i := range x {
		mx, my = mx+x[i]/n, my+y[i]/n
	}
	for i := range x {
		sxy += float64((x[i] - mx) * (y[i] - my))
		sxx += float64((x[i] - mx) * (x[i] - mx))
	}
	if sxx == 0 {
		return math.NaN()
	}
	return sxy / sxx
}
