package lab

import (
	"fmt"
	"math"

	"fmlab/engine"
	"fmlab/engine/density"
)

// Points and draws of random signs that Hutchinson's estimate is judged by.
const signPoints, signDraws = 32, 8

// hutchinson compares log densities by Hutchinson's estimate of the divergence with
// those by the divergence itself, at the same points. Advance it with Step, then
// look.
type hutchinson struct {
	flow  Flow
	x     engine.Points
	seed  uint64
	exact *Likelihood
	draw  *Likelihood // under way
	drawn int
	diff  []float64 // estimate − exact, of every draw and point
}

func newHutchinson(f Flow, x engine.Points, seed uint64) *hutchinson {
	return &hutchinson{flow: f, x: x, seed: seed, exact: NewLikelihood(f, x)}
}

// Step does a little of it; false when all is measured, or on error.
func (h *hutchinson) Step() bool {
	switch {
	case h.exact.Step():
		return true
	case h.exact.Err() != nil || h.drawn == signDraws:
		return false
	case h.draw == nil:
		h.draw = NewLikelihood(h.flow, h.x)
		h.draw.Signs = engine.NewPoints(h.x.Len())
		density.Signs(h.draw.Signs, engine.NewRand(h.seed, streamSigns+uint64(h.drawn)))
	}
	if h.draw.Step() {
		return true
	}
	if h.draw.Err() != nil {
		return false
	}
	for i, l := range h.draw.LogP {
		h.diff = append(h.diff, l-h.exact.LogP[i])
	}
	h.draw, h.drawn = nil, h.drawn+1
	return true
}

// stats are the mean and the standard deviation of the difference, in nats; h may
// be nil.
func (h *hutchinson) stats() []Stat {
	mean, sd := math.NaN(), math.NaN()
	if h != nil && h.drawn == signDraws {
		mean, sd = meanSD(h.diff)
	}
	note := fmt.Sprintf("log p, estimate less exact, in nats: %d draws of signs at each of %d points", signDraws, signPoints)
	return []Stat{
		plain("hutchinson_mean", "Hutchinson, mean difference", mean, note),
		plain("hutchinson_sd", "Hutchinson, standard deviation", sd, note),
	}
}

// meanSD returns the mean of the values and their standard deviation about it.
func meanSD(v []float64) (mean, sd float64) {
	for _, x := range v {
		mean += x / float64(len(v))
	}
	for _, x := range v {
		sd += (x - mean) * (x - mean) / float64(len(v)-1)
	}
	return mean, math.Sqrt(sd)
}
