// Package libm holds the elementary functions that decide the engine's numbers,
// with the same bits on every machine.
//
// Package math does not promise that: its Exp is written in assembly for some
// processors and takes a fused multiply-add where there is one, and elsewhere the
// compiler fuses x*y + z, which rounds once where two operations round twice. Here
// only operations are used that IEEE 754 defines to the last bit (+, −, ×, ÷, √),
// in one order, and every product that is added to something stands in a
// conversion, float64(x*y) + z, which the language forbids to fuse. The whole
// engine keeps that rule.
//
// The special cases are those of package math. Errors are given in ulps, units in
// the last place; ½ ulp is the best possible.
package libm

// horner returns c[0] xⁿ + c[1] xⁿ⁻¹ + … + c[n].
func horner(x float64, c []float64) float64 {
	sum := c[0]
	for _, v := range c[1:] {
		sum = float64(sum*x) + v
	}
	return sum
}
