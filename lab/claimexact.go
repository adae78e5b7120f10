package lab

import (
	"fmt"
	"strconv"
	"time"

	"fmlab/engine"
	"fmlab/engine/libm"
	"fmlab/engine/metric"
)

// Claims that are theorems, and near ones: what is equal is so to rounding, or to
// the tolerance of a solver.

// allData are the sets that theorems are tried on.
var allData = []string{"moons", "8gaussians", "checkerboard"}

// asGoodAsEqual is the RMS difference that passes for none where only rounding is in it.
const asGoodAsEqual = 1e-9

var oneStep = Claim{
	Name:      "one-euler-step",
	Statement: "One Euler step on the linear path sends every noise point to the data mean",
	Source:    "theorem: u_0(z) = E[x1] − z",
	Measure:   fmt.Sprintf("RMS distance of the ends from the mean of the data; below %g is none; the other paths beside it", asGoodAsEqual),
	Takes:     time.Second,
	Factors:   []string{"data"},
	budget:    fmt.Sprintf("exact fields, %d noise points", fullScale.scored),
	questions: []question{{says: "the ends on linear are the mean", unit: "decades", margin: func(a arms) float64 { return equalTo(a("linear"), asGoodAsEqual) }}},
	hear: func(c *court) error {
		for i, data := range allData {
			c.part(i, len(allData))
			for _, on := range []string{"linear", "vp", "cubic", "ddpm"} {
				s := c.setup(data, on)
				s.Solver, s.NFE = "euler", 1
				f, z0 := c.exact(s), Noise(c.scored, c.seed)
				mean := z0.Clone()
				for k := range mean {
					mean[k] = f.Mean[k%2]
				}
				rms, err := c.error(f, s, z0, mean)
				if err != nil {
					return err
				}
				c.say(on, rms, data)
			}
		}
		return nil
	},
}

// sameEnd is the RMS difference that passes for none between two maps, each
// integrated to the tolerance of the references.
const sameEnd = 1e-7

var sameMap = Claim{
	Name:      "same-map",
	Statement: "The noise-to-data map is the same for every schedule with exact ends",
	Source:    "theorem: the schedule changes the route, not the destination",
	Measure: fmt.Sprintf("RMS distance of the ends from those on linear, from the same noise; below %g is none; ddpm, which does not start at α = 0, beside them, "+
		"and what 16 Euler steps make of it", sameEnd),
	Takes:   8 * time.Second,
	Factors: []string{"data"},
	budget:  fmt.Sprintf("exact fields, dopri5 at a tolerance of %g, %d noise points", fullScale.tol, fullScale.probed),
	questions: []question{
		{says: "the ends of vp, cubic, linear-vp and poly:2 are those of linear", unit: "decades", margin: func(a arms) float64 {
			return equalTo(max(a("vp"), a("cubic"), a("linear-vp"), a("poly:2")), sameEnd)
		}},
		{says: "the ends of ddpm are those of linear", unit: "decades", aside: true, margin: func(a arms) float64 { return equalTo(a("ddpm"), sameEnd) }},
		{says: "16 Euler steps end at one place on linear and vp", unit: "decades", aside: true, margin: func(a arms) float64 { return equalTo(a("vp, 16 Euler steps"), sameEnd) }},
	},
	hear: func(c *court) error {
		paths := []string{"linear", "vp", "cubic", "linear-vp", "poly:2", "ddpm"}
		for i, data := range allData {
			var ref, rough engine.Points
			for k, on := range paths {
				c.part(i*len(paths)+k, len(allData)*len(paths))
				s := c.setup(data, on)
				f := c.exact(s)
				z, err := c.reference(f, c.tol, c.probes())
				if err != nil {
					return err
				}
				s.Solver, s.NFE = "euler", 16
				euler, err := c.carry(f, s, c.probes())
				if err != nil {
					return err
				}
				switch on {
				case "linear":
					ref, rough = z, euler.Z()
					continue
				case "vp":
					c.say("vp, 16 Euler steps", ended(euler, rough, metric.RMS), data)
				}
				c.say(on, metric.RMS(z, ref), data)
			}
		}
		return nil
	},
}

// bent is the part of the mean squared distance travelled, above which a flow
// counts as not straight.
const bent = 0.01

var straightLines = Claim{
	Name:      "straight-lines",
	Statement: "Straight conditional paths do not make a straight marginal flow",
	Source:    "found in this lab; Liu et al. 2023, arXiv 2209.03003",
	Measure: fmt.Sprintf("straightness S = ∫ E‖(z_1 − z_0) − v‖² dt of the exact flow, as a part of E‖z_1 − z_0‖²; not straight is above %g. "+
		"The paths of single pairs on linear have S = 0", bent),
	Takes:   3 * time.Second,
	Factors: []string{"data"},
	budget:  fmt.Sprintf("exact fields, RK4 with %d NFE, %d noise points", fullScale.fine, fullScale.probed),
	questions: []question{
		{says: "the flow of linear is bent", unit: "part", margin: func(a arms) float64 { return a("linear") - bent }},
		{says: "the flow of linear is more bent than that of vp", unit: "part", aside: true, margin: func(a arms) float64 { return a("linear") - a("vp") }},
	},
	hear: func(c *court) error {
		for i, data := range allData {
			for j, on := range []string{"linear", "vp"} {
				c.part(2*i+j, 2*len(allData))
				f := c.exact(c.setup(data, on))
				s, way, err := c.straightness(f, c.probes())
				if err != nil {
					return err
				}
				c.say(on, s/way, data)
			}
		}
		return nil
	},
}

