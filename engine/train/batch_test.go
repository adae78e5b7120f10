package train

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"fmlab/engine"
	"fmlab/engine/couple"
	"fmlab/engine/path"
)

// halves is two classes, narrow Gaussians at (−1, 0) and at (1, 0), and a few points
// of no class at (0, 5).
type halves struct{}

func (h halves) Sample(dst engine.Points, rng *rand.Rand) {
	h.SampleLabelled(dst, make([]int, dst.Len()), rng)
}

func (halves) SampleLabelled(dst engine.Points, labels []int, rng *rand.Rand) {
	for i := range dst.Len() {
		labels[i] = rng.IntN(2)
		dst.Set(i, float64(2*labels[i]-1)+0.1*rng.NormFloat64(), 0.1*rng.NormFloat64())
		if rng.IntN(10) == 0 {
			labels[i] = -1
			dst.Set(i, 0, 5)
		}
	}
}

// classOf tells the class of a point of halves.
func classOf(x, y float64) int {
	switch {
	case y > 2:
		return -1
	case x > 0:
		return 1
	}
	return 0
}

// shifted returns n pairs (x0, x0 + (2, −1)).
func shifted(n int) *couple.Pairs {
	p := &couple.Pairs{X0: engine.NewPoints(n), X1: engine.NewPoints(n)}
	engine.Gaussian{}.Sample(p.X0, engine.NewRand(1, 9))
	for i := range n {
		p.X1.Set(i, p.X0[2*i]+2, p.X0[2*i+1]-1)
	}
	return p
}

// drawn returns a batch of n rows drawn once.
func drawn(t *testing.T, name string, n int, with func(*Options)) *batch {
	opt := small(t, name)
	opt.Batch = n
	with(&opt)
	tr := start(t, opt)
	tr.batch.draw()
	return tr.batch
}

// For each kind the batch is z = α x1 + σ x0 and the target its own combination of
// the same x0 and x1, to the last bit; no kind shifts a draw.
func TestTargets(t *testing.T) {
	targets := map[string]func(c path.Coeffs, x0, x1 float64) float64{
		"velocity": func(c path.Coeffs, x0, x1 float64) float64 { return c.DAlpha*x1 + c.DSigma*x0 },
		"data":     func(_ path.Coeffs, _, x1 float64) float64 { return x1 },
		"noise":    func(_ path.Coeffs, x0, _ float64) float64 { return x0 },
	}
	for _, p := range path.All {
		for _, kind := range path.Trainable {
			b := drawn(t, p.Name, 500, func(o *Options) { o.Predict = kind })
			x0, x1 := engine.NewPoints(500), engine.NewPoints(500)
			pair{}.Sample(x1, engine.NewRand(1, streamData))
			engine.Gaussian{}.Sample(x0, engine.NewRand(1, streamNoise))
			clk := engine.NewRand(1, streamTime)
			for i := range x0 {
				c := p.At(b.in[3*(i/2)+2])
				if at := p.TrainEnd; i%2 == 0 && c.T != at*clk.Float64() {
					t.Fatalf("%s %s: got a time that is not the stream's", p.Name, kind.Name)
				}
				if got, want := b.in[3*(i/2)+i%2], c.Alpha*x1[i]+c.Sigma*x0[i]; got != want {
					t.Fatalf("%s %s: got z = %v want %v", p.Name, kind.Name, got, want)
				}
				if got, want := b.target[i], targets[kind.Name](c, x0[i], x1[i]); got != want {
					t.Fatalf("%s %s: got target %v want %v", p.Name, kind.Name, got, want)
				}
			}
		}
	}
}

// ends returns the x0 and x1 of a batch's rows, from z and the data as target.
func ends(t *testing.T, b *batch) (x0, x1 engine.Points) {
	if b.opt.Predict.Name != path.Data.Name {
		t.Fatal("want a batch that predicts the data")
	}
	x0, x1 = engine.NewPoints(b.opt.Batch), b.target
	width := len(b.in) / b.opt.Batch
	for i := range x0 {
		row := b.in[i/2*width:]
		c := b.opt.Path.At(row[2])
		x0[i] = (row[i%2] - c.Alpha*x1[i]) / c.Sigma
	}
	return x0, x1
}

