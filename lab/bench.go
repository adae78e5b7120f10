package lab

import (
	"fmt"
	"math"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/path"
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
	name   string
	racers func(Setup) []Entry // who races; nil for no race
	setup  Setup
	target *Target
	path   path.Path     // that a flow is trained on
	noise  engine.Points // every trip starts from the first of them

	training *Training  // nil unless the flow is trained here
	model    *Model     // nil for exact flows
	flow     Flow       // what samples are drawn from now
	truth    Flow       // the same in closed form
	aim      *Target    // what samples are compared with: the target, or one class of it
	loss     [2]float64 // the loss floor and its standard error
	witness  *witness   // what the learned field is judged by
	field    float64    // mean square error of the learned field, NaN before it is measured

	trip    *Trip // under way
	shown   *Trip // the last that ended; the first is shown as it goes
	turned  bool  // a knob was turned since shown set out: its numbers are not the setup's
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
	b := &bench{name: name, racers: racers, setup: s, field: math.NaN(), scorers: map[int]*Scorer{}}
	var err error
	if b.target, err = OpenTarget(s.Data, false, s.Seed); err != nil {
		return nil, err
	}
	if b.path, err = s.OnPath(); err != nil {
		return nil, err
	}
	b.witness = newWitness(exact.New(b.target.Mixture, b.path), b.target, b.path, s.Seed)
	if err := b.chooseModel(); err != nil {
		return nil, err
	}
	if err := b.set(s); err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

// chooseModel opens the model that samples are drawn from, or starts its
// training.
func (b *bench) chooseModel() (err error) {
	switch b.setup.Model {
	case "exact":
		return nil
	case "learned":
		if b.training, err = NewTraining(b.setup, b.target); err != nil {
			return err
		}
		b.model = b.training.Model()
		b.loss[0], b.loss[1] = LossFloor(b.setup, b.target, b.path, b.model.Predict)
		return nil
	}
	if b.model, err = OpenModel(b.setup.Model); err != nil {
		return err
	}
	if p := b.model.Path; p.Name != b.path.Name || p.Alpha != b.path.Alpha || p.Sigma != b.path.Sigma {
		return fmt.Errorf("%s was trained on path %s, and the path here is %s: choose the path it was trained on", b.setup.Model, p.Name, b.path.Name)
	}
	return nil
}

// set makes a setup the present one and sets out along its flow. The model stays.
func (b *bench) set(s Setup) error {
	truth, err := TargetFlow(s, b.target.Mixture, b.path)
	if err != nil {
		return err
	}
	flow := truth
	if b.model != nil {
		if flow, err = b.model.Flow(s); err != nil {
			return err
		}
	}
	was := *b
	b.setup, b.truth, b.flow = s, truth, flow
	b.noise = Noise(max(s.N, racePoints), s.Seed)
	if b.aim == nil || s.Label != was.setup.Label {
		if b.aim, err = b.target.Aim(s); err != nil {
			*b = was
			return err
		}
		b.scorers = map[int]*Scorer{}
	}
	if err := b.depart(); err != nil {
		*b = was
		return err
	}
	return nil
}

// truthful says whether the closed form is what the model tends to.
func (b *bench) truthful() bool { return b.model == nil || b.model.Truthful() }

// learned says whether the flow is that of a network.
func (b *bench) learned() bool { return b.model != nil }

// busy says whether training goes on.
func (b *bench) busy() bool { return b.training != nil && b.training.Busy() }

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
		b.iterate()
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
}

// iterate takes one training iteration, and now and then sets out to see where
// the points go by now.
func (b *bench) iterate() {
	before := b.training.Iter()
	b.training.Step()
	every := max(1, b.training.Iters()/previews)
	if i := b.training.Iter(); i != before && i%every == 0 || !b.busy() {
		b.model = b.training.Model()
		if b.flow, b.err = b.model.Flow(b.setup); b.err == nil {
			b.err = b.depart()
		}
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

func (b *bench) raceStep() bool {
	if b.race == nil {
		b.race = NewRace(b.flow, b.noise.Slice(0, b.racePoints()), b.raceTol())
		b.enter()
	}
	return b.race.Step()
}

func (b *bench) racePoints() int {
	if b.target.Finite() && !b.learned() {
		return slowPoints
	}
	return racePoints
}

func (b *bench) raceTol() float64 {
	if b.learned() {
		return LearnedTol
	}
	return ExactTol
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
	switch {
	case b.race == nil:
	case s.Grid != before.Grid || s.Label != before.Label || s.Guidance != before.Guidance || s.Route != before.Route:
		b.race = nil // its entries are of another grid or another flow
	default:
		b.enter()
	}
	return nil
}

// Close implements Sim.
func (b *bench) Close() {
	if b.training != nil {
		b.training.Close()
	}
}
