package libm

import (
	"math"
	"math/big"
)

// expCells is how many cells an octave is cut into.
const expCells = 128

// root is 2^(j/expCells) as a sum hi + lo, to twice the precision of float64.
type root struct{ hi, lo float64 }

var roots = func() (table [expCells]root) {
	step := new(big.Float).SetPrec(160).SetInt64(2)
	for n := expCells; n > 1; n /= 2 {
		step.Sqrt(step)
	}
	power := new(big.Float).SetPrec(160).SetInt64(1)
	for j := range table {
		hi, _ := power.Float64()
		lo, _ := new(big.Float).Sub(power, big.NewFloat(hi)).Float64()
		table[j] = root{hi, lo}
		power.Mul(power, step)
	}
	return table
}()

// Exp returns eˣ, to 0.52 ulp (1 ulp where the result is subnormal).
func Exp(x float64) float64 {
	if !(math.Abs(x) < 708) { // NaN too
		return expFar(x)
	}
	hi, rest, k := expParts(x)
	return (hi + rest) * math.Float64frombits(uint64(1023+k)<<52)
}

// expParts returns eˣ = 2ᵏ (hi + rest), 1 ≤ hi < 2 and |rest| < 0.006, for |x| < 750.
//
// With n = round(128 x/ln 2) = 128 k + j and r = x − n ln(2)/128, eˣ = 2ᵏ 2^(j/128) eʳ
// and |r| ≤ ln(2)/256, where five terms of the series of eʳ − 1 are exact to
// float64 (Tang 1989, ACM TOMS 15, 144-157).
func expParts(x float64) (hi, rest float64, k int) {
	const (
		toInt = 3 << 51 // float64 numbers near 1.5·2⁵² are the integers
		cell  = math.Ln2 / expCells
		upper = 0x162e42fefp-33 / expCells // 33 bits of cell, so n·upper is exact
		lower = cell - upper
	)
	shifted := float64(x*(1/cell)) + toInt
	n := shifted - toInt
	bits := int(int32(math.Float64bits(shifted)))
	r := x - float64(n*upper)
	r -= float64(n * lower)
	r2 := r * r
	p := r + float64(r2*(0.5+float64(r*(1./6)))) + float64(float64(r2*r2)*(1./24+float64(r*(1./120))))
	t := &roots[bits&(expCells-1)]
	return t.hi, t.lo + float64(t.hi*p), bits >> 7
}

// expFar is Exp where the result is huge, tiny or not a number.
func expFar(x float64) float64 {
	switch {
	case x != x:
		return x
	case x > 710:
		return math.Inf(1)
	case x < -746:
		return 0
	}
	hi, rest, k := expParts(x)
	return math.Ldexp(hi+rest, k)
}
