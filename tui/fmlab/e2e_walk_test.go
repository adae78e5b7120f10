//go:build e2e && !windows

package main

import (
	"strings"
	"testing"

	"fmlab/lessons/progress"
	"fmlab/tui/term/ptytest"
)

// TestWalk is the way of a learner from the map through lesson 2.5: read, play a goal, predict, quiz, other solvers and paths, quit, and back.
func TestWalk(t *testing.T) {
	home := t.TempDir()
	p := atTerminal(t, home, ptytest.Config{Cols: 120, Rows: 40})
	p.WaitFor("▸ 1.1", soon)
	for range 10 {
		p.Send("down")
	}
	p.WaitFor("2.5: enter opens it", soon)
	p.Send("enter")
	for _, title := range []string{"Euler, and what a step costs", "Look ahead", "Four looks: RK4", "Order is a slope", "One step for everybody"} {
		p.WaitFor(title, soon)
		p.Send("enter")
	}
	p.WaitFor("All solvers on the same noise", soon)
	p.WaitFor("Read ●", soon)
	for _, solver := range []string{"midpoint", "heun", "rk4"} {
		p.Send("s")
		p.WaitFor("▸ "+solver[:3], soon)
	}
	p.WaitFor("● ok Sixteen evaluations", soon)

	p.Send("3")
	p.WaitFor("Predict 1 of 2", soon)
	p.Send("down", "enter")
	p.WaitFor("measured: ", soon)
	p.WaitFor("enter goes on", soon)
	p.Send("enter")
	p.WaitUntil("asks the second question", soon, func() bool { // a frame may be half drawn
		return strings.Contains(p.Screen(), "Predict 2 of 2") && !strings.Contains(p.Screen(), "measured: ")
	})
	p.Send("down", "down", "enter")
	p.WaitFor("measured: ", soon) // the first question's words may stand until now
	p.WaitFor("ok – as you predicted", soon)
	p.WaitFor("enter goes on", soon)
	p.Send("enter")

	p.WaitFor("What does NFE count?", soon)
	p.Send(strings.Repeat("j", whichRow(t, p, "How often the velocity is asked for")))
	p.Send("enter")
	p.WaitFor("ok – right.", soon)
	p.WaitFor("Only for Euler is that the same number", soon) // the reason of another option
	p.Send("enter")
	p.WaitFor("How many evaluations", soon)
	p.Send("9", "9", "9", "enter")
	p.WaitFor("no – not this time", soon)
	p.WaitFor("You said 999", soon)

	p.Send("2", "p")
	p.WaitFor("path vp", soon)
	p.Send("s")
	p.WaitFor("solver: ", soon)
	solver := strings.Fields(p.Screen()[strings.LastIndex(p.Screen(), "solver: "):])[1]
	p.Send("q")
	if code := p.Wait(soon); code != 0 {
		t.Errorf("q: got exit code %d, want 0", code)
	}
	p.CheckRestored()

	p = atTerminal(t, home, ptytest.Config{Cols: 120, Rows: 40})
	p.WaitFor("path vp  field exact  solver "+solver, soon)
	p.WaitFor("Read ●  Play ◐  Predict ●  Quiz ◐", soon)
	p.WaitFor("● ok Sixteen evaluations", soon)
	p.Kill(9)
	p.Wait(soon)

	log, err := progress.Open(home)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	s := log.State()
	if len(s.Pages) != 5 || !s.Goals["2.5/sixteen"] || len(s.Guesses) != 2 || s.Items["2.5/what-nfe"].Right != 1 || s.Items["2.5/price"].Wrong != 1 {
		t.Errorf("got %+v in the log", s)
	}
}

// whichRow counts the options above the one with this text.
func whichRow(t *testing.T, p *ptytest.Terminal, text string) (n int) {
	t.Helper()
	for _, row := range p.Rows() {
		switch {
		case strings.Contains(row, text):
			return n
		case strings.HasPrefix(strings.TrimSpace(row), "▸ "), strings.HasPrefix(strings.TrimSpace(row), "· "):
			n++
		}
	}
	t.Fatalf("got no option %q on\n%s", text, p.Screen())
	return 0
}
