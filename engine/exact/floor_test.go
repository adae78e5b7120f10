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

// The floor is the loss of the exact field: L_CFM(u) = E|u_t(z | x1) − u_t(z)|²/2.
func TestFloorIsLossOfExactField(t *testing.T) {
	for _, p := range path.All {
		for name, m := range map[string]*Mixture{"mixture": bent(), "points": cloud()} {
			floor, se := Floor(m, p, path.Velocity, 20000, engine.NewRand(4, 1))
			loss, lossSE := lossOfExactField(m, p)
			if math.Abs(floor-loss) > 4*math.Hypot(se, lossSE) {
				t.Errorf("%s %s: got floor %g ± %g want loss %g ± %g", p.Name, name, floor, se, loss, lossSE)
			}
		}
	}
}

func lossOfExactField(m *Mixture, p path.Path) (mean, stderr float64) {
	const times, n = 400, 50
	rng := engine.NewRand(9, 9)
	g, u := New(m, p), engine.NewPoints(n)
	var losses []float64
	for i := range times {
		c := p.At(p.TrainEnd * (float64(i) + rng.Float64()) / times)
		x1, x0, z := draw(n, m, rng), draw(n, engine.Gaussian{}, rng), engine.NewPoints(n)
		p.Interpolate(z, x0, x1, c.T)
		g.Velocity(u, z, c.T)
		sum := 0.0
		for j := range u {
			e := c.DAlpha*x1[j] + c.DSigma*x0[j] - u[j]
			sum += e * e
		}
		losses = append(losses, sum/2/n)
	}
	return meanOfStrata(losses)
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
