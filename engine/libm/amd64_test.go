//go:build amd64 && !amd64.v3

package libm

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Where nothing is fused these are the algorithms of package math, operation by
// operation, so the bits are the same.
func TestSameBitsAsUnfusedMath(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 4))
	same := map[string]bool{"log": true, "sin": true, "cos": true, "tan": true, "hypot(x, 1)": true}
	for _, f := range functions {
		if !same[f.name] {
			continue
		}
		for range 1_000_000 {
			x := (2*rng.Float64() - 1) * 20
			if got, want := f.ours(x), f.math(x); got != want && got == got {
				t.Errorf("%s(%v): got %v want %v", f.name, x, got, want)
				break
			}
		}
	}
	for range 100_000 {
		x, n := 2*rng.Float64(), float64(rng.IntN(5000))
		if got, want := Pow(x, n), math.Pow(x, n); got != want {
			t.Fatalf("pow(%v, %v): got %v want %v", x, n, got, want)
		}
	}
}
