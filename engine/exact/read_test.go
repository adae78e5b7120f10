package exact

import (
	"fmt"
	"math"
	"testing"

	"fmlab/engine"
	"fmlab/engine/path"
)

// x̂0 = (z − α x̂1)/σ, and each reading is p x̂1 + q x̂0.
func TestNoiseTellsEveryReading(t *testing.T) {
	each(t, func(t *testing.T, g *Marginal, z engine.Points, at float64) {
		c, n := g.path.At(at), z.Len()
		x0, x1, y := engine.NewPoints(n), engine.NewPoints(n), engine.NewPoints(n)
		g.Data(x1, z, at)
		g.Read(x0, z, at, path.Noise)
		for i := range z {
			if want := (z[i] - c.Alpha*x1[i]) / c.Sigma; !near(x0[i], want, 1e-11) {
				t.Errorf("t=%g noise[%d]: got %.14g want %.14g", at, i, x0[i], want)
			}
		}
		for _, kind := range path.Kinds {
			p, q, _ := c.Combination(kind)
			g.Read(y, z, at, kind)
			for i := range y {
				if want := p*x1[i] + q*x0[i]; !near(y[i], want, 1e-11) {
					t.Errorf("t=%g %s[%d]: got %.14g want %.14g", at, kind.Name, i, y[i], want)
				}
			}
		}
	})
}

// At t = 0 the point is the noise (ddpm starts a little way along), at t = 1 it is
// the data and nothing is left to say of the noise: x̂0 = −σ ∇log p → 0, at the rate
// at which σ goes.
func TestNoiseAtTheEnds(t *testing.T) {
	m := bent()
	z := draw(20, m, engine.NewRand(2, 1))
	x0, score := engine.NewPoints(20), engine.NewPoints(20)
	for _, p := range path.All {
		g := New(m, p)
		if p.At(0).Alpha == 0 {
			g.Read(x0, z, 0, path.Noise)
			for i := range z {
				if !near(x0[i], z[i], 1e-15) {
					t.Errorf("%s noise at 0: got %g want %g", p.Name, x0[i], z[i])
				}
			}
		}
		g.Read(x0, z, 1, path.Noise)
		for i := range z {
			if x0[i] != 0 {
				t.Errorf("%s noise at 1: got %g want 0", p.Name, x0[i])
			}
		}
		const at = 1 - 1e-9
		g.Score(score, z, 1)
		g.Read(x0, z, at, path.Noise)
		for i := range z {
			if sigma := p.At(at).Sigma; !near(x0[i]/sigma, -score[i], 1e-5) {
				t.Errorf("%s noise/σ near 1: got %g want %g", p.Name, x0[i]/sigma, -score[i])
			}
		}
	}
}

// Wherever a run may stray, what is read is finite: a step from either end, and a
// million standard deviations off.
func TestReadingsAreFiniteEverywhere(t *testing.T) {
	z := engine.Points{0, 0, 1e-300, -1e-300, 1, -1, 30, 40, -1e3, 1e3, 1e6, 0, 0, -1e6, 7e5, -7e5}
	dst, num := engine.NewPoints(z.Len()), make([]float64, z.Len())
	for _, p := range path.All {
		for name, m := range map[string]*Mixture{"mixture": bent(), "points": cloud()} {
			for _, at := range []float64{0, 1e-300, 1e-12, 1e-3, 0.5, 0.999, 1 - 1e-12, 1} {
				if at == 1 && name == "points" {
					continue // there is nothing to read: it panics
				}
				g := New(m, p)
				check := func(what string, v []float64) {
					for i, x := range v {
						if math.IsNaN(x) || math.IsInf(x, 0) {
							t.Errorf("%s %s t=%g %s[%d]: got %g want a finite number", p.Name, name, at, what, i, x)
						}
					}
				}
				for _, kind := range path.Kinds {
					g.Read(dst, z, at, kind)
					check(kind.Name, dst)
				}
				g.LogDensity(num, z, at)
				check("log p", num)
				g.Divergence(num, z, at)
				check("divergence", num)
			}
		}
	}
}

// Far out a mixture is its widest component and a point set one Gaussian: the
// velocity is known, and must not drown in rounding.
func TestVelocityFarOut(t *testing.T) {
	const far = 1e6
	m := &Mixture{Weights: []float64{0.5, 0.5}, Means: engine.Points{-1, 0, 1, 0}, Covs: [][3]float64{{1, 0, 1}, {1, 0, 1}}}
	z, u := engine.Points{far, 0, -far, 0}, engine.NewPoints(2)
	for _, p := range path.All {
		for _, at := range []float64{1e-3, 0.1, 0.5, 0.9, 0.999} {
			t.Run(fmt.Sprintf("%s/t=%g", p.Name, at), func(t *testing.T) {
				c := p.At(at)
				New(m, p).Velocity(u, z, at)
				variance := c.Alpha*c.Alpha + c.Sigma*c.Sigma
				for i, side := range []float64{1, -1} {
					// P(far component) = 1/(1+e^(−2αz/C)) with mean tanh(αz/C).
					mean := side * math.Tanh(c.Alpha*far/variance)
					want := c.DAlpha*mean + (c.Alpha*c.DAlpha+c.SigmaDSigma)/variance*(z[2*i]-c.Alpha*mean)
					if !near(u[2*i], want, 1e-9) || u[2*i+1] != 0 {
						t.Errorf("got (%.12g, %g) want (%.12g, 0)", u[2*i], u[2*i+1], want)
					}
				}
			})
		}
	}
}
