package term

import (
	"os"
	"time"

	"github.com/charmbracelet/x/ansi"
)

const (
	minInterval = time.Second / 30       // 30 frames a second at most
	maxInterval = 500 * time.Millisecond // one long stall must not freeze the picture
	frameBytes  = 64                     // writes up to this long set modes, longer ones are frames
	sealWait    = 100 * time.Millisecond // for a write in progress, when leaving
)

// Output is the way to the terminal. The renderer writes every frame in one
// Write; Output times them, so that a slow line gets fewer frames, and orders
// other writes (the clipboard) between frames. It is safe for concurrent use.
type Output struct {
	file *os.File
	turn chan struct{} // a mutex that can be waited for with a time limit

	// Guarded by turn.
	sealed bool // nothing is written any more
	alt    bool // the alternate screen is on

	stats chan Stats // holds the one present value
}

// Stats says what went to the terminal so far.
type Stats struct {
	Frames int           // frames written
	Bytes  int64         // bytes of these frames
	Write  time.Duration // moving average of the time of one frame's write
}

// NewOutput returns the way to the terminal behind f.
func NewOutput(f *os.File) *Output {
	o := &Output{file: f, turn: make(chan struct{}, 1), stats: make(chan Stats, 1)}
	o.stats <- Stats{}
	return o
}

// Write writes p at once, between other writes. After the end of the program it
// drops p and reports success.
func (o *Output) Write(p []byte) (int, error) {
	o.turn <- struct{}{}
	defer func() { <-o.turn }()
	if o.sealed {
		return len(p), nil
	}
	switch string(p) {
	case ansi.SetModeAltScreenSaveCursor:
		o.alt = true
	case ansi.ResetModeAltScreenSaveCursor:
		o.alt = false
	}
	start := time.Now()
	n, err := o.file.Write(p)
	if n > frameBytes {
		o.count(n, time.Since(start))
	}
	return n, err
}

// count adds one frame to the statistics: Write ← Write + (d − Write)/8.
func (o *Output) count(n int, d time.Duration) {
	s := <-o.stats
	s.Frames++
	s.Bytes += int64(n)
	s.Write += (d - s.Write) / 8
	o.stats <- s
}

// Stats returns the statistics so far.
func (o *Output) Stats() Stats {
	s := <-o.stats
	o.stats <- s
	return s
}

// Interval is how long an animation should wait from one frame to the next: a
// thirtieth of a second, or four times what a write takes where that is longer,
// so that the line is never more than a quarter full and keys get through.
func (o *Output) Interval() time.Duration {
	return min(max(minInterval, 4*o.Stats().Write), maxInterval)
}

// Read, Close and Fd make Output a terminal file, by which bubbletea finds the
// size of the screen. Nothing reads from it or closes it.
func (o *Output) Read(p []byte) (int, error) { return o.file.Read(p) }

// Close does nothing: the terminal outlives the program.
func (o *Output) Close() error { return nil }

// Fd returns the file descriptor of the terminal.
func (o *Output) Fd() uintptr { return o.file.Fd() }

// seal puts the screen back as it was and lets nothing be written afterwards.
// It gives up when a write hangs: nothing gets through to that terminal.
func (o *Output) seal() {
	select {
	case o.turn <- struct{}{}:
	case <-time.After(sealWait):
		return
	}
	defer func() { <-o.turn }()
	if o.sealed {
		return
	}
	o.sealed = true
	leave := "\x1b[m" + ansi.ResetModeBracketedPaste + ansi.ResetModeFocusEvent +
		ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr
	if o.alt {
		leave += ansi.ResetModeAltScreenSaveCursor
	}
	// The cursor comes last: some terminals keep one for each screen.
	_, _ = o.file.WriteString(leave + ansi.ShowCursor)
}
