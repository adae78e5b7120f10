package lessons

import (
	"fmt"
	"math/rand/v2"
)

// endVariance is the variance of the targets at t = 1, where z is x₁ and only the
// noise of a pair is not known: σ̇².
func endVariance(rng *rand.Rand) Problem {
	n := pick(rng, 1, 2, 3, 4)
	c := mustPath(fmt.Sprintf("poly:%d", n)).At(1)
	return problem(c.DSigma*c.DSigma, map[string]any{"sigma": polySigma[n], "slope": c.DSigma})
}

// polySigma is σ of poly:N as one writes it.
var polySigma = map[int]string{1: "1 − t", 2: "1 − t²", 3: "1 − t³", 4: "1 − t⁴"}

// pairedDifference is the mean difference of two paths over seeds that they share.
func pairedDifference(rng *rand.Rand) Problem {
	holes, sum := map[string]any{}, 0.
	for i, seed := range []string{"1", "2", "3"} {
		base := float64(8+4*i+rng.IntN(4)) / 100
		less := float64(1+rng.IntN(4)) / 100
		holes["a"+seed], holes["b"+seed], holes["d"+seed] = base+less, base, less
		sum += less
	}
	p := problem(sum/3, holes)
	p.Tolerance = 0.0006
	return p
}

// aboveFloor is what a loss has above its floor on the better of two paths.
func aboveFloor(rng *rand.Rand) Problem {
	floorA, floorB := pick(rng, 1.34, 1.37, 1.41), pick(rng, 2.11, 2.15, 2.21)
	a, b := float64(4+rng.IntN(4))/100, float64(9+rng.IntN(6))/100
	if rng.IntN(2) == 0 {
		a, b = b, a
	}
	p := problem(min(a, b), map[string]any{"fa": floorA, "fb": floorB, "la": floorA + a, "lb": floorB + b, "ea": a, "eb": b})
	p.Tolerance = 0.003
	return p
}

// shareOf is a field error as a share of the mean square of the field.
func shareOf(rng *rand.Rand) Problem {
	strength := pick(rng, 0.35, 0.4, 0.65, 0.7)
	e := pick(rng, 0.05, 0.06, 0.09, 0.1)
	p := problem(e/strength, map[string]any{"e": e, "u": strength})
	p.Tolerance = 0.02 * p.Truth
	return p
}
