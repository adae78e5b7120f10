package engine

import (
	"math"
	"math/rand/v2"

	"fmlab/engine/libm"
)

// Normal returns a draw from N(0, 1) by the ziggurat of Marsaglia & Tsang (2000,
// J. Stat. Softw. 5, 8): the bell is covered by layers of equal area, a point is
// drawn in one of them, and where it surely lies below the curve its x is the
// draw. It reads rng as rng.NormFloat64 does and gives what that gives on a machine
// that rounds every operation; NormFloat64 itself is fused on some, and takes its
// exponential and logarithm from there.
func Normal(rng *rand.Rand) float64 {
	for {
		u := rng.Uint64()
		j, i := int32(u), u>>32%layers
		x := float64(j) * float64(ziggurat.width[i])
		switch y := &ziggurat.height; {
		case uint32(max(j, -j)) < ziggurat.inside[i]:
			return x
		case i == 0:
			return tail(rng, j > 0)
		case y[i]+float32(float32(rng.Float64())*(y[i-1]-y[i])) < float32(libm.Exp(-.5*x*x)):
			return x
		}
	}
}

// tail draws beyond the last layer (Marsaglia 1964).
func tail(rng *rand.Rand, right bool) float64 {
	for {
		x := float64(-libm.Log(rng.Float64()) * (1 / tailStart))
		y := -libm.Log(rng.Float64())
		if y+y < x*x {
			continue
		}
		if right {
			return tailStart + x
		}
		return -tailStart - x
	}
}

const (
	layers    = 128
	tailStart = 3.442619855899      // where the tail begins
	layerArea = 9.91256303526217e-3 // of exp(−x²/2), the tail's too
)

// ziggurat holds for each layer its width / 2³¹, the height of the curve at its
// edge, and the part of its width · 2³¹ that lies inside the layer above.
// Layer 0 is the base with the tail.
var ziggurat = func() (z struct {
	width, height [layers]float32
	inside        [layers]uint32
}) {
	const scale = 1 << 31
	curve := func(x float64) float64 { return libm.Exp(-.5 * x * x) }
	edge := tailStart
	base := layerArea / curve(edge)
	z.inside[0] = uint32(edge / base * scale)
	z.width[0], z.height[0] = float32(base/scale), 1
	for i := layers - 1; i > 0; i-- {
		z.width[i], z.height[i] = float32(edge/scale), float32(curve(edge))
		if i > 1 {
			above := math.Sqrt(-2 * libm.Log(layerArea/edge+curve(edge)))
			z.inside[i] = uint32(above / edge * scale)
			edge = above
		}
	}
	return z
}()
