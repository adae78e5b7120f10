package lessons

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Problem is a number to find: what fills the holes of the text, the truth, and
// how far from it an answer is still right.
type Problem struct {
	Holes     map[string]string // "h" fills {h}
	Truth     float64
	Tolerance float64
}

// Generator makes problems. The truth comes from the engine, not from a formula
// of its own, so a lesson cannot drift from the lab.
type Generator struct {
	Name string // as in "make: NAME"
	Asks string // what is asked, for authors
	Make func(rng *rand.Rand) Problem
}

func findGenerator(name string) (Generator, error) {
	var known []string
	for _, g := range Generators {
		if g.Name == name {
			return g, nil
		}
		known = append(known, g.Name)
	}
	return Generator{}, fmt.Errorf("make: %q: want one of %s", name, strings.Join(known, ", "))
}

// pick returns one of the values.
func pick[T any](rng *rand.Rand, values ...T) T { return values[rng.IntN(len(values))] }

// tenth returns a number from lo to hi with one decimal.
func tenth(rng *rand.Rand, lo, hi int) float64 {
	return float64(lo*10+rng.IntN((hi-lo)*10+1)) / 10
}

// apart returns two such numbers at least 0.5 apart, so that mixing them up shows.
func apart(rng *rand.Rand, lo, hi int) (a, b float64) {
	for a-b < 0.5 && b-a < 0.5 {
		a, b = tenth(rng, lo, hi), tenth(rng, lo, hi)
	}
	return a, b
}

// problem rounds nothing: holes are shown as typed, the truth is what the engine
// says, and the tolerance is 1 % of it, at least 0.01.
func problem(truth float64, holes map[string]any) Problem {
	p := Problem{Holes: map[string]string{}, Truth: truth, Tolerance: max(0.01, 0.01*truth, -0.01*truth)}
	for name, v := range holes {
		if x, ok := v.(float64); ok {
			v = FormatNumber(x)
		}
		p.Holes[name] = fmt.Sprint(v)
	}
	return p
}
