package exact

import (
	"math"
	"math/rand/v2"

	"fmlab/engine"
	"fmlab/engine/path"
)

// drawsPerTime is how many points share one time in Floor: enough to pay for the
// components at that time, few enough to keep the strata in t fine.
const drawsPerTime = 8

// Floor estimates the training loss of a perfect model that predicts the kind
// y = p x1 + q x0, with independent pairs and t uniform on [0, p.TrainEnd]:
//
//	floor = ½ E_t E_z Var(y | z_t = z) = ½ E_t (p − qα/σ)² E_z tr Cov(x1 | z_t = z)
//
// (½ for the mean over the two entries, as losses are printed). It is Monte Carlo
// over about n points z_t, a few for each of the equal strata in t; stderr is its
// standard error. The inner variance is exact, and computed without division by σ as
// Σ γ_k [(pσ − qα)² tr(Σ_k C_k⁻¹) + |y_k − y|²]: the variance within a component
// and that between the components' own predictions y_k.
func Floor(m *Mixture, p path.Path, kind path.Kind, n int, rng *rand.Rand) (floor, stderr float64) {
	g := New(m, p)
	means := make([]float64, max(2, n/drawsPerTime))
	x0, z := engine.NewPoints(drawsPerTime), engine.NewPoints(drawsPerTime)
	for s := range means {
		t := p.TrainEnd * (float64(s) + float64(rng.Float64())) / float64(len(means))
		c := p.At(min(t, 1-1e-12)) // a point set has no kernel at t = 1
		m.Sample(z, rng)
		engine.Gaussian{}.Sample(x0, rng)
		p.Interpolate(z, x0, z, c.T)
		g.prepare(c, read(c, kind))
		means[s] = g.meanVariance(z, c.Spread(kind))
	}
	return meanOfStrata(means)
}

// meanVariance returns the mean over z of ½ Var(y | z), d = pσ − qα.
func (g *Marginal) meanVariance(z engine.Points, d float64) float64 {
	sum := 0.0
	for i := range z.Len() {
		x, y := z.At(i)
		g.respond(x, y)
		ux, uy := g.average(x, y)
		for k, w := range g.gamma {
			if w != 0 {
				kx, ky := g.at[k].value(x, y)
				dx, dy := kx-ux, ky-uy
				sum += float64(w * (float64(d*d*g.at[k].spread) + float64(dx*dx) + float64(dy*dy)))
			}
		}
	}
	return sum / 2 / float64(z.Len())
}

// meanOfStrata returns the mean and its standard error from differences of
// neighbours, which holds the noise within the strata but not the trend across
// them (collapsed strata; Cochran, Sampling Techniques, §5A.12).
func meanOfStrata(f []float64) (mean, stderr float64) {
	var sum, squares float64
	for s, v := range f {
		sum += v
		if s > 0 {
			d := v - f[s-1]
			squares += float64(d * d)
		}
	}
	n := float64(len(f))
	return sum / n, math.Sqrt(squares / 2 / (n - 1) / n)
}
