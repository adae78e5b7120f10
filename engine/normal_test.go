package engine_test

import (
	"math"
	"testing"

	"fmlab/engine"
)

// The draws are those of package rand, to the rounding of a logarithm in the tail.
func TestNormalDrawsAsPackageRandDoes(t *testing.T) {
	ours, theirs := engine.NewRand(1, 1), engine.NewRand(1, 1)
	beyond := 0
	for range 3_000_000 {
		got, want := engine.Normal(ours), theirs.NormFloat64()
		if math.Abs(got-want) > 2e-15 {
			t.Fatalf("got %v want %v", got, want)
		}
		if math.Abs(got) > 3.442619855899 {
			beyond++
		}
	}
	if beyond < 1500 || beyond > 1950 { // expected 1727, six standard deviations are 250
		t.Errorf("got %d draws in the tail", beyond)
	}
	if got, want := ours.Uint64(), theirs.Uint64(); got != want {
		t.Errorf("the generator stands elsewhere: got %d want %d", got, want)
	}
}

func BenchmarkNormal(b *testing.B) {
	rng := engine.NewRand(1, 1)
	b.Run("engine", func(b *testing.B) {
		for b.Loop() {
			engine.Normal(rng)
		}
	})
	b.Run("rand", func(b *testing.B) {
		for b.Loop() {
			rng.NormFloat64()
		}
	})
}
