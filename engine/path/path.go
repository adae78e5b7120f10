// Package path holds the interpolation paths z_t = α_t x1 + σ_t x0 between
// noise x0 (t = 0) and data x1 (t = 1), and the conversions that need nothing
// but the four numbers α, σ, α̇, σ̇ of a path at t.
//
// A path is one value of [All]; polynomial paths of any power come from
// [Parse], and paths of any two formulas from [Custom]. All but ddpm and some
// custom ones have exact ends: α_0 = 0, σ_0 = 1, α_1 = 1, σ_1 = 0 to the last
// bit, since the last step of a solver divides by them. ddpm ends exactly but
// starts at α_0 = 0.0066; a custom path may miss its ends by 0.01.
package path

import (
	"fmt"
	"math"

	"fmlab/engine"
)

// Path is a schedule (α_t, σ_t) with a name.
type Path struct {
	Name  string // as typed: linear, vp, cubic, linear-vp, ddpm, poly:2; custom
	Title string // in words
	Alpha string // α_t as a formula in t, as one would type it
	Sigma string // σ_t

	// TrainEnd is the last time to train at and to integrate a loss to: 1, or
	// 1 − 10⁻³ where σ̇ → −∞ as t → 1 and the velocity loss diverges with it.
	TrainEnd float64

	at func(t float64) Coeffs
}

// At returns the numbers of the path at time t. It panics outside [0, 1].
func (p Path) At(t float64) Coeffs {
	if !(t >= 0 && t <= 1) {
		panic(fmt.Sprintf("path: t = %g: want 0 to 1", t))
	}
	c := p.at(t)
	c.T = t
	// −0 + 0 is 0: α/−0 would make λ negative, and people would read "-0".
	c.Sigma, c.DAlpha, c.DSigma, c.SigmaDSigma = c.Sigma+0, c.DAlpha+0, c.DSigma+0, c.SigmaDSigma+0
	return c
}

// Interpolate writes z_t = α_t x1 + σ_t x0 to dst, row by row. dst may be x0 or x1.
func (p Path) Interpolate(dst, x0, x1 engine.Points, t float64) {
	engine.SameLen("path: Interpolate", dst, x0)
	engine.SameLen("path: Interpolate", dst, x1)
	c := p.At(t)
	for i := range dst {
		dst[i] = float64(c.Alpha*x1[i]) + float64(c.Sigma*x0[i])
	}
}

// AtLambda returns the time at which the path has λ = log(α/σ), by bisection to
// the last bit: λ increases with t. A λ beyond the path's own, such as −∞ or one
// below λ_0 = −5.0 of ddpm, gives that end. It panics if λ is not a number.
func (p Path) AtLambda(lambda float64) float64 {
	lo, hi := 0.0, 1.0
	switch {
	case math.IsNaN(lambda):
		panic("path: λ is not a number")
	case lambda <= p.At(lo).Lambda():
		return lo
	case lambda >= p.At(hi).Lambda():
		return hi
	}
	for {
		mid := lo + float64((hi-lo)/2)
		switch {
		case mid == lo || mid == hi:
			return p.closer(lambda, lo, hi)
		case p.At(mid).Lambda() < lambda:
			lo = mid
		default:
			hi = mid
		}
	}
}

// closer returns the one of two times whose λ is closer.
func (p Path) closer(lambda, lo, hi float64) float64 {
	if lambda-p.At(lo).Lambda() < p.At(hi).Lambda()-lambda {
		return lo
	}
	return hi
}
