package plain

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// maxLine is the longest line that is read, in bytes: a program is pasted line by
// line, and nobody types more.
const maxLine = 1 << 20

// reader reads lines in the background, one ahead, so that an interrupt is heard
// while a line is awaited.
type reader struct {
	lines chan string
	err   error // why there are no more, once lines is closed
}

func newReader(in io.Reader) *reader {
	r := &reader{lines: make(chan string)}
	go r.run(in)
	return r
}

func (r *reader) run(in io.Reader) {
	sc := bufio.NewScanner(in)
	sc.Buffer(nil, maxLine)
	for sc.Scan() {
		r.lines <- strings.TrimSuffix(sc.Text(), "\r")
	}
	switch r.err = sc.Err(); r.err {
	case nil:
		r.err = io.EOF
	case bufio.ErrTooLong:
		r.err = fmt.Errorf("a line is longer than %d bytes", maxLine)
	}
	close(r.lines)
}
