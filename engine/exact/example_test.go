package exact_test

import (
	"fmt"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/path"
)

// At t = 0 the linear path sends every point towards the data mean: the exact
// velocity is mean − z, whatever the data.
func Example() {
	data := exact.Points(engine.Points{-1, 0, 3, 2})
	linear, err := path.Parse("linear")
	if err != nil {
		fmt.Println(err)
		return
	}
	z := engine.Points{0, 0, 1, 1}
	v := engine.NewPoints(z.Len())
	exact.New(data, linear).Velocity(v, z, 0)
	fmt.Println("mean", data.Mean(), "velocity", v)
	// Output:
	// mean [1 1] velocity [1 1 0 0]
}
