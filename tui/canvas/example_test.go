package canvas_test

import (
	"fmt"

	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

func Example() {
	c := canvas.New(24, 4, canvas.Braille, theme.New(true, theme.Mono))
	c.Box(c.Bounds(), "path", theme.Border)
	page := c.View(c.Bounds().Inset(2, 1))
	page.PutLine(0, 0, page.W, canvas.Line{{Text: "z_t", Tok: theme.Accent, Bold: true}, {Text: " = α_t x1 + σ_t x0"}})
	d := page.View(canvas.Rect{Y: 1, W: 20, H: 1}).Dots()
	d.Line(0, 3, 39, 0, theme.Trail, 0, 0)
	d.Draw()
	fmt.Println(c.Render())
	// Output:
	// ┌─ path ───────────────┐
	// │ z_t = α_t x1 + σ_t x │
	// │ ⣀⣀⣀⡠⠤⠤⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠊⠉⠉⠉ │
	// └──────────────────────┘
}
