// Package nn is the network that learns a velocity: a multilayer perceptron
// v(x, y, t) from R³ to R², its gradient written by hand, and the optimizers.
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
	inputs, outputs    = 3, 2 // x, y, t → velocity
	maxWidth, maxDepth = 1024, 8
)

// Config is the shape of a network.
type Config struct {
	Hidden []int  // widths of the hidden layers, 1 to 8 of them, each 1 to 1024
	Act    string // activation after each hidden layer: a name in Activations
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
	return findActivation(c.Act)
}

// ParseShape reads the widths of hidden layers: "64x3" is three layers of 64,
// "128,64" is one of 128 and then one of 64.
func ParseShape(s string) ([]int, error) {
	hidden, err := parseWidths(s)
	if err == nil {
		_, err = Config{hidden, Activations[0].Name}.check()
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

// Net is a function v(z, t) with parameters. One Net serves one goroutine at a
// time, because it reuses its scratch; see [Net.Clone].
type Net struct {
	core   *mlp[float64]
	tape   *tape[float64]
	slopes *tape[float64] // for tangents
}

// New returns a network with random parameters: each weight and bias of a layer
// is uniform on ±1/√n, n the layer's inputs. That is what torch's Linear does
// (Kaiming uniform, He et al. 2015, arXiv 1502.01852, with a = √5).
func New(cfg Config, rng *rand.Rand) (*Net, error) {
	act, err := cfg.check()
	if err != nil {
		return nil, fmt.Errorf("network: %w", err)
	}
	dims := slices.Concat([]int{inputs}, cfg.Hidden, []int{outputs})
	core := newMLP(dims, act, double)
	for _, l := range core.layers {
		bound := 1 / math.Sqrt(float64(l.in))
		for _, values := range [][]float64{l.w, l.b} {
			for i := range values {
				values[i] = bound * (2*rng.Float64() - 1)
			}
		}
	}
	return &Net{core: core}, nil
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

// load puts rows of z and the time in front of the first layer.
func (n *Net) load(tp *tape[float64], z engine.Points, t float64) {
	in := tp.h[0]
	for r := range z.Len() {
		in[3*r], in[3*r+1], in[3*r+2] = z[2*r], z[2*r+1], t
	}
}

// Config returns the shape.
func (n *Net) Config() Config {
	dims := n.core.dims
	return Config{Hidden: slices.Clone(dims[1 : len(dims)-1]), Act: n.core.act.Name}
}

// Params returns the number of parameters.
func (n *Net) Params() int { return len(n.core.params) }

// Clone returns a copy that shares nothing, for another goroutine.
func (n *Net) Clone() *Net { return &Net{core: n.core.clone()} }
