package metric

import (
	"fmt"
	"math"
	"slices"

	"fmlab/engine"
	"fmlab/engine/couple"
	"fmlab/engine/libm"
)

// directions is the number of lines that SlicedW2 projects on.
const directions = 64

// SlicedW2 returns the sliced 2-Wasserstein distance
//
//	√( 1/64 Σ_k W2²(θ_k·x, θ_k·y) ),  θ_k = (cos kπ/64, sin kπ/64)
//
// where the distance of two sets on a line is exact, for sets of any size:
// W2² = ∫₀¹ (F⁻¹(q) − G⁻¹(q))² dq with the quantile functions F⁻¹, G⁻¹, which are
// steps. Bonneel, Rabin, Peyré, Pfister, J. Math. Imaging Vis. 51 (2015) 22–45.
func SlicedW2(x, y engine.Points) float64 {
	a, b := make([]float64, x.Len()), make([]float64, y.Len())
	sum := 0.0
	for k := range directions {
		sin, cos := libm.Sincos(float64(k) * math.Pi / directions)
		project(a, x, cos, sin)
		project(b, y, cos, sin)
		sum += lineW2(a, b)
	}
	return math.Sqrt(sum / directions)
}

// project writes the sorted coordinates of x along (cos, sin) to dst.
func project(dst []float64, x engine.Points, cos, sin float64) {
	for i := range dst {
		dst[i] = float64(cos*x[2*i]) + float64(sin*x[2*i+1])
	}
	slices.Sort(dst)
}

// lineW2 returns W2² of two sorted sets of n and m numbers. The quantile
// functions jump at multiples of 1/n and 1/m; q counts in units of 1/(nm), in
// which both are whole numbers.
func lineW2(a, b []float64) float64 {
	n, m := len(a), len(b)
	if n == 0 || m == 0 {
		return math.NaN()
	}
	sum := 0.0
	for i, j, q := 0, 0, 0; q < n*m; {
		end := min((i+1)*m, (j+1)*n)
		d := a[i] - b[j]
		sum += float64(float64(end-q) * (d * d))
		if q = end; q == (i+1)*m {
			i++
		}
		if q == (j+1)*n {
			j++
		}
	}
	return sum / float64(n*m)
}

// W2 returns the exact 2-Wasserstein distance of two sets of n points,
//
//	√( min over permutations π of 1/n Σ_i ‖x_i − y_π(i)‖² ),
//
// by optimal assignment: O(n³) at worst, n² numbers of memory. It is an error if
// the sets differ in size or are empty, and if a point is not finite or so far
// off that its squared distance is beyond [couple.MaxCost].
func W2(x, y engine.Points) (float64, error) {
	n := x.Len()
	if n != y.Len() || n == 0 {
		return 0, fmt.Errorf("metric: W2 of %d points against %d: want two sets of one size, not empty", n, y.Len())
	}
	cost := make([]float64, n*n)
	for i := range n {
		for j := range n {
			dx, dy := x[2*i]-y[2*j], x[2*i+1]-y[2*j+1]
			d2 := float64(dx*dx) + float64(dy*dy)
			if !(d2 <= couple.MaxCost) {
				return 0, fmt.Errorf("metric: W2: squared distance %g of points %d and %d: want at most %g", d2, i, j, couple.MaxCost)
			}
			cost[i*n+j] = d2
		}
	}
	return math.Sqrt(couple.Assign(make([]int, n), cost, n) / float64(n)), nil
}
