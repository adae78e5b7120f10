// Package exact is the truth in closed form. When data is a mixture of Gaussians
// (a finite set of points is one whose covariances are zero) the marginal p_t of
// a path z_t = α x1 + σ x0 is a mixture too, and velocity, score, data
// prediction, density and the irreducible loss of training can be written down.
// Learned fields are compared with these.
package exact

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"

	"fmlab/engine"
	"fmlab/engine/libm"
)

// Mixture is Σ_k w_k N(μ_k, Σ_k) in the plane. It is not changed by any method
// but Validate, so that many readers may share it.
type Mixture struct {
	Weights []float64     // w_k > 0, sum 1
	Means   engine.Points // μ_k
	Covs    [][3]float64  // Σ_k as xx, xy, yy; nil when every component is a point
	Labels  []int         // class of each component, 0 to Classes()−1; nil when there are no classes
}

// Points is the empirical distribution of p: equal weights, no extent, no classes
// unless Labels are set. It shares the storage of p.
func Points(p engine.Points) *Mixture {
	if p.Len() == 0 {
		panic("exact: Points: an empty set has no distribution")
	}
	w := make([]float64, p.Len())
	for i := range w {
		w[i] = 1 / float64(len(w))
	}
	return &Mixture{Weights: w, Means: p}
}

// cov returns Σ_k.
func (m *Mixture) cov(k int) [3]float64 {
	if m.Covs == nil {
		return [3]float64{}
	}
	return m.Covs[k]
}

// huge bounds means and covariances so that determinants stay far from overflow.
const huge = 1e100

// Validate reports the first component that is not one or labels that are not
// classes, and divides the weights by their sum.
func (m *Mixture) Validate() error {
	n := len(m.Weights)
	if n == 0 || m.Means.Len() != n || m.Covs != nil && len(m.Covs) != n {
		return fmt.Errorf("found %d weights, %d means and %d covs: want as many of each, at least one", n, m.Means.Len(), len(m.Covs))
	}
	sum := 0.0
	for k, w := range m.Weights {
		if !(w > 0 && w <= huge) {
			return fmt.Errorf("weights[%d] is %g: want a positive number up to %g", k, w, huge)
		}
		if x, y := m.Means.At(k); !(math.Abs(x) <= huge && math.Abs(y) <= huge) {
			return fmt.Errorf("means[%d] is [%g, %g]: want two numbers up to %g in size", k, x, y, huge)
		}
		if err := checkCov(m.cov(k)); err != nil {
			return fmt.Errorf("covs[%d] is %w", k, err)
		}
		sum += w
	}
	if err := m.checkLabels(); err != nil {
		return err
	}
	for k := range m.Weights {
		m.Weights[k] /= sum
	}
	return nil
}

func checkCov(c [3]float64) error {
	bounded := math.Abs(c[0]) <= huge && math.Abs(c[1]) <= huge && math.Abs(c[2]) <= huge
	// A singular matrix may round to a determinant just below zero.
	if !bounded || c[0] < 0 || c[2] < 0 || float64(c[0]*c[2])-float64(c[1]*c[1]) < -singular*c[0]*c[2] {
		return fmt.Errorf("[[%g, %g], [%g, %g]]: want a matrix without a negative eigenvalue and with numbers up to %g", c[0], c[1], c[1], c[2], huge)
	}
	return nil
}

// Singular returns the first component whose covariance is singular, or −1 if
// there is none: then the mixture has a density.
func (m *Mixture) Singular() int {
	for k := range m.Weights {
		if newComponent(m, k).lo == 0 {
			return k
		}
	}
	return -1
}

// Sample fills dst with independent draws: a component by its weight, then
// μ + L ε with L the Cholesky factor of its covariance.
func (m *Mixture) Sample(dst engine.Points, rng *rand.Rand) {
	m.sample(dst, rng, func(int, int) {})
}

// sample is Sample, and tells the component k of every draw i.
func (m *Mixture) sample(dst engine.Points, rng *rand.Rand, tell func(i, k int)) {
	up := make([]float64, len(m.Weights)) // cumulative weights
	total := 0.0
	for k, w := range m.Weights {
		total += w
		up[k] = total
	}
	for i := range dst.Len() {
		u := rng.Float64() * total
		k := sort.Search(len(up)-1, func(k int) bool { return up[k] > u })
		x, y := m.Means.At(k)
		dx, dy := normal(m.cov(k), rng)
		dst.Set(i, x+dx, y+dy)
		tell(i, k)
	}
}

// normal draws from N(0, c). It takes two numbers from rng whatever c is.
func normal(c [3]float64, rng *rand.Rand) (x, y float64) {
	e0, e1 := engine.Normal(rng), engine.Normal(rng)
	l00, l10 := math.Sqrt(c[0]), 0.0
	if l00 > 0 {
		l10 = c[1] / l00
	}
	return l00 * e0, float64(l10*e0) + float64(math.Sqrt(max(0, c[2]-float64(l10*l10)))*e1)
}

// LogDensity returns log p(x, y) in nats. It panics for a mixture with a singular
// component, which has no density.
func (m *Mixture) LogDensity(x, y float64) float64 {
	top, sum := math.Inf(-1), 0.0
	for k := range m.Weights {
		c := newComponent(m, k)
		if c.lo == 0 {
			panic(fmt.Sprintf("exact: component %d has a singular covariance: there is no density", k))
		}
		at := c.kernel(1, 0, reading{})
		l := at.logit(x, y)
		if l > top {
			top, sum = l, float64(sum*libm.Exp(top-l))+1
		} else if !(l <= top-negligible) { // so written that NaN passes through
			sum += libm.Exp(l - top)
		}
	}
	return top + libm.Log(sum)
}

// Mean returns Σ w_k μ_k.
func (m *Mixture) Mean() [2]float64 {
	var mean [2]float64
	for k, w := range m.Weights {
		mean[0] += float64(w * m.Means[2*k])
		mean[1] += float64(w * m.Means[2*k+1])
	}
	return mean
}

// Cov returns the covariance Σ w_k [Σ_k + (μ_k − mean)(μ_k − mean)ᵀ] as xx, xy, yy.
func (m *Mixture) Cov() [3]float64 {
	mean := m.Mean()
	var c [3]float64
	for k, w := range m.Weights {
		dx, dy := m.Means[2*k]-mean[0], m.Means[2*k+1]-mean[1]
		own := m.cov(k)
		c[0] += float64(w * (own[0] + float64(dx*dx)))
		c[1] += float64(w * (own[1] + float64(dx*dy)))
		c[2] += float64(w * (own[2] + float64(dy*dy)))
	}
	return c
}

// Standardised returns the mixture moved to mean zero and scaled, alike in x and
// y so that circles stay round, to a mean variance per coordinate of 1. The way
// back is shift + scale·z. It panics if the variance is zero or not finite.
func (m *Mixture) Standardised() (std *Mixture, shift [2]float64, scale float64) {
	shift = m.Mean()
	c := m.Cov()
	scale = math.Sqrt((c[0] + c[2]) / 2)
	if !(scale > 0) || math.IsInf(scale, 1) {
		panic(fmt.Sprintf("exact: Standardised: standard deviation %g: want a positive finite one", scale))
	}
	std = &Mixture{Weights: m.Weights, Means: m.Means.Clone(), Labels: m.Labels}
	for i := range std.Means {
		std.Means[i] = (std.Means[i] - shift[i%2]) / scale
	}
	for _, c := range m.Covs {
		std.Covs = append(std.Covs, [3]float64{c[0] / scale / scale, c[1] / scale / scale, c[2] / scale / scale})
	}
	return std, shift, scale
}
