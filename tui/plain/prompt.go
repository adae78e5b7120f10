package plain

import (
	"context"
	"strings"
	"sync/atomic"
)

// prompt says where one is and waits for a line, without blanks around it. It is
// not ok when there will be none.
func (s *session) prompt(m menu) (line string, ok bool) {
	s.out.row("")
	name := m.name
	if m.enter != "" {
		name += " (enter: " + m.enter + ")"
	}
	line, ok = s.read(name + " > ")
	return strings.TrimSpace(line), ok
}

// read waits for a line, as it was typed.
func (s *session) read(prompt string) (line string, ok bool) {
	for {
		s.out.raw(prompt)
		s.out.blank = false
		if s.out.err != nil {
			return "", false
		}
		select {
		case line, ok = <-s.in.lines:
			return line, s.heard(line, ok)
		case <-s.Interrupt:
			if s.out.row(""); s.urged {
				return "", false
			}
			s.urged = true
			s.line("Nothing is running. ctrl+c once more ends, and so does quit.")
		case <-s.ctx.Done():
			return "", false
		}
	}
}

// heard takes note of a line, or of the end.
func (s *session) heard(line string, ok bool) bool {
	switch {
	case !ok:
		s.ended = s.in.err
		s.out.row("")
		s.line("The input has ended. Everything is kept.")
	case s.Echo:
		s.out.raw(strings.ReplaceAll(line, "\n", " ") + "\n")
	}
	s.out.blank, s.urged = ok, false
	return ok
}

// stoppable is a context that an interrupt cancels. done ends it, and says whether
// one came.
func (s *session) stoppable() (ctx context.Context, done func() (stopped bool)) {
	ctx, cancel := context.WithCancel(s.ctx)
	var came atomic.Bool
	idle := make(chan struct{})
	go func() {
		defer close(idle)
		select {
		case <-s.Interrupt:
			came.Store(true)
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, func() bool {
		cancel()
		<-idle
		return came.Load()
	}
}
