package lab

import (
	"math"
	"slices"
)

// judgedPoints is how many points a side every distance is measured on, at most: the
// assignment behind exact W2 takes time in n³.
const judgedPoints = maxAssigned

var distanceKnobs = slices.Concat(flowKnobs, []string{"solver", "nfe", "grid", "eta", "rtol", "atol", "label", "guidance", "route", "n", "seed", "pitfall"}, trainingKnobs)

// distances judges the samples of a flow by every distance there is, and the flow by
// the likelihood it gives to fresh data: each beside its floor, what a perfect
// sampler scores. They need not agree: each looks at something else.
type distances struct {
	*subject
	scorers []*Scorer // one for each of Measures
	trip    *Trip     // under way
	shown   *Trip     // the last that ended
	scores  []Stat    // of shown, by as many of the scorers as have judged it
	nll     *nll      // of the flow, once the samples are judged
	err     error
}

func startDistances(s Setup) (Sim, error) {
	subject, err := newSubject(s.Only(distanceKnobs))
	if err != nil {
		return nil, err
	}
	d := &distances{subject: subject}
	d.enlist()
	if err := d.depart(); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// enlist appoints who judges samples of the present class.
func (d *distances) enlist() {
	d.scorers = nil
	for i := range Measures {
		d.scorers = append(d.scorers, NewScorer(d.aim, min(d.setup.N, judgedPoints), d.setup.Seed, Measures[i:i+1]))
	}
}

// depart sets out to draw samples.
func (d *distances) depart() error {
	trip, err := NewTrip(d.flow, d.setup, d.setup.Start(min(d.setup.N, judgedPoints)))
	if err == nil {
		d.trip, d.scores, d.nll = trip, nil, nil
	}
	return err
}

// Step implements Sim: samples, the training with a look at it now and then, and when
// all is learned the distances, one at a time, and their floors.
func (d *distances) Step() bool {
	switch {
	case d.trip != nil:
		if !d.trip.Step() {
			d.shown, d.trip, d.err = d.trip, nil, d.trip.Err()
		}
	case d.busy():
		look, err := d.iterate(looks)
		if look && err == nil {
			err = d.depart()
		}
		d.err = err
	case d.failure() != nil:
		return false
	case len(d.scores) < len(d.scorers):
		d.scores = append(d.scores, d.scorers[len(d.scores)].Score(d.shown.Z())...)
	default:
		return d.judge()
	}
	return true
}

// judge measures one more of the floors, then the likelihood of fresh data; false when
// all is known. The exact flow of a finite set has no density.
func (d *distances) judge() bool {
	for _, s := range d.scorers {
		if s.Step() {
			return true
		}
	}
	if d.memorises() {
		return false
	}
	if d.nll == nil {
		d.nll = newNLL(d.flow, d.aim, d.scorers[0], d.setup.Seed)
	}
	return d.nll.Step()
}

// judged are all scores with their floors, NaN where they are not known yet.
func (d *distances) judged() (all []Stat) {
	for i, s := range d.scorers {
		st := plain(Measures[i].Key, Measures[i].Title, math.NaN(), Measures[i].Note)
		if i < len(d.scores) {
			st = d.scores[i]
		}
		all = append(all, s.Floored([]Stat{st})...)
	}
	nll := plain(NLLKey, "NLL", math.NaN(), "nats, fresh points")
	if d.nll != nil {
		nll = d.nll.stat(0)
	}
	return append(all, nll)
}

// Retune implements Sim.
func (d *distances) Retune(s Setup) error {
	was := *d.subject
	err := d.choose(s.Only(distanceKnobs))
	if err == nil {
		err = d.depart()
	}
	if err != nil {
		*d.subject = was
		return err
	}
	if d.err = nil; d.aim != was.aim || d.setup.N != was.setup.N {
		d.enlist()
	}
	return nil
}

func (d *distances) failure() error {
	if err := d.subject.failure(); err != nil {
		return err
	}
	return d.err
}
