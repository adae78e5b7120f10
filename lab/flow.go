package lab

import (
	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/field"
	"fmlab/engine/nn"
	"fmlab/engine/path"
)

// Flow is a velocity field with what is needed to sample along it. Where the
// velocity is infinite at t = 1 (point sets; σ̇ of linear-vp and ddpm) it is
// integrated to End < 1 and finished with one data prediction.
type Flow struct {
	engine.Flow
	End  float64
	Path path.Path  // that the field belongs to
	Mean [2]float64 // of the data
}

// ExactFlow is the closed-form flow of a mixture on a path.
func ExactFlow(m *exact.Mixture, p path.Path) Flow {
	g := exact.New(m, p)
	return Flow{Flow: g, End: g.End(), Path: p, Mean: m.Mean()}
}

// LearnedFlow is the flow of a trained network on the path it was trained on. Its
// data are in the lab's units, of mean zero.
func LearnedFlow(net *nn.Net, p path.Path) Flow {
	return Flow{Flow: &field.Learned{Net: net, Kind: path.Velocity, Path: p}, End: p.TrainEnd, Path: p}
}
