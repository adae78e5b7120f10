package libm

import "math"

// Pow returns xʸ. The whole part of y goes by squaring, with the exponent of x
// apart, and the rest, at most ½ in size, as exp(y log x): the error is some 2 ulp
// for |y| < 3, and grows with |log xʸ| and with the number of squarings.
func Pow(x, y float64) float64 {
	switch {
	case !ordinary(x, y):
		return math.Pow(x, y) // by a rule, without arithmetic
	case y == 0.5:
		return math.Sqrt(x)
	case y == -0.5:
		return 1 / math.Sqrt(x)
	}
	whole, part := math.Modf(math.Abs(y))
	m, e := 1.0, 0 // the result is m 2ᵉ
	if part > 0.5 {
		part, whole = part-1, whole+1
	}
	if part != 0 {
		m = Exp(part * Log(x))
	}
	square, exponent := math.Frexp(x)
	for n := int64(whole); n != 0; n >>= 1 {
		if exponent < -1<<12 || exponent > 1<<12 { // beyond float64, and 2ᵉ grows on
			e += exponent
			break
		}
		if n&1 == 1 {
			m, e = m*square, e+exponent
		}
		square, exponent = float64(square*square), 2*exponent
		if square < 0.5 {
			square, exponent = 2*square, exponent-1
		}
	}
	if y < 0 {
		m, e = 1/m, -e
	}
	return math.Ldexp(m, e)
}

// ordinary says that xʸ must be computed: x and y are finite, x is not 0 or 1, y is
// not 0 or 1 or so large that the result is 0 or ∞, and y is whole where x < 0.
func ordinary(x, y float64) bool {
	switch {
	case x != x || y != y || x == 0 || math.IsInf(x, 0):
		return false
	case x == 1 || y == 0 || y == 1:
		return false
	case x < 0 && y != math.Floor(y):
		return false
	}
	return math.Abs(y) < 1<<63
}
