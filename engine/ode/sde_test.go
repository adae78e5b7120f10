package ode

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/metric"
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

// far measures how far points are from samples of two at time t of the path, each
// in units in which the limits below are to be held:
//
//	mean, covariance: the largest of their entries' errors, in standard errors
//	energy:           the energy distance to as many exact points over its expectation
//	marginal:         the larger Kolmogorov distance
type far struct{ mean, covariance, energy, marginal float64 }

// Limits, and how often a perfect sample exceeds them: each entry of mean and
// covariance (5 of them) in 6·10⁻⁷ of all cases; the energy in at most 10⁻⁴, since
// a quadratic form of normal variables exceeds z² times its mean with probability
// 2Φ(−z) at most (Székely and Bakirov 2003), z = 3.9; each marginal (2 of them) in at
// most 2 exp(−2·2.7²) = 10⁻⁶.
var limits = far{5, 5, 3.9 * 3.9, 2.7}

func (f far) within(l far) bool {
	return f.mean <= l.mean && f.covariance <= l.covariance && f.energy <= l.energy && f.marginal <= l.marginal
}

// at draws n points of p_t.
func at(c path.Coeffs, n int, stream uint64) engine.Points {
	z, noise, rng := engine.NewPoints(n), engine.NewPoints(n), engine.NewRand(11, stream)
	two.Sample(z, rng)
	engine.Gaussian{}.Sample(noise, rng)
	for i := range z {
		z[i] = c.Alpha*z[i] + c.Sigma*noise[i]
	}
	return z
}

// distance compares z with the exact moments of p_t, with a fresh sample of it, and
// with its marginals. The points of the energy are the first 1,000.
func distance(z engine.Points, c path.Coeffs) (f far) {
	n, mean, cov := float64(z.Len()), two.Mean(), two.Cov()
	var sum [5][2]float64 // x, y, xx, xy, yy about the mean: sums and sums of squares
	for i := range z.Len() {
		x, y := z.At(i)
		x, y = x-c.Alpha*mean[0], y-c.Alpha*mean[1]
		for k, v := range []float64{x, y, x * x, x * y, y * y} {
			sum[k][0] += v
			sum[k][1] += v * v
		}
	}
	a2, s2 := c.Alpha*c.Alpha, c.Sigma*c.Sigma
	for k, want := range []float64{0, 0, a2*cov[0] + s2, a2 * cov[1], a2*cov[2] + s2} {
		m := sum[k][0] / n
		off := math.Abs(m-want) / math.Sqrt((sum[k][1]/n-m*m)/n)
		if k < 2 {
			f.mean = max(f.mean, off)
		} else {
			f.covariance = max(f.covariance, off)
		}
	}
	const few = 1000
	spread := math.Sqrt(2 * (a2*(cov[0]+cov[2]) + 2*s2)) // at least E‖X−X′‖
	f.energy = metric.EnergyV(z[:2*few], at(c, few, 3)) / (2. / few * spread)
	f.marginal = max(kolmogorov(z, 0, c), kolmogorov(z, 1, c))
	return f
}

// The marginals are those of the path whatever the noise, from the exact p_0: at
// t = 1/2 and t = 0.98, by mean, covariance, energy distance and marginals. For
// 24 comparisons the rates of [limits] sum up to 0.3 % of all seeds for which the
// test would fail without a mistake. Each of the four sees the error of 4 steps.
func TestMarginalsArePreserved(t *testing.T) {
	const n = 4000
	check := func(p path.Path, eta float64, steps int) (fars []far) {
		s, err := New(method(t, "sde"), exact.New(two, p), at(p.At(0), n, 1), Options{To: 1, Steps: steps, Path: p, Eta: eta, Rand: engine.NewRand(11, 2)})
		if err != nil {
			t.Fatal(err)
		}
		for s.Step() {
			if k := s.Steps(); k == steps/2 || k == steps*49/50 {
				fars = append(fars, distance(s.Z(), p.At(s.T())))
			}
		}
		return fars
	}
	for _, name := range []string{"linear", "vp", "ddpm"} {
		p, _ := path.Parse(name)
		for _, eta := range []float64{0, 0.25, 1, 2} {
			for _, f := range check(p, eta, 200) {
				if !f.within(limits) {
					t.Errorf("%s, η = %g: got distances %.2f want %.2f", name, eta, f, limits)
				}
			}
		}
	}
	f := check(path.All[0], 1, 4)[1]
	if !(f.mean > limits.mean && f.covariance > limits.covariance && f.energy > limits.energy && f.marginal > limits.marginal) {
		t.Errorf("got distances %.2f after 3 of 4 steps want more than %.2f each: the test sees nothing", f, limits)
	}
}
