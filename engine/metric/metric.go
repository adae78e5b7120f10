// Package metric measures the distance between two sets of points: how far
// samples are from data. Beside it stand the likelihood of a set under a law, [NLL],
// and how straight the trips of a flow are, [Straightness].
//
// Every number comes with a [Floor]: what the same metric says of two fresh sets
// of the data itself. No sampler scores below it but by luck, so a score is read
// beside its floor or not at all.
//
// The order of the points in a set does not matter, [RMS] excepted. Empty sets,
// and points that are not finite, give NaN or an infinity and never a number that
// looks like a score.
package metric

import (
	"fmt"
	"math"

	"fmlab/engine"
)

// Metric is a distance between point sets with a name.
type Metric struct {
	Name  string // as in --json: energy_distance2_v
	Title string // as read
	Note  string // what to know about it
	Of    func(x, y engine.Points) float64
}

// All is every metric between point sets, in menu order.
var All = []Metric{
	{"energy_distance2_v", "energy distance²", "V-statistic: 0 for equal sets, biased upward by about 1/n", EnergyV},
	{"energy_distance2_u", "energy distance², unbiased", "U-statistic: 0 on average for equal laws, so it may be below 0", EnergyU},
	{"sliced_w2", "sliced Wasserstein-2", fmt.Sprintf("root mean square over %d directions", directions), SlicedW2},
	{"w2", "Wasserstein-2", "exact, by optimal assignment; sets of equal size only", w2OrNaN},
	{"mmd2", "MMD²", "RBF kernel with sigma 1, V-statistic", func(x, y engine.Points) float64 { return MMD2(x, y, 1) }},
}

func w2OrNaN(x, y engine.Points) float64 {
	d, err := W2(x, y)
	if err != nil {
		return math.NaN()
	}
	return d
}

// RMS returns the root mean square distance of corresponding points,
//
//	√( 1/n Σ_i ‖x_i − y_i‖² ).
//
// Unlike the others it compares points one by one: the error of a solver against
// a reference from the same noise.
func RMS(x, y engine.Points) float64 {
	engine.SameLen("metric", x, y)
	sum := 0.0
	for i := range x {
		d := x[i] - y[i]
		sum += float64(d * d)
	}
	return math.Sqrt(sum / float64(x.Len()))
}
