package lab

import (
	"math"

	"fmlab/engine"
	"fmlab/engine/libm"
	"fmlab/engine/nn"
	"fmlab/engine/train"
)

var anatomyKnobs = []string{"data", "path", "alpha", "sigma", "net", "act", "batch", "iters", "lr", "decay", "optimizer", "coupling", "seed"}

// substeps are what one training iteration does, in order.
const substeps = 6

// Sub-steps of an iteration.
const (
	drawData = 1 + iota
	drawNoise
	drawTime
	mix
	aimAndAsk
	learn
)

// anatomy is one training iteration in slow motion: six sub-steps, one a Step, and
// then the next iteration. The trainer does the whole of it at the first sub-step;
// what it did is then shown piece by piece, and nothing of it is done twice.
type anatomy struct {
	*subject
	at          int           // the sub-step shown; 0 before the first iteration
	rows        train.Rows    // of the present iteration
	asked, told engine.Points // what the network said of them, before the update and after
	loss, after float64       // of them, before and after
	known       []Stat        // of the loss so far; the present iteration counts from its last sub-step on
}

func startAnatomy(s Setup) (Sim, error) {
	s = s.Only(anatomyKnobs)
	s.Model = "learned"
	subject, err := newSubject(s)
	if err != nil {
		return nil, err
	}
	a := &anatomy{subject: subject, loss: math.NaN(), after: math.NaN()}
	a.known = a.lossStats()
	return a, nil
}

// Step goes on by one sub-step.
func (a *anatomy) Step() bool {
	if a.at == 0 || a.at == substeps {
		return a.iterate()
	}
	if a.at++; a.at == learn {
		a.known = a.lossStats()
	}
	return true
}

// iterate lets the trainer do the next iteration; false when there is none, or
// when it diverges.
func (a *anatomy) iterate() bool {
	t := a.training.trainer
	before := t.Net()
	if !t.Step() {
		return false
	}
	a.at, a.rows, a.loss = drawData, t.Rows(), t.Loss()
	a.asked, a.told = answers(before, a.rows), answers(t.Net(), a.rows)
	a.after = 0
	for i, y := range a.rows.Y {
		a.after += float64((a.told[i]-y)*(a.told[i]-y)) / float64(len(a.rows.Y))
	}
	return true
}

// answers are what a network says of rows, each at its own time.
func answers(net *nn.Net, r train.Rows) engine.Points {
	v := engine.NewPoints(len(r.T))
	for i, t := range r.T {
		net.Predict(v.Slice(i, i+1), r.Z.Slice(i, i+1), t)
	}
	return v
}

// Retune implements Sim: no knob keeps the run and changes what is shown.
func (a *anatomy) Retune(Setup) error { return nil }

// Seconds that people want for a sub-step of the first iterations, and how much
// less for each one after these: once seen, it is a film, and then only numbers.
const (
	slowHold, slowIters = 1.5, 2
	holdFall, leastHold = 0.75, 0.03
)

// hold is the seconds that the present sub-step is worth.
func (a *anatomy) hold() float64 {
	s := slowHold * libm.Pow(holdFall, float64(max(0, a.training.Iter()-slowIters)))
	switch {
	case a.at == 0: // there is nothing to look at
		return leastHold
	case s < leastHold:
		return 0
	}
	return s
}
