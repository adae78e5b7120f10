package exact

import (
	"math"
	"math/rand/v2"

	"fmlab/engine"
	"fmlab/engine/path"
)

// Posterior fills dst with independent draws of the data x1 given z_t = (x, y): of
// p(x1 | z) = Σ γ_k(z) N(m_k, σ²Σ_k C_k⁻¹), m_k = μ_k + αΣ_k C_k⁻¹ (z − αμ_k). They
// are what a conditional velocity at that place is conditioned on; their mean is
// the data prediction.
func (g *Marginal) Posterior(dst engine.Points, x, y, t float64, rng *rand.Rand) {
	c := g.path.At(t)
	g.prepare(c, read(c, path.Data))
	g.respond(x, y)
	for i := range dst.Len() {
		k := g.pick(rng.Float64())
		mx, my := g.at[k].value(x, y)
		comp := &g.comps[k]
		hi := width(comp.hi, c) * engine.Normal(rng)
		lo := width(comp.lo, c) * engine.Normal(rng)
		dst.Set(i, mx+float64(comp.cos*hi)-float64(comp.sin*lo), my+float64(comp.sin*hi)+float64(comp.cos*lo))
	}
}

// width is the standard deviation of x1 given z along an eigenvector of Σ with the
// eigenvalue l: √(σ² l/(α² l + σ²)).
func width(l float64, c path.Coeffs) float64 {
	if l == 0 {
		return 0
	}
	return c.Sigma * math.Sqrt(l/(float64(c.Alpha*c.Alpha*l)+float64(c.Sigma*c.Sigma)))
}

// pick returns the component at place u in [0, 1) of the responsibilities in hand.
func (g *Marginal) pick(u float64) int {
	last := 0
	for k, w := range g.gamma {
		if w == 0 {
			continue
		}
		if last = k; u < w {
			break
		}
		u -= w
	}
	return last
}

// Spread returns ½ tr Cov(y | z_t = (x, y)) of what a network predicts: what the
// loss at this place and time cannot fall below. Its mean over places and times is
// [Floor].
func (g *Marginal) Spread(x, y, t float64, kind path.Kind) float64 {
	c := g.path.At(t)
	g.prepare(c, read(c, kind))
	return g.meanVariance(engine.Points{x, y}, c.Spread(kind))
}
