package ode

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/path"
)

// Without noise it is Euler, bit for bit.
func TestNoNoiseIsEuler(t *testing.T) {
	for _, p := range path.All {
		f := exact.New(smooth, p)
		for _, g := range Grids {
			for _, span := range [][2]float64{{0, 1}, {0.8, 0.1}} {
				o := Options{From: span[0], To: span[1], Steps: 9, Grid: g, Path: p}
				sde, euler := run(t, method(t, "sde"), f, start, o), run(t, All[0], f, start, o)
				if !slices.Equal(sde.Z(), euler.Z()) || sde.NFE() != euler.NFE() {
					t.Errorf("%s, %s, %v: got %v for %d evaluations want %v for %d", p.Name, g.Name, span, sde.Z(), sde.NFE(), euler.Z(), euler.NFE())
				}
			}
		}
	}
}

// From α = 0, where g is infinite, so is the first step with noise.
func TestFirstStepOfNoiseIsEuler(t *testing.T) {
	p := path.All[1]
	o := Options{To: 1, Steps: 9, Path: p, Eta: 1, Rand: engine.NewRand(3, 4)}
	sde, err := New(method(t, "sde"), exact.New(smooth, p), start, o)
	if err != nil {
		t.Fatal(err)
	}
	euler, _ := New(All[0], exact.New(smooth, p), start, o)
	for k := 1; k <= 2; k++ {
		sde.Step()
		euler.Step()
		if same := slices.Equal(sde.Z(), euler.Z()); same != (k == 1) {
			t.Errorf("after step %d: got Euler's point is %v want %v", k, same, k == 1)
		}
	}
}

func TestSeedDecidesEveryBit(t *testing.T) {
	p := path.All[4]
	ends := map[uint64]engine.Points{}
	for _, seed := range []uint64{1, 2} {
		var first engine.Points
		for range 2 {
			s := run(t, method(t, "sde"), exact.New(smooth, p), start, Options{To: 1, Steps: 20, Path: p, Eta: 1, Rand: engine.NewRand(seed, 9)})
			if first != nil && !slices.Equal(s.Z(), first) {
				t.Errorf("seed %d: got %v and %v", seed, first, s.Z())
			}
			first = s.Z()
		}
		ends[seed] = first
	}
	if furthest(ends[1], ends[2]) < 1e-3 {
		t.Errorf("got %v from both seeds", ends[1])
	}
}

// One step of many copies of a point has the mean and the variance of the
// equation, the score taken from the closed form and not from the velocity: z +
// hv + |h|½g²∇log p and g²|h|, in either direction. Either is off by more than
// five standard errors for one seed in a million; there are 96 of them.
func TestOneStepOfNoise(t *testing.T) {
	const n, at = 20_000, 0.4
	z := engine.NewPoints(n)
	for i := range n {
		z.Set(i, 0.3, -0.8)
	}
	for k, p := range path.All {
		f := exact.New(smooth, p)
		v, score := engine.NewPoints(1), engine.NewPoints(1)
		f.Velocity(v, z[:2], at)
		f.Score(score, z[:2], at)
		c := p.At(at)
		for _, eta := range []float64{0.5, 1} {
			g2 := eta * 2 * (c.Sigma*c.Sigma*c.DAlpha/c.Alpha - c.Sigma*c.DSigma)
			for _, h := range []float64{0.05, -0.05} {
				s := run(t, method(t, "sde"), f, z, Options{From: at, To: at + h, Steps: 1, Path: p, Eta: eta, Rand: engine.NewRand(uint64(k), 5)})
				for j := range 2 {
					mean, square := 0.0, 0.0
					want := z[j] + h*v[j] + math.Abs(h)*g2/2*score[j]
					for i := j; i < 2*n; i += 2 {
						mean += (s.Z()[i] - want) / n
						square += (s.Z()[i] - want) * (s.Z()[i] - want) / n
					}
					what := fmt.Sprintf("%s, η = %g, h = %g", p.Name, eta, h)
					variance := g2 * math.Abs(h)
					near(t, what+": mean", mean, 0, 5*math.Sqrt(variance/n))
					near(t, what+": variance", square/variance, 1, 5*math.Sqrt(2./n))
				}
			}
		}
	}
}

// two has coordinates that are independent within each component.
var two = &exact.Mixture{
	Weights: []float64{0.3, 0.7},
	Means:   engine.Points{-1.5, 0.4, 0.7, -0.2},
	Covs:    [][3]float64{{0.1, 0, 0.3}, {0.2, 0, 0.05}},
}

// kolmogorov is √n times the largest gap between the distribution of coordinate
// j of the sample and that of two at time t of the path. A sample of the latter
// exceeds x with probability 2 exp(−2x²) at most (Dvoretzky, Kiefer, Wolfowitz;
// Massart 1990).
func kolmogorov(z engine.Points, j int, c path.Coeffs) (d float64) {
	var x []float64
	for i := j; i < len(z); i += 2 {
		x = append(x, z[i])
	}
	slices.Sort(x)
	n := float64(len(x))
	for i, v := range x {
		cdf := 0.0
		for k, w := range two.Weights {
			sd := math.Sqrt(c.Alpha*c.Alpha*two.Covs[k][2*j] + c.Sigma*c.Sigma)
			cdf += w * math.Erfc((c.Alpha*two.Means[2*k+j]-v)/sd/math.Sqrt2) / 2
		}
		d = max(d, cdf-float64(i)/n, float64(i+1)/n-cdf)
	}
	return d * math.Sqrt(n)
}

// The marginals are those of the path whatever the noise. 48 distances, each of
// which a perfect sample would hold with a chance of 2 exp(−2·2.7²) = 10⁻⁶ of
// failing: for one seed in 20,000 the test would fail without a mistake. That it
// can see one is shown by a run of 4 steps, whose error it finds.
func TestMarginalsArePreserved(t *testing.T) {
	const n, limit = 4000, 2.7
	z0 := engine.NewPoints(n)
	engine.Gaussian{}.Sample(z0, engine.NewRand(11, 1))
	worst := func(p path.Path, eta float64, steps int) (d float64) {
		s, err := New(method(t, "sde"), exact.New(two, p), z0, Options{To: 1, Steps: steps, Path: p, Eta: eta, Rand: engine.NewRand(11, 2)})
		if err != nil {
			t.Fatal(err)
		}
		for s.Step() {
			if k := s.Steps(); 4*k%steps == 0 && 4*k > steps { // t = 1/2, 3/4, 1
				d = max(d, kolmogorov(s.Z(), 0, p.At(s.T())), kolmogorov(s.Z(), 1, p.At(s.T())))
			}
		}
		return d
	}
	for _, name := range []string{"linear", "vp", "cubic", "ddpm"} {
		p, _ := path.Parse(name)
		for _, eta := range []float64{0, 1} {
			d := worst(p, eta, 256)
			if !(d <= limit) {
				t.Errorf("%s, η = %g: got a distance of %.2f/√n from the marginals want %g", name, eta, d, limit)
			}
		}
	}
	if d := worst(path.All[0], 1, 4); !(d > limit) {
		t.Errorf("got a distance of %.2f/√n after 4 steps: the test sees nothing", d)
	}
}
