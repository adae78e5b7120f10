package field

import (
	"fmlab/engine"
	"fmlab/engine/path"
)

// Swapped is a flow that was trained on one path, A, carried over to another, B:
// the schedule changed after training. Where the two have the same α/σ, hence the
// same λ, their points differ by a factor only,
//
//	λ_A(t) = λ_B(r),  s = σ̄_r/σ_t = ᾱ_r/α_t,  z̄_r = s z_t
//
// (a bar is for B), and so the data prediction is the same,
//
//	x̂1_B(z̄, r) = x̂1_A(z̄/s, t),
//
// from which the velocity follows: v̄ = (ṡ/s) z̄ + s ṫ v_A(z̄/s, t) (Lipman et al.
// 2024, arXiv 2412.06264, §4.8). Noise is carried to the same data; only the route
// differs.
//
// At r = 0, where λ = −∞, the data prediction is Mean. A path that does not start
// there, as ddpm with α_0 = 0.0066, has no time for a λ below its first: it is
// asked at t = 0, so that the map from noise to data differs a little. At r = 1 the
// velocity is 0/0 (but on cubic, where it is 0): integrate to [Swapped.End], then
// go on with one data prediction.
type Swapped struct {
	flow     engine.Flow
	from, to path.Path
	mean     [2]float64 // of the data
	scratch  engine.Points
}

// NewSwapped carries a flow on the path from over to the path to. mean is that of
// its data.
func NewSwapped(flow engine.Flow, from, to path.Path, mean [2]float64) *Swapped {
	return &Swapped{flow: flow, from: from, to: to, mean: mean}
}

// End returns the last time to integrate the velocity to: 1 − 10⁻³.
func (s *Swapped) End() float64 { return 1 - 1e-3 }

// Velocity implements [engine.Field]. It panics at r = 1, where σ̄ = 0.
func (s *Swapped) Velocity(dst, z engine.Points, r float64) {
	s.Data(dst, z, r)
	s.to.At(r).Convert(dst, z, dst, path.Data, path.Velocity)
}

// Data implements [engine.Flow].
func (s *Swapped) Data(dst, z engine.Points, r float64) {
	engine.SameLen("field: Data", dst, z)
	c, scale := s.same(r)
	if c.Alpha == 0 {
		for i := range dst {
			dst[i] = s.mean[i%2]
		}
		return
	}
	s.flow.Data(dst, s.scaled(z, scale), c.T)
}

// Divergence implements [engine.Flow]. With v̄ = a x̂1 + b z̄ on B and
// x̂1 = a′ v + b′ z on A it is a ∇·x̂1/s + 2b, ∇·x̂1 = a′ ∇·v + 2b′. It panics
// where the velocity does.
func (s *Swapped) Divergence(dst []float64, z engine.Points, r float64) {
	a, b := weights(s.to.At(r), path.Data, path.Velocity)
	c, scale := s.same(r)
	a2, b2, ok := c.Weights(path.Velocity, path.Data)
	if a == 0 || c.Alpha == 0 || !ok { // no data in it, or their mean, which is the same everywhere
		clear(dst)
		a2, b2 = 0, 0
	} else {
		s.flow.Divergence(dst, s.scaled(z, scale), c.T)
	}
	for i, div := range dst {
		dst[i] = a*(float64(a2*div)+float64(2*b2))/scale + float64(2*b)
	}
}

// same returns the numbers of A where its λ is that of B at r, and the scale s. Of
// the two ratios it takes that of the larger numbers, which keeps its digits, and
// its meaning where A has no such λ.
func (s *Swapped) same(r float64) (c path.Coeffs, scale float64) {
	to := s.to.At(r)
	c = s.from.At(s.from.AtLambda(to.Lambda()))
	if c.Alpha < c.Sigma {
		return c, to.Sigma / c.Sigma
	}
	return c, to.Alpha / c.Alpha
}

// scaled returns z/s, in storage that the next call writes over.
func (s *Swapped) scaled(z engine.Points, scale float64) engine.Points {
	s.scratch = s.scratch[:0]
	for _, v := range z {
		s.scratch = append(s.scratch, v/scale)
	}
	return s.scratch
}
