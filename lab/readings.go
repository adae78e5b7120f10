package lab

import (
	"math"
	"slices"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/metric"
	"fmlab/engine/path"
)

// Times and places where readings are compared: so many equal steps between the
// ends, where some readings are open, and so many points; few where the truth is
// that of a file, which visits every row.
const (
	readTimes     = 24
	readPoints    = 64
	fewReadPoints = 16
)

var readingKnobs = slices.Concat(flowKnobs, []string{"read", "solver", "nfe", "grid", "eta", "rtol", "atol", "n", "seed", "pitfall"}, trainingKnobs)

// reader is a flow that tells every reading of itself.
type reader interface {
	Read(dst, z engine.Points, t float64, kind path.Kind)
}

// place is where readings are compared: points of p_t, and what the exact readings
// are there, one for each of path.Kinds.
type place struct {
	t     float64
	z     engine.Points
	truth []engine.Points
}

// readout shows that a network, whatever it was trained to predict, is a velocity,
// a data prediction, a noise prediction and a score; and that the ODE and the
// reverse diffusion can both be run on any of them.
type readout struct {
	*subject
	exact  *exact.Marginal
	places []place
	errors [][]float64 // of each of path.Kinds at each of places, mean square; NaN before it is measured
	trips  [][]float64 // the same: velocity → reading → velocity, the worst that comes back changed
	read   int         // places where the present flow was read

	noise    engine.Points
	scorers  map[int]*Scorer // by number of points
	ode, sde *Trip           // under way
	shown    *Trip           // the last that ended, of the ODE, or of the SDE if that is the solver
	scores   [2]judgement    // of ODE and SDE
	err      error
}

// judgement is how far samples are from the data, and who says so; nil before.
type judgement struct {
	of []Stat
	by *Scorer
}

func startReadings(s Setup) (Sim, error) {
	subject, err := newSubject(s.Only(readingKnobs))
	if err != nil {
		return nil, err
	}
	r := &readout{subject: subject, exact: exact.New(subject.target.Mixture, subject.path), scorers: map[int]*Scorer{}}
	for range path.Kinds {
		r.errors = append(r.errors, unknown(readTimes))
		r.trips = append(r.trips, unknown(readTimes))
	}
	if err := r.depart(); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

func unknown(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = math.NaN()
	}
	return v
}

// readTime is the k-th time at which readings are compared.
func readTime(k int) float64 { return float64(k+1) / (readTimes + 1) }

// place looks at the truth at the next time.
func (r *readout) place() {
	n := readPoints
	if r.target.Finite() {
		n = fewReadPoints
	}
	k := len(r.places)
	p := place{t: readTime(k), z: engine.NewPoints(n)}
	x1 := engine.NewPoints(n)
	r.target.Mixture.Sample(x1, engine.NewRand(r.setup.Seed, streamBatch))
	r.path.Interpolate(p.z, noise(n, r.setup.Seed, streamStart), x1, p.t)
	for _, kind := range path.Kinds {
		y := engine.NewPoints(n)
		r.exact.Read(y, p.z, p.t, kind)
		p.truth = append(p.truth, y)
	}
	r.places = append(r.places, p)
}

// compare reads the flow at the next place.
func (r *readout) compare() {
	p, c := r.places[r.read], r.path.At(r.places[r.read].t)
	y, v, back := engine.NewPoints(p.z.Len()), engine.NewPoints(p.z.Len()), engine.NewPoints(p.z.Len())
	flow := r.flow.Flow.(reader)
	flow.Read(v, p.z, p.t, path.Velocity)
	for k, kind := range path.Kinds {
		if r.closed(kind) != "" {
			continue
		}
		if r.truthful() {
			flow.Read(y, p.z, p.t, kind)
			rms := metric.RMS(y, p.truth[k])
			r.errors[k][r.read] = rms * rms / 2
		}
		if _, _, ok := c.Weights(path.Velocity, kind); !ok {
			continue
		}
		c.Convert(y, p.z, v, path.Velocity, kind)
		c.Convert(back, p.z, y, kind, path.Velocity)
		worst := 0.0
		for i := range v {
			worst = math.Max(worst, math.Abs(back[i]-v[i]))
		}
		r.trips[k][r.read] = worst
	}
	r.read++
}

// closed says why there is no such reading; "" where there is.
func (r *readout) closed(kind path.Kind) string {
	if kind.Name == path.Score.Name {
		return r.flow.Scoreless
	}
	return ""
}

// depart sets out along the ODE and, where that is legal, along the SDE: with few
// points while training goes on.
func (r *readout) depart() (err error) {
	n := r.setup.N
	if r.busy() {
		n = min(n, previewN)
	}
	z0 := r.setup.Start(n)
	ode, sde := r.setup, r.setup
	sde.Solver = "sde"
	if mustSolver(ode.Solver).Noise {
		ode.Solver = "heun"
	}
	along, err := NewTrip(r.flow, ode, z0)
	if err != nil {
		return err
	}
	var astray *Trip
	if r.flow.Scoreless == "" {
		if astray, err = NewTrip(r.flow, sde, z0); err != nil {
			return err
		}
	} else if r.setup.Solver == "sde" {
		_, err = NewTrip(r.flow, sde, z0) // says why not
		return err
	}
	r.noise, r.ode, r.sde, r.err = z0, along, astray, nil
	return nil
}

// Step implements Sim.
func (r *readout) Step() bool {
	switch {
	case r.scorer().Step():
	case len(r.places) < readTimes:
		r.place()
	case r.read < readTimes:
		r.compare()
	case r.ode != nil:
		r.ode = r.travel(r.ode, 0)
	case r.sde != nil:
		r.sde = r.travel(r.sde, 1)
	case r.busy():
		look, err := r.iterate(looks)
		if look && err == nil {
			r.read = 0
			err = r.depart()
		}
		if look {
			r.err = err
		}
	default:
		return false
	}
	return true
}

// travel takes a step of one of the two trips and scores its end; nil when it has
// ended.
func (r *readout) travel(trip *Trip, which int) *Trip {
	if trip.Step() {
		return trip
	}
	r.scores[which] = judgement{}
	if err := trip.Err(); err != nil {
		r.err = err
	} else {
		r.scores[which] = judgement{r.scorer().Score(trip.Z()), r.scorer()}
	}
	if mustSolver(r.setup.Solver).Noise == (which == 1) {
		r.shown = trip
	}
	return nil
}

// scorer judges as many points as are on their way.
func (r *readout) scorer() *Scorer {
	n := r.noise.Len()
	if r.scorers[n] == nil {
		r.scorers[n] = NewScorer(r.aim, n, r.setup.Seed, Measures[:1])
	}
	return r.scorers[n]
}

// Retune implements Sim. Another reading is another look at the same.
func (r *readout) Retune(s Setup) error {
	s = s.Only(readingKnobs)
	was, subject, same := *r, *r.subject, s
	same.Read = r.setup.Read
	if err := r.choose(s); err != nil {
		return err
	}
	if same == subject.setup {
		return nil
	}
	if err := r.depart(); err != nil {
		*r.subject = subject
		*r = was
		return err
	}
	r.scores = [2]judgement{}
	return nil
}
