package lessons

import (
	"math"
	"math/rand/v2"

	"fmlab/engine"
	"fmlab/engine/density"
	"fmlab/engine/metric"
	"fmlab/engine/ode"
)

// matrix is the field v = A z that stays the same at all times, its entries row by
// row.
type matrix [4]float64

func (m matrix) Velocity(dst, z engine.Points, _ float64) {
	for i := range z.Len() {
		x, y := z.At(i)
		dst.Set(i, m[0]*x+m[1]*y, m[2]*x+m[3]*y)
	}
}

func (m matrix) Divergence(dst []float64, _ engine.Points, _ float64) {
	for i := range dst {
		dst[i] = m[0] + m[3]
	}
}

// Data panics: such a field is on no path to any data.
func (matrix) Data(engine.Points, engine.Points, float64) {
	panic("lessons: a matrix predicts no data")
}

// drawMatrix draws four entries with one decimal, none of them 0, those off the
// diagonal of different sizes.
func drawMatrix(rng *rand.Rand) matrix {
	entry := func() float64 { return pick(rng, -1., 1.) * float64(1+rng.IntN(20)) / 10 }
	for {
		if m := (matrix{entry(), entry(), entry(), entry()}); math.Abs(m[1]) != math.Abs(m[2]) {
			return m
		}
	}
}

func (m matrix) holes() map[string]any {
	return map[string]any{"a": m[0], "b": m[1], "c": m[2], "d": m[3]}
}

// along is e·A e, by differences of the field.
func (m matrix) along(e engine.Points) float64 {
	var dst [1]float64
	density.Hutchinson(dst[:], m, engine.Points{0.3, -0.2}, e, 0)
	return dst[0]
}

func divergence(rng *rand.Rand) Problem {
	m := drawMatrix(rng)
	return problem(m.along(engine.Points{1, 0})+m.along(engine.Points{0, 1}), m.holes())
}

func hutchinson(rng *rand.Rand) Problem {
	m, e := drawMatrix(rng), engine.NewPoints(1)
	density.Signs(e, rng)
	holes := m.holes()
	holes["e"], holes["f"] = e[0], e[1]
	holes["trace"], holes["sign"] = m[0]+m[3], e[0]*e[1]
	return problem(m.along(e), holes)
}

// logAt is log p_1 at a point, for a flow from N(0, I).
func logAt(f engine.Flow, x engine.Points) float64 {
	s, err := density.New(f, x, density.Options{Ode: ode.Options{From: 1, To: 0, Rtol: 1e-9, Atol: 1e-9}})
	if err != nil {
		panic("lessons: " + err.Error())
	}
	for s.Step() {
	}
	if s.Err() != nil {
		panic("lessons: " + s.Err().Error())
	}
	var logp [1]float64
	s.LogDensity(logp[:])
	return logp[0]
}

// logArrive sends a noise point along v = k z and asks for the log density where
// it arrives.
func logArrive(rng *rand.Rand) Problem {
	k := pick(rng, -1., 1.) * float64(2+rng.IntN(9)) / 10
	z := engine.Points{tenth(rng, -2, 2), tenth(rng, -2, 2)}
	var start [1]float64
	density.Gaussian(start[:], z)
	x := engine.Points{z[0] * math.Exp(k), z[1] * math.Exp(k)}
	return problem(logAt(matrix{k, 0, 0, k}, x), map[string]any{"k": k, "start": start[0], "twice": 2 * k})
}

// areaDensity stretches a small square along both axes.
func areaDensity(rng *rand.Rand) Problem {
	wide, high := pick(rng, 0.5, 2., 4.), pick(rng, 0.25, 0.5, 2., 3.)
	before := pick(rng, 0.06, 0.12, 0.24)
	x := math.Log(wide)
	y := math.Log(high)
	p := problem(before*math.Exp(logAt(matrix{x, 0, 0, y}, engine.NewPoints(1)))*2*math.Pi,
		map[string]any{"wide": wide, "high": high, "before": before, "factor": wide * high})
	p.Tolerance = 0.01 * p.Truth
	return p
}

func meanNLL(rng *rand.Rand) Problem {
	logp := []float64{tenth(rng, -4, 0), tenth(rng, -4, 0), tenth(rng, 0, 1)}
	return problem(metric.NLL(logp), map[string]any{"p": logp[0], "q": logp[1], "r": logp[2]})
}

func tracePrice(rng *rand.Rand) Problem {
	d, nfe := pick(rng, 16, 30, 64), pick(rng, 20, 50)
	return whole(d*nfe, map[string]any{"d": d, "nfe": nfe})
}
