package ode

import (
	"math"

	"fmlab/engine"
	"fmlab/engine/path"
)

// The DPM-Solver family (Lu et al. 2022, arXiv 2206.00927 and 2211.01095) solves
// the part of the flow that the path alone decides exactly and approximates only
// what the field predicts. With s and t the times of a step, λ = log(α/σ) and
// h = λ_t − λ_s, the exact solution is
//
//	z_t = (σ_t/σ_s) z_s + σ_t ∫ e^λ x̂1 dλ = (α_t/α_s) z_s − α_t ∫ e^−λ ε̂ dλ
//
// and the methods differ in how they continue x̂1 or ε̂ over the step. λ is
// infinite at the ends: there the data form with constant x̂1, order 1, holds.

// dpm1 is order 1, the same as DDIM: x̂1 stays what it is at s. On the linear path
// it is Euler.
func (s *Solver) dpm1(to float64) {
	from := s.o.Path.At(s.t)
	s.predict(s.k[0], s.z, from)
	dataStep(s.next, s.z, s.k[0], from, s.o.Path.At(to))
}

// dpm2 is order 2 in one step, noise form: ε̂ stays what it is half-way in λ, at m,
//
//	z_t = (α_t/α_s) z_s − σ_t (e^h − 1) ε̂(u, m),  u by order 1
//
// (arXiv 2206.00927, algorithm 1), and order 1 where h is infinite.
func (s *Solver) dpm2(to float64) {
	from, end := s.o.Path.At(s.t), s.o.Path.At(to)
	h := lambda(end) - lambda(from)
	if !finite(h) {
		s.dpm1(to)
		return
	}
	mid := s.o.Path.At(s.o.Path.AtLambda(lambda(from) + float64(h/2)))
	s.predict(s.k[0], s.z, from)
	dataStep(s.stage, s.z, s.k[0], from, mid)
	s.predict(s.k[1], s.stage, mid)
	a := end.Alpha / from.Alpha
	w := end.Sigma - float64(a*from.Sigma) // −σ_t (e^h − 1)
	for i, x := range s.k[1] {
		s.next[i] = float64(a*s.z[i]) + w*(s.stage[i]-float64(mid.Alpha*x))/mid.Sigma
	}
}

// dpm2M is DPM-Solver++(2M), order 2 in two steps, data form: x̂1 goes on along
// the line through this prediction and the one before,
//
//	z_t = (order 1) + α_t (1 − e^−h) h/(2 h_prev) (x̂1(s) − x̂1(s_prev))
//
// (arXiv 2211.01095, algorithm 2). The first step, and one to σ = 0, is order 1;
// after a first step from α = 0, h_prev is infinite and the line flat.
func (s *Solver) dpm2M(to float64) {
	from, end := s.o.Path.At(s.t), s.o.Path.At(to)
	s.k[0], s.k[1] = s.k[1], s.k[0]
	s.predict(s.k[0], s.z, from)
	dataStep(s.next, s.z, s.k[0], from, end)
	h, before := lambda(end)-lambda(from), lambda(from)-s.lambda
	if slope := h / (2 * before); s.steps > 0 && finite(h) && finite(slope) {
		w := slope * (end.Alpha - from.Alpha*end.Sigma/from.Sigma)
		for i, x := range s.k[0] {
			s.next[i] += float64(w * (x - s.k[1][i]))
		}
	}
	s.lambda = lambda(from)
}

// lambda is λ, and infinite beyond |λ| = 20: there a path is at its end but for
// rounding (cos π/2 is 6·10⁻¹⁷), and no line through predictions leads there.
func lambda(c path.Coeffs) float64 {
	l := c.Lambda()
	if math.Abs(l) > farEnd {
		return math.Copysign(math.Inf(1), l)
	}
	return l
}

// dataStep writes the step of order 1 with a constant prediction x̂1 to dst,
//
//	z_t = (σ_t/σ_s) z_s + α_t (1 − e^−h) x̂1,  α_t (1 − e^−h) = α_t − α_s σ_t/σ_s
//
// From σ_s = 0, where z_s = α_s x̂1, it is α_t x̂1.
func dataStep(dst, z, data engine.Points, from, to path.Coeffs) {
	keep := 0.0
	if from.Sigma > 0 {
		keep = to.Sigma / from.Sigma
	}
	w := to.Alpha - float64(keep*from.Alpha)
	for i, x := range data {
		dst[i] = float64(keep*z[i]) + float64(w*x)
	}
}

// predict writes x̂1(z, t) to dst. It asks the field where the velocity tells: at
// σ = 0 a point is its own data, and where α̇σ = ασ̇ all data are as likely as at
// first, so that the mean is the best prediction.
func (s *Solver) predict(dst, z engine.Points, c path.Coeffs) {
	switch {
	case c.Sigma == 0:
		c.Convert(dst, z, z, path.Velocity, path.Data)
	case c.D() == 0:
		for i := range dst {
			dst[i] = s.o.Mean[i%2]
		}
	default:
		s.eval(dst, z, c.T)
		c.Convert(dst, z, dst, path.Velocity, path.Data)
	}
}
