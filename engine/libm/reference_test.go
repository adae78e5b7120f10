package libm

import (
	"math"
	"math/big"
)

// The functions to many digits, by their series in math/big.

const digits = 500 // bits

func number(x float64) *big.Float    { return new(big.Float).SetPrec(digits).SetFloat64(x) }
func add(x, y *big.Float) *big.Float { return new(big.Float).SetPrec(digits).Add(x, y) }
func sub(x, y *big.Float) *big.Float { return new(big.Float).SetPrec(digits).Sub(x, y) }
func mul(x, y *big.Float) *big.Float { return new(big.Float).SetPrec(digits).Mul(x, y) }
func quo(x, y *big.Float) *big.Float { return new(big.Float).SetPrec(digits).Quo(x, y) }

// series returns t_0 + t_1 + … with t_n = t_{n−1} factor p(n)/q(n), until the terms
// no longer count.
func series(first, factor *big.Float, p, q func(n float64) float64) *big.Float {
	sum, term := first, first
	for n := 1.0; term.Sign() != 0 && term.MantExp(nil) > sum.MantExp(nil)-digits; n++ {
		term = quo(mul(mul(term, factor), number(p(n))), number(q(n)))
		sum = add(sum, term)
	}
	return sum
}

func one(float64) float64 { return 1 }

// bigExp halves x until the series is quick, and squares back.
func bigExp(x *big.Float) *big.Float {
	halvings := max(0, x.MantExp(nil)+8)
	small := new(big.Float).SetPrec(digits).SetMantExp(x, -halvings)
	y := series(number(1), small, one, func(n float64) float64 { return n })
	for range halvings {
		y = mul(y, y)
	}
	return y
}

// bigLog is Newton's y ← y + 2(x − eʸ)/(x + eʸ), which triples the digits.
func bigLog(x *big.Float) *big.Float {
	m := new(big.Float)
	e := x.MantExp(m)
	f, _ := m.Float64()
	y := number(math.Log(f) + float64(e)*math.Ln2)
	for range 3 {
		z := bigExp(y)
		y = add(y, quo(mul(number(2), sub(x, z)), add(x, z)))
	}
	return y
}

func bigSin(x *big.Float) *big.Float {
	return series(x, mul(x, x), func(float64) float64 { return -1 }, func(n float64) float64 { return 2 * n * (2*n + 1) })
}

func bigCos(x *big.Float) *big.Float {
	return series(number(1), mul(x, x), func(float64) float64 { return -1 }, func(n float64) float64 { return 2 * n * (2*n - 1) })
}

func bigTan(x *big.Float) *big.Float { return quo(bigSin(x), bigCos(x)) }

func bigExpm1(x *big.Float) *big.Float { return sub(bigExp(x), number(1)) }

func bigTanh(x *big.Float) *big.Float {
	e := bigExpm1(mul(number(2), x))
	return quo(e, add(e, number(2)))
}

// bigErfc is 1 − 2/√π Σ (−1)ⁿ x²ⁿ⁺¹/(n! (2n+1)).
func bigErfc(x *big.Float) *big.Float {
	sum := series(x, mul(x, x), func(n float64) float64 { return -(2*n - 1) }, func(n float64) float64 { return n * (2*n + 1) })
	root := new(big.Float).SetPrec(digits).Sqrt(bigPi())
	return sub(number(1), quo(mul(number(2), sum), root))
}

// bigPi is Machin's 16 arctan(1/5) − 4 arctan(1/239).
func bigPi() *big.Float {
	arctan := func(n float64) *big.Float {
		return series(quo(number(1), number(n)), quo(number(-1), number(n*n)), func(k float64) float64 { return 2*k - 1 }, func(k float64) float64 { return 2*k + 1 })
	}
	return sub(mul(number(16), arctan(5)), mul(number(4), arctan(239)))
}

func bigHypot1(x *big.Float) *big.Float {
	return new(big.Float).SetPrec(digits).Sqrt(add(mul(x, x), number(1)))
}

func bigPow(y float64) func(x *big.Float) *big.Float {
	return func(x *big.Float) *big.Float { return bigExp(mul(number(y), bigLog(x))) }
}

// ulps returns the error of got in units in the last place of want, a subnormal
// one's being that of 2⁻¹⁰²².
func ulps(got float64, want *big.Float) float64 {
	exponent := max(want.MantExp(nil)-53, -1074)
	e, _ := sub(number(got), want).Float64()
	return math.Abs(math.Ldexp(e, -exponent))
}
