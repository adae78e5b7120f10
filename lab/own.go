package lab

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fmlab/engine"
	"fmlab/engine/couple"
	"fmlab/engine/ode"
	"fmlab/engine/path"
	"fmlab/engine/train"
)

// Own is code of the learner's, ready to be called in place of parts of the lab. What
// it has not is nil. It serves one goroutine at a time, and belongs to the run that
// opened it.
type Own struct {
	Steps    map[string]OwnStep // by the solver whose place they take
	Data     func(x1, z engine.Points, from, to path.Coeffs) (engine.Points, error)
	Sample   func(v ode.Ask, z engine.Points, steps int) (engine.Points, error)
	Schedule [2]func(t []float64) ([]float64, error) // α and σ
	Pair     func(cost []float64, n int) ([]int, error)
	Points   func(n int, seed uint64) (engine.Points, error)
	Batch    func(data engine.Points, n int, seed uint64, iter int) (x0, x1 engine.Points, t []float64, err error)
	Train    train.Own // its Batch is made of the one above

	Close func()

	err  error  // the first that was met where none can be returned
	file string // that it was read from
}

// OwnStep is a step of a solver, and how often it asks the field.
type OwnStep struct {
	Name  string
	Calls int
	Step  func(v ode.Ask, z engine.Points, t, h float64) (engine.Points, error)
}

// noCode is the value of the knob that means the lab's own parts throughout.
const noCode = "none"

// OpenCode opens programs of the learner's. The package that knows their language
// sets it: the lab does not.
var OpenCode = func(files []string) (*Own, error) {
	return nil, errors.New("programs cannot be run here")
}

func openCode(files string) (*Own, error) {
	own, err := OpenCode(strings.Split(files, ","))
	if err != nil {
		return nil, err
	}
	own.file = files
	return own, nil
}

// checkCode takes programs by their names.
func checkCode(v string) error {
	if v == noCode {
		return nil
	}
	for file := range strings.SplitSeq(v, ",") {
		if !isFile(file, ".star") {
			return fmt.Errorf("want %s, or a file ending in .star, or several with commas", noCode)
		}
	}
	return nil
}

// Open opens the programs of a setup, for a run outside of an experiment. The caller
// closes them with the function it returns.
func (s *Setup) Open() (closing func(), err error) {
	if s.Code == noCode {
		return func() {}, nil
	}
	if s.own, err = openCode(s.Code); err != nil {
		return func() {}, err
	}
	if s.own.Points != nil {
		s.own.Close()
		return func() {}, fmt.Errorf("code %s draws a data set: give it as the data", s.Code)
	}
	return s.own.Close, nil
}

// Solver is the method that a setup names: the learner's, where there is code that
// takes its place.
func (s *Setup) method() (ode.Method, error) {
	switch own := s.own; {
	case own == nil:
	case own.Steps[s.Solver].Step != nil:
		step := own.Steps[s.Solver]
		return ode.Given(step.Name, "your "+step.Name, mustSolver(s.Solver).Order, step.Calls, step.Step), nil
	case own.Data != nil && s.Solver == "dpm1":
		return ode.GivenData("dpm_step", "your dpm_step", own.Data), nil
	}
	return ode.Get(s.Solver)
}

// solves says whether the learner's code takes the place of the solver of a setup, or
// of all sampling.
func (s *Setup) solves() bool {
	own := s.own
	return own != nil && (own.Steps[s.Solver].Step != nil || own.Data != nil && s.Solver == "dpm1" || s.walks())
}

// walks says whether the learner's code samples as a whole. It takes equal steps, so
// it stands for a solver that does, and has no noise.
func (s *Setup) walks() bool {
	m := mustSolver(s.Solver)
	return s.own != nil && s.own.Sample != nil && !m.Adaptive() && !m.Noise
}

// ownSchedule stands for the formulas of a path that is a program.
const ownSchedule = "your alpha and sigma"

// schedule is the learner's own path, where there is one.
func (o *Own) schedule() bool { return o != nil && o.Schedule[0] != nil }

// coupling is the learner's pairing in place of that at least cost. What it does
// wrong ends the run at its next step.
func (o *Own) coupling() couple.Coupling {
	return couple.Given(couple.OT.Name, "your pair", func(dst []int, x0, x1 engine.Points) {
		n := len(dst)
		cost := make([]float64, n*n)
		for k := range cost {
			i, j := k/n, k%n
			dx, dy := x1[2*j]-x0[2*i], x1[2*j+1]-x0[2*i+1]
			cost[k] = float64(dx*dx) + float64(dy*dy)
		}
		plan, err := o.Pair(cost, n)
		if err != nil {
			o.fail(err)
			for i := range dst {
				dst[i] = i
			}
			return
		}
		copy(dst, plan)
	})
}

