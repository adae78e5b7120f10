//go:build !windows

package term

import (
	"os"
	"strings"
	"testing"
	"time"
)

// pipe returns an Output and what it has written when it is closed.
func pipe(t *testing.T) (o *Output, written func() string) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	return NewOutput(w), func() string {
		_ = w.Close()
		var b strings.Builder
		buf := make([]byte, 1<<16)
		for {
			n, err := r.Read(buf)
			b.Write(buf[:n])
			if err != nil {
				return b.String()
			}
		}
	}
}

func TestOutputCountsFrames(t *testing.T) {
	o, written := pipe(t)
	frame := strings.Repeat("x", 1000)
	for range 5 {
		_, _ = o.Write([]byte(frame))
	}
	_, _ = o.Write([]byte("\x1b[?25l"))
	got := o.Stats()
	if got.Frames != 5 || got.Bytes != 5000 || got.Write <= 0 {
		t.Errorf("got %+v, want 5 frames of 5000 bytes that took some time", got)
	}
	if n := len(written()); n != 5006 {
		t.Errorf("got %d bytes, want 5006", n)
	}
}

// Interval is a thirtieth of a second until writes take a quarter of it, then
// four times the write, and never more than half a second.
func TestOutputInterval(t *testing.T) {
	for _, tt := range []struct{ write, want time.Duration }{
		{0, time.Second / 30},
		{8 * time.Millisecond, time.Second / 30},
		{20 * time.Millisecond, 80 * time.Millisecond},
		{2 * time.Second, 500 * time.Millisecond},
	} {
		o := NewOutput(os.Stdout)
		for range 100 { // (7/8)^100 is nothing
			o.count(1000, tt.write)
		}
		if got := o.Interval(); got.Round(time.Millisecond) != tt.want.Round(time.Millisecond) {
			t.Errorf("writes of %v: got %v, want %v", tt.write, got, tt.want)
		}
	}
}

func TestOutputSeal(t *testing.T) {
	o, written := pipe(t)
	_, _ = o.Write([]byte("\x1b[?1049h"))
	o.seal()
	if n, err := o.Write([]byte("late frame")); n != 10 || err != nil {
		t.Errorf("write after seal: got %d, %v, want 10, nil", n, err)
	}
	o.seal()
	got := written()
	if strings.Count(got, "\x1b[?1049l") != 1 || !strings.HasSuffix(got, "\x1b[?25h") || strings.Contains(got, "late") {
		t.Errorf("got %q, want the alternate screen left once, then the cursor shown, no more", got)
	}
}

// A terminal that takes nothing must not keep the program from ending.
func TestOutputSealDoesNotHang(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	o := NewOutput(w)
	go func() { _, _ = o.Write(make([]byte, 1<<20)) }() // more than a pipe holds
	buf := make([]byte, 1)
	_, _ = r.Read(buf) // the write is under way
	start := time.Now()
	o.seal()
	if d := time.Since(start); d > 2*sealWait {
		t.Errorf("got %v, want to give up after %v", d, sealWait)
	}
	_ = r.Close()
}

func TestCopy(t *testing.T) {
	const osc = "\x1b]52;c;aMOp\x07" // "hé"
	t.Setenv("TMUX", "")
	var b strings.Builder
	if err := Copy(&b, "hé"); err != nil || b.String() != osc {
		t.Errorf("got %q, %v, want %q", b.String(), err, osc)
	}
	t.Setenv("TMUX", "/tmp/tmux-0/default,1,0")
	b.Reset()
	want := osc + "\x1bPtmux;\x1b" + osc + "\x1b\\"
	if err := Copy(&b, "hé"); err != nil || b.String() != want {
		t.Errorf("in tmux: got %q, %v, want %q", b.String(), err, want)
	}
}
