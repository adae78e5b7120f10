package metric

import (
	"math/rand/v2"

	"fmlab/engine"
)

// NLL returns the mean negative log-likelihood in nats, −1/n Σ_i log p(x_i), of n
// points under a law p with the given log densities.
//
// Where p is a model and the points are data, its expectation is least for the
// perfect model, and then the entropy −E log p₁ of the data (Gibbs' inequality).
// Read the other way round, samples under the density of the data, it is no
// distance: a sampler that knows nothing but the mode scores below a perfect one.
// It is +Inf if a point is where p is 0, and NaN without points.
func NLL(logp []float64) float64 {
	sum := 0.0
	for _, l := range logp {
		sum += l
	}
	return -sum / float64(len(logp))
}

// NewNLLFloor returns the run of the floor of [NLL]: its value on fresh sets of n
// points of src, whose own log density in nats logp writes to dst. The median is
// near the entropy, and the spread falls as 1/√n. It draws from rng as it goes.
func NewNLLFloor(logp func(dst []float64, x engine.Points), src engine.Source, n, sets int, rng *rand.Rand) *FloorRun {
	x, l := engine.NewPoints(n), make([]float64, n)
	return &FloorRun{times: sets, score: func() float64 {
		src.Sample(x, rng)
		logp(l, x)
		return NLL(l)
	}}
}
