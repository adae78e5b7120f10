package lab

import (
	"fmt"
	"strconv"
	"time"

	"fmlab/engine/exact"
	"fmlab/engine/train"
)

// Claims on training.

// budgets are two numbers of iterations, each trained to its own end.
func (c *court) budgets() []int { return []int{c.iters / 5, c.iters} }

var vpFaster = Claim{
	Name:      "vp-faster",
	Statement: "VP schedules often train faster",
	Source:    thumb + ", " + source,
	Measure: "sliced W2 between samples and fresh data after the same iterations, in standard deviations of the data; sampled by RK4 with 64 NFE, " +
		"so that the solver hardly matters; losses are not compared, since their floors differ",
	Takes:   90 * time.Second,
	Iters:   1500,
	Factors: []string{"data", "iterations"},
	budget:  fmt.Sprintf("networks that predict the velocity, trained {iters} iterations and a fifth of that, %d samples", fullScale.scored),
	questions: []question{
		{says: "vp is nearer to the data than linear", unit: "sliced W2", margin: func(a arms) float64 { return a("linear") - a("vp") }},
		{says: "ddpm is nearer to the data than linear", unit: "sliced W2", margin: func(a arms) float64 { return a("linear") - a("ddpm") }},
	},
	hear: func(c *court) error {
		for i, data := range []string{"moons", "8gaussians"} {
			score, err := c.score(c.target(c.setup(data, "linear")))
			if err != nil {
				return err
			}
			for j, iters := range c.budgets() {
				for k, on := range []string{"linear", "vp", "ddpm"} {
					c.part(6*i+3*j+k, 12)
					s := c.setup(data, on)
					s.Iters, s.Solver, s.NFE = iters, "rk4", 64
					m, err := c.learn(s)
					if err != nil {
						return err
					}
					if _, err := score.say(on, LearnedFlow(m), s, data, strconv.Itoa(iters)); err != nil {
						return err
					}
				}
			}
		}
		return nil
	},
}

var conditionalTarget = Claim{
	Name:      "conditional-target",
	Statement: "Use the conditional target, not the marginal one",
	Source:    source + ", a pitfall",
	Measure: "field error: the mean square of the learned velocity minus the exact one, after training on the velocity of the pair drawn, " +
		"or on the true mean of all pairs that meet in z, with the same pairs, times and first weights",
	Takes:   70 * time.Second,
	Iters:   1500,
	Factors: []string{"data", "iterations"},
	budget:  "networks on the linear path, trained {iters} iterations and a fifth of that",
	questions: []question{
		{says: "the conditional target leaves less field error", unit: "decades", margin: func(a arms) float64 { return decades(a("marginal"), a("conditional")) }},
		{says: "the conditional target ends at the lower loss", unit: "loss", aside: true, margin: func(a arms) float64 { return a("loss, marginal") - a("loss, conditional") }},
	},
	hear: func(c *court) error {
		for i, data := range []string{"moons", "8gaussians"} {
			s := c.setup(data, "linear")
			t := c.target(s)
			truth := exact.New(t.Mixture, pathOn(s))
			w, err := c.witness(s, t)
			if err != nil {
				return err
			}
			for j, iters := range c.budgets() {
				for k, arm := range []string{"conditional", "marginal"} {
					c.part(4*i+2*j+k, 8)
					teacher := []train.Teacher{nil, truth}[k]
					s.Iters = iters
					all, err := c.train(s, t, teacher, 0)
					if err != nil {
						return err
					}
					c.say(arm, w.fieldError(LearnedFlow(all[0].Model)), data, strconv.Itoa(iters))
					c.say("loss, "+arm, all[0].loss, data, strconv.Itoa(iters))
				}
			}
		}
		return nil
	},
}

// Bounds of the claim that the loss hides what is learned.
const mostFall, leastFall = 0.2, 0.5

var lossHides = Claim{
	Name:      "loss-hides",
	Statement: "The loss hardly falls while the field still gets much better",
	Source:    "found in this lab",
	Measure: "between a sixteenth of the training and its end, on the same pairs: the parts of the loss and of the field error that are gone; " +
		fmt.Sprintf("“hardly” is less than %g, “much” is more than %g", mostFall, leastFall),
	Takes:   45 * time.Second,
	Iters:   2000,
	Factors: []string{"data", "path"},
	budget:  fmt.Sprintf("one network trained {iters} iterations, judged at %d places", witnessTimes*witnessPoints),
	questions: []question{
		{says: "the loss hardly falls", unit: "part", margin: func(a arms) float64 { return mostFall - (1 - a("loss, late")/a("loss, early")) }},
		{says: "the field error falls by much", unit: "part", margin: func(a arms) float64 { return 1 - a("field error, late")/a("field error, early") - leastFall }},
	},
	hear: func(c *court) error {
		for i, at := range [][2]string{{"moons", "linear"}, {"moons", "vp"}, {"8gaussians", "linear"}} {
			c.part(i, 3)
			s := c.setup(at[0], at[1])
			t := c.target(s)
			w, err := c.witness(s, t)
			if err != nil {
				return err
			}
			all, err := c.train(s, t, nil, s.Iters/16)
			if err != nil {
				return err
			}
			for k, when := range []string{"early", "late"} {
				f := LearnedFlow(all[k].Model)
				c.say("loss, "+when, w.loss(f), at[0], at[1])
				c.say("field error, "+when, w.fieldError(f), at[0], at[1])
			}
		}
		return nil
	},
}

// witness knows the truth at the places where the fields of a setup are judged.
func (c *court) witness(s Setup, t *Target) (*witness, error) {
	p := pathOn(s)
	w := newWitness(exact.New(t.Mixture, p), t, p, s.Seed)
	for w.Step() {
		if err := c.tick(); err != nil {
			return nil, err
		}
	}
	return w, nil
}
