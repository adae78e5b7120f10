//go:build e2e && !windows

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fmlab/tui/term/ptytest"
)

// TestDrawInTheTerminal draws with the mouse as a terminal reports it, keeps the
// points, and finds them as the data of the lab, now and at the next start.
func TestDrawInTheTerminal(t *testing.T) {
	home := t.TempDir()
	p := atTerminal(t, home, ptytest.Config{Cols: 120, Rows: 36}, "play", "--experiment", "particles")
	p.WaitFor("data moons", soon)
	p.Send("D", "D")
	p.WaitFor("your points", soon)
	at := func(button, x, y int, end string) { p.Type(fmt.Sprintf("\x1b[<%d;%d;%d%s", button, x, y, end)) }
	for x := 15; x < 55; x += 5 { // one drag, cell by cell as it would come
		if x == 15 {
			at(0, x, 20, "M")
		}
		at(32, x+5, 20-(x-15)/5, "M")
	}
	at(0, 60, 13, "m")
	p.WaitFor("to learn from:", soon)
	p.Send("enter")
	p.WaitFor("name drawing", soon)
	p.Send("enter")
	p.WaitFor("data drawing.csv", soon)
	if _, err := os.Stat(filepath.Join(home, "data", "drawing.csv")); err != nil {
		t.Error(err)
	}
	p.Send("q")
	if code := p.Wait(soon); code != 0 {
		t.Errorf("q: got exit code %d, want 0", code)
	}
	p.CheckRestored()
	p = atTerminal(t, home, ptytest.Config{Cols: 120, Rows: 36})
	p.WaitFor("data drawing.csv", soon)
}
