package lab

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"fmlab/engine"
	"fmlab/engine/metric"
)

// Claims on solvers: exact fields, so that all that is measured is the solver.

const thumb, source = "rule of thumb", "this course's source"

// thumbRule is what is said of a solver's steps.
type thumbRule struct {
	solver, says string
	grids        []string // the one that needs the fewest steps counts
	steps        float64
}

var rules = []thumbRule{
	{"euler", "Euler needs about 100", []string{"uniform"}, 100},
	{"rk4", "RK4 needs about 50", []string{"uniform"}, 50},
	{"dpm++2m", "DPM-Solver needs about 20", []string{"uniform", "lambda"}, 20},
}

var solverSteps = Claim{
	Name:      "steps",
	Statement: "Euler needs about 100 steps, RK4 about 50, DPM-Solver about 20",
	Source:    thumb + ", " + source,
	Measure: "fewest steps that bring the RMS error, against a reference from the same noise, down to a bound in standard deviations of the data; " +
		"“about” is from half to twice the number said; DPM-Solver is dpm++2m on the better of two time grids",
	Takes:   60 * time.Second,
	Factors: []string{"data", "path", "error"},
	budget:  fmt.Sprintf("exact fields, %d noise points, as many steps as needed", fullScale.probed),
	questions: func() (all []question) {
		for _, r := range rules {
			all = append(all, question{says: r.says, unit: "doublings", margin: func(a arms) float64 {
				return 1 - math.Abs(doublings(a(r.solver+" steps"), r.steps))
			}})
		}
		return all
	}(),
	hear: func(c *court) error {
		i := 0
		for _, data := range []string{"moons", "8gaussians"} {
			for _, on := range []string{"linear", "ddpm"} {
				c.part(i, 4)
				i++
				if err := c.hearSteps(c.setup(data, on)); err != nil {
					return err
				}
			}
		}
		return nil
	},
}

// hearSteps finds the steps that every rule is about.
func (c *court) hearSteps(s Setup) error {
	f, z0 := c.exact(s), c.probes()
	ref, err := c.reference(f, c.tol, z0)
	if err != nil {
		return err
	}
	for _, tol := range []float64{0.1, 0.01} {
		for _, r := range rules {
			steps, nfe := math.Inf(1), math.Inf(1)
			for _, s.Grid = range r.grids {
				s.Solver = r.solver
				n, price, err := c.least(f, s, z0, ref, tol)
				if err != nil {
					return err
				}
				if float64(n) < steps {
					steps, nfe = float64(n), price
				}
			}
			c.say(r.solver+" steps", steps, s.Data, s.Path, num(tol))
			c.say(r.solver+" NFE", nfe, s.Data, s.Path, num(tol))
		}
	}
	return nil
}

var rk4Accuracy = Claim{
	Name:      "rk4",
	Statement: "RK4 is more accurate with fewer steps",
	Source:    thumb + ", " + source,
	Measure:   "RMS error against a reference from the same noise, both at one NFE, of which RK4 makes a quarter of the steps",
	Takes:     20 * time.Second,
	Factors:   []string{"data", "path", "NFE"},
	budget:    fmt.Sprintf("exact fields, %d noise points", fullScale.probed),
	axis:      true,
	questions: []question{{says: "RK4 is nearer than Euler", unit: "decades", margin: func(a arms) float64 { return decades(a("euler"), a("rk4")) }}},
	hear: func(c *court) error {
		return c.race([]string{"moons", "8gaussians"}, []string{"linear", "vp", "ddpm"}, func(s Setup, run func(arm, solver string, nfe int, at ...string) error) error {
			for _, nfe := range []int{4, 8, 16, 32, 64} {
				for _, solver := range []string{"euler", "rk4"} {
					if err := run(solver, solver, nfe, s.Data, s.Path, strconv.Itoa(nfe)); err != nil {
						return err
					}
				}
			}
			return nil
		})
	},
}

