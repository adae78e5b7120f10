package exact

import (
	"fmt"
	"math"

	"fmlab/engine"
	"fmlab/engine/libm"
	"fmlab/engine/path"
)

// Marginal is the marginal path p_t = Σ w_k N(αμ_k, C_k), C_k = α²Σ_k + σ²I, of a
// mixture. It is an engine.Field. Its methods share scratch space: use one
// Marginal per goroutine.
//
// The responsibilities γ_k(z) ∝ w_k N(z; αμ_k, C_k) are computed relative to the
// largest, so that nothing under- or overflows at either end.
type Marginal struct {
	path  path.Path
	comps []component
	end   float64
	at    []kernel  // the components at the time of the call
	gamma []float64 // responsibilities at the point in hand
}

// New returns the marginal path of m on p. Later changes of m are not seen.
func New(m *Mixture, p path.Path) *Marginal {
	n := len(m.Weights)
	g := &Marginal{path: p, end: 1, comps: make([]component, n), at: make([]kernel, n), gamma: make([]float64, n)}
	for k := range g.comps {
		g.comps[k] = newComponent(m, k)
		if g.comps[k].lo == 0 {
			g.end = pointsEnd
		}
	}
	return g
}

// pointsEnd is the End of mixtures without a density.
const pointsEnd = 1 - 1e-3

// End returns the last time to integrate Velocity to: 1 when every covariance has
// full rank, and 1 − 10⁻³ for point sets, whose velocity grows like 1/σ. From an
// End below 1 go on with one data prediction.
func (g *Marginal) End() float64 { return g.end }

// Velocity writes u_t(z) = α̇ x̂1 − σσ̇ ∇log p_t to dst. With ∂_t C = 2(αα̇Σ + σσ̇I)
// that is Σ γ_k [α̇μ_k + ½ ∂_t C_k C_k⁻¹ (z − αμ_k)], finite at t = 1 for full-rank
// covariances on every path. Source: Lipman et al. 2024 (arXiv 2412.06264), §4.8,
// with E[x1|z] of a mixture.
func (g *Marginal) Velocity(dst, z engine.Points, t float64) {
	g.Read(dst, z, t, path.Velocity)
}

// Read writes a reading of the marginal, E[p x1 + q x0 | z_t = z], to dst: with
// E[x1 | z, k] = μ_k + αΣ_k C_k⁻¹ (z − αμ_k) and E[x0 | z, k] = σ C_k⁻¹ (z − αμ_k) it is
//
//	Σ γ_k [p μ_k + (p α Σ_k + q σ I) C_k⁻¹ (z − αμ_k)].
//
// The data prediction at σ = 0 is z/α.
func (g *Marginal) Read(dst, z engine.Points, t float64, kind path.Kind) {
	c := g.path.At(t)
	if c.Sigma == 0 && kind.Name == path.Data.Name {
		c.Convert(dst, z, z, path.Velocity, kind)
		return
	}
	engine.SameLen("exact", dst, z)
	g.prepare(c, read(c, kind))
	for i := range z.Len() {
		x, y := z.At(i)
		g.respond(x, y)
		dst[2*i], dst[2*i+1] = g.average(x, y)
	}
}

func read(c path.Coeffs, kind path.Kind) reading {
	p, _, qs := c.Combination(kind)
	return reading{beta: p, p: p * c.Alpha, q: qs}
}

// Data writes the data prediction x̂1 = E[x1 | z] to dst:
// Σ γ_k [μ_k + αΣ_k C_k⁻¹ (z − αμ_k)]. At σ = 0 it is z/α.
func (g *Marginal) Data(dst, z engine.Points, t float64) {
	g.Read(dst, z, t, path.Data)
}

// Score writes ∇log p_t(z) = −Σ γ_k C_k⁻¹ (z − αμ_k) to dst.
func (g *Marginal) Score(dst, z engine.Points, t float64) {
	g.Read(dst, z, t, path.Score)
}

// LogDensity writes log p_t(z_i), in nats, to dst[i].
func (g *Marginal) LogDensity(dst []float64, z engine.Points, t float64) {
	sameRows(dst, z)
	g.prepare(g.path.At(t), reading{})
	for i := range dst {
		x, y := z.At(i)
		dst[i] = g.respond(x, y)
	}
}

// Divergence writes ∇·u_t(z_i) to dst[i]. With u_k and s_k the velocity and score
// of component k it is Σ γ_k [tr A_k + (u_k − u)·(s_k − s)], since
// ∇γ_k = γ_k (s_k − s).
func (g *Marginal) Divergence(dst []float64, z engine.Points, t float64) {
	sameRows(dst, z)
	c := g.path.At(t)
	g.prepare(c, read(c, path.Velocity))
	for i := range dst {
		x, y := z.At(i)
		g.respond(x, y)
		dst[i] = g.divergence(x, y)
	}
}

func (g *Marginal) divergence(x, y float64) (div float64) {
	ux, uy := g.average(x, y)
	var sx, sy float64
	for k, w := range g.gamma {
		if w != 0 {
			kx, ky := g.at[k].score(x, y)
			sx += float64(w * kx)
			sy += float64(w * ky)
		}
	}
	for k, w := range g.gamma {
		if w != 0 {
			kn := &g.at[k]
			ax, ay := kn.value(x, y)
			bx, by := kn.score(x, y)
			div += float64(w * (kn.xx + kn.yy + float64((ax-ux)*(bx-sx)) + float64((ay-uy)*(by-sy))))
		}
	}
	return div
}

// prepare computes the components at one time. It panics where p_t has no
// density.
func (g *Marginal) prepare(c path.Coeffs, r reading) {
	if c.Sigma == 0 && g.end < 1 {
		panic(fmt.Sprintf("exact: at t = %g a set of points has neither density nor velocity: stop at End() = %g and finish with Data", c.T, g.end))
	}
	for k := range g.comps {
		g.at[k] = g.comps[k].kernel(c.Alpha, c.Sigma, r)
	}
}

// respond fills gamma with the responsibilities at a point, exactly 0 where
// negligible, and returns log p_t there.
func (g *Marginal) respond(x, y float64) (logp float64) {
	top := math.Inf(-1)
	for k := range g.at {
		l := g.at[k].logit(x, y)
		g.gamma[k] = l
		if l > top {
			top = l
		}
	}
	sum := 0.0
	for k, l := range g.gamma {
		e := 0.0
		// So written that NaN passes through. Not l <= top − negligible: far out
		// that difference is top itself.
		if d := l - top; !(d <= -negligible) && !math.IsInf(l, -1) {
			e = libm.Exp(d)
		}
		g.gamma[k] = e
		sum += e
	}
	for k := range g.gamma {
		g.gamma[k] /= sum
	}
	return top + libm.Log(sum)
}

// average returns Σ γ_k [βμ_k + A_k ((x, y) − αμ_k)].
func (g *Marginal) average(x, y float64) (ax, ay float64) {
	for k, w := range g.gamma {
		if w != 0 {
			kx, ky := g.at[k].value(x, y)
			ax += float64(w * kx)
			ay += float64(w * ky)
		}
	}
	return ax, ay
}

func sameRows[T int | float64](dst []T, z engine.Points) {
	if len(dst) != z.Len() {
		panic(fmt.Sprintf("exact: %d numbers for %d points", len(dst), z.Len()))
	}
}
