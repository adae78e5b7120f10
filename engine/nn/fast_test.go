package nn

import (
	"math"
	"slices"
	"testing"

	"fmlab/engine"
)

func TestExp32(t *testing.T) {
	var x []float32
	for v := float32(-87); v <= 88; v += 1.0 / 512 {
		x = append(x, v)
	}
	got := make([]float32, len(x))
	exp32(got, x)
	for i, v := range x {
		want := math.Exp(float64(v))
		if rel := math.Abs(float64(got[i])/want - 1); !(rel <= 2e-7) {
			t.Fatalf("e^%g: got %g want %g, relative error %.2g", v, got[i], want, rel)
		}
	}
	inf := float32(math.Inf(1))
	ends := []float32{-inf, -1000, 1000, inf, float32(math.NaN()), 0}
	exp32(ends, ends)
	if ends[0] != ends[1] || ends[0] > 2e-38 || ends[2] != ends[3] || ends[2] < 1e38 || ends[4] == ends[4] || ends[5] != 1 {
		t.Errorf("e^x at −∞, −1000, 1000, ∞, NaN, 0: got %g", ends)
	}
}

func TestFastActivationsMatchTheirTwins(t *testing.T) {
	for _, a := range Activations {
		var z []float32
		for v := float32(-30); v <= 30; v += 1.0 / 128 {
			z = append(z, v)
		}
		got, slope := append([]float32(nil), z...), make([]float32, len(z))
		activate32(&a, got, slope)
		for i, v := range z {
			x := float64(v)
			if want := a.F(x); math.Abs(float64(got[i])-want) > 4e-7*max(1, math.Abs(want)) {
				t.Errorf("%s(%g): got %.9g want %.9g", a.Name, v, got[i], want)
			}
			if want := a.DF(x); math.Abs(float64(slope[i])-want) > 6e-7 {
				t.Errorf("%s′(%g): got %.9g want %.9g", a.Name, v, slope[i], want)
			}
		}
		nan := []float32{float32(math.NaN())}
		activate32(&a, nan, []float32{0})
		if nan[0] == nan[0] {
			t.Errorf("%s(NaN): got %g want NaN, or a divergence goes unseen", a.Name, nan[0])
		}
	}
}

// All ways to a product must give the bits of the definition, on every machine.
func TestProductsHaveTheBitsOfThePlainOne(t *testing.T) {
	for _, size := range [][3]int{{1, 1, 1}, {1, 64, 64}, {3, 9, 8}, {64, 64, 3}, {64, 3, 64}, {100, 5, 70}, {64, 2, 64}, {2, 64, 64}, {64, 64, 64}, {65, 130, 70}, {150, 200, 33}} {
		sameProducts(t, size, gemm[float32](gemm32), gemm[float32](rowsGemm[float32]))
		sameProducts(t, size, gemm[float64](gemm64), gemm[float64](rowsGemm[float64]))
	}
}

func sameProducts[F float](t *testing.T, size [3]int, ways ...gemm[F]) {
	rng := engine.NewRand(5, 1)
	m, n, k := size[0], size[1], size[2]
	random := func(n int) []F {
		v := make([]F, n)
		for i := range v {
			if rng.IntN(10) > 0 { // relu's zeros are left out
				v[i] = F(engine.Normal(rng))
			}
		}
		return v
	}
	a, b, c := random(m*k), random(k*n + 1)[1:], random(m*n) // b is not aligned
	for _, op := range []struct{ a, b bool }{{false, false}, {false, true}, {true, false}} {
		want := slices.Clone(c)
		plainProduct(op.a, op.b, m, n, k, a, b, want)
		for way, mul := range ways {
			got := slices.Clone(c)
			mul.product(op.a, op.b, m, n, k, a, b, got, make([]F, side*side))
			for i := range got {
				if got[i] != want[i] {
					t.Errorf("way %d, %v of %v in %T, entry %d: got %.17g want %.17g", way, op, size, got[i], i, got[i], want[i])
					break
				}
			}
		}
	}
}
