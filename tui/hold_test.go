package tui

import "testing"

// TestHold: in a scene that people want to follow every picture is one step after
// the one before, and a pause takes effect while the next is waited for.
func TestHold(t *testing.T) {
	l := inLab(t, "anatomy", "iters", "12")
	substep := func() int { return int(l.stat("substep")) }
	l.picture()
	l.until("the first sub-step", func() bool { return substep() == 1 })
	for want := 2; want <= 6; want++ {
		was := l.live().frame
		l.until("another picture", func() bool { return l.live().frame != was })
		if substep() != want {
			t.Fatalf("got sub-step %d want %d", substep(), want)
		}
	}
	l.press(" ") // while the command is in the queue, waiting
	l.settle()
	if substep() != 6 || !l.free.paused {
		t.Errorf("space: got sub-step %d, paused %v, want 6, true", substep(), l.free.paused)
	}
	l.drive("n", "n")
	if substep() != 2 {
		t.Errorf("n, n: got sub-step %d want 2", substep())
	}
	l.drive(" ")
	if f := l.free.frame; substep() != 6 || l.stat("iter") != 12 || f.Progress.Total != 0 {
		t.Errorf("space: got sub-step %d of iteration %g, want the end of it", substep(), l.stat("iter"))
	}
}
