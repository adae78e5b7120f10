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

// Import adds the events that the log does not have yet, byte for byte, and
// forces them to the disk. It returns how many were new.
func (l *Log) Import(r io.Reader) (events int, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return 0, errors.New("progress: there is no file to import into")
	}
	if err := l.catchUp(l.file); err != nil {
		return 0, err
	}
	seen := map[string]bool{}
	err = eachEvent(r, func(e Event, line []byte) error {
		if !l.seen[e.ID] && !seen[e.ID] {
			seen[e.ID] = true
			l.pending = append(l.pending, append(line, '\n'))
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return len(seen), l.flush(true)
}

// eachEvent calls f with every intact event and a copy of its line, without the
// newline.
func eachEvent(r io.Reader, f func(Event, []byte) error) error {
	br := bufio.NewReader(r)
	for {
		line, err := br.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return err
		}
		line = bytes.TrimSuffix(line, []byte("\n"))
		if e, ok := open(line); ok {
			if err := f(e, line); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}
