package libm

import (
	"math"
	"math/bits"
)

// The polynomials are minimax on [0, π/4], from Cephes (Moshier, sin.c and tan.c).

// sinNear returns sin z = z + z³ S(z²), |z| ≤ π/4.
func sinNear(z float64) float64 {
	zz := z * z
	s := float64(1.58962301576546568060e-10*zz) - 2.50507477628578072866e-8
	s = float64(s*zz) + 2.75573136213857245213e-6
	s = float64(s*zz) - 1.98412698295895385996e-4
	s = float64(s*zz) + 8.33333333332211858878e-3
	s = float64(s*zz) - 1.66666666666666307295e-1
	return z + float64(z*zz*s)
}

// cosNear returns cos z = 1 − z²/2 + z⁴ C(z²), |z| ≤ π/4.
func cosNear(z float64) float64 {
	zz := z * z
	c := 2.08757008419747316778e-9 - float64(1.13585365213876817300e-11*zz)
	c = float64(c*zz) - 2.75573141792967388112e-7
	c = float64(c*zz) + 2.48015872888517045348e-5
	c = float64(c*zz) - 1.38888888888730564116e-3
	c = float64(c*zz) + 4.16666666666665929218e-2
	return 1 - float64(0.5*zz) + float64(zz*zz*c)
}

// Sin returns the sine of x radians, to 1.7 ulp.
func Sin(x float64) float64 {
	quarter, z := reduce(math.Abs(x))
	y := sinNear(z)
	if quarter&1 == 1 {
		y = cosNear(z)
	}
	return signed(y, math.Signbit(x) != (quarter&2 == 2))
}

// Cos returns the cosine of x radians, to 1.7 ulp.
func Cos(x float64) float64 {
	quarter, z := reduce(math.Abs(x))
	y := cosNear(z)
	if quarter&1 == 1 {
		y = sinNear(z)
	}
	return signed(y, (quarter+1)&2 == 2)
}

// Sincos returns Sin(x), Cos(x).
func Sincos(x float64) (sin, cos float64) {
	quarter, z := reduce(math.Abs(x))
	sin, cos = sinNear(z), cosNear(z)
	if quarter&1 == 1 {
		sin, cos = cos, sin
	}
	return signed(sin, math.Signbit(x) != (quarter&2 == 2)), signed(cos, (quarter+1)&2 == 2)
}

func signed(x float64, minus bool) float64 {
	if minus {
		return -x
	}
	return x
}

// Tan returns the tangent of x radians, to 2.5 ulp.
func Tan(x float64) float64 {
	quarter, z := reduce(math.Abs(x))
	y := tanNear(z)
	if quarter&1 == 1 {
		y = -1 / y
	}
	return signed(y, math.Signbit(x))
}

// tanNear returns tan z = z + z³ P(z²)/Q(z²), |z| ≤ π/4.
func tanNear(z float64) float64 {
	zz := float64(z * z)
	p := 1.15351664838587416140e6 - float64(1.30936939181383777646e4*zz)
	p = float64(p*zz) - 1.79565251976484877988e7
	q := zz + 1.36812963470692954678e4
	q = float64(q*zz) - 1.32089234440210967447e6
	q = float64(q*zz) + 2.50083801823357915839e7
	q = float64(q*zz) - 5.38695755929454629881e7
	return z + float64(z*(zz*p/q))
}

// reduce returns z = x − q π/2 in about ±π/4 and q mod 4, for x ≥ 0; z is NaN for ∞
// and NaN. Up to 2²⁹ it takes π/4 in three parts of few digits, so that the first
// two products are exact (Cody & Waite).
func reduce(x float64) (quarter uint64, z float64) {
	const (
		high = 7.85398125648498535156e-1
		mid  = 3.77489470793079817668e-8
		low  = 2.69515142907905952645e-15
	)
	if !(x < 1<<29) {
		return reduceFar(x)
	}
	n := (uint64(x*(4/math.Pi)) + 1) &^ 1 // eighths of a turn, rounded to quarters
	y := float64(n)
	return n / 2, ((x - float64(y*high)) - float64(y*mid)) - float64(y*low)
}

// reduceFar is reduce for any x ≥ 2²⁹. With x = m 2ᵉ it multiplies m by those 192
// bits of 4/π that decide x·4/π modulo 8, in whole numbers (Payne & Hanek 1983,
// SIGNUM Newsletter 18, 19-24).
func reduceFar(x float64) (quarter uint64, z float64) {
	if !(x <= math.MaxFloat64) {
		return 0, math.NaN()
	}
	word := math.Float64bits(x)
	m, e := word&(1<<52-1)|1<<52, int(word>>52)-1023-52
	i, shift := (e+61)/64, (e+61)%64
	var digits [3]uint64
	for j := range digits {
		digits[j] = fourOverPi[i+j]<<shift | fourOverPi[i+j+1]>>(64-shift)
	}
	last, _ := bits.Mul64(digits[2], m)
	hi, lo := bits.Mul64(digits[1], m)
	lo, carry := bits.Add64(lo, last, 0)
	hi += digits[0]*m + carry // hi and lo are x·4/π modulo 8, with three bits before the point
	hi += 1 << 61             // plus 1: now two bits of q, and the rest is 1 + z·4/π in [0, 2)
	above := int64((hi<<2 | lo>>62) ^ 1<<63)
	return hi >> 62, (float64(above) + float64(float64(lo<<2)*0x1p-64)) * (math.Pi / 4 * 0x1p-63)
}

// fourOverPi is 4/π in binary, with the point behind the first word: enough digits
// for the largest number.
var fourOverPi = [...]uint64{
	0x0000000000000001, 0x45f306dc9c882a53, 0xf84eafa3ea69bb81, 0xb6c52b3278872083,
	0xfca2c757bd778ac3, 0x6e48dc74849ba5c0, 0x0c925dd413a32439, 0xfc3bd63962534e7d,
	0xd1046bea5d768909, 0xd338e04d68befc82, 0x7323ac7306a673e9, 0x3908bf177bf25076,
	0x3ff12fffbc0b301f, 0xde5e2316b414da3e, 0xda6cfd9e4f96136e, 0x9e8c7ecd3cbfd45a,
	0xea4f758fd7cbe2f6, 0x7a0e73ef14a525d4, 0xd7f6bf623f1aba10, 0xac06608df8f6d757,
}
