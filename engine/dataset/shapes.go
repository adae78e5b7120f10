package dataset

import (
	"math"

	"fmlab/engine/exact"
	"fmlab/engine/libm"
)

var moons = strokes{0.07, []curve{
	func(s float64) (x, y float64) { return libm.Cos(math.Pi * s), libm.Sin(math.Pi * s) },
	func(s float64) (x, y float64) { return 1 - libm.Cos(math.Pi*s), 0.5 - libm.Sin(math.Pi*s) },
}}

var circles = strokes{0.06, []curve{circle(1), circle(0.5)}}

func circle(r float64) curve {
	return func(s float64) (x, y float64) { return polar(r, 2*math.Pi*s) }
}

// spirals are r = θ/3π for θ from π/2 to 3π, and the same turned by π.
var spirals = strokes{0.035, []curve{spiral(0), spiral(math.Pi)}}

func spiral(turn float64) curve {
	return func(s float64) (x, y float64) {
		angle := float64(math.Pi * (0.5 + float64(2.5*s)))
		return polar(angle/(3*math.Pi), angle+turn)
	}
}

// swissroll is r = θ for θ from 1.5π to 4.5π.
var swissroll = strokes{0.5, []curve{func(s float64) (x, y float64) {
	angle := math.Pi * (1.5 + float64(3*s))
	return polar(angle, angle)
}}}

func polar(r, angle float64) (x, y float64) {
	return r * libm.Cos(angle), r * libm.Sin(angle)
}

func twoGaussians() *exact.Mixture {
	m := &exact.Mixture{Labels: []int{0, 1}}
	add(m, 1, -1, -1, round(0.35))
	add(m, 1, 1, 1, round(0.35))
	return sound(m)
}

func eightGaussians() *exact.Mixture {
	m := &exact.Mixture{}
	for k := range 8 {
		x, y := polar(1, float64(k)*math.Pi/4)
		add(m, 1, x, y, round(0.1))
		m.Labels = append(m.Labels, k)
	}
	return sound(m)
}

// checkerboard fills the dark squares of a 4 × 4 board over [−2, 2]².
func checkerboard() *exact.Mixture {
	const grid = 4 // Gaussians along the side of a square
	middle := func(i int) float64 { return float64((float64(i)+0.5)/grid) - 2 }
	m := &exact.Mixture{}
	for i := range 4 * grid {
		for j := range 4 * grid {
			if (i/grid+j/grid)%2 == 0 {
				add(m, 1, middle(i), middle(j), round(1/(spacing*grid)))
			}
		}
	}
	return sound(m)
}

// pinwheel follows Johnson et al. 2016 (arXiv 1603.06277): a point at (r, s) of an
// arm, r ~ N(1, 0.3²) and s ~ N(0, 0.1²), is turned by the arm's angle plus
// exp(r)/4. Along the arm r is cut into Gaussians of standard deviation pen whose
// weights make up N(1, 0.3²); each is carried to the plane by the derivative of
// the turn at its centre, where a step dr moves by (1, r/4 exp(r)) dr in the
// turned frame and a step ds by (0, 1) ds.
func pinwheel() *exact.Mixture {
	const arms, radial, across, rate, pen = 5, 0.3, 0.1, 0.25, 0.08
	m := &exact.Mixture{}
	for arm := range arms {
		for i := -6; i <= 6; i++ {
			r := 1 + float64(float64(i)*spacing*pen)
			angle := 2*math.Pi*float64(arm)/arms + float64(rate*libm.Exp(r))
			x, y := polar(r, angle)
			bend := r * rate * libm.Exp(r)
			cov := [3]float64{pen * pen, pen * pen * bend, float64(pen*pen*bend*bend) + across*across}
			weight := libm.Exp(-(r - 1) * (r - 1) / 2 / (radial*radial - pen*pen))
			add(m, weight, x, y, turned(cov, angle))
			m.Labels = append(m.Labels, arm)
		}
	}
	return sound(m)
}

// turned returns R c Rᵀ for the rotation R by angle.
func turned(c [3]float64, angle float64) [3]float64 {
	sin, cos := libm.Sincos(angle)
	cc, ss, cs := float64(cos*cos), float64(sin*sin), cos*sin
	cross := float64(2 * c[1] * cs)
	return [3]float64{
		float64(c[0]*cc) - cross + float64(c[2]*ss),
		float64((c[0]-c[2])*cs) + float64(c[1]*(cc-ss)),
		float64(c[0]*ss) + cross + float64(c[2]*cc),
	}
}
