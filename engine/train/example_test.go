package train_test

import (
	"fmt"

	"fmlab/engine"
	"fmlab/engine/nn"
	"fmlab/engine/path"
	"fmlab/engine/train"
)

// From noise to noise: given z, the target keeps the variance 2/(1 + (2t−1)²), so
// no field has a loss below its mean over t, π/2. Training finds that floor.
func Example() {
	linear, err := path.Parse("linear")
	if err != nil {
		fmt.Println(err)
		return
	}
	trainer, err := train.New(train.Options{
		Data: engine.Gaussian{}, Path: linear, Predict: path.Velocity, Net: nn.Config{Hidden: []int{32, 32}, Act: "silu"},
		Batch: 256, Iters: 300, LR: 1e-2, Decay: "cosine", Optimizer: "adam", Seed: 1,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer trainer.Close()
	for trainer.Step() {
	}
	fmt.Printf("%d iterations, loss %.1f\n", trainer.Iter(), trainer.Smoothed())
	// Output: 300 iterations, loss 1.6
}