var ddimEuler = Claim{
	Name:      "ddim-is-euler",
	Statement: "DDIM, which is DPM-Solver-1, is Euler on the linear path",
	Source:    "theorem",
	Measure:   fmt.Sprintf("RMS distance between the ends of dpm1 and of Euler from the same noise; below %g is none; vp beside it", asGoodAsEqual),
	Takes:     3 * time.Second,
	Factors:   []string{"field", "NFE"},
	budget:    fmt.Sprintf("two exact fields and a network that was never trained, %d noise points", fullScale.probed),
	axis:      true,
	questions: []question{{says: "the ends on linear are the same", unit: "decades", margin: func(a arms) float64 { return equalTo(a("linear"), asGoodAsEqual) }}},
	hear: func(c *court) error {
		for i, field := range []string{"moons", "8gaussians", "network"} {
			c.part(i, 3)
			for _, on := range []string{"linear", "vp"} {
				s := c.setup(modesData, on)
				var f Flow
				if field == "network" {
					f = c.untrained(s)
				} else {
					s.Data = field
					f = c.exact(s)
				}
				for _, s.NFE = range []int{1, 4, 16, 64} {
					s.Solver = "euler"
					euler, err := c.carry(f, s, c.probes())
					if err != nil {
						return err
					}
					s.Solver = "dpm1"
					rms, err := c.error(f, s, c.probes(), euler.Z())
					if err != nil {
						return err
					}
					c.say(on, rms, field, strconv.Itoa(s.NFE))
				}
			}
		}
		return nil
	},
}

// untrained is the flow of a network as it is before training.
func (c *court) untrained(s Setup) Flow {
	s.Iters = 1 // which are not done
	t, err := NewTraining(s, c.target(s))
	if err != nil {
		panic("lab: " + err.Error())
	}
	defer t.Close()
	return LearnedFlow(t.Model())
}

// memoryNFE is enough to be near a row, on which the last data prediction lands.
const memoryNFE = 128

// memorised is how many times nearer than fresh data samples are to a row when they
// are that row.
const memorised = 100

var memorises = Claim{
	Name:      "memorises",
	Statement: "A flow trained exactly on a finite set memorises it",
	Source:    "found in this lab; Bertrand et al. 2025, arXiv 2506.03719",
	Measure: fmt.Sprintf("RMS distance of samples to the nearest row, and that of fresh data; memorised is %d times nearer. "+
		"The exact flow is the minimiser of the loss on the rows; a network trained on them stands beside it", memorised),
	Takes:   100 * time.Second,
	Iters:   1500,
	Factors: []string{"data", "rows"},
	budget:  fmt.Sprintf("rows drawn anew for every seed, RK4 with %d NFE, %d samples; a network trained {iters} iterations", memoryNFE, fullScale.scored),
	questions: []question{
		{says: "the exact flow ends on the rows", unit: "decades", margin: func(a arms) float64 { return decades(a("fresh data"), a("exact")) - libm.Log10(memorised) }},
		{says: "the network ends on the rows", unit: "decades", aside: true, margin: func(a arms) float64 { return decades(a("fresh data"), a("network")) - libm.Log10(memorised) }},
	},
	hear: func(c *court) error {
		i := 0
		for _, data := range []string{"moons", "8gaussians"} {
			for _, n := range []int{32, 256} {
				c.part(i, 4)
				i++
				if err := c.hearMemory(c.setup(data, "linear"), n); err != nil {
					return err
				}
			}
		}
		return nil
	},
}

func (c *court) hearMemory(s Setup, n int) error {
	t := c.rows(s, n)
	s.Solver, s.NFE = "rk4", memoryNFE
	learned, err := c.train(s, t, nil, 0)
	if err != nil {
		return err
	}
	fresh := engine.NewPoints(c.scored)
	c.target(s).Mixture.Sample(fresh, engine.NewRand(c.seed, streamFresh))
	c.say("fresh data", fromRows(fresh, t.Mixture.Means), s.Data, strconv.Itoa(n))
	for k, f := range []Flow{ExactFlow(t.Mixture, pathOn(s)), LearnedFlow(learned[0].Model)} {
		trip, err := c.carry(f, s, Noise(c.scored, c.seed))
		if err != nil {
			return err
		}
		c.say([]string{"exact", "network"}[k], ended(trip, t.Mixture.Means, fromRows), s.Data, strconv.Itoa(n))
	}
	return nil
}

// fromRows is the RMS distance of points to the nearest of a set of rows.
func fromRows(z, rows engine.Points) float64 {
	near := z.Clone()
	for i := range z.Len() {
		k := nearest(z[2*i], z[2*i+1], rows)
		copy(near.Slice(i, i+1), rows.Slice(k, k+1))
	}
	return metric.RMS(z, near)
}
