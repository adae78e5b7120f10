package libm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// Each function beside that of package math, on the numbers the engine gives it.
func BenchmarkBeside(b *testing.B) {
	for _, f := range functions {
		x := make([]float64, 4096)
		rng := rand.New(rand.NewPCG(1, 1))
		for i := range x {
			x[i] = f.ranges[0][0] + (f.ranges[0][1]-f.ranges[0][0])*rng.Float64()
		}
		for name, call := range map[string]func(float64) float64{"libm": f.ours, "math": f.math} {
			b.Run(fmt.Sprintf("%s/%s", f.name, name), func(b *testing.B) {
				sum := 0.0
				for i := 0; b.Loop(); i++ {
					sum += call(x[i%len(x)])
				}
				if math.IsNaN(sum) {
					b.Fatal("NaN")
				}
			})
		}
	}
}
