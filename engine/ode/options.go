package ode

import (
	"fmt"
	"math"
	"math/rand/v2"

	"fmlab/engine/path"
)

// Options say where a run goes and how finely.
//
// A method with an error estimate chooses its own steps when a tolerance is
// above 0, and takes Steps steps of the grid when both are 0. The other methods
// always take the grid's. What a method does not need it does not look at.
type Options struct {
	From, To   float64 // first and last time; To < From runs backward, To = From does nothing
	Steps      int     // steps of the grid, at least 1; not used when the method chooses its steps
	Grid       Grid    // where the steps end; the zero Grid is uniform in t
	Rtol, Atol float64 // a step's error is held to atol + rtol |z|; 0 and 0 is fixed steps
	MaxSteps   int     // steps a method may try when it chooses them, accepted or not; 0 means 100,000

	// For the methods that need a path, and the grid uniform in λ. From and To
	// are then within [0, 1].
	Path path.Path  // of the field
	Mean [2]float64 // mean of the data: the prediction where the velocity says nothing, at t = 0 on cubic and on poly:n, n > 1

	// For the methods with noise.
	Eta  float64    // η ≥ 0 of g² = η·2(σ²α̇/α − σσ̇): 0 is the ODE, 1 the reverse diffusion
	Rand *rand.Rand // two numbers a point and step, row by row; nil only with η = 0
}

// check says which option is not legal.
func (s *Solver) check() error {
	err := s.checkRun()
	if err == nil && s.m.NeedsPath() {
		err = s.o.checkPath(s.m.Name)
	}
	if err == nil && s.m.Noise {
		err = s.o.checkNoise(s.m.Name)
	}
	if err == nil && !s.adaptive {
		err = s.o.Grid.check(s.o)
	}
	return err
}

func (s *Solver) checkRun() error {
	o := s.o
	switch {
	case !finite(o.From) || !finite(o.To):
		return fmt.Errorf("ode: time from %g to %g: want two finite numbers", o.From, o.To)
	case !(o.Rtol >= 0 && o.Atol >= 0) || math.IsInf(o.Rtol+o.Atol, 0):
		return fmt.Errorf("ode: rtol = %g, atol = %g: want finite numbers, 0 or more", o.Rtol, o.Atol)
	case !s.adaptive && o.Steps < 1:
		return fmt.Errorf("ode: %d steps of %s: want at least 1", o.Steps, s.m.Name)
	case o.MaxSteps < 0:
		return fmt.Errorf("ode: step limit %d: want at least 1, or 0 for the default", o.MaxSteps)
	}
	return nil
}

// checkPath says why who cannot work on the path of o.
func (o Options) checkPath(who string) error {
	switch {
	case o.Path.Name == "":
		return fmt.Errorf("ode: %s works on a path and there is none: want Options.Path", who)
	case !(min(o.From, o.To) >= 0 && max(o.From, o.To) <= 1):
		return fmt.Errorf("ode: %s from t = %g to %g: want times on the path, from 0 to 1", who, o.From, o.To)
	}
	return nil
}

func (o Options) checkNoise(who string) error {
	switch {
	case !(o.Eta >= 0) || math.IsInf(o.Eta, 1):
		return fmt.Errorf("ode: %s with η = %g: want a finite number, 0 or more", who, o.Eta)
	case o.Eta > 0 && o.Rand == nil:
		return fmt.Errorf("ode: %s with η = %g and no random numbers: want Options.Rand", who, o.Eta)
	}
	return nil
}
