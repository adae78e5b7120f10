package metric

import (
	"math"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/path"
)

// normalLog writes the log density of N(0, s²I).
func normalLog(s float64) func(dst []float64, x engine.Points) {
	return func(dst []float64, x engine.Points) {
		for i := range dst {
			a, b := x.At(i)
			dst[i] = -math.Log(2*math.Pi*s*s) - (a*a+b*b)/(2*s*s)
		}
	}
}

func TestNLL(t *testing.T) {
	near(t, "NLL", NLL([]float64{-1, -2, -6}), 3, 1e-15)
	if got := NLL([]float64{0, math.Inf(-1)}); !math.IsInf(got, 1) {
		t.Errorf("a point where p = 0: got %g want +Inf", got)
	}
	if got := NLL(nil); !math.IsNaN(got) {
		t.Errorf("no points: got %g want NaN", got)
	}
}

// −log p of the standard normal is log 2π + ‖x‖²/2, of mean log 2πe and variance 1:
// the median of sets of n is near the entropy and the 95 % quantile 1.645/√n above.
// With 1,000 sets their standard errors are 0.040/√n and 0.067/√n; 5 of them.
func TestFloorOfNLLIsTheEntropy(t *testing.T) {
	const n = 400
	f := finish(NewNLLFloor(normalLog(1), engine.Gaussian{}, n, 1000, engine.NewRand(5, 0)))
	entropy := math.Log(2 * math.Pi * math.E)
	near(t, "median", f.Median, entropy, 5*0.040/math.Sqrt(n))
	near(t, "q95", f.Q95, entropy+1.645/math.Sqrt(n), 5*0.067/math.Sqrt(n))
}

// A model that is off scores above the floor by its Kullback–Leibler divergence.
// Of 1,000 fresh sets about 50 score above the 95 % quantile: 10 to 90 fails once in
// 25,000 seeds.
func TestNLLTellsModels(t *testing.T) {
	const n = 200
	m := &exact.Mixture{Weights: []float64{0.7, 0.3}, Means: engine.Points{-1, 0, 1, 1}, Covs: [][3]float64{{0.2, 0.1, 0.3}, {0.1, 0, 0.1}}}
	truth := exact.New(m, path.All[0])
	logp := func(dst []float64, x engine.Points) { truth.LogDensity(dst, x, 1) }
	f := finish(NewNLLFloor(logp, m, n, 1000, engine.NewRand(6, 0)))
	x, l, off := engine.NewPoints(n), make([]float64, n), make([]float64, n)
	above, rng := 0, engine.NewRand(7, 0)
	var excess, divergence float64
	for range 1000 {
		m.Sample(x, rng)
		logp(l, x)
		if NLL(l) > f.Q95 {
			above++
		}
		normalLog(1)(off, x)
		excess += (NLL(off) - NLL(l)) / 1000
	}
	if above < 10 || above > 90 {
		t.Errorf("got %d of 1000 fresh sets above the 95 %% quantile, want about 50", above)
	}
	for i := range 400 { // KL by quadrature on [−5, 5]²
		for j := range 400 {
			p, q := [1]float64{}, [1]float64{}
			z := engine.Points{(float64(i)+0.5)/40 - 5, (float64(j)+0.5)/40 - 5}
			logp(p[:], z)
			normalLog(1)(q[:], z)
			divergence += math.Exp(p[0]) * (p[0] - q[0]) / 1600
		}
	}
	near(t, "excess over the floor", excess, divergence, 0.01)
	if !(f.Median+divergence > f.Q95) {
		t.Errorf("got a floor of %+v that does not tell a divergence of %g nats", f, divergence)
	}
}
