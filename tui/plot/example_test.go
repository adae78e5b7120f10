package plot_test

import (
	"fmt"
	"strings"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/plot"
	"fmlab/tui/theme"
)

func ExampleChart() {
	ch := &lab.Chart{Title: "loss", XLabel: "step", Curves: []lab.Curve{
		{Label: "loss", Role: lab.RoleA, X: []float64{0, 10, 20, 40}, Y: []float64{4, 2.5, 2.1, 2}},
		{Label: "floor", Role: lab.RoleFloor, X: []float64{0, 40}, Y: []float64{1.8, 1.8}},
	}}
	c := canvas.New(36, 10, canvas.ASCII, theme.New(true, theme.Mono))
	plot.Chart(c, c.Bounds(), ch)
	fmt.Println(strings.Join(c.Lines(), "\n"))
	// Output:
	// loss
	//       4 +-.
	//         | '-.
	//       3 +   '-.
	//         |     '----.
	//   1.800 +- - - - - '---------------o
	//         |
	//         ++------------+-------- step
	//          0           20           40
	// o loss 2.000  - floor 1.800
}
