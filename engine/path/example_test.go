package path_test

import (
	"fmt"

	"fmlab/engine"
	"fmlab/engine/path"
)

// On the linear path every point moves straight from noise to data; a variance
// preserving path leaves slowly and keeps α² + σ² = 1.
func Example() {
	for _, name := range []string{"linear", "vp"} {
		p, err := path.Parse(name)
		if err != nil {
			fmt.Println(err)
			return
		}
		c := p.At(0.5)
		fmt.Printf("%-6s α %.3f  σ %.3f  α̇ %.3f  σ̇ %.3f\n", p.Name, c.Alpha, c.Sigma, c.DAlpha, c.DSigma)
	}
	// Output:
	// linear α 0.500  σ 0.500  α̇ 1.000  σ̇ -1.000
	// vp     α 0.707  σ 0.707  α̇ 1.111  σ̇ -1.111
}

// A noise prediction is a data prediction, a velocity and a score as well: what a
// model says of z determines all of them.
func ExampleCoeffs_Convert() {
	p, err := path.Parse("linear")
	if err != nil {
		fmt.Println(err)
		return
	}
	x0, x1, z := engine.Points{2, -1}, engine.Points{1, 3}, engine.NewPoints(1)
	p.Interpolate(z, x0, x1, 0.25)
	for _, k := range path.Kinds {
		y := engine.NewPoints(1)
		p.At(0.25).Convert(y, z, x0, path.Noise, k)
		fmt.Printf("%-8s %.3f\n", k.Name, y)
	}
	// Output:
	// velocity [-1.000 4.000]
	// data     [1.000 3.000]
	// noise    [2.000 -1.000]
	// score    [-2.667 1.333]
}
