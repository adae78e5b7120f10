package lessons

import (
	"bytes"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"sync"
)

// Lesson is one lesson: what the map shows, and the way to the rest.
type Lesson struct {
	ID       string // "2.5"
	Phase    int    // 1 to 3
	Title    string
	Minutes  int      // 0 is open-ended
	Concepts []string // names in Concepts, or "all"
	Summary  string   // one sentence for the map
	Ready    bool     // false: its place is kept, its text comes later
	File     string   // where it was read, for messages

	dir   fs.FS // what lies beside it
	parse func() (*Body, error)
}

// Body returns the lesson's parts, parsed when first asked for. A lesson that
// is not ready has at most what there is to do. It is safe for concurrent use.
func (l *Lesson) Body() (*Body, error) { return l.parse() }

// source is a text with its name, so that every message can say where.
type source struct {
	file string
	text []byte
	base int // lines of the file above text
}

// line returns the line of the file, from 1, at byte pos of the text.
func (s source) line(pos int) int {
	return s.base + 1 + bytes.Count(s.text[:pos], []byte("\n"))
}

func (s source) errorf(line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", s.file, line, fmt.Errorf(format, args...))
}

// parseFront reads "key: value" lines between two lines "---". dir is where the
// file lies.
func parseFront(s source, dir fs.FS) (*Lesson, error) {
	head, rest, ok := strings.Cut(strings.TrimPrefix(string(s.text), "---\n"), "\n---\n")
	if !ok || !bytes.HasPrefix(s.text, []byte("---\n")) {
		return nil, s.errorf(1, "no front matter: want lines key: value between two lines ---")
	}
	l := &Lesson{File: s.file, dir: dir}
	seen := map[string]bool{}
	for i, line := range strings.Split(head, "\n") {
		key, value, ok := strings.Cut(line, ": ")
		if !ok {
			return nil, s.errorf(i+2, "%q: want key: value", line)
		}
		if seen[key] {
			return nil, s.errorf(i+2, "%s is given twice", key)
		}
		seen[key] = true
		if err := l.set(key, strings.TrimSpace(value)); err != nil {
			return nil, s.errorf(i+2, "%w", err)
		}
	}
	for _, key := range frontKeys {
		if !seen[key] {
			return nil, s.errorf(1, "front matter without %s", key)
		}
	}
	body := source{file: s.file, text: []byte(rest), base: strings.Count(head, "\n") + 3}
	l.parse = sync.OnceValues(func() (*Body, error) { return parseBody(body, l) })
	return l, nil
}

var frontKeys = []string{"id", "phase", "title", "minutes", "concepts", "summary", "ready"}

func (l *Lesson) set(key, value string) (err error) {
	switch key {
	case "id":
		l.ID = value
	case "phase":
		l.Phase, err = strconv.Atoi(value)
		if err != nil || l.Phase < 1 || l.Phase > len(phases) {
			err = fmt.Errorf("phase %q: want 1 to %d", value, len(phases))
		}
	case "title":
		l.Title = value
	case "minutes":
		if value == "open" {
			return nil
		}
		l.Minutes, err = strconv.Atoi(value)
		if err != nil || l.Minutes < 1 {
			err = fmt.Errorf("minutes %q: want a whole number, or open", value)
		}
	case "concepts":
		l.Concepts = strings.Split(value, ", ")
	case "summary":
		l.Summary = value
	case "ready":
		l.Ready = value == "true"
		if value != "true" && value != "false" {
			err = fmt.Errorf("ready %q: want true or false", value)
		}
	default:
		err = fmt.Errorf("unknown key %q: want one of %s", key, strings.Join(frontKeys, ", "))
	}
	return err
}
