package dataset

import (
	"math"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/libm"
)

// curve is a curve in the plane, from s = 0 to s = 1.
type curve func(s float64) (x, y float64)

// strokes are curves drawn with a Gaussian pen: equal mass on each curve, even in
// arc length. Each curve is a class if there are several.
type strokes struct {
	sd     float64
	curves []curve
}

// spacing is the distance of neighbouring Gaussians in standard deviations. The
// density along a straight row of them ripples by 2 exp(−2π²/spacing²) = 3e-4.
const spacing = 1.5

func (s strokes) mixture() *exact.Mixture {
	m := &exact.Mixture{}
	for k, c := range s.curves {
		row := c.even(spacing * s.sd)
		for i := range row.Len() {
			x, y := row.At(i)
			add(m, 1/float64(row.Len()), x, y, round(s.sd))
			if len(s.curves) > 1 {
				m.Labels = append(m.Labels, k)
			}
		}
	}
	return sound(m)
}

// even returns points in the middle of equal pieces, none longer than step, of
// the curve.
func (c curve) even(step float64) engine.Points {
	const fine = 4000
	length := make([]float64, fine+1) // from the start to s = i/fine
	x, y := c(0)
	for i := 1; i <= fine; i++ {
		nx, ny := c(float64(i) / fine)
		length[i] = length[i-1] + libm.Hypot(nx-x, ny-y)
		x, y = nx, ny
	}
	n := int(math.Ceil(length[fine] / step))
	p := engine.NewPoints(n)
	for i, k := 0, 1; i < n; i++ {
		want := length[fine] * (float64(i) + 0.5) / float64(n)
		for length[k] < want {
			k++
		}
		part := (want - length[k-1]) / (length[k] - length[k-1])
		x, y := c((float64(k-1) + part) / fine)
		p.Set(i, x, y)
	}
	return p
}

// add appends a component to m.
func add(m *exact.Mixture, weight, x, y float64, cov [3]float64) {
	m.Weights = append(m.Weights, weight)
	m.Means = append(m.Means, x, y)
	m.Covs = append(m.Covs, cov)
}

// round is the covariance of a Gaussian alike in all directions.
func round(sd float64) [3]float64 { return [3]float64{sd * sd, 0, sd * sd} }

// sound normalises a mixture that the package made.
func sound(m *exact.Mixture) *exact.Mixture {
	if err := m.Validate(); err != nil {
		panic("dataset: " + err.Error())
	}
	return m
}
