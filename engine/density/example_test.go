package density_test

import (
	"fmt"

	"fmlab/engine"
	"fmlab/engine/density"
	"fmlab/engine/exact"
	"fmlab/engine/ode"
	"fmlab/engine/path"
)

// The density of one Gaussian, found by following its flow back to the noise.
func Example() {
	m := &exact.Mixture{Weights: []float64{1}, Means: engine.Points{1, 2}, Covs: [][3]float64{{4, 0, 0.25}}}
	linear, err := path.Parse("linear")
	if err != nil {
		fmt.Println(err)
		return
	}
	x := engine.Points{3, 1}
	s, err := density.New(exact.New(m, linear), x, density.Options{Ode: ode.Options{From: 1, To: 0, Rtol: 1e-8, Atol: 1e-8}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for s.Step() {
	}
	logp := make([]float64, 1)
	s.LogDensity(logp)
	fmt.Printf("noise %.3f\nlog p %.5f\nexact %.5f\n", s.Z(), logp[0], m.LogDensity(3, 1))
	// Output:
	// noise [1.000 -2.000]
	// log p -4.33788
	// exact -4.33788
}