func (o *Own) fail(err error) {
	if o.err == nil {
		o.err = err
	}
}

// streamOwn is that of the rows that the learner's batch draws from: beyond the rounds
// of any reflow.
const streamOwn = 118

// ownRows is how many rows of the data the learner's batch draws from, fresh in each
// iteration.
const ownRows = 512

// training is the parts of a training step that the learner has written.
func (o *Own) training(s Setup, data engine.Source) train.Own {
	if o == nil {
		return train.Own{}
	}
	parts := o.Train
	if o.Batch != nil {
		rng := engine.NewRand(s.Seed, streamOwn)
		parts.Batch = func(n, iter int) (x0, x1 engine.Points, t []float64, err error) {
			rows := engine.NewPoints(ownRows)
			data.Sample(rows, rng)
			return o.Batch(rows, n, s.Seed, iter)
		}
	}
	return parts
}

// OwnSays is what of the learner's code is at work in a setup that was opened, "" for
// nothing.
func (s *Setup) OwnSays(trains bool) string {
	if s.own == nil {
		return ""
	}
	return s.own.says(*s, trains, true)
}

// says is what of the learner's code is at work in a setup, where a network is trained
// or not and points are carried by its solver or not, and what waits for another one.
func (o *Own) says(s Setup, trains, samples bool) string {
	var at, waiting []string
	tell := func(works bool, name, wait string) {
		if works {
			at = append(at, name)
		} else {
			waiting = append(waiting, name+" waits for "+wait)
		}
	}
	for solver, step := range o.Steps {
		tell(samples && s.Solver == solver, step.Name, "solver "+solver)
	}
	if o.Data != nil {
		tell(samples && s.Solver == "dpm1", "dpm_step", "solver dpm1")
	}
	if o.Sample != nil {
		tell(samples && s.walks(), "sample", "a solver of equal steps")
	}
	if o.schedule() {
		tell(s.Path == customPath, "alpha and sigma", "path custom")
	}
	if o.Pair != nil {
		tell(trains && s.Coupling == couple.OT.Name, "pair", "coupling ot and a network in training")
	}
	for name, there := range map[string]bool{"batch": o.Batch != nil, "training_pair": o.Train.Pair != nil, "loss": o.Train.Gradient != nil} {
		if there {
			tell(trains, name, "a network in training")
		}
	}
	slices.Sort(at)
	slices.Sort(waiting)
	words := ""
	if len(at) > 0 {
		words = "your " + strings.Join(at, ", ")
	}
	if len(waiting) > 0 {
		words = strings.TrimPrefix(words+"; your "+strings.Join(waiting, ", "), "; ")
	}
	return words
}

// owned is an experiment with the learner's code in it.
type owned struct {
	Sim
	own   *Own
	setup Setup
}

// withCode starts an experiment with the programs of its setup in it, which end with
// the experiment.
func withCode(start func(Setup) (Sim, error)) func(Setup) (Sim, error) {
	return func(s Setup) (Sim, error) {
		if s.Code == noCode {
			return start(s)
		}
		end, err := s.Open()
		if err != nil {
			return nil, err
		}
		sim, err := start(s)
		if err == nil {
			err = s.own.err
		}
		if err != nil {
			end()
			return nil, err
		}
		return &owned{sim, s.own, s}, nil
	}
}

// Step implements Sim. What the code did wrong ends the run.
func (o *owned) Step() bool { return o.own.err == nil && o.Sim.Step() && o.own.err == nil }

// Frame implements Sim.
func (o *owned) Frame(look Look) *Frame {
	f := o.Sim.Frame(look)
	f.Own = o.own.says(o.setup, o.setup.Model == "learned" || f.Experiment == "train", f.Experiment != "paths")
	if f.Err == nil {
		f.Err = o.own.err
	}
	return f
}

// Retune implements Sim.
func (o *owned) Retune(s Setup) error {
	s.own = o.own
	err := o.Sim.Retune(s)
	if err == nil {
		o.setup = s
	}
	return err
}

// Close implements Sim.
func (o *owned) Close() {
	o.Sim.Close()
	o.own.Close()
}

// ownPoints is how many points a data set of the learner's is made of.
const ownPoints = 4000

// openOwnData draws a data set by a program of the learner's, and takes it as a file
// of points.
func openOwnData(name string, seed uint64) (engine.Points, error) {
	own, err := openCode(name)
	if err != nil {
		return nil, err
	}
	defer own.Close()
	if own.Points == nil {
		return nil, fmt.Errorf("%s draws no data set: want def sample(n, rng), which returns n points", filepath.Base(name))
	}
	return own.Points(ownPoints, seed)
}
