// Package field holds fields made of other things: the flow of a network that
// was trained to any reading of its path, two flows combined by guidance, and a
// flow carried over to another path.
package field

import (
	"fmlab/engine"
	"fmlab/engine/path"
)

// Predictor is a trained network, or anything else that says one thing of z at t.
type Predictor interface {
	// Predict writes the prediction at every row of z to dst.
	Predict(dst, z engine.Points, t float64)
	// Divergence writes the divergence of the prediction in z at z_i to dst[i].
	Divergence(dst []float64, z engine.Points, t float64)
}

// Learned is the flow of a network: an [engine.Flow]. Whatever kind of
// prediction the network was trained to, it is read as every other.
//
// Near the noise end a noise prediction says nothing of the data: x̂1 = (z − σε̂)/α
// would magnify its errors without bound. Where λ < −6.9 (α/σ < 10⁻³), and
// wherever else the prediction leaves the data open, the data prediction is Mean.
type Learned struct {
	Net  Predictor
	Kind path.Kind  // what the network predicts
	Path path.Path  // that it was trained on
	Mean [2]float64 // of the data

}

// silent is the ratio α/σ under which a noise prediction is not read as data.
const silent = 1e-3

// Velocity implements [engine.Field].
func (l *Learned) Velocity(dst, z engine.Points, t float64) { l.Read(dst, z, t, path.Velocity) }

// Data implements [engine.Flow].
func (l *Learned) Data(dst, z engine.Points, t float64) { l.Read(dst, z, t, path.Data) }

// Read writes a reading of the network at the points z to dst. It panics where
// the reading is infinite: the score at σ = 0, the velocity of a data prediction
// there.
func (l *Learned) Read(dst, z engine.Points, t float64, kind path.Kind) {
	engine.SameLen("field", dst, z)
	c := l.Path.At(t)
	if kind.Name == l.Kind.Name {
		l.Net.Predict(dst, z, t)
		return
	}
	if !l.tells(c) {
		for i := range dst {
			dst[i] = l.Mean[i%2]
		}
		c.Convert(dst, z, dst, path.Data, kind)
		return
	}
	l.Net.Predict(dst, z, t)
	c.Convert(dst, z, dst, l.Kind, kind)
}

// tells says whether the prediction determines the data.
func (l *Learned) tells(c path.Coeffs) bool {
	if l.Kind.Name == path.Noise.Name && c.Alpha < silent*c.Sigma {
		return false
	}
	_, _, ok := c.Weights(l.Kind, path.Data)
	return ok
}

// Divergence implements [engine.Flow]: for v = a y + b z it is a ∇·y + 2b.
func (l *Learned) Divergence(dst []float64, z engine.Points, t float64) {
	c := l.Path.At(t)
	if l.Kind.Name != path.Velocity.Name && !l.tells(c) {
		_, b, _ := c.Weights(path.Data, path.Velocity)
		for i := range dst {
			dst[i] = 2 * b
		}
		return
	}
	a, b, _ := c.Weights(l.Kind, path.Velocity)
	l.Net.Divergence(dst, z, t)
	for i := range dst {
		dst[i] = a*dst[i] + 2*b
	}
}
