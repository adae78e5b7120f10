package nn

import (
	"fmt"
	"math"
	"strings"

	"fmlab/engine/libm"
)

// Optim is an optimizer of the Adam family and its constants.
type Optim struct {
	Name  string // adam, adamw
	Beta1 float64
	Beta2 float64 // memory of the means of g and of g², 0 to 1
	Eps   float64 // added to √v, above 0

	// WeightDecay is λ, 0 for none. adam adds λp to the gradient; adamw takes
	// lr λp off the parameter instead (Loshchilov & Hutter 2019, arXiv 1711.05101).
	WeightDecay float64
}

// Optimizers holds the optimizers in menu order, with torch's default constants.
var Optimizers = []Optim{
	{Name: "adam", Beta1: 0.9, Beta2: 0.999, Eps: 1e-8},
	{Name: "adamw", Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, WeightDecay: 0.01},
}

// ParseOptim returns the entry of [Optimizers] of that name.
func ParseOptim(name string) (Optim, error) {
	var known []string
	for _, o := range Optimizers {
		if o.Name == name {
			return o, nil
		}
		known = append(known, o.Name)
	}
	return Optim{}, fmt.Errorf("optimizer %q: want one of %s", name, strings.Join(known, ", "))
}

// adam is an optimizer with the state it keeps for a parameter vector.
type adam[F float] struct {
	Optim
	m, v  []F // running means of the gradient and of its square
	steps int
}

func newAdam[F float](o Optim, params int) *adam[F] {
	return &adam[F]{Optim: o, m: make([]F, params), v: make([]F, params)}
}

// step updates p by one gradient g (Kingma & Ba 2015, arXiv 1412.6980, alg. 1,
// with torch's way of correcting the bias):
//
//	m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²,  p ← p − lr/(1−β₁ᵏ) · m/(√v/√(1−β₂ᵏ) + ε)
func (a *adam[F]) step(p, g []F, lr float64) {
	a.steps++
	k := float64(a.steps)
	rate := F(lr / (1 - libm.Pow(a.Beta1, k)))
	unbias := F(1 / math.Sqrt(1-libm.Pow(a.Beta2, k)))
	decay, keep := F(a.WeightDecay), F(1)
	if a.Name == "adamw" {
		decay, keep = 0, F(1-float64(lr*a.WeightDecay))
	}
	b1, b2, c1, c2, eps := F(a.Beta1), F(a.Beta2), F(1-a.Beta1), F(1-a.Beta2), F(a.Eps)
	g, m, v := g[:len(p)], a.m[:len(p)], a.v[:len(p)]
	for i, x := range p {
		gi := g[i] + F(decay*x)
		m[i] = F(b1*m[i]) + F(c1*gi)
		v[i] = F(b2*v[i]) + F(c2*gi*gi)
		root := F(math.Sqrt(float64(v[i])))
		p[i] = F(keep*x) - F(rate*m[i]/(F(root*unbias)+eps))
	}
}
