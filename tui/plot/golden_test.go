package plot

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

var update = flag.Bool("update", false, "write the golden pictures again")

// drawings are the pictures looked at by eye and kept.
func drawings() map[string]func(*canvas.Canvas) {
	m := map[string]func(*canvas.Canvas){
		"loss":     func(c *canvas.Canvas) { Chart(c, c.Bounds(), lossChart(2000)) },
		"nfe":      func(c *canvas.Canvas) { Chart(c, c.Bounds(), nfeChart()) },
		"schedule": func(c *canvas.Canvas) { Chart(c, c.Bounds(), scheduleChart()) },
		"nothing":  func(c *canvas.Canvas) { Chart(c, c.Bounds(), &lab.Chart{Title: "loss", XLabel: "iteration"}) },
		"table":    func(c *canvas.Canvas) { Table(c, c.Bounds(), solverTable()) },
		"table-38": func(c *canvas.Canvas) {
			for n, y := 4, 0; n <= 6; n, y = n+1, y+14 {
				Table(c, canvas.Rect{Y: y, W: 38, H: 14}, couplingTable(n))
			}
		},
	}
	for name, p := range planes() {
		m[name] = func(c *canvas.Canvas) { Plane(c, c.Bounds(), p) }
	}
	return m
}

// modes are the ways a picture must be readable in.
var modes = []struct {
	name   string
	glyphs canvas.Glyphs
	theme  *theme.Theme
}{
	{"braille", canvas.Braille, theme.New(true, theme.TrueColor)},
	{"mono", canvas.Braille, theme.New(true, theme.Mono)},
	{"block", canvas.Block, theme.New(false, theme.ANSI256)},
	{"ascii", canvas.ASCII, theme.New(true, theme.Mono)},
	{"sixteen", canvas.Braille, theme.New(true, theme.ANSI16)},
}

// sizes of a picture to keep, where 40×12 and 58×20 would not show it.
var sizes = map[string][][2]int{"table-38": {{38, 42}}}

// rows returns a picture as text. Where heat is drawn by backgrounds a row of
// cells is two of text: the upper halves, marks among them, and below them the
// lower halves, each as a digit of its step: 1 to d for heat, 1 to 7 above zero
// and g to m below.
func rows(c *canvas.Canvas) []string {
	var out []string
	for y, line := range c.Lines() {
		upper, lower, heat := []rune{}, []rune{}, false
		for x := range c.W {
			cell := c.At(x, y)
			switch heat = heat || cell.Back != theme.Text || cell.Rune == '▀'; {
			case cell.Rune == '▀':
				upper, lower = append(upper, digit(cell.Tok)), append(lower, digit(cell.Back))
			default:
				upper, lower = append(upper, cell.Rune), append(lower, digit(cell.Back))
			}
		}
		if heat {
			out = append(out, strings.TrimRight(string(upper), " "), strings.TrimRight(string(lower), " "))
			continue
		}
		out = append(out, line)
	}
	return out
}

// digit returns a step of heat as one character.
func digit(tok theme.Token) rune {
	for i := 1; i <= theme.HeatSteps; i++ {
		switch {
		case tok == theme.Heat(i):
			return rune("0123456789abcd"[i])
		case i <= theme.DivergeSteps && tok == theme.Diverge(i):
			return rune("01234567"[i])
		case i <= theme.DivergeSteps && tok == theme.Diverge(-i):
			return rune("0ghijklm"[i])
		}
	}
	return ' '
}

func TestGolden(t *testing.T) {
	for name, draw := range drawings() {
		var b strings.Builder
		all := sizes[name]
		if all == nil {
			all = [][2]int{{40, 12}, {58, 20}}
		}
		for _, size := range all {
			for _, m := range modes {
				c := canvas.New(size[0], size[1], m.glyphs, m.theme)
				draw(c)
				fmt.Fprintf(&b, "%s %dx%d\n%s\n", m.name, size[0], size[1], strings.Join(rows(c), "\n"))
			}
		}
		file := filepath.Join("testdata", name+".txt")
		if *update {
			if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.String(); got != string(want) {
			t.Errorf("%s: the picture has changed; look at it and run go test -update\ngot\n%s\nwant\n%s", name, got, want)
		}
	}
}
