package lab

import (
	"fmt"
	"strconv"
	"time"
)

// ways are the samplers of the two kinds: the same rule for the ODE of either, and
// the reverse SDE. For every one the better of two time grids counts.
var ways = []struct{ arm, kind, solver string }{
	{"flow matching, Euler", "flow matching", "euler"},
	{"flow matching, dpm++2m", "flow matching", "dpm++2m"},
	{"diffusion, SDE", "diffusion", "sde"},
	{"diffusion, Euler", "diffusion", "euler"},
	{"diffusion, dpm++2m", "diffusion", "dpm++2m"},
}

var flowFewer = Claim{
	Name:      "fewer-than-diffusion",
	Statement: "Flow matching needs fewer steps than diffusion",
	Source:    thumb,
	Measure: "sliced W2 between samples and fresh data at one NFE, in standard deviations of the data, each sampler on the better of the uniform and the λ grid; " +
		"diffusion is noise prediction on ddpm, by the reverse SDE and by the ODE of the same marginals",
	Takes:   90 * time.Second,
	Iters:   2000,
	Factors: []string{"data", "NFE"},
	budget:  fmt.Sprintf("two networks a data set, trained {iters} iterations alike, %d samples", fullScale.scored),
	axis:    true,
	questions: []question{
		{says: "flow matching by Euler is nearer than diffusion by its SDE", unit: "sliced W2", margin: func(a arms) float64 { return a("diffusion, SDE") - a("flow matching, Euler") }},
		{says: "flow matching by Euler is nearer than diffusion by Euler", unit: "sliced W2", margin: func(a arms) float64 { return a("diffusion, Euler") - a("flow matching, Euler") }},
		{says: "flow matching by dpm++2m is nearer than diffusion by dpm++2m", unit: "sliced W2", margin: func(a arms) float64 { return a("diffusion, dpm++2m") - a("flow matching, dpm++2m") }},
	},
	hear: func(c *court) error {
		for i, data := range []string{"moons", "8gaussians"} {
			score, err := c.score(c.target(c.setup(data, "linear")))
			if err != nil {
				return err
			}
			flows := map[string]Flow{}
			for k, kind := range kinds {
				c.part(4*i+k, 8)
				s := c.setup(data, kind.path)
				s.Predict = kind.predict
				m, err := c.learn(s)
				if err != nil {
					return err
				}
				flows[kind.name] = LearnedFlow(m)
			}
			for k, nfe := range []int{4, 8, 16, 32} {
				c.part(16*i+8+2*k, 32)
				for _, way := range ways {
					f := flows[way.kind]
					s := c.setup(data, f.Path.Name)
					s.Solver, s.NFE = way.solver, nfe
					if f.End < 1 {
						s.NFE-- // the finish costs one
					}
					if err := score.best(way.arm, f, s, data, strconv.Itoa(nfe)); err != nil {
						return err
					}
				}
			}
		}
		return nil
	},
}
