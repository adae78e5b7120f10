package libm

import "math"

// Rational approximations of erfc, each a pair P, Q of polynomials on an interval
// of |x|, from FreeBSD msun, s_erf.c.
var (
	erfcNearP = []float64{-2.37630166566501626084e-05, -5.77027029648944159157e-03, -2.84817495755985104766e-02, -3.25042107247001499370e-01, 1.28379167095512558561e-01}
	erfcNearQ = []float64{-3.96022827877536812320e-06, 1.32494738004321644526e-04, 5.08130628187576562776e-03, 6.50222499887672944485e-02, 3.97917223959155352819e-01, 1}

	erfcOneP = []float64{-2.16637559486879084300e-03, 3.54783043256182359371e-02, -1.10894694282396677476e-01, 3.18346619901161753674e-01,
		-3.72207876035701323847e-01, 4.14856118683748331666e-01, -2.36211856075265944077e-03}
	erfcOneQ = []float64{1.19844998467991074170e-02, 1.36370839120290507362e-02, 1.26171219808761642112e-01, 7.18286544141962662868e-02,
		5.40397917702171048937e-01, 1.06420880400844228286e-01, 1}

	erfcTwoP = []float64{-9.81432934416914548592e+00, -8.12874355063065934246e+01, -1.84605092906711035994e+02, -1.62396669462573470355e+02,
		-6.23753324503260060396e+01, -1.05586262253232909814e+01, -6.93858572707181764372e-01, -9.86494403484714822705e-03}
	erfcTwoQ = []float64{-6.04244152148580987438e-02, 6.57024977031928170135e+00, 1.08635005541779435134e+02, 4.29008140027567833386e+02,
		6.45387271733267880336e+02, 4.34565877475229228821e+02, 1.37657754143519042600e+02, 1.96512716674392571292e+01, 1}

	erfcFarP = []float64{-4.83519191608651397019e+02, -1.02509513161107724954e+03, -6.37566443368389627722e+02, -1.60636384855821916062e+02,
		-1.77579549177547519889e+01, -7.99283237680523006574e-01, -9.86494292470009928597e-03}
	erfcFarQ = []float64{-2.24409524465858183362e+01, 4.74528541206955367215e+02, 2.55305040643316442583e+03, 3.19985821950859553908e+03,
		1.53672958608443695994e+03, 3.25792512996573918826e+02, 3.03380607434824582924e+01, 1}
)

// Erfc returns the complementary error function 2/√π ∫ₓ^∞ exp(−s²) ds, to 3 ulp:
//
//	1 − x − x P(x²)/Q(x²)                  |x| < 0.84375
//	1 − c − P(|x|−1)/Q(|x|−1)              |x| < 1.25, c near erf(1)
//	exp(−x² − 9/16 + P(x⁻²)/Q(x⁻²))/|x|    beyond, and 2 less that for x < 0
func Erfc(x float64) float64 {
	const nearOne = 8.45062911510467529297e-01
	a := math.Abs(x)
	switch {
	case x != x:
		return x
	case a < 0.25:
		return 1 - (x + float64(x*erfcNear(x*x)))
	case a < 0.84375 && x > 0: // 1 − x exactly, in two steps
		return 1 - (0.5 + (float64(x*erfcNear(x*x)) + (x - 0.5)))
	case a < 0.84375:
		return 1 + (0.5 + (float64(a*erfcNear(x*x)) + (a - 0.5)))
	case a < 1.25:
		y := horner(a-1, erfcOneP) / horner(a-1, erfcOneQ)
		if x < 0 {
			return 1 + nearOne + y
		}
		return 1 - nearOne - y
	case x < -6:
		return 2
	case x > 28:
		return 0
	case x < 0:
		return 2 - erfcTail(a)
	}
	return erfcTail(a)
}

func erfcNear(x2 float64) float64 { return horner(x2, erfcNearP) / horner(x2, erfcNearQ) }

// erfcTail is erfc for 1.25 ≤ x ≤ 28. z is x cut to 20 bits behind the leading one,
// so that z² is exact and exp(−x²) = exp(−z²) exp((z − x)(z + x)) keeps its digits.
func erfcTail(x float64) float64 {
	p, q := erfcFarP, erfcFarQ
	if x < 1/0.35 {
		p, q = erfcTwoP, erfcTwoQ
	}
	s := 1 / (x * x)
	z := math.Float64frombits(math.Float64bits(x) &^ (1<<32 - 1))
	return Exp(float64(-z*z)-0.5625) * Exp(float64((z-x)*(z+x))+horner(s, p)/horner(s, q)) / x
}
