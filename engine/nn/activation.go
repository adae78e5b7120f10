package nn

import (
	"fmt"
	"math"
	"strings"

	"fmlab/engine/libm"
)

// Activation is a scalar function between the layers.
type Activation struct {
	Name    string
	Formula string
	F, DF   func(z float64) float64 // f and f′

	// fast does in float32 what activate64 does with F and DF.
	fast func(z, slope []float32)
}

// selu's two constants make mean 0, variance 1 a fixed point of a wide layer
// (Klambauer et al. 2017, arXiv 1706.02515, eq. 14).
const (
	seluAlpha = 1.6732632423543772
	seluScale = 1.0507009873554805
)

// Activations holds the activations in menu order. At the kink relu has slope 0
// and selu its left slope, as in torch.
var Activations = []Activation{
	{Name: "silu", Formula: "z/(1 + e⁻ᶻ)", fast: fastSilu,
		F: func(z float64) float64 { return z * sigmoid(z) },
		DF: func(z float64) float64 {
			s := sigmoid(z)
			return s * (1 + float64(z*(1-s)))
		}},
	{Name: "relu", Formula: "max(z, 0)", fast: fastRelu,
		F:  func(z float64) float64 { return max(z, 0) },
		DF: func(z float64) float64 { return choose(z > 0, 1, 0) }},
	{Name: "selu", Formula: "1.0507 z, and 1.7581 (eᶻ − 1) where z < 0", fast: fastSelu,
		F:  func(z float64) float64 { return seluScale * choose(z > 0, z, seluAlpha*libm.Expm1(min(z, 0))) },
		DF: func(z float64) float64 { return seluScale * choose(z > 0, 1, seluAlpha*libm.Exp(min(z, 0))) }},
	{Name: "gelu", Formula: "½ z (1 + erf(z/√2))", fast: fastGelu,
		F:  func(z float64) float64 { return z * normalCDF(z) },
		DF: func(z float64) float64 { return normalCDF(z) + float64(z*normalPDF(z)) }},
	{Name: "tanh", Formula: "tanh z", fast: fastTanh,
		F: libm.Tanh,
		DF: func(z float64) float64 {
			h := libm.Tanh(z)
			return 1 - float64(h*h)
		}},
}

func findActivation(name string) (*Activation, error) {
	var known []string
	for i := range Activations {
		if Activations[i].Name == name {
			return &Activations[i], nil
		}
		known = append(known, Activations[i].Name)
	}
	return nil, fmt.Errorf("activation %q: want one of %s", name, strings.Join(known, ", "))
}

func activate64(a *Activation, z, slope []float64) {
	for i := range slope {
		slope[i] = a.DF(z[i])
	}
	for i, v := range z {
		z[i] = a.F(v)
	}
}

func activate32(a *Activation, z, slope []float32) { a.fast(z, slope) }

func sigmoid(z float64) float64   { return 1 / (1 + libm.Exp(-z)) }
func normalCDF(z float64) float64 { return float64(libm.Erfc(-z/math.Sqrt2) / 2) }
func normalPDF(z float64) float64 { return libm.Exp(-z*z/2) / math.Sqrt(2*math.Pi) }

func choose(cond bool, yes, no float64) float64 {
	if cond {
		return yes
	}
	return no
}
