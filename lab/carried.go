package lab

import "fmlab/engine"

// carried is where the reference solver takes points, Dormand–Prince at a
// tolerance, one company of them after the other. Advance it with Step, then read
// Ends.
type carried struct {
	Ends engine.Points // those beyond done are not there yet

	flow Flow
	z0   engine.Points
	how  Setup
	done int
	trip *Trip
	err  error
}

func newCarried(f Flow, z0 engine.Points, tol float64) *carried {
	s := Default()
	s.Solver, s.Rtol, s.Atol = "dopri5", tol, tol
	return &carried{Ends: engine.NewPoints(z0.Len()), flow: f, z0: z0, how: s}
}

// Step takes one company one step on; false when all have arrived, or on error.
func (c *carried) Step() bool {
	if c.err != nil || c.done == c.z0.Len() {
		return false
	}
	last := min(c.done+company, c.z0.Len())
	if c.trip == nil {
		if c.trip, c.err = NewTrip(c.flow, c.how, c.z0.Slice(c.done, last)); c.err != nil {
			return false
		}
		c.trip.EndOnly = true
	}
	if c.trip.Step() {
		return true
	}
	if c.err = c.trip.Err(); c.err != nil {
		return false
	}
	copy(c.Ends.Slice(c.done, last), c.trip.Z())
	c.done, c.trip = last, nil
	return c.done < c.z0.Len()
}

// arrived says whether all points are at their ends.
func (c *carried) arrived() bool { return c.done == c.z0.Len() }
