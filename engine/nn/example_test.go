package nn_test

import (
	"fmt"

	"fmlab/engine"
	"fmlab/engine/nn"
)

// A learner fits v(x, y, t) = (−y, x), a rotation, from examples.
func Example() {
	rng := engine.NewRand(1, 1)
	net, err := nn.New(nn.Config{Hidden: []int{32, 32}, Act: "silu"}, rng)
	if err != nil {
		fmt.Println(err)
		return
	}
	learner := nn.NewLearner(net, nn.LearnerOptions{Optim: nn.Optimizers[0], Batch: 128})
	defer learner.Close()

	in, target := make([]float64, 3*128), make([]float64, 2*128)
	for range 500 {
		for i := range 128 {
			x, y, t := rng.NormFloat64(), rng.NormFloat64(), rng.Float64()
			in[3*i], in[3*i+1], in[3*i+2] = x, y, t
			target[2*i], target[2*i+1] = -y, x
		}
		learner.Step(in, target, 5e-3)
	}

	v := engine.NewPoints(1)
	learner.Net().Predict(v, engine.Points{1, 1}, 0.5)
	fmt.Printf("v(1, 1) = (%.1f, %.1f)\n", v[0], v[1])
	// Output: v(1, 1) = (-1.0, 1.0)
}
