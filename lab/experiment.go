package lab

import (
	"fmt"
	"strings"
)

// Kernel names the arithmetic of the engine that decides the last bits; a card
// carries it. That of "go" is the same on every machine: every operation is rounded,
// in one order, and the elementary functions are the engine's own.
const Kernel = "go"

// Look says from where a photograph is taken: what the screen decides and the
// engine need not know.
type Look struct {
	Trip   float64 // how far along the trip, 0 at its start and 1 at its end; forward this is t
	Field  bool    // draw the velocity field as arrows
	Exact  bool    // draw the exact field instead of the learned one
	Trails bool    // draw trajectories
	Past   int     // which of the moments that a training left behind, from 1 on; 0 is the present
}

// Sim is a running experiment. Advance it, then look. A Sim belongs to one
// goroutine at a time.
type Sim interface {
	// Step does a few milliseconds of work and reports whether there was any.
	Step() bool
	// Frame photographs the present state.
	Frame(Look) *Frame
	// Retune changes knobs that keep the trained model: solver, budget, points,
	// direction. On error the Sim is as before.
	Retune(Setup) error
	// Close stops the workers; the Sim is not used afterwards.
	Close()
}

// Experiment is a way to look at the engine: the knobs that matter in it, and
// how to start it.
type Experiment struct {
	Name  string // as in lesson files and --experiment
	Title string
	Knobs []string // keys of the knobs that decide what it shows, in order
	Start func(Setup) (Sim, error)
}

var trainingKnobs = []string{"net", "act", "batch", "iters", "lr", "decay", "ema", "optimizer", "predict", "coupling", "reflow", "label-drop"}

// flowKnobs are those of any flow, trainingKnobs of one that is trained here.
var flowKnobs = []string{"data", "path", "alpha", "sigma", "model"}

// Experiments is every experiment, in menu order.
var Experiments = []Experiment{
	{"particles", "points carried from noise to data",
		append([]string{"data", "path", "alpha", "sigma", "model", "solver", "nfe", "grid", "eta", "rtol", "atol", "direction", "label", "guidance", "route", "n", "seed", "pitfall", "code"}, trainingKnobs...), withCode(startParticles)},
	{"paths", "one pair on every path",
		[]string{"path", "alpha", "sigma", "data", "seed", "code"}, withCode(startPaths)},
	{"microscope", "the pairs that pass through one place",
		[]string{"data", "path", "alpha", "sigma", "place", "seed"}, startMicroscope},
	{"train", "a flow in training",
		append([]string{"data", "path", "alpha", "sigma", "solver", "nfe", "grid", "eta", "rtol", "atol", "label", "guidance", "route", "n", "seed", "pitfall", "code"}, trainingKnobs...), withCode(startTrain)},
	{"anatomy", "one training iteration in six sub-steps", anatomyKnobs, startAnatomy},
	{"solvers", "every solver at one price",
		append([]string{"data", "path", "alpha", "sigma", "model", "solver", "nfe", "grid", "eta", "rtol", "atol", "label", "guidance", "route", "n", "seed", "pitfall", "code"}, trainingKnobs...), withCode(startSolvers)},
	{"free", "the free lab",
		append([]string{"data", "path", "alpha", "sigma", "model", "solver", "nfe", "grid", "eta", "rtol", "atol", "direction", "label", "guidance", "route", "n", "seed", "pitfall", "code"}, trainingKnobs...), withCode(startFree)},
	{"difference", "learned against exact, place by place", differenceKnobs, startDifference},
	{"distances", "samples judged by every distance, with its floor", distanceKnobs, startDistances},
	{"density", "the density of a flow", densityKnobs, startDensity},
	{"ledger", "where the error comes from", ledgerKnobs, startLedger},
	{"readings", "one network, four readings", readingKnobs, startReadings},
	{"couplings", "which noise goes with which data", couplingKnobs, startCouplings},
	{"schedules", "schedules on trial", scheduleKnobs, startSchedules},
	{"claim", "a claim on trial", []string{"claim", "seed"}, startClaim},
}

// FindExperiment returns an experiment by name; the error lists the known ones.
func FindExperiment(name string) (Experiment, error) {
	var known []string
	for _, e := range Experiments {
		if e.Name == name {
			return e, nil
		}
		known = append(known, e.Name)
	}
	return Experiment{}, fmt.Errorf("unknown experiment %q: want one of %s", name, strings.Join(known, ", "))
}
