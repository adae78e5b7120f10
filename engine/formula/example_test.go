package formula_test

import (
	"fmt"

	"fmlab/engine/formula"
)

func Example() {
	e, err := formula.Parse("3*t^2 - 2*t^3", "t")
	if err != nil {
		fmt.Println(err)
		return
	}
	value, slope := e.Deriv([]float64{0.5}, []float64{1})
	fmt.Println(e, value, slope)

	_, err = formula.Parse("1 - 2t", "t")
	fmt.Println(err)
	// Output:
	// 3*t^2 - 2*t^3 0.5 1.5
	// column 6: found "t": a product needs its sign, want 2*t
}
