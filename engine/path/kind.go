package path

import (
	"fmt"
	"math"
	"strings"

	"fmlab/engine"
)

// Kind is a way to say what a point z = α x1 + σ x0 is made of: the combination
//
//	y = p x1 + q x0
//
// for two numbers p and q of the time. Known z and the expectation of one such y
// given z, those of all others follow, because (z, y) determines (x1, x0): one
// model has many readings (Lipman et al. 2024, arXiv 2412.06264, table 1).
type Kind struct {
	Name  string // as typed: velocity, data, noise, score
	Title string // as read

	// combine returns p, q, and q σ in a form that is finite at σ = 0.
	combine func(c Coeffs) (p, q, qs float64)
}

// The readings of a model.
var (
	// Velocity is v = α̇ x1 + σ̇ x0.
	Velocity = Kind{"velocity", "velocity v", func(c Coeffs) (p, q, qs float64) { return c.DAlpha, c.DSigma, c.SigmaDSigma }}
	// Data is the data prediction x̂1.
	Data = Kind{"data", "data prediction x1", func(Coeffs) (p, q, qs float64) { return 1, 0, 0 }}
	// Noise is the noise prediction ε̂ = x̂0.
	Noise = Kind{"noise", "noise prediction eps", func(c Coeffs) (p, q, qs float64) { return 0, 1, c.Sigma }}
	// Score is ∇log p_t = −x̂0/σ, of independent Gaussian noise.
	Score = Kind{"score", "score", func(c Coeffs) (p, q, qs float64) { return 0, -1 / c.Sigma, -1 }}
)

// Kinds is every reading, in menu order. A network is trained to one of the first
// three, see [Trainable]: the score grows without bound as σ → 0.
var Kinds = []Kind{Velocity, Data, Noise, Score}

// Trainable is the readings that a network can be trained to.
var Trainable = Kinds[:3]

// ParseKind returns the kind of that name among those given; the error lists them.
func ParseKind(name string, among []Kind) (Kind, error) {
	var known []string
	for _, k := range among {
		if k.Name == name {
			return k, nil
		}
		known = append(known, k.Name)
	}
	return Kind{}, fmt.Errorf("prediction %q: want one of %s", name, strings.Join(known, ", "))
}

// Combination returns p, q with y = p x1 + q x0, and q σ, which is finite also
// where σ = 0 and q is not.
func (c Coeffs) Combination(k Kind) (p, q, qs float64) { return k.combine(c) }

// Spread returns pσ − qα, the determinant of the map from (x1, x0) to (z, y): 0
// where z and y together leave x1 and x0 open. For the velocity it is D.
func (c Coeffs) Spread(k Kind) float64 {
	p, q, _ := k.combine(c)
	return float64(p*c.Sigma) - float64(q*c.Alpha)
}

// Weights returns a, b such that the reading to is a y + b z when y is the
// reading from:
//
//	a = (p'σ − q'α)/d,  b = (p q' − p' q)/d,  d = pσ − qα
//
// ok is false where z and y leave it open: the data on a velocity with D = 0, on a
// noise prediction where α = 0; the noise on a data prediction where σ = 0.
//
// What z alone tells it tells whatever y says: x̂1 = z/α where σ = 0, x̂0 = z/σ
// where α = 0.
func (c Coeffs) Weights(from, to Kind) (a, b float64, ok bool) {
	if from.Name == to.Name {
		return 1, 0, true
	}
	p, q, _ := from.combine(c)
	p2, q2, _ := to.combine(c)
	d, d2 := float64(p*c.Sigma)-float64(q*c.Alpha), float64(p2*c.Sigma)-float64(q2*c.Alpha)
	switch {
	case d2 == 0 && c.Alpha > c.Sigma:
		return 0, p2 / c.Alpha, true
	case d2 == 0:
		return 0, q2 / c.Sigma, true
	}
	a, b = d2/d, (float64(p*q2)-float64(p2*q))/d
	return a, b, d != 0 && !math.IsInf(d, 0) && finite(a) && finite(b)
}

// Convert writes the reading to of the points z to dst, row by row, when y is
// their reading from. It panics where z and y leave it open, see [Coeffs.Weights].
// dst may be z or y.
func (c Coeffs) Convert(dst, z, y engine.Points, from, to Kind) {
	engine.SameLen("path: Convert", dst, z)
	engine.SameLen("path: Convert", dst, y)
	a, b, ok := c.Weights(from, to)
	if !ok {
		panic(fmt.Sprintf("path: the %s at t = %g does not determine the %s", from.Name, c.T, to.Name))
	}
	for i := range dst {
		dst[i] = float64(a*y[i]) + float64(b*z[i])
	}
}
