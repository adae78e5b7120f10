package prose_test

import (
	"fmt"

	"fmlab/tui/prose"
)

func ExampleRender() {
	const lesson = "A *path* carries noise to data:\n\n```math\nz_t = α_t x1 + σ_t x0\n```\n"
	for _, row := range prose.Render(lesson, 40, prose.Options{ASCII: true}) {
		for _, span := range row {
			fmt.Print(span.Text)
		}
		fmt.Println()
	}
	// Output:
	// A path carries noise to data:
	//
	//     z_t = alpha_t x1 + sigma_t x0
}
