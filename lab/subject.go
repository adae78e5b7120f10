package lab

import (
	"fmt"

	"fmlab/engine/exact"
	"fmlab/engine/path"
)

// subject is what most experiments look at: a target, and a flow towards it that
// is exact, read from a file, or in training here.
type subject struct {
	setup  Setup
	target *Target
	path   path.Path // that a flow is trained on

	training *Training  // nil unless the flow is trained here
	model    *Model     // nil for exact flows
	flow     Flow       // what samples are drawn from now
	truth    Flow       // the same in closed form
	aim      *Target    // what samples are compared with: the target, or one class of it
	loss     [2]float64 // the loss floor and its standard error
	taught   bool       // no pitfall of sampling makes sense here
}

// newSubject opens the target and the model of a setup, or starts its training.
func newSubject(s Setup) (*subject, error) {
	if err := s.checkPitfall(); err != nil {
		return nil, err
	}
	s = s.played()
	u := &subject{setup: s}
	var err error
	if u.target, err = OpenTarget(s.Data, false, s.Seed); err != nil {
		return nil, err
	}
	if u.path, err = s.OnPath(); err != nil {
		return nil, err
	}
	if err := u.chooseModel(); err != nil {
		return nil, err
	}
	if err := u.choose(s); err != nil {
		u.Close()
		return nil, err
	}
	return u, nil
}

// taughtSubject is one that is looked at without samples of its own, or with those of
// a solver that makes no mistake: a pitfall of sampling is refused.
func taughtSubject(s Setup) (*subject, error) {
	if err := s.taughtPitfall(); err != nil {
		return nil, err
	}
	u, err := newSubject(s)
	if err == nil {
		u.taught = true
	}
	return u, err
}

// chooseModel opens the model that samples are drawn from, or starts its
// training.
func (u *subject) chooseModel() (err error) {
	switch u.setup.Model {
	case "exact":
		return nil
	case "learned":
		if u.training, err = NewTraining(u.setup, u.target); err != nil {
			return err
		}
		u.model = u.training.Model()
		u.loss[0], u.loss[1] = LossFloor(u.setup, u.target, u.path, u.model.Predict)
		return nil
	}
	if u.model, err = OpenModel(u.setup.Model); err != nil {
		return err
	}
	if p := u.model.Path; p.Name != u.path.Name || p.Alpha != u.path.Alpha || p.Sigma != u.path.Sigma {
		return fmt.Errorf("%s was trained on path %s, and the path here is %s: choose the path it was trained on", u.setup.Model, p.Name, u.path.Name)
	}
	return nil
}

// choose makes a setup the present one: its flow, and what that aims at. The model
// stays; on error all is as before.
func (u *subject) choose(s Setup) error {
	s.Model = u.setup.Model
	if err := s.checkPitfall(); err != nil {
		return err
	}
	if u.taught {
		if err := s.taughtPitfall(); err != nil {
			return err
		}
	}
	s = s.played()
	truth, err := TargetFlow(s, u.target.Mixture, u.path)
	if err != nil {
		return err
	}
	flow := truth
	if u.model != nil {
		if flow, err = u.model.Flow(s); err != nil {
			return err
		}
	}
	aim := u.aim
	if aim == nil || s.Label != u.setup.Label {
		if aim, err = u.target.Aim(s); err != nil {
			return err
		}
	}
	u.setup, u.truth, u.flow, u.aim = s, truth, flow, aim
	return nil
}

// truthful says whether the closed form is what the model tends to.
func (u *subject) truthful() bool { return u.model == nil || u.model.Truthful() }

// said is what is wrong on purpose, "" for nothing.
func (u *subject) said() string { return u.setup.pitfall().Says() }

// floored says whether the loss of the exact field is the least there can be: it is
// of the target that the network should be taught.
func (u *subject) floored() bool { return u.truthful() && !u.setup.pitfall().mistaught() }

// learned says whether the flow is that of a network.
func (u *subject) learned() bool { return u.model != nil }

// memorises says whether the flow is the exact one of a finite set.
func (u *subject) memorises() bool { return u.target.Finite() && !u.learned() }

// racePoints is how many points solvers are compared on.
func (u *subject) racePoints() int {
	if u.memorises() {
		return slowPoints
	}
	return racePoints
}

// raceTol is the tolerance of the reference they are compared with.
func (u *subject) raceTol() float64 {
	if u.learned() {
		return LearnedTol
	}
	return ExactTol
}

// busy says whether training goes on.
func (u *subject) busy() bool { return u.training != nil && u.training.Busy() }

// iterate takes one training iteration. In so many places of the whole training,
// the last of them its end, it reports that it is time for a look: model and flow
// are then what is learned so far.
func (u *subject) iterate(looks int) (look bool, err error) {
	before := u.training.Iter()
	u.training.Step()
	every := max(1, u.training.Iters()/looks)
	if i := u.training.Iter(); i == before && u.busy() || i%every != 0 && u.busy() {
		return false, nil
	}
	u.model = u.training.Model()
	u.flow, err = u.model.Flow(u.setup)
	return true, err
}

// Close stops the workers.
func (u *subject) Close() {
	if u.training != nil {
		u.training.Close()
	}
}

// failure is why the training failed, nil if it did not.
func (u *subject) failure() error {
	if u.training == nil {
		return nil
	}
	return u.training.Err()
}

// progress is that of the training.
func (u *subject) progress() Progress {
	return Progress{"training", u.training.Iter(), u.training.Iters()}
}

// exactOf is the closed form of what samples are compared with, on the path that
// they travel; nil where there is none: a finite set has no density.
func (u *subject) exactOf() *exact.Marginal {
	if u.target.Finite() || u.aim.Mixture.Singular() >= 0 {
		return nil
	}
	return exact.New(u.aim.Mixture, u.flow.Path)
}
