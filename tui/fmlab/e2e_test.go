//go:build !windows

package main

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"fmlab/lessons/progress"
	"fmlab/tui/term/ptytest"
)

// soon is long enough for anything on a busy machine.
const soon = 20 * time.Second

// atTerminal starts fmlab in a terminal of its own, with its progress in home.
func atTerminal(t testing.TB, home string, cfg ptytest.Config, args ...string) *ptytest.Terminal {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cfg.Env = append(cfg.Env, asFmlab+"=1", "FMLAB_HOME="+home)
	return ptytest.Start(t, cfg, self, args...)
}

// TestFirstFrame: the map stands at once, also on a terminal that never answers.
func TestFirstFrame(t *testing.T) {
	for _, mute := range []bool{false, true} {
		best := time.Hour
		for range 3 { // the machine may be busy
			begin := time.Now()
			p := atTerminal(t, t.TempDir(), ptytest.Config{Cols: 120, Rows: 36, Mute: mute})
			p.WaitFor("3  Deep dive", soon)
			best = min(best, time.Since(begin))
		}
		t.Logf("mute %v: first frame after %v", mute, best)
		if best > 300*time.Millisecond && !testing.Short() { // the race detector is slow
			t.Errorf("mute %v: got the first frame after %v, want at most 300ms", mute, best)
		}
	}
}

// TestComesBack: what was on screen at the end is on screen at the next start.
func TestComesBack(t *testing.T) {
	home := t.TempDir()
	p := atTerminal(t, home, ptytest.Config{Cols: 120, Rows: 36})
	p.WaitFor("▸ 1.1", soon)
	for range 10 {
		p.Send("down")
	}
	p.WaitFor("▸ 2.5", soon)
	p.Send("enter")
	p.WaitFor("Euler, and what a step costs", soon)
	p.Send("enter")
	p.WaitFor("Look ahead: midpoint and Heun", soon)
	p.Send("2")
	p.WaitFor("Sixteen evaluations", soon)
	p.Send("s")
	p.WaitFor("solver: midpoint (was euler; u undoes)", soon)
	p.Send("d")
	p.WaitFor("data: circles", soon)
	p.Send("q")
	if code := p.Wait(soon); code != 0 {
		t.Errorf("q: got exit code %d, want 0", code)
	}
	p.CheckRestored()

	p = atTerminal(t, home, ptytest.Config{Cols: 120, Rows: 36})
	p.WaitFor("data circles  path linear  solver midpoint", soon)
	p.WaitFor("2.5 Solvers", soon)
	p.Send("1")
	p.WaitFor("Look ahead: midpoint and Heun", soon)
	p.Send("esc")
	p.WaitFor("▸ 2.5", soon)
	p.Send("q")
	p.Wait(soon)
	p = atTerminal(t, home, ptytest.Config{})
	p.WaitFor("1  Theory", soon)
}

// TestNothingIsLost: however the program ends in the middle of training, the
// answer given before is in the log, and the log is sound.
func TestNothingIsLost(t *testing.T) {
	for sig, code := range map[syscall.Signal]int{syscall.SIGTERM: 128 + 15, syscall.SIGHUP: 128 + 1, syscall.SIGKILL: -9} {
		home := t.TempDir()
		p := atTerminal(t, home, ptytest.Config{Cols: 120, Rows: 36}, "lesson", "2.1")
		p.WaitFor("page 1 of", soon)
		p.Send("4")
		p.WaitFor("Question 1 of", soon)
		p.Send("space", "enter") // an order of one line is an answer, a wrong one
		p.WaitFor("enter: next question", soon)
		p.Send("2")
		p.WaitFor("it/s", soon)
		p.Kill(sig)
		if got := p.Wait(soon); got != code {
			t.Errorf("%v: got exit code %d, want %d", sig, got, code)
		}
		if sig != syscall.SIGKILL {
			p.CheckRestored()
		}
		log, err := progress.Open(home)
		if err != nil {
			t.Fatal(err)
		}
		state := log.State()
		report, err := log.Check()
		if err != nil || report.Damaged != 0 || report.Torn {
			t.Errorf("%v: got a log with %+v, %v", sig, report, err)
		}
		if len(state.Items) != 1 || state.Place.Lesson != "2.1" || state.Place.Tab != "play" {
			t.Errorf("%v: got %d answers and the place %+v, want one, and Play of 2.1", sig, len(state.Items), state.Place)
		}
		log.Close()
		p = atTerminal(t, home, ptytest.Config{Cols: 120, Rows: 36})
		p.WaitFor("2.1 Training a flow", soon)
	}
}

