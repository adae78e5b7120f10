package lab

import (
	"fmt"
	"math"
	"time"

	"fmlab/engine"
	"fmlab/engine/metric"
)

// straighterFewer compares two routes at a time.
var straighterFewer = Claim{
	Name:      "straighter",
	Statement: "Straighter paths need fewer steps",
	Source:    thumb + ", " + source,
	Measure: enough("of two flows, evaluations") + ", and their straightness " +
		"S = ∫ E‖(z_1 − z_0) − v‖² dt, 0 for straight lines at constant speed; the margin is positive when the one of the smaller S spends less",
	Takes:   60 * time.Second,
	Iters:   1500,
	Factors: []string{"flows", "data", "solver"},
	budget: fmt.Sprintf("exact fields of two paths, and two networks trained {iters} iterations of %d pairs, drawn at random or by optimal transport; %d noise points, "+
		"bounds of 0.01 on exact fields and 0.03 along networks", fullScale.batch/2, fullScale.probed),
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
				c.hi = float64(6+5*i+2*j+2) / 16
				s := c.setup(data, "linear")
				s.Coupling, s.Batch = coupling, c.batch/2
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

// straightness measures S on the way of RK4 in fine steps, and the mean square of the
// distance from its start to its end.
func (c *court) straightness(f Flow, z0 engine.Points) (bend, way float64, err error) {
	s := c.setup("", "")
	s.Solver, s.NFE = "rk4", c.fine
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
