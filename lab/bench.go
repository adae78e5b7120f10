package lab

import (
	"math"

	"fmlab/engine"
	"fmlab/engine/exact"
)

// Sizes of what is drawn and judged while a flow runs.
const (
	drawn      = 800  // points in the picture at most
	trailCount = 36   // trajectories drawn
	previewN   = 500  // points carried at most while training goes on
	previews   = 40   // samples taken in a training run
	gridSide   = 13   // arrows along a side of the picture
	floorDraws = 2000 // draws of the Monte Carlo loss floor
)

// Tolerances of the reference solution: an exact field is smooth to the last
// bit, a network is evaluated from float32 weights.
const (
	ExactTol   = 1e-10
	LearnedTol = 1e-8
)

// bench is the one instrument behind the experiments particles, train, solvers
// and free: a target, a flow (exact, read from a file, or in training), a trip
// along it, scores beside their floors, and a race of solvers.
type bench struct {
	*subject
	name   string
	racers func(Setup) []Entry // who races; nil for no race
	noise  engine.Points       // every trip starts from the first of them

	witness  *witness      // what the learned field is judged by
	field    float64       // mean square error of the learned field, NaN before it is measured
	straight *straightness // of the flow, nil before it is measured
	gain     *gain         // of a flow learned from a file, nil before

	trip    *Trip    // under way
	shown   *Trip    // the last that ended; the first is shown as it goes
	moments []moment // of the training, seen on its way
	turned  bool     // a knob was turned since shown set out: its numbers are not the setup's
	scores  []Stat
	scorers map[int]*Scorer // by number of points
	race    *Race
	err     error // of the last trip
}

func startParticles(s Setup) (Sim, error) { return startBench("particles", s, ownEntry) }
func startSolvers(s Setup) (Sim, error)   { return startBench("solvers", s, allEntries) }
func startFree(s Setup) (Sim, error)      { return startBench("free", s, allEntries) }

func startTrain(s Setup) (Sim, error) {
	s.Model = "learned"
	return startBench("train", s, nil)
}

func startBench(name string, s Setup, racers func(Setup) []Entry) (Sim, error) {
	subject, err := newSubject(s)
	if err != nil {
		return nil, err
	}
	b := &bench{subject: subject, name: name, racers: racers, field: math.NaN(), scorers: map[int]*Scorer{}}
	b.witness = newWitness(exact.New(b.target.Mixture, b.path), b.target, b.path, s.Seed)
	if err := b.set(s); err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

// set makes a setup the present one and sets out along its flow. The model stays;
// on error all is as before.
func (b *bench) set(s Setup) error {
	was, subject := *b, *b.subject
	err := b.choose(s)
	if err == nil {
		b.noise = s.Start(max(s.N, racePoints))
		if b.aim != subject.aim {
			b.scorers = map[int]*Scorer{}
		}
		err = b.depart()
	}
	if err != nil {
		*b.subject = subject
		*b = was
	}
	return err
}

// depart starts a new trip along the present flow: with few points while
// training goes on.
func (b *bench) depart() error {
	n := b.setup.N
	if b.busy() {
		n = min(n, previewN)
	}
	trip, err := NewTrip(b.flow, b.setup, b.noise.Slice(0, n))
	if err != nil {
		return err
	}
	b.trip, b.err = trip, nil
	return nil
}

// Step does the next piece of work: what a learned field is judged by, the trip
// under way, its scores and their floors, training, the race.
func (b *bench) Step() bool {
	switch {
	case b.learned() && b.witness.Step():
	case b.trip != nil:
		b.travel()
	case b.scorer().Step():
	case b.busy():
		b.learn()
	case b.gains():
	case b.straighten():
	case b.racers != nil && b.raceStep():
	default:
		return false
	}
	return true
}

// travel takes one step of the trip and looks at where it ended.
func (b *bench) travel() {
	if b.trip.Step() {
		return
	}
	b.shown, b.trip, b.turned = b.trip, nil, false
	if b.err = b.shown.Err(); b.err != nil {
		b.scores = nil
		return
	}
	b.scores = b.scorer().Score(b.shown.Z())
	if b.learned() {
		b.field = b.witness.fieldError(LearnedFlow(b.model))
	}
	b.remember()
}

// learn takes one training iteration, and now and then sets out to see where the
// points go by now.
func (b *bench) learn() {
	look, err := b.iterate(previews)
	if look && err == nil {
		err = b.depart()
	}
	if look {
		b.err = err
	}
}

// scorer judges trips of as many points as the last one.
func (b *bench) scorer() *Scorer { return b.scorerFor(b.shown.Z().Len()) }

func (b *bench) scorerFor(n int) *Scorer {
	if b.scorers[n] == nil {
		b.scorers[n] = NewScorer(b.aim, n, b.setup.Seed, Live)
	}
	return b.scorers[n]
}

// gains measures what a flow that is learned to its end knows of a file.
func (b *bench) gains() bool {
	if !b.gaining() {
		return false
	}
	if b.gain == nil {
		b.gain = newGain(b.flow, b.aim)
	}
	return b.gain.Step()
}

func (b *bench) gaining() bool { return b.target.Finite() && b.learned() }

// straighten measures how straight the flow is, of one that is learned to its end;
// the exact flow of a large file would take too long.
func (b *bench) straighten() bool {
	if b.memorises() {
		return false
	}
	if b.straight == nil {
		b.straight = newStraightness(b.flow, b.noise.Slice(0, straightPoints))
	}
	return b.straight.Step()
}

func (b *bench) raceStep() bool {
	if b.race == nil {
		b.race = newRace(b.setup.own, b.flow, b.noise.Slice(0, b.racePoints()), b.raceTol())
		b.enter()
	}
	return b.race.Step()
}

// newRace is a race in which the learner's code may take part.
func newRace(own *Own, f Flow, z0 engine.Points, tol float64) *Race {
	r := NewRace(f, z0, tol)
	r.own = own
	return r
}

func (b *bench) enter() {
	for _, e := range b.racers(b.setup) {
		if err := b.race.Enter(e); err != nil {
			panic("lab: " + err.Error()) // names come from ode.All
		}
	}
}

// Retune implements Sim.
func (b *bench) Retune(s Setup) error {
	before := b.setup
	if err := b.set(s); err != nil {
		return err
	}
	b.turned, b.scores = true, nil
	another := s.Label != before.Label || s.Guidance != before.Guidance || s.Route != before.Route || s.Pitfall != before.Pitfall
	if another {
		b.straight, b.gain, b.moments = nil, nil, nil
	}
	switch {
	case b.race == nil:
	case s.Grid != before.Grid || another:
		b.race = nil // its entries are of another grid or another flow or noise
	default:
		b.enter()
	}
	return nil
}
