package ode

import (
	"math"

	"fmlab/engine"
)

// eulerMaruyama takes a step of size h of the stochastic equation
//
//	dz = [v + ½g² ∇log p_t] dt + g dW,  g² = η·2(σ²α̇/α − σσ̇)
//
// whose marginals are those of the flow for any η ≥ 0 (Song et al. 2021, arXiv
// 2011.13456, appendix D; η = 1 is their reverse diffusion). With the score read
// off the velocity, −ε̂/σ, what it adds to the drift is
//
//	½g² ∇log p_t = η (v − z α̇/α)
//
// That holds for Gaussian noise independent of the data. Run backward the noise
// adds and the score turns round, so that the marginals stay.
//
// From α = 0, where g is infinite, the step is the flow's own: the noise sets in
// at the first time of the grid after 0.
func (s *Solver) eulerMaruyama(to float64) {
	c, h := s.o.Path.At(s.t), to-s.t
	s.eval(s.k[0], s.z, s.t)
	if s.o.Eta == 0 || math.IsInf(lambda(c), -1) {
		combine(s.next, s.z, h, []float64{1}, s.k)
		return
	}
	push := float64(s.o.Eta * math.Abs(h))
	combine(s.next, s.z, h+push, []float64{1}, s.k)
	rate := c.DAlpha / c.Alpha
	spread := math.Sqrt(2 * push * max(0, float64(c.Sigma*c.Sigma*rate)-c.SigmaDSigma))
	for i, x := range s.z {
		s.next[i] += float64(spread*engine.Normal(s.o.Rand)) - float64(push*rate*x)
	}
}
