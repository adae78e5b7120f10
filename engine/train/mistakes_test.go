package train

import (
	"math"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/nn"
	"fmlab/engine/path"
)

func on(t *testing.T, name string) path.Path {
	p, err := path.Parse(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A mistake changes what it says and nothing else: not z, not the times, and of the
// target only its values.
func TestMistakesInTheBatch(t *testing.T) {
	const n = 300
	right := drawn(t, "linear", n, func(*Options) {})
	vp := drawn(t, "vp", n, func(*Options) {})
	var mean [2]float64
	for i, y := range right.target {
		mean[i%2] += y / n
	}
	for _, c := range []struct {
		name   string
		make   Mistakes
		target func(i int) float64
		time   func(i int) float64
	}{
		{"flip", Mistakes{Flip: true}, func(i int) float64 { return -right.target[i] }, nil},
		{"mean", Mistakes{Mean: true}, func(i int) float64 { return mean[i%2] }, nil},
		{"other path", Mistakes{Of: on(t, "vp")}, func(i int) float64 { return vp.target[i] }, nil},
		{"no time", Mistakes{Timeless: true}, nil, func(int) float64 { return 0 }},
	} {
		b := drawn(t, "linear", n, func(o *Options) { o.Mistakes = c.make })
		for i := range b.target {
			want := right.target[i]
			if c.target != nil {
				want = c.target(i)
			}
			if math.Abs(b.target[i]-want) > 1e-12 {
				t.Fatalf("%s: got target %g want %g", c.name, b.target[i], want)
			}
		}
		for i := range b.in {
			want := right.in[i]
			if c.time != nil && i%3 == 2 {
				want = c.time(i)
			}
			if b.in[i] != want {
				t.Fatalf("%s: got input %d = %g want %g", c.name, i%3, b.in[i], want)
			}
		}
	}
}

// Trained on −y a network tends to minus the field, and on the batch mean to a field
// that is the same everywhere: what the mistakes are for.
func TestMistakesAreLearned(t *testing.T) {
	field := func(m Mistakes) *nn.Net {
		opt := small(t, "linear")
		opt.Mistakes = m
		tr := start(t, opt)
		for tr.Step() {
		}
		return tr.Net()
	}
	right, flipped, flat := field(Mistakes{}), field(Mistakes{Flip: true}), field(Mistakes{Mean: true})
	z := engine.Points{1.5, 0, -1.5, 0}
	v, w, u := engine.NewPoints(2), engine.NewPoints(2), engine.NewPoints(2)
	right.Predict(v, z, 0.3)
	flipped.Predict(w, z, 0.3)
	flat.Predict(u, z, 0.3)
	for i := range v {
		if math.Abs(w[i]+v[i]) > 0.4 {
			t.Errorf("flipped: got %.2f want about %.2f", w, -v[i])
		}
	}
	if apart := math.Hypot(u[0]-u[2], u[1]-u[3]); apart > 0.2 {
		t.Errorf("batch mean: got answers %.2f apart want one answer everywhere", apart)
	}
	if apart := math.Hypot(v[0]-v[2], v[1]-v[3]); apart < 1 {
		t.Errorf("without a mistake: got answers only %.2f apart", apart)
	}
}

func TestImpossibleMistakes(t *testing.T) {
	for _, c := range []struct {
		with func(*Options)
		says string
	}{
		{func(o *Options) { o.Mistakes.Flip, o.Teacher = true, teacher{} }, "a mistaken target and a teacher"},
		{func(o *Options) { o.Mistakes.Of, o.Predict = on(t, "vp"), path.Noise }, "the target of path vp with predict noise"},
	} {
		opt := small(t, "linear")
		c.with(&opt)
		if _, err := New(opt); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("got %v want an error that says %q", err, c.says)
		}
	}
}

// teacher says nothing.
type teacher struct{}

func (teacher) Read(_, _ engine.Points, _ float64, _ path.Kind) {}
