package train

import (
	"math"
	"math/rand/v2"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/nn"
	"fmlab/engine/path"
)

// point is data at one place.
type point struct{ x, y float64 }

func (p point) Sample(dst engine.Points, _ *rand.Rand) {
	for i := range dst.Len() {
		dst.Set(i, p.x, p.y)
	}
}

// trained runs the training of options to its end.
func trained(t *testing.T, opt Options) *nn.Net {
	tr := start(t, opt)
	for tr.Step() {
	}
	if tr.Err() != nil {
		t.Fatal(tr.Err())
	}
	return tr.Net()
}

// off returns the mean squared difference, over all entries, of a network and a
// reading of the exact marginal of m on points z_t ~ p_t.
func off(net *nn.Net, m *exact.Mixture, p path.Path, kind path.Kind, t float64) float64 {
	const n = 400
	rng := engine.NewRand(7, 7)
	x0, z := engine.NewPoints(n), engine.NewPoints(n)
	m.Sample(z, rng)
	engine.Gaussian{}.Sample(x0, rng)
	p.Interpolate(z, x0, z, t)
	got, want, sum := z.Clone(), z.Clone(), 0.0
	net.Predict(got, z, t)
	exact.New(m, p).Read(want, z, t, kind)
	for i := range got {
		sum += (got[i] - want[i]) * (got[i] - want[i])
	}
	return sum / (2 * n)
}

// For data at one point c every prediction is known in full: x̂1 = c, ε̂ = (z − αc)/σ,
// v = α̇c + σ̇ε̂. Training finds each where it was trained: the data exactly, since it
// is the same everywhere, the others to a part of their variance, which is 1 or more.
func TestLearnsOnePoint(t *testing.T) {
	c := engine.Points{0.5, -0.5}
	for _, p := range path.All[:2] {
		for _, kind := range path.Trainable {
			opt := small(t, p.Name)
			opt.Data, opt.Predict, opt.Iters, opt.EMA = point{c[0], c[1]}, kind, 600, 0.98
			net := trained(t, opt)
			most := 0.12
			if kind.Name == path.Data.Name {
				most = 1e-3
			}
			for _, at := range []float64{0, 0.3, 0.6} {
				if got := off(net, exact.Points(c), p, kind, at); !(got <= most) {
					t.Errorf("%s, %s: got mean squared error %.3g at t = %g want at most %g", p.Name, kind.Name, got, at, most)
				}
			}
		}
	}
}

// The loss of the exact predictor is the floor: of no other is it less. Batches as
// the trainer draws them, read by the closed form, must say so for every kind. Five
// standard errors of both estimates: a false alarm of 6·10⁻⁷, six times.
func TestLossOfTheExactPredictorIsTheFloor(t *testing.T) {
	const n = 20000
	m := &exact.Mixture{
		Weights: []float64{0.3, 0.7}, Means: engine.Points{-1, 0.5, 1, -0.3},
		Covs: [][3]float64{{0.2, 0.05, 0.1}, {0.05, 0, 0.3}},
	}
	for _, name := range []string{"linear", "ddpm"} {
		for _, kind := range path.Trainable {
			b := drawn(t, name, n, func(o *Options) { o.Data, o.Predict = m, kind })
			g, y, sum, squares := exact.New(m, b.opt.Path), engine.NewPoints(1), 0.0, 0.0
			for i := range n {
				g.Read(y, b.in[3*i:3*i+2], b.in[3*i+2], kind)
				loss := (math.Pow(y[0]-b.target[2*i], 2) + math.Pow(y[1]-b.target[2*i+1], 2)) / 2
				sum += loss
				squares += loss * loss
			}
			mean := sum / n
			stderr := math.Sqrt((squares/n - mean*mean) / n)
			floor, ferr := exact.Floor(m, b.opt.Path, kind, n, engine.NewRand(3, 3))
			if math.Abs(mean-floor) > 5*math.Hypot(stderr, ferr) {
				t.Errorf("%s, %s: got loss %.4f ± %.4f of the exact predictor want the floor %.4f ± %.4f", name, kind.Name, mean, stderr, floor, ferr)
			}
		}
	}
}

// corners is two classes, each at one point.
type corners struct{}

var (
	corner0 = engine.Points{-1, 0}
	corner1 = engine.Points{1, 0.5}
)

func (c corners) Sample(dst engine.Points, rng *rand.Rand) {
	c.SampleLabelled(dst, make([]int, dst.Len()), rng)
}

func (corners) SampleLabelled(dst engine.Points, labels []int, rng *rand.Rand) {
	for i := range labels {
		labels[i] = rng.IntN(2)
		copy(dst.Slice(i, i+1), [2]engine.Points{corner0, corner1}[labels[i]])
	}
}

// With a label the network is the field of its class, without one that of the whole.
func TestLearnsTheFieldOfEachClass(t *testing.T) {
	opt := small(t, "linear")
	opt.Data, opt.Net.Labels, opt.LabelDrop, opt.Iters, opt.Batch = corners{}, 2, 0.3, 800, 256
	net := trained(t, opt)
	whole := exact.Points(append(corner0.Clone(), corner1...))
	for label, m := range map[int]*exact.Mixture{-1: whole, 0: exact.Points(corner0), 1: exact.Points(corner1)} {
		for _, at := range []float64{0, 0.3, 0.6} {
			if got := off(net.Labelled(label), m, opt.Path, path.Velocity, at); !(got <= 0.2) {
				t.Errorf("label %d: got mean squared error %.3g at t = %g want at most 0.2", label, got, at)
			}
		}
	}
	// Each class's field is far from the others: the test could tell them apart.
	if got := off(net.Labelled(0), exact.Points(corner1), opt.Path, path.Velocity, 0); got < 1 {
		t.Errorf("got the field of class 0 within %.3g of that of class 1", got)
	}
}

// Pairs whose straight lines never meet have one velocity at each place and time: the
// loss has no floor. Of a translation it is the same everywhere.
func TestReflowOfATranslationGoesToZero(t *testing.T) {
	opt := small(t, "linear")
	opt.Data, opt.Pairs, opt.Iters = nil, shifted(500), 400
	tr := start(t, opt)
	first := math.NaN()
	for tr.Step() {
		if tr.Iter() == 1 {
			first = tr.Loss()
		}
	}
	if !(tr.Loss() < 1e-3 && first > 1) {
		t.Errorf("got loss %.3g after %.3g at first, want less than 1e-3 and more than 1", tr.Loss(), first)
	}
}
