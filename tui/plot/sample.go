package plot

import (
	"math"

	"fmlab/lab"
)

// bin gathers the points of one column.
type bin struct {
	n                         int
	sum, squares              float64
	least, most, first, value float64
}

func (b *bin) add(v float64) {
	if b.n == 0 {
		b.least, b.most, b.first = v, v, v
	}
	b.n++
	b.sum, b.squares = b.sum+v, b.squares+v*v
	b.least, b.most, b.value = min(b.least, v), max(b.most, v), v
}

// resample writes a curve as n heights between 0 and top at equal distances on
// the x axis, NaN where it has none. Between points it is straight; of many points
// in a column one is shown, see [bin.pick], so that no spike is lost.
func resample(cv *lab.Curve, x, y axis, n int, top float64) []float64 {
	bins := make([]bin, n)
	out := make([]float64, n)
	for j := range out {
		out[j] = math.NaN()
	}
	u0, v0 := math.NaN(), math.NaN()
	for i := range cv.X {
		u, v := x.at(cv.X[i])*float64(n-1), y.at(cv.Y[i])*top
		if u >= 0 && u <= float64(n-1) && !math.IsNaN(v) {
			bins[int(math.Round(u))].add(v)
			bridge(out, u0, v0, u, v)
		}
		u0, v0 = u, v
	}
	last := math.NaN()
	for j := range bins {
		if bins[j].n > 0 {
			out[j] = bins[j].pick(last)
		}
		last = out[j]
	}
	return out
}

// bridge draws the straight line between two points into the columns between.
func bridge(out []float64, u0, v0, u1, v1 float64) {
	if !(u1 > u0) || math.IsNaN(v0) || u0 < 0 {
		return
	}
	for j := int(math.Ceil(u0)); float64(j) < u1; j++ {
		out[j] = v0 + (v1-v0)*(float64(j)-u0)/(u1-u0)
	}
}

// pick returns the value that stands for a column. A curve that is noisy should
// look as noisy as it is, so it is one that was measured, the last; but if one of
// them lies six standard deviations of the others away, it is that one. Two or
// three points have no deviation to speak of: the farthest from the column before.
func (b *bin) pick(before float64) float64 {
	if b.n < 4 {
		if math.IsNaN(before) {
			before = b.first
		}
		return farther(before, b.least, b.most)
	}
	e := farther(b.sum/float64(b.n), b.least, b.most)
	n := float64(b.n - 1)
	mean := (b.sum - e) / n
	deviation := math.Sqrt(max((b.squares-e*e)/n-mean*mean, 0))
	if math.Abs(e-mean) > 6*deviation+1e-6*math.Abs(mean) {
		return e
	}
	return b.value
}

// farther returns whichever of a and b is farther from c.
func farther(c, a, b float64) float64 {
	if math.Abs(a-c) > math.Abs(b-c) {
		return a
	}
	return b
}
