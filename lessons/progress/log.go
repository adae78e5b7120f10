// Package progress remembers what was learnt, as an append-only log of events.
//
// The log is a text file, progress.jsonl, one event a line:
//
//	crc32hex {"v":1,"id":"…","kind":"answer","ref":"2.5/nfe","t":"…","data":{…}}
//
// Nothing in it is ever changed or cut. A writer takes the file's lock, appends
// whole lines, and forces answers, goals and predictions to the disk before it
// says they are kept. A line torn by a kill is sealed with a newline by the next
// writer; damaged lines are skipped and counted, and stay in the file; events
// of newer programs are passed over and stay too. Events are told apart by a
// random id, so two logs merge by union ([Log.Import]).
package progress

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/adrg/xdg"
)

// fileName is the log's name in its directory.
const fileName = "progress.jsonl"

// Dir returns the directory of the log: $FMLAB_HOME, else fmlab in the XDG data
// directory, "" when the user has no home.
func Dir() string {
	if home := os.Getenv("FMLAB_HOME"); home != "" {
		return home
	}
	if _, err := os.UserHomeDir(); err != nil && os.Getenv("XDG_DATA_HOME") == "" {
		return ""
	}
	return filepath.Join(xdg.DataHome, "fmlab")
}

// Dir returns the directory of this log, "" when it is kept in memory only.
func (l *Log) Dir() string {
	if l.path == "" {
		return ""
	}
	return filepath.Dir(l.path)
}

// Log is an open progress log. It is safe for concurrent use, and any number of
// processes may have the same file open.
type Log struct {
	mu      sync.Mutex
	file    *os.File // nil: kept in memory only
	path    string
	read    int64    // bytes folded so far
	pending [][]byte // lines that could not be written yet
	warning string

	state *State
	seen  map[string]bool // ids
	check Report
	now   func() time.Time

	stamped time.Time // of the last event appended
}

// Report says how sound a log is.
type Report struct {
	Path     string
	Events   int  // intact events, each counted once
	Foreign  int  // of these, events that this version does not understand
	Repeated int  // intact lines whose id was there before
	Damaged  int  // lines that are not events
	Torn     bool // the last line has no newline: the next write seals it
}

// Open opens the log in a directory and reads it. It makes the directory if need
// be. When that fails the Log works in memory and Warning says why: learning
// goes on without a place to keep it.
func Open(dir string) (*Log, error) {
	l := &Log{state: newState(), seen: map[string]bool{}, now: time.Now}
	if dir == "" {
		l.inMemory(errors.New("no home directory; FMLAB_HOME may name one"))
		return l, nil
	}
	l.path = filepath.Join(dir, fileName)
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		l.file, err = os.OpenFile(l.path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	}
	if err != nil {
		l.inMemory(err)
		l.readOnly()
		return l, nil
	}
	if err := l.catchUp(l.file); err != nil {
		l.file.Close()
		return nil, fmt.Errorf("progress: reading %s: %w", l.path, err)
	}
	return l, nil
}

func (l *Log) inMemory(err error) {
	l.warning = fmt.Sprintf("progress will not be saved: %v", err)
}

// readOnly reads what is there when it cannot be written to.
func (l *Log) readOnly() {
	if f, err := os.Open(l.path); err == nil {
		defer f.Close()
		l.catchUp(f)
	}
}

// Warning is what the learner must know about the log, "" if all is well.
func (l *Log) Warning() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.warning
}

// Close closes the file. Nothing is lost without it.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file = nil
	return err
}

// Append adds an event. It is in State at once. The error says why it is not in
// the file; it is then kept in memory and tried again with the next one.
func (l *Log) Append(kind Kind, ref string, data any) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	e, err := newEvent(kind, ref, data, l.moment())
	if err != nil {
		return err
	}
	line, err := seal(e)
	if err != nil {
		return err
	}
	if l.file == nil {
		l.take(line)
		return nil
	}
	l.pending = append(l.pending, line)
	if err := l.flush(durable[kind]); err != nil {
		l.take(line)
		l.warning = fmt.Sprintf("progress is not saved at the moment: %v", err)
		return fmt.Errorf("progress: %w", err)
	}
	l.warning = ""
	return nil
}

// moment is now, and never the moment of the event before: a clock may stand still
// between two, and which of them was last is told by their times.
func (l *Log) moment() time.Time {
	now := l.now()
	if !now.After(l.stamped) && l.stamped.Sub(now) < time.Second {
		now = l.stamped.Add(1)
	}
	l.stamped = now
	return now
}

// flush writes the pending lines under the file's lock, with what others wrote
// in the meantime read first.
func (l *Log) flush(sync bool) error {
	if err := lock(l.file); err != nil {
		return err
	}
	defer unlock(l.file)
	torn, err := endsTorn(l.file)
	if err != nil {
		return err
	}
	batch := bytes.Join(l.pending, nil)
	if torn {
		batch = append([]byte("\n"), batch...)
	}
	if _, err := l.file.Write(batch); err != nil {
		return err
	}
	if sync {
		if err := l.file.Sync(); err != nil {
			return err
		}
	}
	l.pending = nil
	return l.catchUp(l.file)
}

func endsTorn(f *os.File) (bool, error) {
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return false, err
	}
	var last [1]byte
	_, err = f.ReadAt(last[:], info.Size()-1)
	return last[0] != '\n', err
}

// Refresh reads what other processes have added.
func (l *Log) Refresh() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return nil
	}
	return l.catchUp(l.file)
}

// catchUp folds the whole lines after those already read. A file that became
// shorter was replaced, and is read from its start: ids keep it from counting
// twice.
func (l *Log) catchUp(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() < l.read {
		l.read = 0
	}
	fresh, err := io.ReadAll(io.NewSectionReader(f, l.read, info.Size()-l.read))
	if err != nil {
		return err
	}
	for {
		line, rest, whole := bytes.Cut(fresh, []byte("\n"))
		if !whole {
			l.check.Torn = len(line) > 0
			return nil
		}
		l.read += int64(len(line)) + 1
		l.take(line)
		fresh = rest
	}
}

// take folds one line into the state, once.
func (l *Log) take(line []byte) {
	line = bytes.TrimSuffix(line, []byte("\n"))
	e, ok := open(line)
	switch {
	case len(line) == 0:
	case !ok:
		l.check.Damaged++
	case l.seen[e.ID]:
		l.check.Repeated++
	default:
		l.seen[e.ID] = true
		l.check.Events++
		if !l.state.fold(e) {
			l.check.Foreign++
		}
	}
}

// State returns what was learnt so far: a copy, the caller's to keep.
func (l *Log) State() *State {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.state.clone()
}

// Check reads the whole file anew and says how sound it is.
func (l *Log) Check() (Report, error) {
	scan := &Log{state: newState(), seen: map[string]bool{}}
	f, err := os.Open(l.path)
	if err == nil {
		defer f.Close()
		err = scan.catchUp(f)
	}
	scan.check.Path = l.path
	if err != nil {
		err = fmt.Errorf("progress: %w", err)
	}
	return scan.check, err
}
