package libm

import "math"

var (
	tanhP = []float64{-9.64399179425052238628e-1, -9.92877231001918586564e1, -1.61468768441708447952e3}
	tanhQ = []float64{1, 1.12811678491632931402e2, 2.23548839060100448583e3, 4.84406305325125486048e3}
)

// Tanh returns the hyperbolic tangent of x, to 1.5 ulp: x + x³ P(x²)/Q(x²) for small x
// (Cody & Waite, with the coefficients of Cephes), 1 − 2/(e²ˣ + 1) for large x.
func Tanh(x float64) float64 {
	z := math.Abs(x)
	switch {
	case z > 22: // 1 to the last bit
		return math.Copysign(1, x)
	case z >= 0.625:
		return math.Copysign(1-2/(Exp(2*z)+1), x)
	case x == 0:
		return x // with its sign
	}
	s := x * x
	return x + x*s*horner(s, tanhP)/horner(s, tanhQ)
}
