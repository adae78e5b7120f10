package exact

import (
	"math"
	"testing"

	"fmlab/engine"
	"fmlab/engine/path"
)

func pathNamed(t *testing.T, name string) path.Path {
	t.Helper()
	p, err := path.Parse(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// For one Gaussian N(μ, s²I) on the linear path the conditional variance does not
// depend on z, and its integral is ∫ s²/(t²s² + (1−t)²) dt = πs/2.
func TestFloorOfOneGaussian(t *testing.T) {
	for _, s := range []float64{0.1, 0.5, 1, 2} {
		m := &Mixture{Weights: []float64{1}, Means: engine.Points{0.3, -2}, Covs: [][3]float64{{s * s, 0, s * s}}}
		got, se := Floor(m, pathNamed(t, "linear"), path.Velocity, 4000, engine.NewRand(1, 1))
		if want := math.Pi * s / 2; math.Abs(got-want) > 4*se || se > 0.01*want {
			t.Errorf("s = %g: got %g ± %g want %g", s, got, se, want)
		}
	}
}

// On any path one Gaussian has the floor ½ ∫ D² tr(Σ C⁻¹) dt; here by quadrature.
func TestFloorByQuadrature(t *testing.T) {
	m := &Mixture{Weights: []float64{1}, Means: engine.Points{1, 1}, Covs: [][3]float64{{0.5, 0.2, 0.3}}}
	for _, p := range path.All {
		const n = 200000
		want := 0.0
		for i := range n {
			c := p.At(p.TrainEnd * (float64(i) + 0.5) / n)
			k := newComponent(m, 0)
			at := k.kernel(c.Alpha, c.Sigma, reading{})
			want += c.D() * c.D() * at.spread / 2 / n
		}
		got, se := Floor(m, p, path.Velocity, 8000, engine.NewRand(2, 1))
		if math.Abs(got-want) > 4*se {
			t.Errorf("%s: got %g ± %g want %g", p.Name, got, se, want)
		}
	}
}

// The floor is the loss of the exact reading, E|y(x1, x0) − y(z)|²/2, for every
// kind a network is trained to: two Monte Carlo estimates within 4 standard errors
// of each other. Of the 36 comparisons some fails once in 400 seeds.
func TestFloorIsLossOfExactReading(t *testing.T) {
	for _, p := range path.All {
		for name, m := range map[string]*Mixture{"mixture": bent(), "points": cloud()} {
			for _, kind := range path.Trainable {
				floor, se := Floor(m, p, kind, 20000, engine.NewRand(4, 1))
				loss, lossSE := lossOfExactReading(m, p, kind)
				if math.Abs(floor-loss) > 4*math.Hypot(se, lossSE) {
					t.Errorf("%s %s %s: got floor %g ± %g want loss %g ± %g", p.Name, name, kind.Name, floor, se, loss, lossSE)
				}
			}
		}
	}
}

func lossOfExactReading(m *Mixture, p path.Path, kind path.Kind) (mean, stderr float64) {
	const times, n = 400, 50
	rng := engine.NewRand(9, 9)
	g, y := New(m, p), engine.NewPoints(n)
	var losses []float64
	for i := range times {
		c := p.At(p.TrainEnd * (float64(i) + rng.Float64()) / times)
		x1, x0, z := draw(n, m, rng), draw(n, engine.Gaussian{}, rng), engine.NewPoints(n)
		p.Interpolate(z, x0, x1, c.T)
		g.Read(y, z, c.T, kind)
		a, b, _ := c.Combination(kind)
		sum := 0.0
		for j := range y {
			e := a*x1[j] + b*x0[j] - y[j]
			sum += e * e
		}
		losses = append(losses, sum/2/n)
	}
	return meanOfStrata(losses)
}

// Given z all kinds have the same uncertainty in other units:
// Var(y | z) = (p − qα/σ)² Var(x1 | z), so velocity : data : noise = D² : σ² : α².
func TestVariancesOfKinds(t *testing.T) {
	each(t, func(t *testing.T, g *Marginal, z engine.Points, at float64) {
		c := g.path.At(at)
		of := func(kind path.Kind) float64 {
			g.prepare(c, read(c, kind))
			return g.meanVariance(z, c.Spread(kind))
		}
		data := of(path.Data)
		if !(data > 0) {
			t.Fatalf("t=%g: got variance %g of the data want some", at, data)
		}
		for _, k := range []struct {
			kind   path.Kind
			factor float64
		}{{path.Velocity, c.D()}, {path.Noise, c.Alpha}} {
			if got, want := of(k.kind), data*(k.factor/c.Sigma)*(k.factor/c.Sigma); !near(got/want, 1, 1e-9) {
				t.Errorf("t=%g %s: got %.14g want %.14g", at, k.kind.Name, got, want)
			}
		}
	})
}

// A point set is the limit of a mixture whose extent goes to 0.
func TestFloorOfPointsIsALimit(t *testing.T) {
	thin := cloud()
	for range thin.Weights {
		thin.Covs = append(thin.Covs, [3]float64{1e-12, 0, 1e-12})
	}
	for _, p := range path.All {
		for _, kind := range path.Trainable {
			want, _ := Floor(cloud(), p, kind, 800, engine.NewRand(1, 1))
			got, _ := Floor(thin, p, kind, 800, engine.NewRand(1, 1))
			if !near(got, want, 1e-3) {
				t.Errorf("%s %s: got %g want %g", p.Name, kind.Name, got, want)
			}
		}
	}
}

// The stated error is the spread of repeated estimates.
func TestFloorError(t *testing.T) {
	const runs = 60
	p := pathNamed(t, "vp")
	var estimates, errors []float64
	for seed := range runs {
		f, se := Floor(bent(), p, path.Velocity, 800, engine.NewRand(uint64(seed), 1))
		estimates, errors = append(estimates, f), append(errors, se)
	}
	_, se := meanAndError(estimates)
	spread := se * math.Sqrt(runs)
	stated, _ := meanAndError(errors)
	if ratio := stated / spread; ratio < 0.7 || ratio > 1.5 {
		t.Errorf("got stated error %g against spread %g", stated, spread)
	}
}

// The floor of a file as the lab asks for it: 2,000 draws, 4,000 points.
func BenchmarkFloorOfPoints(b *testing.B) {
	m := Points(draw(4000, bent(), engine.NewRand(1, 1)))
	for b.Loop() {
		Floor(m, path.All[0], path.Velocity, 2000, engine.NewRand(1, 1))
	}
}
