package lab

import (
	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/nn"
	"fmlab/engine/path"
)

// Flow is a velocity field with what is needed to sample along it. Where the
// velocity is infinite at t = 1 (point sets; σ̇ of linear-vp and ddpm) it is
// integrated to End < 1 and finished with one data prediction.
type Flow struct {
	engine.Field
	End    float64
	Finish func(dst, z engine.Points, t float64) // x̂1(z, t); used when End < 1
	Path   path.Path                             // that the field belongs to
	Mean   [2]float64                            // of the data
}

// ExactFlow is the closed-form flow of a mixture on a path.
func ExactFlow(m *exact.Mixture, p path.Path) Flow {
	g := exact.New(m, p)
	return Flow{Field: g, End: g.End(), Finish: g.Data, Path: p, Mean: m.Mean()}
}

// LearnedFlow is the flow of a trained network on the path it was trained on. Its
// data are in the lab's units, of mean zero.
func LearnedFlow(net *nn.Net, p path.Path) Flow {
	return Flow{Field: net, End: p.TrainEnd, Path: p, Finish: func(dst, z engine.Points, t float64) {
		v := engine.NewPoints(z.Len())
		net.Velocity(v, z, t)
		p.At(t).DataFromVelocity(dst, z, v)
	}}
}
