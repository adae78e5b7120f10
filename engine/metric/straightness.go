package metric

import (
	"fmt"

	"fmlab/engine"
)

// Straightness returns how far the trips of a flow are from straight lines at
// constant speed,
//
//	S = ∫₀¹ E‖(z_1 − z_0) − dz_t/dt‖² dt,   dz_t/dt = v_t(z_t)
//
// (Liu et al. 2023, arXiv 2209.03003), in squared units of the points: 0 when
// every trip is such a line, and then one Euler step is exact. Row k of states are
// the points at times[k], from the start to the end of the trip, forward or back.
//
// It is the integral along the polygon through the states, whose velocity between
// two of them is (z_{k+1} − z_k)/(t_{k+1} − t_k): no velocity is evaluated, so that
// one which is infinite at t = 1 does no harm, and a finishing step counts as what
// it is. With K even steps S is low by about ∫ E‖d²z_t/dt²‖² dt / 12K²; a polygon of
// one step is straight, whatever the flow. Measure on trips of 100 steps or more.
//
// Times that do not run one way panic. No points give NaN.
func Straightness(times []float64, states []engine.Points) float64 {
	last := len(times) - 1
	if last < 1 || len(states) != len(times) {
		panic(fmt.Sprintf("metric: Straightness of %d states at %d times: want as many, at least 2", len(states), len(times)))
	}
	span, sum := times[last]-times[0], 0.0
	for k := range last {
		part := (times[k+1] - times[k]) / span
		if !(part > 0) {
			panic(fmt.Sprintf("metric: Straightness: time %g after %g on the way from %g to %g", times[k+1], times[k], times[0], times[last]))
		}
		sum += float64(part * bend(states[0], states[last], states[k], states[k+1], span, times[k+1]-times[k]))
	}
	return sum / float64(states[0].Len())
}

// bend returns Σ_i ‖(to_i − from_i)/span − (next_i − z_i)/step‖².
func bend(from, to, z, next engine.Points, span, step float64) float64 {
	engine.SameLen("metric: Straightness", from, next)
	sum := 0.0
	for i := range z {
		d := (to[i]-from[i])/span - (next[i]-z[i])/step
		sum += float64(d * d)
	}
	return sum
}
