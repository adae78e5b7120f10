package lab

import (
	"math"
	"slices"

	"fmlab/engine"
	"fmlab/engine/metric"
)

// ledgerPoints is how many points the ledger carries, all from the same noise;
// fewPoints where the field is the exact one of a file, which visits every row.
var ledgerPoints, fewPoints = 1000, 250

// fewTol is the tolerance of their reference solution.
const fewTol = 1e-6

var ledgerKnobs = slices.Concat(flowKnobs, []string{"solver", "nfe", "grid", "eta", "rtol", "atol", "seed", "pitfall"}, trainingKnobs)

// part is one line of the ledger: the same noise, carried with one thing more as it
// is in practice than in the part before.
type part struct {
	Key, Title string
	Distance   float64 // of its ends from data, NaN while it is not known
	Adds       float64 // to the distance of the part before
	RMS        float64 // of its ends from those of the part before, point by point
	None       bool    // there is no such part here

	ends engine.Points
}

// ledger splits the distance of samples from data (sliced W2: like RMS a length,
// so that no part can add more than √½ of its RMS) into parts, each measured by
// carrying the same noise with one thing more as it is in practice:
//
//	floor  two fresh sets of data
//	draw   the exact field, from its own p_0 to t = 1, by the reference solver
//	cut    the same, treated as a learned one must be: from N(0, I), stopped at the
//	       end of the flow, and finished by a data prediction
//	model  the learned field, the same way
//	steps  the learned field by the chosen solver for the chosen price
//
// What they add makes up the total. Where the training does not tend to the exact
// field, its parts are left out, and the model's holds them.
type ledger struct {
	*subject
	noise  engine.Points
	scorer *Scorer
	whole  *carried // by the exact field from p_0 to t = 1; nil where there is none
	cut    *carried // by the exact field as a learned one is
	model  *carried // by the learned field, known to the reference solver only
	trip   *Trip    // under way
	shown  *Trip    // the last that ended
	parts  []part
	err    error
}

func startLedger(s Setup) (Sim, error) {
	subject, err := taughtSubject(s.Only(ledgerKnobs))
	if err != nil {
		return nil, err
	}
	l := &ledger{subject: subject}
	n := ledgerPoints
	if l.memorises() {
		n = fewPoints
	}
	l.noise = Noise(n, s.Seed)
	l.scorer = NewScorer(l.aim, n, s.Seed, Measures[1:2])
	if truth := ExactFlow(l.aim.Mixture, l.path); l.exactly() {
		l.whole = newCarried(truth, l.beginning(), ExactTol)
		truth.End = math.Min(truth.End, l.flow.End)
		l.cut = newCarried(truth, l.noise, ExactTol)
	}
	if err := l.depart(); err != nil {
		l.Close()
		return nil, err
	}
	return l, nil
}

// exactly says whether the exact field carries noise to what samples are compared
// with, and is what the training tends to.
func (l *ledger) exactly() bool {
	reflows := l.training != nil && l.setup.Reflow > 0
	return l.truthful() && !reflows && !l.target.Finite()
}

// beginning is the exact p_0 with the noise of all other parts, α_0 x1 + σ_0 x0.
func (l *ledger) beginning() engine.Points {
	z, x1 := engine.NewPoints(l.noise.Len()), engine.NewPoints(l.noise.Len())
	l.aim.Mixture.Sample(x1, engine.NewRand(l.setup.Seed, streamStart))
	l.path.Interpolate(z, l.noise, x1, 0)
	return z
}

// depart sets out with the chosen solver.
func (l *ledger) depart() (err error) {
	trip, err := NewTrip(l.flow, l.setup, l.noise)
	if err == nil {
		l.trip = trip
	}
	return err
}

// Step implements Sim: the floor, what is exact, the training with a look at it now
// and then, and what is learned.
func (l *ledger) Step() bool {
	switch {
	case l.scorer.Step():
	case l.whole != nil && l.whole.Step():
	case l.whole != nil && l.cut.Step():
	case l.trip != nil:
		l.travel()
	case l.busy():
		look, err := l.iterate(looks)
		if look && err == nil {
			err = l.depart()
		}
		l.err = err
	case l.failure() != nil:
		return false
	case l.reference().Step():
	default:
		return l.account()
	}
	return true
}

// reference carries the noise along the flow that samples are drawn from.
func (l *ledger) reference() *carried {
	if l.model == nil {
		tol := LearnedTol
		if l.memorises() {
			tol = fewTol
		}
		if l.model = newCarried(l.flow, l.noise, tol); !l.learned() && l.cut != nil {
			l.model = l.cut // the exact field is its own model
		}
	}
	return l.model
}

// travel takes one step of the trip with the chosen solver.
func (l *ledger) travel() {
	if !l.trip.Step() {
		l.shown, l.trip, l.err = l.trip, nil, l.trip.Err()
		l.parts = nil
	}
}

// account draws up the ledger, once; false when it is there.
func (l *ledger) account() bool {
	if l.parts != nil {
		return false
	}
	floor := l.scorer.floors[0].Floor()
	l.parts = []part{{Key: "floor", Title: "sampling floor", Distance: floor.Median, Adds: floor.Median, RMS: math.NaN()}}
	l.enter("draw", "luck of the draw", l.whole)
	l.enter("truncation", "end truncation", l.cut)
	if l.learned() || l.whole == nil {
		l.enter("model", "model", l.model)
	} else {
		l.enter("model", "model", nil)
	}
	l.enterEnds("discretisation", "discretisation", l.shown.Z())
	if mustSolver(l.setup.Solver).Noise { // its ends are others by intention
		l.parts[len(l.parts)-1].RMS = math.NaN()
	}
	return true
}

// enter adds a part, carried by a reference solver; nil is a part that is not there.
func (l *ledger) enter(key, title string, c *carried) {
	if c == nil {
		l.parts = append(l.parts, part{Key: key, Title: title, None: true, Distance: math.NaN(), Adds: math.NaN(), RMS: math.NaN()})
		return
	}
	l.enterEnds(key, title, c.Ends)
}

func (l *ledger) enterEnds(key, title string, ends engine.Points) {
	p := part{Key: key, Title: title, RMS: math.NaN(), ends: ends, Distance: l.scorer.Score(ends)[0].Value}
	for _, before := range slices.Backward(l.parts) {
		if before.None {
			continue
		}
		p.Adds = p.Distance - before.Distance
		if before.ends != nil {
			p.RMS = metric.RMS(p.ends, before.ends)
		}
		break
	}
	l.parts = append(l.parts, p)
}

// Retune implements Sim: what depends on the solver is measured anew.
func (l *ledger) Retune(s Setup) error {
	was := *l.subject
	err := l.choose(s.Only(ledgerKnobs))
	if err == nil {
		err = l.depart()
	}
	if err != nil {
		*l.subject = was
		return err
	}
	l.parts, l.err = nil, nil
	return nil
}

func (l *ledger) failure() error {
	if err := l.subject.failure(); err != nil {
		return err
	}
	for _, c := range []*carried{l.whole, l.cut, l.model} {
		if c != nil && c.err != nil {
			return c.err
		}
	}
	return l.err
}
