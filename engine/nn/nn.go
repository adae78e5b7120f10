// Package nn is the network that learns a field: a multilayer perceptron
// v(x, y, t) from R³ to R², its gradient and its tangents written by hand, and the
// optimizers. A network may have a class as a further input, one-hot: K classes
// make K numbers, of which that of the class is 1 and the others 0; all zero is no
// label. The label belongs to a view of the network, see [Net.Labelled].
//
// The mathematics stands once, generic over float32 and float64 (mlp.go).
// A [Learner] trains in float32, which is twice as fast and loses nothing to the
// noise of a batch. A [Net] evaluates in float64, since a solver of high order
// stops converging on a field that is only accurate to seven digits; the same
// float64 code is the reference for the gradient tests.
package nn

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"fmlab/engine"
)

const (
	inputs, outputs    = 3, 2 // x, y, t, then the labels → velocity
	maxWidth, maxDepth = 1024, 8
	maxLabels          = 64
	noLabel            = -1
)

// Config is the shape of a network.
type Config struct {
	Hidden []int  // widths of the hidden layers, 1 to 8 of them, each 1 to 1024
	Act    string // activation after each hidden layer: a name in Activations
	Labels int    // number of classes K, 0 (none) to 64; the inputs are 3 + K
}

// check says what is wrong with a configuration, and finds its activation.
func (c Config) check() (*Activation, error) {
	if len(c.Hidden) < 1 || len(c.Hidden) > maxDepth {
		return nil, fmt.Errorf("%d hidden layers: want 1 to %d", len(c.Hidden), maxDepth)
	}
	for _, w := range c.Hidden {
		if w < 1 || w > maxWidth {
			return nil, fmt.Errorf("a hidden layer %d wide: want 1 to %d", w, maxWidth)
		}
	}
	if c.Labels < 0 || c.Labels > maxLabels {
		return nil, fmt.Errorf("%d labels: want 0 (none) to %d", c.Labels, maxLabels)
	}
	return findActivation(c.Act)
}

// ParseShape reads the widths of hidden layers: "64x3" is three layers of 64,
// "128,64" is one of 128 and then one of 64.
func ParseShape(s string) ([]int, error) {
	hidden, err := parseWidths(s)
	if err == nil {
		_, err = Config{Hidden: hidden, Act: Activations[0].Name}.check()
	}
	if err != nil {
		return nil, fmt.Errorf("network shape %q: %w", s, err)
	}
	return hidden, nil
}

func parseWidths(s string) ([]int, error) {
	if width, depth, ok := strings.Cut(s, "x"); ok {
		w, err := strconv.Atoi(width)
		d, err2 := strconv.Atoi(depth)
		if errors.Join(err, err2) != nil {
			return nil, errors.New("want width x depth as in 64x3, or widths as in 128,64")
		}
		return slices.Repeat([]int{w}, min(max(d, 0), maxDepth+1)), nil
	}
	var hidden []int
	for field := range strings.SplitSeq(s, ",") {
		w, err := strconv.Atoi(field)
		if err != nil {
			return nil, errors.New("want width x depth as in 64x3, or widths as in 128,64")
		}
		hidden = append(hidden, w)
	}
	return hidden, nil
}

// Net is a function v(z, t) with parameters, which never change. One Net serves
// one goroutine at a time, because it reuses its scratch; see [Net.Labelled].
type Net struct {
	core  *mlp[float64]
	label int            // the class that it is evaluated with, or noLabel
	tape  *tape[float64] // for values
	jet   *jet           // for tangents
}

func newNet(core *mlp[float64]) *Net { return &Net{core: core, label: noLabel} }

// New returns a network with random parameters: each weight and bias of a layer
// is uniform on ±1/√n, n the layer's inputs. That is what torch's Linear does
// (Kaiming uniform, He et al. 2015, arXiv 1502.01852, with a = √5).
func New(cfg Config, rng *rand.Rand) (*Net, error) {
	act, err := cfg.check()
	if err != nil {
		return nil, fmt.Errorf("network: %w", err)
	}
	dims := slices.Concat([]int{inputs + cfg.Labels}, cfg.Hidden, []int{outputs})
	core := newMLP(dims, act, double)
	for _, l := range core.layers {
		bound := 1 / math.Sqrt(float64(l.in))
		for _, values := range [][]float64{l.w, l.b} {
			for i := range values {
				values[i] = bound * (2*float64(rng.Float64()) - 1)
			}
		}
	}
	return newNet(core), nil
}

// Predict writes the output v(z_i, t) for every row of z to dst, in float64.
func (n *Net) Predict(dst, z engine.Points, t float64) {
	engine.SameLen("nn: Predict", dst, z)
	if n.tape == nil {
		n.tape = newTape(n.core, false)
	}
	for i := 0; i < z.Len(); i += tileRows {
		j := min(i+tileRows, z.Len())
		n.load(n.tape, z.Slice(i, j), t)
		copy(dst.Slice(i, j), n.core.forward(n.tape, j-i))
	}
}

// load puts rows of z, the time and the label in front of the first layer.
func (n *Net) load(tp *tape[float64], z engine.Points, t float64) {
	in, width := tp.h[0], n.core.dims[0]
	for r := range z.Len() {
		row := in[r*width : (r+1)*width]
		row[0], row[1], row[2] = z[2*r], z[2*r+1], t
		oneHot(row[inputs:], n.label)
	}
}

// oneHot writes a label of len(dst) classes to dst.
func oneHot(dst []float64, label int) {
	clear(dst)
	if label != noLabel {
		dst[label] = 1
	}
}

// Config returns the shape.
func (n *Net) Config() Config {
	dims := n.core.dims
	return Config{Hidden: slices.Clone(dims[1 : len(dims)-1]), Act: n.core.act.Name, Labels: dims[0] - inputs}
}

// Params returns the number of parameters.
func (n *Net) Params() int { return len(n.core.params) }

// Labelled returns the same function evaluated with a class: 0 to Labels−1, or −1
// for none, which is what all networks start with. It shares the parameters, and
// serves another goroutine.
func (n *Net) Labelled(label int) *Net {
	if k := n.Config().Labels; label < noLabel || label >= k {
		panic(fmt.Sprintf("nn: Labelled: label %d of a network with %d: want -1 (none) to %d", label, k, k-1))
	}
	return &Net{core: n.core, label: label}
}
