package metric

import (
	"math"

	"fmlab/engine"
)

// EnergyV returns the squared energy distance
//
//	D² = 2 E‖X−Y‖ − E‖X−X′‖ − E‖Y−Y′‖
//
// of the two sets, each mean over all pairs, a point with itself included
// (V-statistic). It is 0 for equal sets and never below 0 but by rounding; for
// finite samples of one law it is positive, which is what [Floor] measures.
// Székely and Rizzo, J. Statist. Plann. Inference 143 (2013) 1249–1272.
func EnergyV(x, y engine.Points) float64 {
	n, m := float64(x.Len()), float64(y.Len())
	return 2*sumBetween(x, y)/(n*m) - 2*sumWithin(x)/(n*n) - 2*sumWithin(y)/(m*m)
}

// EnergyU returns the squared energy distance with the means within a set over
// pairs of different points (U-statistic): its expectation is the distance of the
// laws, so it falls below 0 about as often as above when they are the same.
// It is NaN when a set has fewer than two points.
func EnergyU(x, y engine.Points) float64 {
	n, m := float64(x.Len()), float64(y.Len())
	return 2*sumBetween(x, y)/(n*m) - 2*sumWithin(x)/(n*(n-1)) - 2*sumWithin(y)/(m*(m-1))
}

// sumBetween returns Σ_ij ‖x_i − y_j‖.
func sumBetween(x, y engine.Points) float64 {
	sum := 0.0
	for i := range x.Len() {
		sum += sumFrom(x[2*i], x[2*i+1], y)
	}
	return sum
}

// sumWithin returns Σ_{i<j} ‖x_i − x_j‖.
func sumWithin(x engine.Points) float64 {
	sum := 0.0
	for i := range x.Len() {
		sum += sumFrom(x[2*i], x[2*i+1], x[:2*i])
	}
	return sum
}

// sumFrom returns Σ_j ‖(px, py) − y_j‖. The plain square root, not math.Hypot:
// eight million of them are one energy distance of 2,000 points a side.
func sumFrom(px, py float64, y engine.Points) float64 {
	sum := 0.0
	for ; len(y) >= 2; y = y[2:] {
		dx, dy := px-y[0], py-y[1]
		sum += math.Sqrt(float64(dx*dx) + float64(dy*dy))
	}
	return sum
}