var rk4Four = Claim{
	Name:      "rk4-four-steps",
	Statement: "RK4 with 4 steps beats Euler with 100",
	Source:    "found in this lab, on the linear path",
	Measure:   "RMS error against a reference from the same noise: 16 evaluations of RK4 against 100 of Euler",
	Takes:     20 * time.Second,
	Factors:   []string{"path", "data"},
	budget:    fmt.Sprintf("exact fields, %d noise points", fullScale.probed),
	questions: []question{{says: "4 steps of RK4 are nearer than 100 of Euler", unit: "decades", margin: func(a arms) float64 { return decades(a("euler 100"), a("rk4 4")) }}},
	hear: func(c *court) error {
		return c.race([]string{"moons", "8gaussians", "checkerboard"}, []string{"linear", "vp", "cubic", "ddpm"}, func(s Setup, run func(arm, solver string, nfe int, at ...string) error) error {
			if err := run("rk4 4", "rk4", 16, s.Path, s.Data); err != nil {
				return err
			}
			return run("euler 100", "euler", 100, s.Path, s.Data)
		})
	},
}

// race measures RMS errors on every data set and path: heat says who runs, and run
// writes down how near he came.
func (c *court) race(sets, paths []string, heat func(s Setup, run func(arm, solver string, nfe int, at ...string) error) error) error {
	for i, data := range sets {
		for j, on := range paths {
			c.part(i*len(paths)+j, len(sets)*len(paths))
			s := c.setup(data, on)
			f, z0 := c.exact(s), c.probes()
			ref, err := c.reference(f, c.tol, z0)
			if err != nil {
				return err
			}
			err = heat(s, func(arm, solver string, nfe int, at ...string) error {
				s.Solver, s.NFE = solver, nfe
				rms, err := c.error(f, s, z0, ref)
				c.say(arm, rms, at...)
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

var adaptiveFaster = Claim{
	Name:      "adaptive",
	Statement: "Use adaptive solvers for faster sampling",
	Source:    thumb + ", " + source,
	Measure: "evaluations that bring the RMS error down to a bound: dopri5 at the loosest tolerance 10^(−k/4) that does, " +
		"each fixed-step solver with the fewest equal steps that do (which nobody knows beforehand)",
	Takes:   60 * time.Second,
	Factors: []string{"data", "path", "error"},
	budget:  fmt.Sprintf("exact fields, %d noise points; 32 rows are a finite set, whose field is steep at the end", fullScale.probed),
	questions: []question{
		{says: "dopri5 spends less than Euler", unit: "doublings", margin: func(a arms) float64 { return doublings(a("euler"), a("dopri5")) }},
		{says: "dopri5 spends less than RK4", unit: "doublings", margin: func(a arms) float64 { return doublings(a("rk4"), a("dopri5")) }},
	},
	hear: func(c *court) error {
		i := 0
		for _, data := range []string{"moons", "8gaussians", rows32} {
			for _, on := range []string{"linear", "ddpm"} {
				c.part(i, 6)
				i++
				if err := c.hearAdaptive(data, c.setup("moons", on)); err != nil {
					return err
				}
			}
		}
		return nil
	},
}

// rows32 names a finite set of 32 points of moons.
const rows32 = "32 rows"

// hearAdaptive prices three solvers at two errors.
func (c *court) hearAdaptive(data string, s Setup) error {
	f := ExactFlow(c.rows(s, 32).Mixture, pathOn(s))
	if data != rows32 {
		s.Data = data
		f = c.exact(s)
	}
	z0 := c.probes()
	ref, err := c.reference(f, c.tol, z0)
	if err != nil {
		return err
	}
	for _, tol := range []float64{1e-2, 1e-4} {
		for _, s.Solver = range []string{"euler", "rk4"} {
			if s.Solver == "euler" && tol < 1e-3 {
				continue // tens of thousands of steps
			}
			_, nfe, err := c.least(f, s, z0, ref, tol)
			if err != nil {
				return err
			}
			c.say(s.Solver, nfe, data, s.Path, num(tol))
		}
		nfe, err := c.loosest(f, s, z0, ref, tol)
		if err != nil {
			return err
		}
		c.say("dopri5", nfe, data, s.Path, num(tol))
	}
	return nil
}

// straighterFewer compares two routes at a time.
var straighterFewer = Claim{
	Name:      "straighter",
	Statement: "Straighter paths need fewer steps",
	Source:    thumb + ", " + source,
	Measure: "of two flows, the evaluations that bring the RMS error down to a bound, and their straightness " +
		"S = ∫ E‖(z_1 − z_0) − v‖² dt, 0 for straight lines at constant speed; the margin is positive when the one of the smaller S spends less",
	Takes:   90 * time.Second,
	Iters:   1500,
	Factors: []string{"flows", "data", "solver"},
	budget: fmt.Sprintf("exact fields of two paths, and two networks trained {iters} iterations of 128 pairs, drawn at random or by optimal transport; %d noise points, "+
		"errors of 0.01 on exact fields and 0.03 along networks", fullScale.probed),
	questions: []question{{says: "the straighter flow spends less", unit: "doublings", margin: func(a arms) float64 {
		return math.Copysign(1, a("S of the first")-a("S of the second")) * doublings(a("NFE of the first"), a("NFE of the second"))
	}}},
	hear: func(c *court) error {
		for i, data := range []string{"moons", "8gaussians"} {
			for j, pair := range [][2]string{{"linear", "vp"}, {"linear", "cubic"}, {"vp", "ddpm"}} {
				c.part(3*i+j, 16)
				first, second := c.setup(data, pair[0]), c.setup(data, pair[1])
				if err := c.compareRoutes(pair[0]+" – "+pair[1], data, 0.01, c.tol, [2]Flow{c.exact(first), c.exact(second)}); err != nil {
					return err
				}
			}
		}
		for i, data := range []string{"moons", "8gaussians"} {
			var flows [2]Flow
			for j, coupling := range []string{independent, "ot"} {
				c.part(6+5*i+2*j, 16)
				c.hi += 1. / 16
				s := c.setup(data, "linear")
				s.Coupling, s.Batch = coupling, 128
				m, err := c.learn(s)
				if err != nil {
					return err
				}
				flows[j] = LearnedFlow(m)
			}
			c.part(6+5*i+4, 16)
			if err := c.compareRoutes("random – ot pairs", data, 0.03, c.learned, flows); err != nil {
				return err
			}
		}
		return nil
	},
}

// compareRoutes writes down how straight two flows are and what they cost.
func (c *court) compareRoutes(name, data string, tol, exactly float64, flows [2]Flow) error {
	z0 := c.probes()
	for k, f := range flows {
		which := [2]string{"first", "second"}[k]
		ref, err := c.reference(f, exactly, z0)
		if err != nil {
			return err
		}
		bend, _, err := c.straightness(f, z0)
		if err != nil {
			return err
		}
		for _, solver := range []string{"euler", "rk4"} {
			s := c.setup(data, f.Path.Name)
			s.Solver = solver
			_, nfe, err := c.least(f, s, z0, ref, tol)
			if err != nil {
				return err
			}
			c.say("S of the "+which, bend, name, data, solver)
			c.say("NFE of the "+which, nfe, name, data, solver)
		}
	}
	return nil
}

// straightness measures S on the way of 100 steps of RK4, and the mean square of the
// distance from its start to its end.
func (c *court) straightness(f Flow, z0 engine.Points) (bend, way float64, err error) {
	s := c.setup("", "")
	s.Solver, s.NFE = "rk4", 400
	trip, err := NewTrip(f, s, z0)
	if err != nil {
		return 0, 0, err
	}
	for trip.Step() {
		if err := c.tick(); err != nil {
			return 0, 0, err
		}
	}
	if trip.Err() != nil {
		return 0, 0, trip.Err()
	}
	way = metric.RMS(trip.Z(), z0)
	return metric.Straightness(trip.Times, trip.States), way * way, nil
}
