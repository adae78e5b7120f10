package nn

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fmlab/engine"
)

func refuses(t *testing.T, want string, call func()) {
	t.Helper()
	defer func() {
		if got := fmt.Sprint(recover()); !strings.HasPrefix(got, want) {
			t.Errorf("got panic %q want %q", got, want)
		}
	}()
	call()
}

// conditional returns a network of 4 labels.
func conditional(t *testing.T) *Net {
	net, err := New(Config{Hidden: []int{9, 7}, Act: "silu", Labels: 4}, engine.NewRand(1, 13))
	if err != nil {
		t.Fatal(err)
	}
	return net
}

// A one-hot input adds its column of the first layer's weights to the bias: with a
// label the network is one without labels and with that bias.
func TestLabelIsABias(t *testing.T) {
	net := conditional(t)
	z := engine.NewPoints(tileRows + 3)
	engine.Gaussian{}.Sample(z, engine.NewRand(2, 13))
	for label := -1; label < 4; label++ {
		layers := net.Layers()
		first := &layers[0]
		var weight []float64
		for o := range first.Out {
			row := first.Weight[o*first.In : (o+1)*first.In]
			weight = append(weight, row[:3]...)
			if label >= 0 {
				first.Bias[o] += row[3+label]
			}
		}
		first.In, first.Weight = 3, weight
		plain, err := FromLayers("silu", layers)
		if err != nil {
			t.Fatal(err)
		}
		given, what := net.Labelled(label), fmt.Sprintf("label %d", label)
		got, want := z.Clone(), z.Clone()
		given.Predict(got, z, 0.4)
		plain.Predict(want, z, 0.4)
		compare(t, what+", output", got, want, 1e-13)
		given.Tangent(got, z, z, 0.4)
		plain.Tangent(want, z, z, 0.4)
		compare(t, what+", tangent", got, want, 1e-13)
		given.Divergence(got[:z.Len()], z, 0.4)
		plain.Divergence(want[:z.Len()], z, 0.4)
		compare(t, what+", divergence", got[:z.Len()], want[:z.Len()], 1e-13)
	}
}

// A new network, one from layers and a view of a view know no label of before.
func TestLabelsOfViews(t *testing.T) {
	net := conditional(t)
	back, err := FromLayers("silu", net.Layers())
	if err != nil {
		t.Fatal(err)
	}
	if got := back.Config().Labels; got != 4 {
		t.Errorf("got %d labels from layers of 7 inputs, want 4", got)
	}
	at := func(n *Net) []float64 {
		v := engine.NewPoints(1)
		n.Predict(v, engine.Points{1, 2}, 0.5)
		return v
	}
	none, two := at(net), at(net.Labelled(2))
	if slices.Equal(none, two) || slices.Equal(two, at(net.Labelled(3))) {
		t.Error("got the same output for two labels")
	}
	for what, n := range map[string]*Net{"from layers": back, "view of a view": net.Labelled(2).Labelled(-1), "after its views": net} {
		if !slices.Equal(at(n), none) {
			t.Errorf("%s: got an output that is not that of no label", what)
		}
	}
	for _, label := range []int{-2, 4} {
		refuses(t, fmt.Sprintf("nn: Labelled: label %d of a network with 4: want -1 (none) to 3", label), func() { net.Labelled(label) })
	}
}

// The label is an input that a view writes into its scratch: views do not disturb
// each other in two goroutines (the race detector looks on).
func TestViewsServeGoroutines(t *testing.T) {
	net, done := conditional(t), make(chan []float64)
	z := engine.NewPoints(200)
	run := func(n *Net) {
		v, d := z.Clone(), make([]float64, 200)
		n.Predict(v, z, 0.1)
		n.Divergence(d, z, 0.1)
		done <- append(v, d...)
	}
	go run(net.Labelled(1))
	go run(net.Labelled(1))
	if !slices.Equal(<-done, <-done) {
		t.Error("got two outputs of one function")
	}
}

// Trained on a function of the label alone, each view says its own and the rest is
// what was given without one.
func TestLearnerTakesLabels(t *testing.T) {
	const labels, batch, width = 3, 64, 3 + 3
	net, err := New(Config{Hidden: []int{16}, Act: "silu", Labels: labels}, engine.NewRand(3, 13))
	if err != nil {
		t.Fatal(err)
	}
	l := NewLearner(net, LearnerOptions{Optim: Optimizers[0], Batch: batch, Workers: 1})
	defer l.Close()
	rng := engine.NewRand(4, 13)
	in, target := make([]float64, batch*width), make([]float64, batch*outputs)
	for range 600 {
		for i := range batch {
			row, label := in[i*width:(i+1)*width], rng.IntN(labels+1)-1
			row[0], row[1], row[2] = rng.NormFloat64(), rng.NormFloat64(), rng.Float64()
			oneHot(row[3:], label)
			target[2*i], target[2*i+1] = float64(label), -float64(label)
		}
		if _, ok := l.Step(in, target, 1e-2); !ok {
			t.Fatal("got a divergence")
		}
	}
	for label := -1; label < labels; label++ {
		v := engine.NewPoints(1)
		l.Net().Labelled(label).Predict(v, engine.Points{0.5, -0.5}, 0.5)
		if want := float64(label); max(v[0]-want, want-v[0], v[1]+want, -want-v[1]) > 0.1 {
			t.Errorf("label %d: got %.3f want (%d, %d)", label, v, label, -label)
		}
	}
	refuses(t, "nn: Step with 192 inputs and 128 targets: want 384 and 128", func() { l.Step(in[:192], target, 1) })
}

func TestConfigSaysHowManyLabels(t *testing.T) {
	for _, labels := range []int{-1, 65} {
		_, err := New(Config{Hidden: []int{4}, Act: "silu", Labels: labels}, engine.NewRand(1, 1))
		if want := fmt.Sprintf("network: %d labels: want 0 (none) to 64", labels); err == nil || err.Error() != want {
			t.Errorf("got %v want %q", err, want)
		}
	}
	if _, err := FromLayers("silu", []Layer{{3 + 65, 1, make([]float64, 68), make([]float64, 1)}, {1, 2, make([]float64, 2), make([]float64, 2)}}); err == nil || !strings.Contains(err.Error(), "65 labels: want 0 (none) to 64") {
		t.Errorf("got %v want an error about 65 labels", err)
	}
}
