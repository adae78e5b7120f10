package exact

import (
	"math"

	"fmlab/engine/libm"
)

// singular is the bound on 1 − ρ² (ρ the correlation) under which a covariance
// counts as singular: below it the determinant is rounding.
const singular = 1e-14

// negligible is the log weight, relative to the largest, under which a component
// is left out: e^−60 = 9e-27, so that even a million of them change no bit.
const negligible = 60

var logTwoPi = libm.Log(2 * math.Pi)

// component is one Gaussian N(μ, Σ) with Σ by its eigenvalues: then
// C = α²Σ + σ²I has the same eigenvectors and the eigenvalues α²l + σ², without
// cancellation however flat Σ is.
type component struct {
	x, y     float64 // μ
	hi, lo   float64 // eigenvalues of Σ, hi ≥ lo ≥ 0
	cos, sin float64 // unit eigenvector of hi; (−sin, cos) is that of lo
	logw     float64
}

func newComponent(m *Mixture, k int) component {
	x, y := m.Means.At(k)
	s := m.cov(k)
	half := (s[0] - s[2]) / 2
	c := component{x: x, y: y, hi: float64((s[0]+s[2])/2) + libm.Hypot(half, s[1]), logw: libm.Log(m.Weights[k])}
	if det := float64(s[0]*s[2]) - float64(s[1]*s[1]); det > singular*s[0]*s[2] {
		c.lo = det / c.hi
	}
	c.cos, c.sin = halfAngle(half, s[1])
	return c
}

// halfAngle returns the cosine, at least 0, and the sine of half the angle of (x, y).
// (½(a − c), b) has twice the angle of the eigenvector of hi of (a b; b c).
func halfAngle(x, y float64) (cos, sin float64) {
	r := libm.Hypot(x, y)
	switch {
	case r == 0:
		return 1, 0
	case x > 0:
		cos = math.Sqrt((1 + x/r) / 2)
		return cos, y / r / (2 * cos)
	}
	sin = math.Sqrt((1 - x/r) / 2)
	return math.Abs(y) / r / (2 * sin), math.Copysign(sin, y)
}

// reading names what is read off the posterior of x1 given z. Each of velocity,
// data prediction and score is, for the coefficients β, p, q of the time,
//
//	Σ_k γ_k(z) [ β μ_k + (p Σ_k + q I) C_k⁻¹ (z − α μ_k) ].
type reading struct{ beta, p, q float64 }

// kernel is a component at one time: its Gaussian N(αμ, C) and its affine part of
// the quantity that is read.
type kernel struct {
	x, y           float64 // αμ
	ux, uy, vx, vy float64 // rows of the whitening matrix W, WᵀW = C⁻¹
	log            float64 // log w − log 2π − ½ log det C
	bx, by         float64 // βμ
	xx, xy, yy     float64 // A = (pΣ + qI) C⁻¹, symmetric
	spread         float64 // tr Σ C⁻¹
}

func (c *component) kernel(alpha, sigma float64, r reading) kernel {
	chi, clo := float64(alpha*alpha*c.hi)+float64(sigma*sigma), float64(alpha*alpha*c.lo)+float64(sigma*sigma)
	whi, wlo := 1/math.Sqrt(chi), 1/math.Sqrt(clo)
	ahi, alo := (float64(r.p*c.hi)+r.q)/chi, (float64(r.p*c.lo)+r.q)/clo
	return kernel{
		x: alpha * c.x, y: alpha * c.y,
		ux: whi * c.cos, uy: whi * c.sin,
		vx: -wlo * c.sin, vy: wlo * c.cos,
		log: c.logw - logTwoPi + libm.Log(whi*wlo),
		bx:  r.beta * c.x, by: r.beta * c.y,
		xx:     float64(ahi*c.cos*c.cos) + float64(alo*c.sin*c.sin),
		xy:     (ahi - alo) * c.cos * c.sin,
		yy:     float64(ahi*c.sin*c.sin) + float64(alo*c.cos*c.cos),
		spread: c.hi/chi + c.lo/clo,
	}
}

// logit returns log [w N((x, y); αμ, C)].
func (k *kernel) logit(x, y float64) float64 {
	x -= k.x
	y -= k.y
	u, v := float64(k.ux*x)+float64(k.uy*y), float64(k.vx*x)+float64(k.vy*y)
	return k.log - float64((float64(u*u)+float64(v*v))/2)
}

// value returns βμ + A((x, y) − αμ).
func (k *kernel) value(x, y float64) (float64, float64) {
	x -= k.x
	y -= k.y
	return k.bx + float64(k.xx*x) + float64(k.xy*y), k.by + float64(k.xy*x) + float64(k.yy*y)
}

// score returns −C⁻¹((x, y) − αμ) = −WᵀW(…).
func (k *kernel) score(x, y float64) (float64, float64) {
	x -= k.x
	y -= k.y
	u, v := float64(k.ux*x)+float64(k.uy*y), float64(k.vx*x)+float64(k.vy*y)
	return -(float64(k.ux*u) + float64(k.vx*v)), -(float64(k.uy*u) + float64(k.vy*v))
}
