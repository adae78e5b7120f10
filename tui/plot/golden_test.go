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
}

func TestGolden(t *testing.T) {
	for name, draw := range drawings() {
		var b strings.Builder
		for _, size := range [][2]int{{40, 12}, {58, 20}} {
			for _, m := range modes {
				c := canvas.New(size[0], size[1], m.glyphs, m.theme)
				draw(c)
				fmt.Fprintf(&b, "%s %dx%d\n%s\n", m.name, size[0], size[1], strings.Join(c.Lines(), "\n"))
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
