package path_test

import (
	"fmt"

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
