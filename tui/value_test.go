package tui

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fmlab/lab"
)

// TestRefused: a value that the lab refuses is explained, and all is as it was:
// the knobs, the picture, the run, and what u undoes.
func TestRefused(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "broken.csv")
	if err := os.WriteFile(broken, []byte("x,y\n1,2\n3,four\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		open string // key that opens the list of values
		knob string
		typed,
		says string
	}{
		"no step in the budget": {"o", "nfe", "3", "nfe 3 buys no step"},
		"broken file":           {"D", "data", broken, `broken.csv:3:3: found "four"`},
		"no such file":          {"D", "data", "/nowhere/points.csv", "no such file"},
		"no such set":           {"D", "data", "mons", "moons"},
		"standard input":        {"D", "data", "-", "keyboard"},
		"not a number":          {"o", "nfe", "many", "whole number"},
	} {
		t.Run(name, func(t *testing.T) {
			l := inLab(t, "particles", "model", "learned", "solver", "rk4")
			l.settle()
			setup, field := l.free.setup, l.stat("field_error")
			l.press(c.open)
			if c.open == "o" {
				l.toKnob(c.knob)
				l.press("enter")
			}
			l.toLastRow()
			l.press("enter")
			l.write(c.typed)
			l.drive("enter")
			l.sees(c.says)
			if l.free.setup != setup || len(l.free.past) != 0 {
				t.Errorf("got %+v and %d steps to undo, want it as it was", l.free.setup, len(l.free.past))
			}
			l.drive("esc", "esc", "esc") // typing, values, knobs
			if l.at != screenLab && l.top() == nil {
				l.drive("l")
			}
			if l.stat("field_error") != field {
				t.Errorf("got field error %v, want %v", l.stat("field_error"), field)
			}
			l.drive("s")
			if l.free.taken.Solver == setup.Solver {
				t.Errorf("got a lab that does not follow its knobs any more")
			}
		})
	}
}

// TestRefusedInAHurry: a knob is turned while the lab is about to refuse the one
// before. Both go back, and nothing is half done.
func TestRefusedInAHurry(t *testing.T) {
	l := inLab(t, "particles", "solver", "rk4")
	l.settle()
	setup := l.free.setup
	if err := l.free.set("data", "/nowhere/points.csv"); err != nil {
		t.Fatal(err)
	}
	l.press("e", "s") // starts the command, and turns on before it answers
	l.settle()
	l.sees("no such file")
	if l.free.setup != setup || l.free.taken != setup {
		t.Errorf("got %+v, want it as it was", l.free.setup)
	}
}

// TestOwnFile opens a CSV file by typing its name and trains on it.
func TestOwnFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "my points.csv")
	var csv strings.Builder
	for i := range 200 {
		a := float64(i) / 200 * 2 * math.Pi
		csv.WriteString(lab.Num(3+5*math.Cos(a)) + "," + lab.Num(5*math.Sin(a)) + "\n")
	}
	if err := os.WriteFile(file, []byte(csv.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", dir)
	t.Chdir(dir) // what is relative now must hold elsewhere later
	for _, typed := range []string{file, "'" + file + "'", "~/my points.csv", "  " + file + " ", "my points.csv",
		`"./my points.csv"`, strings.ReplaceAll(file, " ", `\ `)} {
		l := inLab(t, "train")
		l.drive("D")
		l.toLastRow()
		l.sees("open a file")
		l.press("enter")
		l.write(typed)
		l.drive("enter")
		if l.free.taken.Data != file {
			t.Fatalf("typed %q: got data %q, want %q\n%s", typed, l.free.taken.Data, file, l.screen())
		}
		if l.stat("iter") != 8 || math.IsNaN(l.stat("energy_distance2")) {
			t.Errorf("got iteration %g of 8, energy distance %g", l.stat("iter"), l.stat("energy_distance2"))
		}
		var shown int
		for _, layer := range l.free.frame.Plane.Layers {
			if layer.Role == lab.RoleData {
				shown = layer.Points.Len()
			}
		}
		if shown < 20 {
			t.Errorf("got %d points of the file in the picture", shown)
		}
		if !strings.Contains(l.Describe(), "my points.csv'") {
			t.Errorf("got card %s, want the file in it", l.Describe())
		}
	}
}
