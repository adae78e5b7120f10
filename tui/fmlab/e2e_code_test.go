//go:build !windows

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fmlab/lessons/exercise"
	"fmlab/tui/term/ptytest"
)

// TestExerciseAtTerminal: a program is typed and pasted into the lab's editor,
// checked, then finished in another editor, which has the terminal and its keys to
// itself meanwhile; and nothing is left behind.
func TestExerciseAtTerminal(t *testing.T) {
	home := t.TempDir()
	e, err := exercise.Get("1.2-euler")
	if err != nil {
		t.Fatal(err)
	}
	editor := filepath.Join(home, "ed.sh")
	script := fmt.Sprintf("#!/bin/sh\nstty -a | grep -q ' icanon' || exit 4\nprintf 'an editor: '\nread answer\n[ \"$answer\" = jk ] || exit 5\ncat > \"$1\" <<'EOF'\n%sEOF\n", e.Solution)
	if err := os.WriteFile(editor, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	p := atTerminal(t, home, ptytest.Config{Cols: 120, Rows: 36, Env: []string{"EDITOR=" + editor}}, "lesson", "1.2")
	p.WaitFor("1.2 Velocity fields", soon)
	p.Send("5", "down", "enter")
	p.WaitFor("1.2-euler.star", soon)
	p.Send("enter")
	p.WaitFor("f5 check", soon)
	p.Type("# mine")
	p.WaitFor("# mine", soon)
	p.Send("esc", "c")
	p.WaitFor("no – not passed", soon)
	p.Send("E")
	p.WaitFor("an editor:", soon)
	p.Type("jk\r")
	p.WaitFor("ok – passed", soon)
	p.Send("esc", "esc")
	p.WaitFor("Deep dive", soon)
	p.Send("q")
	if code := p.Wait(soon); code != 0 {
		t.Errorf("q: got exit code %d, want 0", code)
	}
	p.CheckRestored()
	if text, err := os.ReadFile(filepath.Join(home, "code", "1.2-euler.star")); err != nil || string(text) != e.Solution {
		t.Errorf("got the program %q (%v)", text, err)
	}
}
