package lab

import (
	"fmt"
	"math"
	"slices"
	"time"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/libm"
	"fmlab/engine/nn"
)

// Claims on diffusion. The diffusion here is the real one: a network that predicts
// the noise on ddpm, sampled by the reverse SDE or by the ODE of the same
// marginals.

// kinds are the two ways to train a flow on the same data, network and budget.
var kinds = []struct{ name, path, predict string }{
	{"flow matching", "linear", "velocity"},
	{"diffusion", "ddpm", "noise"},
}

// modesData has eight even modes: diversity is measured on it.
const modesData = "8gaussians"

var diversity = Claim{
	Name:      "diversity",
	Statement: "Diffusion's stochasticity buys diversity",
	Source:    thumb + ", " + source,
	Measure: "entropy, in nats, of the histogram of samples over the modes they are nearest to, and sliced W2 to fresh data; " +
		"the SDE with noise dial 1 against the ODE, by Euler with 100 NFE each from the same noise",
	Takes:   60 * time.Second,
	Iters:   2000,
	Factors: []string{"model", "state"},
	budget: fmt.Sprintf("%s; the exact field, a network trained {iters} iterations, one trained a twentieth of that, "+
		"and the first with noise of a tenth on every weight; %d samples", modesData, fullScale.scored),
	questions: []question{
		{says: "the SDE's samples are more diverse", unit: "nats", margin: func(a arms) float64 { return a("SDE, entropy") - a("ODE, entropy") }},
		{says: "the SDE's samples are nearer to the data", unit: "sliced W2", aside: true, margin: func(a arms) float64 { return a("ODE, distance") - a("SDE, distance") }},
	},
	hear: func(c *court) error {
		target := c.target(c.setup(modesData, "linear"))
		score, err := c.score(target)
		if err != nil {
			return err
		}
		full := entropy(score.scorer.fresh, target.Mixture)
		for i, kind := range kinds {
			s := c.setup(modesData, kind.path)
			s.Predict, s.Solver, s.NFE = kind.predict, "sde", 100
			flows, err := c.states(s, i)
			if err != nil {
				return err
			}
			for k, f := range flows {
				c.part(6*i+4, 12)
				for j, arm := range []string{"ODE", "SDE"} {
					s.Eta = float64(j)
					state := []string{"exact", "well trained", "hardly trained", "damaged"}[k]
					z, err := score.say(arm+", distance", f, s, kind.name, state)
					if err != nil {
						return err
					}
					c.sayFloored(arm+", entropy", entropy(z, target.Mixture), full, kind.name, state)
				}
			}
		}
		return nil
	},
}

// damage is how far weights are moved, as a part of themselves.
const damage = 0.1

// states returns a flow in closed form, well trained, hardly trained and damaged.
func (c *court) states(s Setup, i int) ([]Flow, error) {
	c.part(3*i, 6)
	good, err := c.learn(s)
	if err != nil {
		return nil, err
	}
	short := s
	short.Iters = max(1, s.Iters/20)
	c.part(3*i+1, 6)
	poor, err := c.learn(short)
	if err != nil {
		return nil, err
	}
	return []Flow{c.exact(s), LearnedFlow(good), LearnedFlow(poor), LearnedFlow(c.damaged(good))}, nil
}

// damaged is a model whose every weight is off by some part of itself.
func (c *court) damaged(m *Model) *Model {
	rng := engine.NewRand(c.seed, streamNet)
	layers := m.Net.Layers()
	for i := range layers {
		layers[i].Weight = slices.Clone(layers[i].Weight)
		for k := range layers[i].Weight {
			layers[i].Weight[k] *= 1 + float64(damage*engine.Normal(rng))
		}
	}
	net, err := nn.FromLayers(m.Net.Config().Act, layers)
	if err != nil {
		panic("lab: " + err.Error())
	}
	worse := *m
	worse.Net = net
	return &worse
}

// entropy is −Σ h log h of the histogram of points over the components of a mixture
// that they are nearest to. It is NaN without points.
func entropy(z engine.Points, m *exact.Mixture) (nats float64) {
	if z.Len() == 0 {
		return math.NaN()
	}
	h := make([]float64, m.Means.Len())
	for i := range z.Len() {
		h[nearest(z[2*i], z[2*i+1], m.Means)] += 1 / float64(z.Len())
	}
	for _, p := range h {
		if p > 0 {
			nats -= float64(p * libm.Log(p))
		}
	}
	return nats
}

// nearest returns the point of a set that is nearest to (x, y).
func nearest(x, y float64, set engine.Points) (index int) {
	best := math.Inf(1)
	for k := range set.Len() {
		if d := libm.Hypot(x-set[2*k], y-set[2*k+1]); d < best {
			index, best = k, d
		}
	}
	return index
}
