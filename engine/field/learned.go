// Package field holds fields made of other things: the flow of a network that
// was trained to any reading of its path, two flows combined by guidance, and a
// flow carried over to another path. All are [engine.Flow]s. They share scratch
// space with what they are made of: use one per goroutine.
package field

import (
	"fmt"

	"fmlab/engine"
	"fmlab/engine/path"
)

// Predictor is a trained network, or anything else that says one thing y of z at t.
type Predictor interface {
	// Predict writes y(z_i, t) for every row of z to dst.
	Predict(dst, z engine.Points, t float64)
	// Divergence writes ∇·y, the derivative being in z, at z_i to dst[i].
	Divergence(dst []float64, z engine.Points, t float64)
	// Hutchinson writes e_i·(∂y/∂z) e_i at z_i to dst[i], which for random signs
	// e_i is the divergence in the mean.
	Hutchinson(dst []float64, z, e engine.Points, t float64)
}

// Learned is the flow of a network: an [engine.Flow]. Whatever kind of
// prediction the network was trained to, it is read as every other.
//
// Near the noise end a prediction of the noise says nothing of the data:
// x̂1 = (z − σε̂)/α would magnify its errors without bound. Where λ < −6.9
// (α/σ < 10⁻³), and wherever else the prediction leaves the data open, the data
// prediction is Mean, and so are the readings made of it.
type Learned struct {
	Net  Predictor
	Kind path.Kind  // what the network predicts
	Path path.Path  // that it was trained on
	Mean [2]float64 // of the data
}

// silent is the ratio α/σ under which a noise prediction is not read as data.
const silent = 1e-3

// Velocity implements [engine.Field]. It panics where the prediction leaves the
// velocity open: at σ = 0 that of the data does (but on cubic, where v = 0), and
// on linear-vp and ddpm that of the noise.
func (l *Learned) Velocity(dst, z engine.Points, t float64) { l.Read(dst, z, t, path.Velocity) }

// Data implements [engine.Flow].
func (l *Learned) Data(dst, z engine.Points, t float64) { l.Read(dst, z, t, path.Data) }

// Read writes a reading of the network at the points z to dst. It panics where
// there is none: the score at σ = 0, and what is said of [Learned.Velocity].
func (l *Learned) Read(dst, z engine.Points, t float64, kind path.Kind) {
	engine.SameLen("field: Read", dst, z)
	c := l.Path.At(t)
	from := l.from(c, kind)
	if from.Name == l.Kind.Name {
		l.Net.Predict(dst, z, t)
	} else {
		for i := range dst {
			dst[i] = l.Mean[i%2]
		}
	}
	c.Convert(dst, z, dst, from, kind)
}

// from is the kind that a reading is made of: what the network predicts, or the
// data, meaning their mean, where the prediction does not tell.
func (l *Learned) from(c path.Coeffs, kind path.Kind) path.Kind {
	if kind.Name == l.Kind.Name {
		return kind
	}
	p, _, _ := c.Combination(l.Kind)
	if _, _, ok := c.Weights(l.Kind, path.Data); !ok || p == 0 && c.Alpha < silent*c.Sigma {
		return path.Data
	}
	return l.Kind
}

// Divergence implements [engine.Flow]: of v = a y + b z it is a ∇·y + 2b.
func (l *Learned) Divergence(dst []float64, z engine.Points, t float64) {
	l.form(dst, t, func(int) float64 { return 2 }, func() { l.Net.Divergence(dst, z, t) })
}

// Hutchinson writes e_i·(∂v/∂z) e_i to dst[i]: of v = a y + b z it is
// a e·(∂y/∂z) e + b e·e.
func (l *Learned) Hutchinson(dst []float64, z, e engine.Points, t float64) {
	engine.SameLen("field: Hutchinson", e, z)
	square := func(i int) float64 { x, y := e.At(i); return float64(x*x) + float64(y*y) }
	l.form(dst, t, square, func() { l.Net.Hutchinson(dst, z, e, t) })
}

// form writes a Q(∂y/∂z) + b Q(I) to dst, Q linear in the Jacobian: net puts
// Q(∂y/∂z) there, and identity is Q(I) of each point.
func (l *Learned) form(dst []float64, t float64, identity func(i int) float64, net func()) {
	c := l.Path.At(t)
	from := l.from(c, path.Velocity)
	a, b := weights(c, from, path.Velocity)
	if from.Name == l.Kind.Name {
		net()
	} else {
		clear(dst) // the mean is the same everywhere
	}
	for i := range dst {
		dst[i] = float64(a*dst[i]) + float64(b*identity(i))
	}
}

// weights returns a, b with to = a from + b z, and panics where there are none.
func weights(c path.Coeffs, from, to path.Kind) (a, b float64) {
	a, b, ok := c.Weights(from, to)
	if !ok {
		panic(fmt.Sprintf("field: the %s at t = %g does not determine the %s", from.Name, c.T, to.Name))
	}
	return a, b
}
