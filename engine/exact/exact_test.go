package exact

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"fmlab/engine"
	"fmlab/engine/path"
)

// bent is a mixture with nothing special about it: unequal weights, off-centre,
// correlated, one component nearly flat.
func bent() *Mixture {
	return &Mixture{
		Weights: []float64{0.2, 0.5, 0.3},
		Means:   engine.Points{-1, 0.5, 0.75, -0.25, 0.5, 1.5},
		Covs:    [][3]float64{{0.3, 0.1, 0.2}, {0.05, -0.02, 0.4}, {0.5, 0.49, 0.5}},
	}
}

// cloud is a mixture of bare points.
func cloud() *Mixture {
	return Points(engine.Points{-1, 0, 1, 0.5, 0.2, -0.7, 0.3, 1.1, -0.4, -1.2})
}

func draw(n int, s engine.Source, rng *rand.Rand) engine.Points {
	p := engine.NewPoints(n)
	s.Sample(p, rng)
	return p
}

func near(got, want, tol float64) bool {
	return math.Abs(got-want) <= tol*(1+math.Abs(want))
}

// each runs f on every path, both kinds of mixture and random times and points.
func each(t *testing.T, f func(t *testing.T, g *Marginal, z engine.Points, at float64)) {
	for _, p := range path.All {
		for name, m := range map[string]*Mixture{"mixture": bent(), "points": cloud()} {
			t.Run(fmt.Sprintf("%s/%s", p.Name, name), func(t *testing.T) {
				rng := engine.NewRand(3, 1)
				for range 10 {
					at := 0.05 + 0.85*rng.Float64()
					z := draw(8, m, rng)
					p.Interpolate(z, draw(8, engine.Gaussian{}, rng), z, at)
					f(t, New(m, p), z, at)
				}
			})
		}
	}
}

func TestScoreIsGradientOfLogDensity(t *testing.T) {
	each(t, func(t *testing.T, g *Marginal, z engine.Points, at float64) {
		score := engine.NewPoints(z.Len())
		g.Score(score, z, at)
		for i := range z {
			got := score[i]
			want := slope(1e-4, func(h float64) float64 { return logp(g, moved(z, i, h), at)[i/2] })
			if !near(got, want, 1e-7) {
				t.Errorf("t=%g z[%d]: got %.10g want %.10g", at, i, got, want)
			}
		}
	})
}

func TestDivergenceIsTraceOfJacobian(t *testing.T) {
	each(t, func(t *testing.T, g *Marginal, z engine.Points, at float64) {
		div := make([]float64, z.Len())
		g.Divergence(div, z, at)
		for i := range div {
			want := trace(g, z, i, at)
			if !near(div[i], want, 1e-6) {
				t.Errorf("t=%g z[%d]: got %.10g want %.10g", at, i, div[i], want)
			}
		}
	})
}

// ∂_t log p + u·∇log p + ∇·u = 0: the field transports the density.
func TestContinuityEquation(t *testing.T) {
	each(t, func(t *testing.T, g *Marginal, z engine.Points, at float64) {
		u, s := engine.NewPoints(z.Len()), engine.NewPoints(z.Len())
		g.Velocity(u, z, at)
		g.Score(s, z, at)
		for i := range z.Len() {
			dt := slope(1e-4, func(h float64) float64 { return logp(g, z, at+h)[i] })
			along := u[2*i]*s[2*i] + u[2*i+1]*s[2*i+1]
			div := trace(g, z, i, at)
			if scale := math.Abs(dt) + math.Abs(along) + math.Abs(div); math.Abs(dt+along+div) > 1e-6*(1+scale) {
				t.Errorf("t=%g z[%d]: got ∂_t log p %g + u·∇log p %g + ∇·u %g want 0", at, i, dt, along, div)
			}
		}
	})
}

// slope is a fourth-order central difference at 0.
func slope(h float64, f func(float64) float64) float64 {
	return (8*(f(h)-f(-h)) - (f(2*h) - f(-2*h))) / (12 * h)
}

func moved(z engine.Points, i int, h float64) engine.Points {
	z = z.Clone()
	z[i] += h
	return z
}

func logp(g *Marginal, z engine.Points, t float64) []float64 {
	dst := make([]float64, z.Len())
	g.LogDensity(dst, z, t)
	return dst
}