// TestTinyTerminal: too small is said, and is over when the terminal grows.
func TestTinyTerminal(t *testing.T) {
	p := atTerminal(t, t.TempDir(), ptytest.Config{Cols: 10, Rows: 3})
	p.WaitFor("needs", soon)
	p.Resize(40, 12)
	p.WaitFor("1.1", soon)
	p.Resize(1, 1)
	p.Resize(10, 3)
	p.WaitFor("needs", soon)
	p.Send("q")
	if code := p.Wait(soon); code != 0 {
		t.Errorf("q: got exit code %d, want 0", code)
	}
	p.CheckRestored()
}

// TestDumbTerminal: one that cannot move its cursor is talked to in plain text, as is
// any other on demand; no escape is sent, and ctrl+c twice ends it.
func TestDumbTerminal(t *testing.T) {
	for _, c := range []struct {
		term string
		args []string
	}{{"dumb", nil}, {"", nil}, {"xterm-256color", []string{"--plain"}}} {
		p := atTerminal(t, t.TempDir(), ptytest.Config{Cols: 120, Env: []string{"TERM=" + c.term}}, c.args...)
		p.WaitFor("map (enter: lesson 1.1) >", soon)
		p.Type("1\r")
		p.WaitFor("1.1 read, page 1 of", soon)
		p.Type("\x03")
		p.WaitFor("ctrl+c once more ends", soon)
		p.Type("\x03")
		if code := p.Wait(soon); code != 0 {
			t.Errorf("TERM=%q: got exit code %d, want 0", c.term, code)
		}
		out := string(p.Output())
		if strings.Contains(out, "\x1b") {
			t.Errorf("TERM=%q: got escapes in %q", c.term, out)
		}
		p.CheckRestored()
	}
}

// shows runs the map, a lesson and the lab for a moment, and returns all that
// was written.
func shows(t *testing.T, env ...string) []byte {
	t.Helper()
	p := atTerminal(t, t.TempDir(), ptytest.Config{Cols: 100, Rows: 30, Env: env}, "play", "--model", "learned")
	p.WaitFor("training", soon)
	p.Send("f", "?")
	p.WaitFor("Keys that work here", soon)
	p.Send("esc")
	p.WaitGone("Keys that work here", soon)
	p.Send("esc")
	p.WaitFor("Theory", soon)
	p.Send("enter")
	p.WaitFor("Two clouds", soon)
	p.Send("q")
	p.WaitFor("Quit?", soon)
	p.Send("y")
	p.Wait(soon)
	return p.Output()
}

var (
	anySGR    = regexp.MustCompile("\x1b\\[[0-9;:]*m")
	colourSGR = regexp.MustCompile("\x1b\\[[0-9;:]*\\b(3[0-8]|4[0-8]|9[0-7]|10[0-7])[0-9;:]*m")
)

// TestNoColour: NO_COLOR means none, and colours are there without it.
func TestNoColour(t *testing.T) {
	if out := shows(t, "NO_COLOR=1"); colourSGR.Match(out) {
		t.Errorf("NO_COLOR: got %q", colourSGR.Find(out))
	} else if styles := anySGR.FindAll(out, -1); len(styles) > 1 || len(styles) == 1 && string(styles[0]) != "\x1b[m" {
		t.Errorf("NO_COLOR: got %d styles, the first %q, want the last reset only", len(styles), styles[0])
	}
	if out := shows(t); !bytes.Contains(out, []byte("\x1b[38;2;")) {
		t.Errorf("got no 24-bit colour without NO_COLOR")
	}
}

// TestPlainLocale: a locale without UTF-8 gets ASCII only.
func TestPlainLocale(t *testing.T) {
	out := shows(t, "LANG=C", "LC_ALL=C")
	for i, b := range out {
		if b > '~' {
			t.Fatalf("LANG=C: got byte %#x in %q", b, out[max(0, i-40):min(len(out), i+40)])
		}
	}
}

// TestOwnFile: a file named on the command line, and a broken one.
func TestOwnFile(t *testing.T) {
	var csv strings.Builder
	for i := range 64 {
		fmt.Fprintf(&csv, "%d,%d\n", i%8, i/8)
	}
	good := file(t, "points.csv", csv.String())
	p := atTerminal(t, t.TempDir(), ptytest.Config{Cols: 120, Rows: 36}, "lesson", "2.2", "--data", good)
	p.WaitFor("data points.csv", soon)
	p.Send("2")
	p.WaitFor("it/s", soon)
	bad := file(t, "broken.csv", "1,2\n3,4,5\n")
	p = atTerminal(t, t.TempDir(), ptytest.Config{Cols: 120}, "play", "--data", bad)
	if code := p.Wait(soon); code != exitUsage || !strings.Contains(p.Screen(), "broken.csv:2") || p.AltScreen() {
		t.Errorf("broken file: got exit code %d and\n%s", code, p.Screen())
	}
	p.CheckRestored()
}
