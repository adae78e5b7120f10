package canvas

import (
	"image/color"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/vt"

	"fmlab/tui/theme"
)

// screen is one cell as a terminal shows it: the colours of its halves, nil for
// the terminal's own, and what else is written there.
type screen struct {
	upper, lower color.Color
	other        string
}

// show writes a row to a terminal and reads its cells.
func show(row string, w int) []screen {
	em := vt.NewEmulator(w, 1)
	defer em.Close()
	em.WriteString(row)
	cells := make([]screen, w)
	for x := range cells {
		cell := em.CellAt(x, 0)
		fg, bg := cell.Style.Fg, cell.Style.Bg
		switch cell.Content {
		case "▀":
			cells[x] = screen{fg, bg, ""}
		case "▄":
			cells[x] = screen{bg, fg, ""}
		case "█":
			cells[x] = screen{fg, fg, ""}
		case " ", "":
			cells[x] = screen{bg, bg, ""}
		default:
			cells[x] = screen{bg, bg, cell.Content}
		}
	}
	return cells
}

// TestHalves: however the pen chooses to write them, both halves of every cell
// have their colour on the screen, and marks have the heat behind them.
func TestHalves(t *testing.T) {
	of := func(tok theme.Token) color.Color {
		if tok == theme.Text {
			return nil
		}
		r, g, b := colour.RGB(tok)
		return color.RGBA{r, g, b, 255}
	}
	rng := rand.New(rand.NewPCG(5, 1))
	for range 300 {
		const w = 30
		c := New(w, 1, Braille, colour)
		want := make([]screen, w)
		for x := range want {
			u, l := theme.Heat(rng.IntN(4)), theme.Heat(rng.IntN(4))
			c.Halves(x, 0, u, l)
			switch rng.IntN(6) {
			case 0:
				c.Set(x, 0, 'x', theme.Data)
				want[x] = screen{other: "x"}
				continue
			case 1:
				c.Over(x, 0, 'o', theme.Data)
				if l == theme.Text {
					l = u
				}
				want[x] = screen{of(l), of(l), "o"}
				continue
			}
			want[x] = screen{of(u), of(l), ""}
		}
		row := c.Render()
		got := show(row, w)
		for x := range want {
			if got[x] != want[x] {
				t.Fatalf("row %q cell %d: got %v, want %v", row, x, got[x], want[x])
			}
		}
	}
}

// TestHalvesAreCheap: a smooth slope costs one change of colour a step, though
// every step has two boundaries.
func TestHalvesAreCheap(t *testing.T) {
	c := New(8*theme.HeatSteps, 1, Braille, colour)
	for x := range c.W {
		c.Halves(x, 0, theme.Heat(x/8), theme.Heat((x+4)/8))
	}
	if got, want := strings.Count(c.Render(), "\x1b["), theme.HeatSteps+1; got > want {
		t.Errorf("got %d escape sequences for %d steps, want at most %d", got, theme.HeatSteps, want)
	}
}

// TestHalvesInASCII: no glyph above 0x7e, the lower half alone.
func TestHalvesInASCII(t *testing.T) {
	c := New(1, 1, ASCII, colour)
	c.Halves(0, 0, theme.Heat(1), theme.Heat(2))
	if got, want := c.Render(), colour.Back(theme.Heat(2))+" "+reset; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