func trace(g *Marginal, z engine.Points, i int, t float64) (sum float64) {
	for k := 2 * i; k < 2*i+2; k++ {
		sum += slope(1e-4, func(h float64) float64 {
			dst := engine.NewPoints(z.Len())
			g.Velocity(dst, moved(z, k, h), t)
			return dst[k]
		})
	}
	return sum
}

// u = α̇ x̂1 + σ̇ (z − α x̂1)/σ = α̇ x̂1 − σσ̇ score.
func TestReadingsAgree(t *testing.T) {
	each(t, func(t *testing.T, g *Marginal, z engine.Points, at float64) {
		c := g.path.At(at)
		n := z.Len()
		u, x1, s := engine.NewPoints(n), engine.NewPoints(n), engine.NewPoints(n)
		g.Velocity(u, z, at)
		g.Data(x1, z, at)
		g.Score(s, z, at)
		for i := range z {
			if want := c.DAlpha*x1[i] + c.DSigma*(z[i]-c.Alpha*x1[i])/c.Sigma; !near(u[i], want, 1e-11) {
				t.Errorf("t=%g from x1: got %g want %g", at, u[i], want)
			}
			if want := c.DAlpha*x1[i] - c.SigmaDSigma*s[i]; !near(u[i], want, 1e-11) {
				t.Errorf("t=%g from score: got %g want %g", at, u[i], want)
			}
		}
	})
}

func TestNoiseEnd(t *testing.T) {
	for _, m := range []*Mixture{bent(), cloud()} {
		z := draw(20, engine.Gaussian{}, engine.NewRand(1, 1))
		dst, mean := engine.NewPoints(20), m.Mean()
		for _, p := range path.All {
			c := p.At(0)
			if c.Alpha != 0 {
				continue // ddpm starts a little way along
			}
			New(m, p).Velocity(dst, z, 0)
			for i := range dst {
				if want := c.DAlpha*mean[i%2] + c.SigmaDSigma*z[i]; !near(dst[i], want, 1e-14) {
					t.Errorf("%s velocity at 0: got %g want %g", p.Name, dst[i], want)
				}
			}
			New(m, p).Data(dst, z, 0)
			for i := range dst {
				if !near(dst[i], mean[i%2], 1e-14) {
					t.Errorf("%s x1 at 0: got %g want %g", p.Name, dst[i], mean[i%2])
				}
			}
		}
	}
}

func TestDataEnd(t *testing.T) {
	m := bent()
	z := draw(20, m, engine.NewRand(1, 1))
	z = append(z, 1e3, -1e3) // far from every component
	u, x1, s := engine.NewPoints(z.Len()), engine.NewPoints(z.Len()), engine.NewPoints(z.Len())
	for _, p := range path.All {
		g, c := New(m, p), p.At(1)
		if g.End() != 1 {
			t.Fatalf("%s End: got %g want 1", p.Name, g.End())
		}
		g.Velocity(u, z, 1)
		g.Data(x1, z, 1)
		g.Score(s, z, 1)
		l := logp(g, z, 1)
		for i := range z {
			if x1[i] != z[i] {
				t.Errorf("%s x1 at 1: got %g want %g", p.Name, x1[i], z[i])
			}
			if want := c.DAlpha*z[i] - c.SigmaDSigma*s[i]; !near(u[i], want, 1e-11) {
				t.Errorf("%s velocity at 1: got %g want %g", p.Name, u[i], want)
			}
			if x, y := z.At(i / 2); !near(l[i/2], m.LogDensity(x, y), 1e-12) {
				t.Errorf("%s log p_1: got %g want %g", p.Name, l[i/2], m.LogDensity(x, y))
			}
		}
		// The limit is approached: a step before the end changes little.
		before := engine.NewPoints(z.Len())
		g.Data(before, z, 1-1e-9)
		for i := range z {
			if !near(before[i], z[i]/p.At(1-1e-9).Alpha, 1e-5) {
				t.Errorf("%s x1 near 1: got %g want %g", p.Name, before[i], z[i])
			}
		}
	}
}

