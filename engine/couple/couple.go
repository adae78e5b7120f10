// Package couple decides which noise belongs to which data: how the points of a
// batch are paired before straight lines, or other paths, are drawn between them.
//
// Drawn at random, different pairs pass the same place at the same time in different
// directions, and a field, which has one velocity there, must settle for the mean
// and bend. Paired at least total cost ([OT]; Tong et al. 2024, arXiv 2302.00482)
// they keep out of each other's way: for two pairs with starts a and ends b apart,
// a·b ≥ 0, so that at time t they are at least √((1−t)²‖a‖² + t²‖b‖²) apart. Their
// tracks may still cross in the plane, passed at different times.
//
// [Assign] solves that problem exactly, and with it the exact Wasserstein distance
// between two sets of equal size. [Pairs] are couplings that something else has made,
// such as the ends of the trajectories of a trained flow (reflow).
package couple

import (
	"fmt"
	"strings"

	"fmlab/engine"
)

// Coupling is a way to pair the noise and the data of a batch. The zero value is
// [Independent].
type Coupling struct {
	Name  string // as typed: independent, ot
	Title string // as read

	pair func(dst []int, x0, x1 engine.Points, w *Work) // nil: as drawn
}

var (
	// Independent leaves the pairs as they were drawn: x0 says nothing of x1. What
	// package exact says of fields, scores and floors holds for this coupling only.
	Independent = Coupling{"independent", "random pairs", nil}
	// OT is minibatch optimal transport: the pairing with the least Σ ‖x1 − x0‖²
	// within the batch.
	OT = Coupling{"ot", "optimal transport in each batch", transport}
)

// All holds the couplings in menu order.
var All = []Coupling{Independent, OT}

// Given is a coupling that somebody else makes: it is asked for the place in x1 that
// each row of x0 goes with, and must give each once.
func Given(name, title string, pair func(dst []int, x0, x1 engine.Points)) Coupling {
	return Coupling{name, title, func(dst []int, x0, x1 engine.Points, _ *Work) { pair(dst, x0, x1) }}
}

// Get returns the coupling of that name; the error lists the known ones.
func Get(name string) (Coupling, error) {
	var known []string
	for _, c := range All {
		if c.Name == name {
			return c, nil
		}
		known = append(known, c.Name)
	}
	return Coupling{}, fmt.Errorf("coupling %q: want one of %s", name, strings.Join(known, ", "))
}

// Pair pairs row i of x0 with row dst[i] of x1, for all i. dst is a permutation of
// 0 … n−1, n the length of all three. Nothing is allocated once w has seen n.
func (c Coupling) Pair(dst []int, x0, x1 engine.Points, w *Work) {
	engine.SameLen("couple: Pair", x0, x1)
	if len(dst) != x0.Len() {
		panic(fmt.Sprintf("couple: Pair: %d places for %d points", len(dst), x0.Len()))
	}
	if c.pair == nil {
		for i := range dst {
			dst[i] = i
		}
		return
	}
	c.pair(dst, x0, x1, w)
}
