package lab

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// Claims on solvers: exact fields, so that all that is measured is the solver.

const thumb, source = "rule of thumb", "this course's source"

// enough says what it is to reach a bound.
func enough(what string) string {
	return fmt.Sprintf("%s that bring %.0f %% of the points within a bound, in standard deviations of the data, of where the flow takes them", what, 100*share)
}

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
	Measure: enough("fewest steps") + "; " +
		"“about” is from half to twice the number said; DPM-Solver is dpm++2m on the better of two time grids",
	Takes:   10 * time.Second,
	Factors: []string{"data", "path", "bound"},
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
				if n < steps {
					steps, nfe = n, price
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
	Takes:     4 * time.Second,
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
	Takes:     7 * time.Second,
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
	Measure: enough("evaluations") + ": dopri5 at the loosest tolerance 10^(−k/4) that does, " +
		"each fixed-step solver with the fewest equal steps that do (which nobody knows beforehand)",
	Takes:   20 * time.Second,
	Factors: []string{"data", "path", "bound"},
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