// With optimal transport the rows of a batch are the same points in another order of
// x1: one that no exchange of two improves. The labels travel with their x1.
func TestTransportInTheBatch(t *testing.T) {
	const n = 200
	labelled := func(o *Options) { o.Predict, o.Data, o.Net.Labels = path.Data, halves{}, 2 }
	b := drawn(t, "linear", n, func(o *Options) { labelled(o); o.Coupling = couple.OT })
	plain := drawn(t, "linear", n, labelled)
	x0, x1 := ends(t, b)
	y0, y1 := ends(t, plain)
	if got, want := slices.Sorted(slices.Values(x1)), slices.Sorted(slices.Values(y1)); !slices.Equal(got, want) {
		t.Error("got other data with transport than without")
	}
	if got, most := couple.Energy(x0, x1), couple.Energy(y0, y1); !(got < 0.9*most) {
		t.Errorf("got energy %g want well below that of random pairs, %g", got, most)
	}
	for i := range n {
		for j := range i {
			if gain := (x0[2*i]-x0[2*j])*(x1[2*j]-x1[2*i]) + (x0[2*i+1]-x0[2*j+1])*(x1[2*j+1]-x1[2*i+1]); gain > 1e-9 {
				t.Fatalf("got pairs %d and %d that gain %g by an exchange", i, j, gain)
			}
		}
		if got, want := hot(b.in[5*i+3:5*i+5]), classOf(x1.At(i)); got != want {
			t.Errorf("row %d: got label %d want that of x1, %d", i, got, want)
		}
	}
}

// hot returns the place of the 1 in a one-hot vector, −1 if all is zero.
func hot(v []float64) int {
	if slices.Max(v) == 0 {
		return -1
	}
	return slices.Index(v, 1)
}

// Labels are withheld from as many rows as was asked; nothing else depends on it.
func TestLabelDrop(t *testing.T) {
	const n = 4000
	labelled := func(drop float64) *batch {
		return drawn(t, "linear", n, func(o *Options) { o.Predict, o.Data, o.Net.Labels, o.LabelDrop = path.Data, halves{}, 2, drop })
	}
	plain := drawn(t, "linear", n, func(o *Options) { o.Predict, o.Data = path.Data, halves{} })
	for _, drop := range []float64{0, 0.2, 1} {
		b, dropped, classed := labelled(drop), 0.0, 0.0
		if !slices.Equal(b.target, plain.target) {
			t.Errorf("drop %g: got other data than without labels", drop)
		}
		for i := range n {
			got, want := hot(b.in[5*i+3:5*i+5]), classOf(b.target[2*i], b.target[2*i+1])
			if !slices.Equal(b.in[5*i:5*i+3], plain.in[3*i:3*i+3]) || got >= 0 && got != want {
				t.Fatalf("drop %g: row %d: got label %d or another z than without labels, want %d", drop, i, got, want)
			}
			if want >= 0 {
				classed++
				if got < 0 {
					dropped++
				}
			}
		}
		// Binomial: 5 standard deviations, a false alarm of 6·10⁻⁷; none at 0 and 1.
		if math.Abs(dropped-drop*classed) > 5*math.Sqrt(drop*(1-drop)*classed) {
			t.Errorf("drop %g: got %g of %g labels withheld", drop, dropped, classed)
		}
	}
}

// Pairs are drawn as they are, and need no data.
func TestPairsInTheBatch(t *testing.T) {
	b := drawn(t, "linear", 300, func(o *Options) { o.Data, o.Pairs = nil, shifted(10) })
	for i := range 300 {
		if vx, vy := b.target[2*i], b.target[2*i+1]; math.Abs(vx-2) > 1e-12 || math.Abs(vy+1) > 1e-12 {
			t.Fatalf("row %d: got velocity (%g, %g) want (2, -1)", i, vx, vy)
		}
	}
}

func TestDrawAllocatesNothing(t *testing.T) {
	for _, c := range couple.All {
		b := drawn(t, "vp", 100, func(o *Options) { o.Data, o.Net.Labels, o.Coupling = halves{}, 2, c })
		if got := testing.AllocsPerRun(10, func() { b.draw() }); got != 0 {
			t.Errorf("%s: got %g allocations a batch want 0", c.Name, got)
		}
	}
}
