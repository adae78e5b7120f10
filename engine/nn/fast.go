package nn

import "math"

// The activations in float32, for training. Each takes z and slope of one length,
// leaves f(z) in z and f′(z) in slope, to an absolute error of a few 10⁻⁷. Every
// product that is added to something is converted to float32 first: that forbids
// the compiler to fuse the two, so that all machines compute the same bits.

// exp32 writes eˣ to dst, to a relative error of 2·10⁻⁷. Below −87 it gives
// e⁻⁸⁷ ≈ 10⁻³⁸, above 88 e⁸⁸ ≈ 10³⁸.
//
// With n = round(x/ln 2) and r = x − n ln 2, eˣ = 2ⁿ eʳ and |r| ≤ ½ ln 2, where a
// polynomial of degree 6 is exact to float32 (Cephes, expf).
func exp32(dst, x []float32) {
	const (
		round = 3 << 22 // float32 numbers near 1.5·2²³ are the integers
		log2e = 1 / math.Ln2
		ln2hi = 0.693359375 // few digits, so n·ln2hi is exact
		ln2lo = math.Ln2 - ln2hi
	)
	x = x[:len(dst)]
	for i, v := range x {
		if v > 88 { // NaN passes both
			v = 88
		} else if v < -87 {
			v = -87
		}
		shifted := float32(v*log2e) + round
		n := shifted - round
		r := v - float32(n*ln2hi)
		r -= float32(n * ln2lo)
		p := float32(1.9875691500e-4*r) + 1.3981999507e-3
		p = float32(p*r) + 8.3334519073e-3
		p = float32(p*r) + 4.1665795894e-2
		p = float32(p*r) + 1.6666665459e-1
		p = float32(p*r) + 5.0000001201e-1
		p = float32(float32(p*r)*r) + r + 1
		dst[i] = p * math.Float32frombits(uint32(int32(n)+127)<<23)
	}
}

// s = 1/(1 + e⁻ᶻ), f = zs, f′ = s(1 + z(1 − s)), with 1 − s = s e⁻ᶻ.
func fastSilu(z, slope []float32) {
	slope = slope[:len(z)]
	for i, v := range z {
		slope[i] = -v
	}
	exp32(slope, slope)
	for i, v := range z {
		e := slope[i]
		s := 1 / (1 + e)
		z[i] = v * s
		slope[i] = s * (1 + float32(v*s*e))
	}
}

func fastRelu(z, slope []float32) {
	slope = slope[:len(z)]
	for i, v := range z {
		slope[i] = 1
		if !(v > 0) {
			z[i], slope[i] = 0*v, 0 // 0·v, so that NaN stays NaN
		}
	}
}

func fastSelu(z, slope []float32) {
	slope = slope[:len(z)]
	exp32(slope, z)
	for i, v := range z {
		if v > 0 {
			z[i], slope[i] = seluScale*v, seluScale
			continue
		}
		slope[i] = float32(slope[i] * (seluScale * seluAlpha))
		z[i] = slope[i] - seluScale*seluAlpha
	}
}

// tanh z = 1 − 2/(e²ᶻ + 1), f′ = 1 − f².
func fastTanh(z, slope []float32) {
	slope = slope[:len(z)]
	for i, v := range z {
		slope[i] = 2 * v
	}
	exp32(slope, slope)
	for i := range z {
		h := 1 - 2/(slope[i]+1)
		z[i] = h
		slope[i] = 1 - float32(h*h)
	}
}

// gelu takes erfc(|z|/√2) = p(u) e^(−z²/2), u = 1/(1 + 0.3275911|z|/√2), from
// Abramowitz & Stegun 7.1.26 (absolute error 1.5·10⁻⁷).
func fastGelu(z, slope []float32) {
	slope = slope[:len(z)]
	for i, v := range z {
		slope[i] = -v * v / 2
	}
	exp32(slope, slope)
	const invSqrt2Pi = 0.3989422804014327
	for i, v := range z {
		e := slope[i]
		u := 1 / (1 + float32(0.3275911/math.Sqrt2*max(v, -v)))
		p := float32(1.061405429*u) - 1.453152027
		p = float32(p*u) + 1.421413741
		p = float32(p*u) - 0.284496736
		p = float32(p*u) + 0.254829592
		cdf := float32(p * u * e / 2)
		if v > 0 {
			cdf = 1 - cdf
		}
		z[i] = v * cdf
		slope[i] = cdf + float32(v*e*invSqrt2Pi)
	}
}
