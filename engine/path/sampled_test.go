package path

import (
	"errors"
	"math"
	"testing"
)

// each asks a function at many times.
func each(f func(float64) float64) func([]float64) ([]float64, error) {
	return func(t []float64) ([]float64, error) {
		y := make([]float64, len(t))
		for i, at := range t {
			y[i] = f(at)
		}
		return y, nil
	}
}

// TestSampled: the paths of All, known by their values alone, are themselves.
func TestSampled(t *testing.T) {
	for _, p := range All {
		got, err := Sampled("of "+p.Name, each(func(t float64) float64 { return p.At(t).Alpha }), each(func(t float64) float64 { return p.At(t).Sigma }))
		if err != nil {
			t.Errorf("%s: %v", p.Name, err)
			continue
		}
		if got.TrainEnd != p.TrainEnd {
			t.Errorf("%s: got training to %g, want %g", p.Name, got.TrainEnd, p.TrainEnd)
		}
		for i := range 10_001 {
			at := float64(i) / 10_000 * p.TrainEnd
			g, w := got.At(at), p.At(at)
			near := func(what string, got, want, tol float64) {
				if !(math.Abs(got-want) <= tol*(1+math.Abs(want))) {
					t.Fatalf("%s at t = %g: got %s %.12g, want %.12g", p.Name, at, what, got, want)
				}
			}
			near("α", g.Alpha, w.Alpha, 1e-10)
			near("σ", g.Sigma, w.Sigma, 1e-10)
			near("α̇", g.DAlpha, w.DAlpha, 1e-7)
			near("σσ̇", g.SigmaDSigma, w.SigmaDSigma, 1e-7)
		}
	}
}

func TestSampledRefuses(t *testing.T) {
	linear, noise := each(func(t float64) float64 { return t }), each(func(t float64) float64 { return 1 - t })
	broken := errors.New("broken")
	for name, fs := range map[string][2]func([]float64) ([]float64, error){
		"swapped": {noise, linear},
		"broken":  {linear, func([]float64) ([]float64, error) { return nil, broken }},
		"short":   {linear, func(t []float64) ([]float64, error) { return t[1:], nil }},
		"nan":     {each(func(float64) float64 { return math.NaN() }), noise},
	} {
		if _, err := Sampled("mine", fs[0], fs[1]); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
