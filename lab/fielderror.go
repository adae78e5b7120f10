package lab

import (
	"math"
	"math/rand/v2"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/path"
)

// FieldError measures ‖v − u‖²/d of a field against the exact one, averaged over
// pairs (x0, x1) and 16 times spread evenly over the training range: what is left
// of the training loss above its floor.
func FieldError(f engine.Field, truth *exact.Marginal, t *Target, p path.Path, seed uint64) float64 {
	w := newWitness(truth, t, p, seed)
	for w.Step() {
	}
	return w.fieldError(f)
}

// Places where a field is judged: so many times, so many points at each.
const witnessTimes, witnessPoints = 16, 64

// witness knows the exact velocity u at the places (z, t) where fields are
// judged. The exact field of a large file is slow: one time a Step, once for all
// fields.
type witness struct {
	truth  *exact.Marginal
	target *Target
	path   path.Path
	rng    *rand.Rand
	times  []float64
	z, u   []engine.Points // at each of times
	y      []engine.Points // the velocities α̇ x1 + σ̇ x0 of the pairs that led to z, whose mean is u
}

func newWitness(truth *exact.Marginal, t *Target, p path.Path, seed uint64) *witness {
	return &witness{truth: truth, target: t, path: p, rng: engine.NewRand(seed, streamNet)}
}

// Step looks at one more time; false when all are known.
func (w *witness) Step() bool {
	k := len(w.times)
	if k == witnessTimes {
		return false
	}
	at := math.Min(w.path.TrainEnd, w.truth.End()) * (float64(k) + 0.5) / witnessTimes
	x0, x1 := engine.NewPoints(witnessPoints), engine.NewPoints(witnessPoints)
	z, u := engine.NewPoints(witnessPoints), engine.NewPoints(witnessPoints)
	engine.Gaussian{}.Sample(x0, w.rng)
	w.target.Mixture.Sample(x1, w.rng)
	w.path.Interpolate(z, x0, x1, at)
	w.truth.Velocity(u, z, at)
	c := w.path.At(at)
	for i := range x0 {
		x0[i] = float64(c.DAlpha*x1[i]) + float64(c.DSigma*x0[i])
	}
	w.times, w.z, w.u, w.y = append(w.times, at), append(w.z, z), append(w.u, u), append(w.y, x0)
	return true
}

// fieldError is the mean square of v − u over the places known.
func (w *witness) fieldError(f engine.Field) float64 { return w.meanSquare(f, w.u) }

// loss is the mean square of v − y there: the loss of training, on pairs that stay
// the same.
func (w *witness) loss(f engine.Field) float64 { return w.meanSquare(f, w.y) }

// strength is the mean square of u itself there, the scale of a field error.
func (w *witness) strength() float64 { return w.meanSquare(still{}, w.u) }

// still is the field in which nothing moves.
type still struct{}

func (still) Velocity(dst, _ engine.Points, _ float64) { clear(dst) }

func (w *witness) meanSquare(f engine.Field, from []engine.Points) float64 {
	v := engine.NewPoints(witnessPoints)
	var sum float64
	for k, at := range w.times {
		f.Velocity(v, w.z[k], at)
		for i, u := range from[k] {
			sum += float64((v[i] - u) * (v[i] - u))
		}
	}
	return sum / float64(len(w.times)*2*witnessPoints)
}
