package field_test

import (
	"fmt"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/field"
	"fmlab/engine/path"
)

// A flow trained on one path and sampled along another is the flow of the other.
func Example() {
	data := &exact.Mixture{Weights: []float64{1}, Means: engine.Points{1, 2}, Covs: [][3]float64{{4, 0, 0.25}}}
	linear, err := path.Parse("linear")
	if err != nil {
		fmt.Println(err)
		return
	}
	vp, err := path.Parse("vp")
	if err != nil {
		fmt.Println(err)
		return
	}
	z := engine.Points{0.5, -1}
	carried, native := engine.NewPoints(1), engine.NewPoints(1)
	field.NewSwapped(exact.New(data, linear), linear, vp, data.Mean()).Velocity(carried, z, 0.5)
	exact.New(data, vp).Velocity(native, z, 0.5)
	fmt.Printf("linear carried over %.4f\ntrained on vp       %.4f\n", carried, native)
	// Output:
	// linear carried over [0.9155 4.4968]
	// trained on vp       [0.9155 4.4968]
}
