package libm

import "math"

// 1/n!, from n = 13 down to 3.
var expSeries = []float64{
	1. / 6227020800, 1. / 479001600, 1. / 39916800, 1. / 3628800, 1. / 362880,
	1. / 40320, 1. / 5040, 1. / 720, 1. / 120, 1. / 24, 1. / 6,
}

// Expm1 returns eˣ − 1, to 1 ulp, near x = 0 too, where Exp(x) − 1 has lost its digits.
func Expm1(x float64) float64 {
	switch {
	case x != x || x == 0:
		return x
	case math.Abs(x) < 0.25:
		x2 := x * x
		return x + (float64(0.5*x2) + float64(float64(x2*x)*horner(x, expSeries)))
	case x < -40:
		return -1
	case x > 708:
		return Exp(x)
	}
	hi, rest, k := expParts(x)
	scale := math.Float64frombits(uint64(1023+k) << 52)
	return (float64(hi*scale) - 1) + float64(rest*scale)
}
