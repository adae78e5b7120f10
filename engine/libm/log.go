package libm

import "math"

// Log returns the natural logarithm of x, to 1 ulp.
//
// With x = 2ᵏ (1 + f), ½√2 ≤ 1 + f < √2, and s = f/(2 + f), log(1 + f) =
// f − (h − s(h + R)), where h = f²/2 and R = 2s²/3 + 2s⁴/5 + … is a minimax
// polynomial (FreeBSD msun, e_log.c).
func Log(x float64) float64 {
	const (
		ln2hi = 6.93147180369123816490e-01 // few digits, so k·ln2hi is exact
		ln2lo = 1.90821492927058770002e-10
		lower = 0x3fe6a09e667f3bcd // the bits of ½√2, rounded up
	)
	if !(x >= 0x1p-1022 && x <= math.MaxFloat64) {
		return logFar(x)
	}
	word := math.Float64bits(x)
	e := int64(word-lower) >> 52
	f, k := math.Float64frombits(word-uint64(e)<<52)-1, float64(e)
	s := f / (2 + f)
	s2 := s * s
	s4 := s2 * s2
	odd := float64(1.479819860510658591e-01*s4) + 1.818357216161805012e-01
	odd = float64(odd*s4) + 2.857142874366239149e-01
	odd = float64(odd*s4) + 6.666666666666735130e-01
	even := float64(1.531383769920937332e-01*s4) + 2.222219843214978396e-01
	even = float64(even*s4) + 3.999999999940941908e-01
	r := float64(s2*odd) + float64(s4*even)
	h := float64(0.5 * f * f)
	return float64(k*ln2hi) - ((h - (float64(s*(h+r)) + float64(k*ln2lo))) - f)
}

// logFar is Log where x is subnormal, not positive, or not a finite number.
func logFar(x float64) float64 {
	switch {
	case x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	case x < 1:
		return Log(x*0x1p52) - 52*math.Ln2
	}
	return x
}

// Log2 returns the logarithm of x to base 2, to 2 ulp, exact for powers of 2.
func Log2(x float64) float64 {
	if m, e := math.Frexp(x); m == 0.5 {
		return float64(e - 1)
	}
	return float64(Log(x) * (1 / math.Ln2))
}

// Log10 returns the logarithm of x to base 10, to 2 ulp.
func Log10(x float64) float64 { return float64(Log(x) * (1 / math.Ln10)) }
