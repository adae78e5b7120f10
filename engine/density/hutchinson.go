package density

import (
	"math/rand/v2"

	"fmlab/engine"
)

// Prober is a field that can tell e·(∂v/∂z) e exactly and at little cost.
type Prober interface {
	Hutchinson(dst []float64, z, e engine.Points, t float64)
}

// probe is the step of the difference, near the cube root of the precision, where
// the errors of the formula and of rounding meet.
const probe = 6e-6

// Hutchinson writes e_i·(∂v/∂z) e_i at z_i to dst[i]. When the entries of e_i are
// independent, of mean 0 and variance 1, its mean over them is the divergence
// (Hutchinson 1989), at the price of one derivative however many dimensions there
// are: the divergence proper takes one for each.
//
// A [Prober] is asked. Of any other field the derivative is a central difference,
//
//	e·(v(z + he) − v(z − he))/(2h),
//
// good to about 1e-9.
func Hutchinson(dst []float64, f engine.Field, z, e engine.Points, t float64) {
	engine.SameLen("density: Hutchinson", e, z)
	if p, ok := f.(Prober); ok {
		p.Hutchinson(dst, z, e, t)
		return
	}
	beside, up, down := engine.NewPoints(z.Len()), engine.NewPoints(z.Len()), engine.NewPoints(z.Len())
	look := func(v engine.Points, h float64) {
		for i := range beside {
			beside[i] = z[i] + float64(h*e[i])
		}
		f.Velocity(v, beside, t)
	}
	look(up, probe)
	look(down, -probe)
	for i := range dst {
		x, y := e.At(i)
		dst[i] = (float64(x*(up[2*i]-down[2*i])) + float64(y*(up[2*i+1]-down[2*i+1]))) / (2 * probe)
	}
}

// Signs fills e with random signs, the directions of least variance.
func Signs(e engine.Points, rng *rand.Rand) {
	for i := range e {
		e[i] = float64(1 - 2*rng.IntN(2))
	}
}
