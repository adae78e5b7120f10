//go:build !windows

package term

import (
	"errors"
	"io"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

const (
	escWait    = 50 * time.Millisecond  // for the rest of a sequence
	escWaitSSH = 100 * time.Millisecond // the same over a network
	stringWait = 250 * time.Millisecond // for the rest of a reply
)

// input reads what is typed: the terminal's replies are filtered out, and a
// sequence that arrives in pieces, as it does over a network, is put together
// again. Otherwise its first byte would be the Esc key and its rest be typed.
type input struct {
	*os.File
	filter filter
	wait   time.Duration
	last   time.Time // of the last read, to give up on a reply
}

func newInput(f *os.File, ssh bool) io.Reader {
	if ssh {
		return &input{File: f, wait: escWaitSSH}
	}
	return &input{File: f, wait: escWait}
}

// Read reads at least maxHeld bytes less than p holds, so that the rest of a
// sequence fits: nothing may be held back while the caller waits for more.
func (in *input) Read(p []byte) (int, error) {
	if len(p) <= maxHeld {
		return 0, io.ErrShortBuffer
	}
	buf := make([]byte, len(p)-maxHeld)
	n, err := in.File.Read(buf)
	if err != nil {
		return 0, err
	}
	if time.Since(in.last) > stringWait {
		in.filter.inString = false
	}
	out := in.filter.feed(p[:0], buf[:n])
	for len(in.filter.held) > 0 {
		if !readable(int(in.Fd()), in.wait) {
			out = in.filter.flush(out)
			break
		}
		if n, err = in.File.Read(buf[:1]); err != nil {
			break
		}
		out = in.filter.feed(out, buf[:n])
	}
	in.last = time.Now()
	return len(out), err
}

// readable waits until fd has something to read, d at most.
func readable(fd int, d time.Duration) bool {
	for end := time.Now().Add(d); ; {
		var set unix.FdSet
		set.Set(fd)
		left := unix.NsecToTimeval(int64(max(0, time.Until(end))))
		n, err := unix.Select(fd+1, &set, nil, nil, &left)
		if !errors.Is(err, unix.EINTR) {
			return n > 0
		}
	}
}
