package progress

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// Export writes every intact event, those of newer programs included, each once,
// as a log that Import reads.
func (l *Log) Export(w io.Writer) (events int, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f, err := os.Open(l.path)
	if err != nil {
		return 0, fmt.Errorf("progress: %w", err)
	}
	defer f.Close()
	seen := map[string]bool{}
	err = eachEvent(f, func(e Event, line []byte) error {
		if seen[e.ID] {
			return nil
		}
		seen[e.ID] = true
		events++
		_, err := w.Write(append(line, '\n'))
		return err
	})
	return events, err
}

// Merged says what was found in a log that was imported.
type Merged struct {
	New     int // events that were not there before
	Known   int // events that were, or that it has twice
	Foreign int // of both, events that this version does not understand; they are kept
	Damaged int // lines that are not events; they are left out
}

// ErrNoLog is a file that has lines, and none of them is an event.
var ErrNoLog = errors.New("this is not a progress log: none of its lines is an event")

// Import adds the events that the log does not have yet, byte for byte, and
// forces them to the disk. What is in the log is never changed. It returns what it
// found, also when it could not be kept.
func (l *Log) Import(r io.Reader) (m Merged, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return m, errors.New("progress: there is no file to import into")
	}
	if err := l.catchUp(l.file); err != nil {
		return m, err
	}
	seen, scratch := map[string]bool{}, newState()
	var fresh [][]byte
	err = eachLine(r, func(line []byte) error {
		e, ok := open(line)
		switch {
		case len(line) == 0:
		case !ok:
			m.Damaged++
		case l.seen[e.ID] || seen[e.ID]:
			m.Known++
		default:
			seen[e.ID] = true
			m.New++
			fresh = append(fresh, append(line, '\n'))
		}
		if ok && !scratch.fold(e) {
			m.Foreign++
		}
		return nil
	})
	if err == nil && m.New+m.Known == 0 && m.Damaged > 0 {
		err = ErrNoLog
	}
	if err != nil {
		return m, err
	}
	l.pending = append(l.pending, fresh...)
	return m, l.flush(true)
}

// eachEvent calls f with every intact event and a copy of its line, without the
// newline.
func eachEvent(r io.Reader, f func(Event, []byte) error) error {
	return eachLine(r, func(line []byte) error {
		if e, ok := open(line); ok {
			return f(e, line)
		}
		return nil
	})
}

// eachLine calls f with a copy of every line, without what ends it.
func eachLine(r io.Reader, f func([]byte) error) error {
	br := bufio.NewReader(r)
	for {
		line, err := br.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return err
		}
		if err := f(bytes.TrimRight(line, "\r\n")); err != nil {
			return err
		}
		if err == io.EOF {
			return nil
		}
	}
}