func TestPointsEnd(t *testing.T) {
	m := cloud()
	for _, p := range path.All {
		g := New(m, p)
		if g.End() != 1-1e-3 {
			t.Errorf("%s End: got %g want 0.999", p.Name, g.End())
		}
		// Beside a data point, the data prediction is that point.
		z, x1 := m.Means.Clone(), engine.NewPoints(m.Means.Len())
		c := p.At(g.End())
		for i := range z {
			z[i] = c.Alpha*z[i] + 0.5*c.Sigma
		}
		g.Data(x1, z, g.End())
		for i := range x1 {
			if !near(x1[i], m.Means[i], 1e-9) {
				t.Errorf("%s x1 at End: got %g want %g", p.Name, x1[i], m.Means[i])
			}
		}
		if msg := panicOf(func() { g.Velocity(x1, z, 1) }); msg == "" {
			t.Errorf("%s velocity of points at t = 1: got no panic", p.Name)
		}
	}
}

func panicOf(f func()) (msg string) {
	defer func() {
		if r := recover(); r != nil {
			msg = fmt.Sprint(r)
		}
	}()
	f()
	return ""
}

// A solver that blew up must see it.
func TestNotANumberPassesThrough(t *testing.T) {
	z := engine.Points{math.NaN(), 0, 0, 1e300}
	for name, m := range map[string]*Mixture{"mixture": bent(), "points": cloud()} {
		g, dst := New(m, path.All[0]), engine.NewPoints(2)
		g.Velocity(dst, z, 0.5)
		for i, v := range dst {
			if !math.IsNaN(v) {
				t.Errorf("%s velocity[%d] at %v: got %g want NaN", name, i, z, v)
			}
		}
		if l := logp(g, z, 0.5); !math.IsNaN(l[0]) || !math.IsInf(l[1], -1) {
			t.Errorf("%s log p at %v: got %v want NaN, -Inf", name, z, l)
		}
	}
}

// E u_t(z_t) = α̇ E x1.
func TestMeanVelocity(t *testing.T) {
	const n = 20000
	m := bent()
	mean := m.Mean()
	for _, p := range path.All {
		rng := engine.NewRand(5, 2)
		z, u := draw(n, m, rng), engine.NewPoints(n)
		p.Interpolate(z, draw(n, engine.Gaussian{}, rng), z, 0.6)
		New(m, p).Velocity(u, z, 0.6)
		for d := range 2 {
			got, se := meanAndError(every(u, d))
			if want := p.At(0.6).DAlpha * mean[d]; math.Abs(got-want) > 4*se {
				t.Errorf("%s coordinate %d: got %g want %g ± %g", p.Name, d, got, want, se)
			}
		}
	}
}

func every(p engine.Points, d int) (v []float64) {
	for i := d; i < len(p); i += 2 {
		v = append(v, p[i])
	}
	return v
}

func meanAndError(v []float64) (mean, stderr float64) {
	for _, x := range v {
		mean += x / float64(len(v))
	}
	for _, x := range v {
		stderr += (x - mean) * (x - mean)
	}
	return mean, math.Sqrt(stderr) / float64(len(v))
}

func TestNoAllocation(t *testing.T) {
	g := New(bent(), path.All[0])
	z := draw(50, bent(), engine.NewRand(1, 1))
	dst, num := engine.NewPoints(50), make([]float64, 50)
	for name, f := range map[string]func(){
		"Velocity":   func() { g.Velocity(dst, z, 0.5) },
		"Data":       func() { g.Data(dst, z, 0.5) },
		"Score":      func() { g.Score(dst, z, 0.5) },
		"LogDensity": func() { g.LogDensity(num, z, 0.5) },
		"Divergence": func() { g.Divergence(num, z, 0.5) },
	} {
		if got := testing.AllocsPerRun(10, f); got != 0 {
			t.Errorf("%s: got %g allocations a call want 0", name, got)
		}
	}
}

// 2,000 points against 100 components, the size of a screen.
func BenchmarkVelocity(b *testing.B) {
	m := &Mixture{Weights: make([]float64, 100), Means: draw(100, engine.Gaussian{}, engine.NewRand(1, 1)), Covs: make([][3]float64, 100)}
	for k := range m.Weights {
		m.Weights[k], m.Covs[k] = 0.01, [3]float64{0.01, 0, 0.01}
	}
	z, dst := draw(2000, engine.Gaussian{}, engine.NewRand(1, 2)), engine.NewPoints(2000)
	g := New(m, path.All[0])
	for _, t := range []float64{0, 0.5, 0.95} {
		b.Run(fmt.Sprintf("t=%g", t), func(b *testing.B) {
			for b.Loop() {
				g.Velocity(dst, z, t)
			}
		})
	}
}
