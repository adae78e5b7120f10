// Package engine holds the two nouns that every chapter of the mathematics
// shares, and the notation that all of them keep.
//
// # Notation
//
// Time t runs from 0 (noise) to 1 (data). x0 ~ N(0, I) is noise, x1 is data,
// both in the plane (d = 2). A path is z_t = α_t x1 + σ_t x0 with α_0 = 0,
// α_1 = 1, σ_0 = 1, σ_1 = 0; a dot is d/dt. u is a target velocity, v a learned
// one, λ = log(α/σ) half the log signal-to-noise ratio. The cost of sampling is
// counted in NFE: evaluations of the velocity field per sample.
//
// # Why it is shaped this way
//
// The engine knows no terminal, no file system, no clock and no global random
// state: randomness is an argument, made by [NewRand] from a seed. Whatever runs
// has a Step() bool and is then read. Slices that are written come first and are
// called dst. Misuse panics with the name of the package; nature returns errors.
package engine

import (
	"fmt"
	"math/rand/v2"
)

// Points is a set of n points in the plane, row by row: x0, y0, x1, y1, …
// Its length is 2n.
type Points []float64

// NewPoints returns n points at the origin.
func NewPoints(n int) Points { return make(Points, 2*n) }

// Len returns the number of points n.
func (p Points) Len() int { return len(p) / 2 }

// At returns the i-th point.
func (p Points) At(i int) (x, y float64) { return p[2*i], p[2*i+1] }

// Set writes the i-th point.
func (p Points) Set(i int, x, y float64) { p[2*i], p[2*i+1] = x, y }

// Slice returns points i to j-1, sharing storage.
func (p Points) Slice(i, j int) Points { return p[2*i : 2*j : 2*j] }

// Clone returns a copy that shares no storage.
func (p Points) Clone() Points { return append(Points(nil), p...) }

// Field is a time-dependent velocity field dz/dt = v(z, t).
type Field interface {
	// Velocity writes v(z_i, t) for every row of z to dst.
	// dst and z have the same length; they do not overlap.
	Velocity(dst, z Points, t float64)
}

// Flow is a field that belongs to a path, so that at a point it also knows what
// data the point is on its way to, and how the field spreads there.
type Flow interface {
	Field
	// Data writes the data prediction x̂1(z_i, t) = E[x1 | z_t = z_i] to dst.
	Data(dst, z Points, t float64)
	// Divergence writes ∇·v(z_i, t) to dst[i].
	Divergence(dst []float64, z Points, t float64)
}

// Source is a distribution over the plane that can be sampled.
type Source interface {
	// Sample fills dst with independent draws, using rng and nothing else.
	Sample(dst Points, rng *rand.Rand)
}

// Labelled is a source whose points belong to classes.
type Labelled interface {
	Source
	// SampleLabelled fills dst with independent draws as Sample does, and
	// labels[i] with the class of dst's i-th point: 0 to one below the number of
	// classes, or −1 for a point of none.
	SampleLabelled(dst Points, labels []int, rng *rand.Rand)
}

// NewRand returns the generator of one stream of a seed: PCG with the pair
// (seed, stream). Different streams of a seed are independent, so that asking
// one consumer for more numbers never shifts another's.
func NewRand(seed, stream uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, stream))
}

// Gaussian is the standard normal N(0, I), the noise end of every path.
type Gaussian struct{}

// Sample fills dst with standard normal draws.
func (Gaussian) Sample(dst Points, rng *rand.Rand) {
	for i := range dst {
		dst[i] = Normal(rng)
	}
}

// SameLen panics with the name of the calling package when two point sets that
// must match in length do not.
func SameLen(caller string, a, b Points) {
	if len(a) != len(b) {
		panic(fmt.Sprintf("%s: %d points against %d", caller, a.Len(), b.Len()))
	}
}
