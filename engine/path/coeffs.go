package path

import "fmlab/engine/libm"

// Coeffs are the numbers of a path at one time.
type Coeffs struct {
	T            float64
	Alpha, Sigma float64 // α_t, σ_t
	DAlpha       float64 // α̇_t
	DSigma       float64 // σ̇_t; −Inf at t = 1 on linear-vp and ddpm
	SigmaDSigma  float64 // σ_t σ̇_t in closed form, finite everywhere
}

// D returns α̇σ − ασ̇ = ασ dλ/dt, the determinant of the map from (x1, x0) to
// (z, v). It is positive inside (0, 1), 0 at t = 0 on poly:N with N > 1 and at
// both ends of cubic, and +Inf at t = 1 where σ̇ is −Inf.
func (c Coeffs) D() float64 { return float64(c.DAlpha*c.Sigma) - float64(c.Alpha*c.DSigma) }

// Lambda returns λ = log(α/σ), half the log signal-to-noise ratio, which
// increases with t: −Inf where α = 0, +Inf where σ = 0.
func (c Coeffs) Lambda() float64 { return libm.Log(c.Alpha / c.Sigma) }
