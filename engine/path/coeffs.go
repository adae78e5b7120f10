package path

import (
	"fmt"
	"math"

	"fmlab/engine"
)

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
func (c Coeffs) D() float64 { return c.DAlpha*c.Sigma - c.Alpha*c.DSigma }

// Lambda returns λ = log(α/σ), half the log signal-to-noise ratio, which
// increases with t: −Inf where α = 0, +Inf where σ = 0.
func (c Coeffs) Lambda() float64 { return math.Log(c.Alpha / c.Sigma) }

// DataFromVelocity writes the data prediction x̂1 = (σ v − σ̇ z)/D, row by row,
// to dst: what the velocity v at the point z says about x1 (Lipman et al. 2024,
// arXiv 2412.06264). At σ = 0 the point is the data and x̂1 = z/α. It
// panics where D = 0 and σ > 0: there v says nothing about x1. dst may be z or v.
func (c Coeffs) DataFromVelocity(dst, z, v engine.Points) {
	engine.SameLen("path: DataFromVelocity", dst, z)
	engine.SameLen("path: DataFromVelocity", dst, v)
	a, b := c.dataWeights()
	for i := range dst {
		dst[i] = a*v[i] - b*z[i]
	}
}

// dataWeights returns a, b with x̂1 = a v − b z.
func (c Coeffs) dataWeights() (a, b float64) {
	if c.Sigma == 0 {
		return 0, -1 / c.Alpha
	}
	d := c.D()
	if d == 0 {
		panic(fmt.Sprintf("path: the velocity at t = %g does not determine the data: α̇σ − ασ̇ = 0", c.T))
	}
	return c.Sigma / d, c.DSigma / d
}
