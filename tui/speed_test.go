package tui

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// training is an App in the free lab in the middle of a training run.
func training(t testing.TB, w, h int) *learner {
	o := quick()
	o.Experiment, o.Trip = "free", 1
	o.Setup.Data, o.Setup.N = "moons", 2000
	o.Theme, o.Glyphs = theme.New(true, theme.TrueColor), canvas.Braille
	l := begin(t, "", o)
	l.resize(w, h)
	l.train()
	l.until("a loss curve", func() bool { return l.free.frame.Progress.Done > 200 })
	return l
}

// TestViewIsCached: between two changes a View costs nothing.
func TestViewIsCached(t *testing.T) {
	l := training(t, 200, 60)
	want := l.View()
	if n := testing.AllocsPerRun(1000, func() { l.View() }); n != 0 {
		t.Errorf("got %g allocations for a View without a change, want none", n)
	}
	begin := time.Now()
	for range 1000 {
		if l.View() != want {
			t.Fatal("got another View without a change")
		}
	}
	if took := time.Since(begin); took > 100*time.Millisecond {
		t.Errorf("got %v for 1,000 Views without a change", took)
	}
}

// TestRedraw: a whole screen while training takes far less than a frame. The
// bound leaves room for a busy machine; BenchmarkRedraw has the true number.
func TestRedraw(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector takes ten times as long")
	}
	l := training(t, 200, 60)
	var took []time.Duration
	for range 300 {
		l.dirty = true
		begin := time.Now()
		l.View()
		took = append(took, time.Since(begin))
	}
	slices.Sort(took)
	if p50, p99 := took[150], took[297]; p50 > 5*time.Millisecond {
		t.Errorf("got %v median and %v p99 for a redraw at 200×60", p50, p99)
	} else {
		t.Logf("redraw at 200×60: median %v, p99 %v", p50, p99)
	}
}

func BenchmarkRedraw(b *testing.B) {
	for _, size := range [][2]int{{80, 24}, {120, 36}, {200, 60}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			l := training(b, size[0], size[1])
			b.ReportAllocs()
			for b.Loop() {
				l.dirty = true
				l.View()
			}
		})
	}
}

func BenchmarkKey(b *testing.B) {
	l := training(b, 200, 60)
	k := key("t")
	for b.Loop() {
		l.Update(k)
	}
}
