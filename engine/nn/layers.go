package nn

import (
	"fmt"
	"math"
	"slices"
)

// Layer is one affine map y = W x + b, laid out as torch lays out a Linear.
type Layer struct {
	In, Out int
	Weight  []float64 // Out×In, row by row
	Bias    []float64 // Out
}

// Layers returns a copy of all layers, input to output.
func (n *Net) Layers() []Layer {
	layers := make([]Layer, len(n.core.layers))
	for i, l := range n.core.layers {
		layers[i] = Layer{In: l.in, Out: l.out, Weight: slices.Clone(l.w), Bias: slices.Clone(l.b)}
	}
	return layers
}

// FromLayers returns the network with these layers and the activation of that
// name between them. A first layer of 3 + K inputs takes K labels. The error names
// the layer, counted from 0, that does not fit.
func FromLayers(act string, layers []Layer) (*Net, error) {
	dims := []int{inputs}
	if len(layers) > 0 && layers[0].In > inputs {
		dims[0] = layers[0].In
	}
	for i, l := range layers {
		if err := l.check(dims[i]); err != nil {
			return nil, fmt.Errorf("network: layer %d: %w", i, err)
		}
		dims = append(dims, l.Out)
	}
	if got := dims[len(dims)-1]; len(layers) == 0 || got != outputs {
		return nil, fmt.Errorf("network: %d layers ending in %d outputs: want %d outputs", len(layers), got, outputs)
	}
	a, err := Config{Hidden: dims[1 : len(dims)-1], Act: act, Labels: dims[0] - inputs}.check()
	if err != nil {
		return nil, fmt.Errorf("network: %w", err)
	}
	core := newMLP(dims, a, double)
	for i, l := range core.layers {
		copy(l.w, layers[i].Weight)
		copy(l.b, layers[i].Bias)
	}
	return newNet(core), nil
}

func (l Layer) check(in int) error {
	switch {
	case l.In != in:
		return fmt.Errorf("%d inputs: want %d", l.In, in)
	case len(l.Weight) != l.In*l.Out:
		return fmt.Errorf("%d weights: want %d×%d", len(l.Weight), l.Out, l.In)
	case len(l.Bias) != l.Out:
		return fmt.Errorf("%d biases: want %d", len(l.Bias), l.Out)
	}
	for _, v := range slices.Concat(l.Weight, l.Bias) {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("a parameter is %g: want finite numbers", v)
		}
	}
	return nil
}
