// Package dataset holds the data ends of the lab: built-in shapes whose density
// is known exactly, readers for point sets and mixtures of one's own, and what a
// finite set needs to be trained on and judged by.
//
// Every built-in set is a Gaussian mixture, so that its sampler and its density
// are one thing and the exact field of engine/exact is the truth for it. All are
// standardised: mean 0, and one scale for x and y (circles stay round) such that
// the mean variance per coordinate is 1. Where a set has natural parts they are its
// classes, for guidance to choose from.
package dataset

import (
	"fmt"
	"strings"
	"sync"

	"fmlab/engine/exact"
)

// Set is a built-in data set.
type Set struct {
	Name  string // as typed: moons, 8gaussians
	Title string // in words
	Note  string // how its density is made and in what units it comes

	// Mixture returns the standardised mixture, built on the first call and the
	// same ever after: read it, do not change it.
	Mixture func() *exact.Mixture
}

// All is every built-in set, in menu order.
var All = []Set{
	set("moons", "two moons", "Two interleaved half circles of radius 1 drawn with a Gaussian pen of standard deviation 0.07. Two classes: the upper crescent is 0, the lower 1.", moons.mixture),
	set("circles", "two circles", "Circles of radius 1 and 0.5, as many points on each, drawn with a Gaussian pen of standard deviation 0.06. Two classes: the outer circle is 0, the inner 1.", circles.mixture),
	set("2gaussians", "two Gaussians", "Round Gaussians of standard deviation 0.35 at (−1, −1) and (1, 1), classes 0 and 1.", twoGaussians),
	set("8gaussians", "eight Gaussians", "Round Gaussians of standard deviation 0.1 at eight even places on a circle of radius 1. Eight classes, anticlockwise from the right: one label, one Gaussian, which strong guidance overshoots outwards.", eightGaussians),
	set("checkerboard", "soft checkerboard", "The eight dark squares, of side 1, of a 4 × 4 board. Each is a 4 × 4 grid of Gaussians of standard deviation 1/6: flat inside, soft at the edge.", checkerboard),
	set("spirals", "two spirals", "Two Archimedean spirals, one the other turned by half, of 1¼ turns out to radius 1; even in arc length, drawn with a Gaussian pen of standard deviation 0.035. Two classes: the spiral that ends on the left is 0, the other 1.", spirals.mixture),
	set("pinwheel", "pinwheel", "Five arms N(1, 0.3²) along and N(0, 0.1²) across, each point turned by ¼ exp(distance along the arm). Each bent arm is a chain of tilted Gaussians, and a class: 0 to 4, anticlockwise.", pinwheel),
	set("swissroll", "swiss roll", "One spiral of 1½ turns with radius equal to angle, even in arc length, drawn with a Gaussian pen of standard deviation 0.5.", swissroll.mixture),
}

func set(name, title, note string, shape func() *exact.Mixture) Set {
	return Set{Name: name, Title: title,
		Note: note + " Then moved and scaled, alike in x and y, to mean 0 and a mean variance of 1 per coordinate.",
		Mixture: sync.OnceValue(func() *exact.Mixture {
			std, _, _ := shape().Standardised()
			return std
		}),
	}
}

// Get returns the built-in set of that name.
func Get(name string) (Set, error) {
	var names []string
	for _, s := range All {
		if s.Name == name {
			return s, nil
		}
		names = append(names, s.Name)
	}
	return Set{}, fmt.Errorf("data set %q: want one of %s", name, strings.Join(names, ", "))
}
