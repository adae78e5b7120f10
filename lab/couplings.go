package lab

import (
	"slices"

	"fmlab/engine"
	"fmlab/engine/couple"
)

// Sizes of what is drawn and measured of a batch: the pairing at least cost takes
// time in n³.
const (
	maxBatch   = 256 // pairs at most
	linesDrawn = 64
)

// eulerSteps are the numbers of steps that a straight flow does well with.
var eulerSteps = []int{1, 2, 4, 8}

// couplingKnobs names the coupling and the size of the batch before the model: they
// decide what pairs are drawn, whatever the model.
var couplingKnobs = []string{"coupling", "batch", "data", "path", "alpha", "sigma", "model", "seed",
	"net", "act", "iters", "lr", "decay", "ema", "optimizer", "predict", "reflow", "label-drop"}

// pairing is a way to pair a batch, and what is measured of its lines.
type pairing struct {
	name, title string
	x1          engine.Points // row i belongs to row i of the noise
	crossings   int           // among the lines drawn
	swaps       int           // two of them that would be shorter with their ends exchanged
	energy      float64       // mean ‖x1 − x0‖² of the whole batch
}

// couplings shows which noise is paired with which data in a batch, and what comes
// of it: how straight a flow is that was trained so, and how few Euler steps it
// takes.
type couplings struct {
	*subject
	batch    engine.Points // the noise of the batch
	pairings []pairing     // one for each of couple.All
	own      *pairing      // noise and where the flow takes it, once known
	noise    engine.Points // that the flow is judged from
	straight *straightness // under way
	shown    *straightness // the last that ended
	scorer   *Scorer
	race     *Race
	quality  []Stat // of the entries of the race, by the number of steps
	err      error
}

func startCouplings(s Setup) (Sim, error) {
	subject, err := newSubject(s.Only(couplingKnobs))
	if err != nil {
		return nil, err
	}
	c := &couplings{subject: subject}
	c.noise = Noise(c.racePoints(), s.Seed)
	c.batch = c.noise.Slice(0, min(s.Batch, c.noise.Len()))
	c.scorer = NewScorer(c.aim, c.noise.Len(), s.Seed, Measures[:1])
	c.look()
	return c, nil
}

// look starts to measure how straight the present flow is.
func (c *couplings) look() { c.straight = newStraightness(c.flow, c.noise) }

// Step implements Sim.
func (c *couplings) Step() bool {
	switch {
	case len(c.pairings) < len(couple.All):
		c.pair(couple.All[len(c.pairings)])
	case c.scorer.Step():
	case c.straight != nil:
		c.straighten()
	case c.busy():
		look, err := c.iterate(looks)
		if c.err = err; look && err == nil {
			c.look()
		}
	case c.failure() != nil:
		return false
	default:
		return c.compare()
	}
	return true
}

// pair draws the data of the batch and pairs it.
func (c *couplings) pair(by couple.Coupling) {
	x1 := engine.NewPoints(c.batch.Len())
	c.target.Train.Sample(x1, engine.NewRand(c.setup.Seed, streamBatch))
	order, paired := make([]int, x1.Len()), engine.NewPoints(x1.Len())
	by.Pair(order, c.batch, x1, &couple.Work{})
	for i, j := range order {
		paired.Set(i, x1[2*j], x1[2*j+1])
	}
	c.pairings = append(c.pairings, c.measured(by.Name, by.Title, paired))
}

func (c *couplings) measured(name, title string, x1 engine.Points) pairing {
	n := min(linesDrawn, x1.Len())
	from, to := c.batch.Slice(0, n), x1.Slice(0, n)
	return pairing{name, title, x1, couple.Crossings(from, to), swaps(from, to), couple.Energy(c.batch, x1)}
}

// swaps counts the pairs of lines i, j whose squared lengths would sum to less with
// their ends exchanged: (x0_i − x0_j)·(x1_i − x1_j) < 0. Such lines come close to
// one another at one time, or meet. Optimal transport leaves none, though some of
// its lines cross, passed at different times.
func swaps(x0, x1 engine.Points) (count int) {
	for i := range x0.Len() {
		for j := range i {
			if float64((x0[2*i]-x0[2*j])*(x1[2*i]-x1[2*j]))+float64((x0[2*i+1]-x0[2*j+1])*(x1[2*i+1]-x1[2*j+1])) < 0 {
				count++
			}
		}
	}
	return count
}

// straighten goes on measuring how straight the flow is; its ends are a pairing of
// their own.
func (c *couplings) straighten() {
	if c.straight.Step() {
		return
	}
	c.shown, c.straight = c.straight, nil
	if c.err = c.shown.trip.Err(); c.err == nil {
		own := c.measured("flow", "noise and where this flow takes it", c.shown.trip.Z().Slice(0, c.batch.Len()))
		c.own = &own
	}
}

// compare races Euler at a few steps against the reference and scores where it
// ends; false when all is measured.
func (c *couplings) compare() bool {
	if c.race == nil {
		c.race = NewRace(c.flow, c.noise, c.raceTol())
		for _, steps := range slices.Backward(eulerSteps) {
			if err := c.race.Enter(Entry{Solver: "euler", Budget: steps * c.flow.Calls}); err != nil {
				panic("lab: " + err.Error()) // the name is in ode.All
			}
		}
	}
	if c.race.Step() {
		return true
	}
	if c.quality != nil || c.race.Err() != nil {
		return false
	}
	for _, e := range c.race.Entries {
		c.quality = append(c.quality, c.scorer.Floored(c.scorer.Score(e.End))[0])
	}
	return true
}

func (c *couplings) failure() error {
	switch {
	case c.subject.failure() != nil:
		return c.subject.failure()
	case c.err == nil && c.race != nil:
		return c.race.Err()
	}
	return c.err
}

// Retune implements Sim: no knob of it keeps the model and changes a bit.
func (c *couplings) Retune(Setup) error { return nil }
