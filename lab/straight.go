package lab

import (
	"math"

	"fmlab/engine"
	"fmlab/engine/metric"
)

// straightPoints and straightNFE are the trip that straightness is measured on:
// 100 steps of a second-order method, see metric.Straightness.
const (
	straightPoints = 256
	straightNFE    = 200
)

// straightness measures how far the trips of a flow are from straight lines at
// constant speed. Advance it with Step, then read S.
type straightness struct {
	S    float64 // NaN before it is measured, or where the trip failed
	trip *Trip
}

// newStraightness prepares the measurement from the points z0.
func newStraightness(f Flow, z0 engine.Points) *straightness {
	s := Default()
	s.Solver, s.NFE = "midpoint", straightNFE*f.Calls
	trip, err := NewTrip(f, s, z0)
	if err != nil {
		panic("lab: straightness: " + err.Error()) // midpoint takes any flow
	}
	return &straightness{S: math.NaN(), trip: trip}
}

// Step takes the trip one step on; false when all is measured.
func (s *straightness) Step() bool {
	if s.trip.Step() {
		return true
	}
	if math.IsNaN(s.S) && s.trip.Err() == nil {
		s.S = metric.Straightness(s.trip.Times, s.trip.States)
	}
	return false
}

// stat is what was measured of a flow; s may be nil.
func (s *straightness) stat() Stat {
	st := plain("straightness", "straightness", math.NaN(), "S, 0 for straight trips at constant speed")
	if s != nil {
		st.Value = s.S
	}
	return st
}
