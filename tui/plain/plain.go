// Package plain is the lab as a conversation: it says something, then waits for a
// line. It draws nothing and moves no cursor, so it can be used with a screen
// reader, over a pipe, and on a terminal that can do nothing but print.
//
//	place ──says──► menu ──asks──► line ──► word, choice or answer ──► place …
//
// A place is where the learner stands. To enter it is to hear what is there; the
// menu it returns says, as data, what can be typed. What was typed leads to the
// next place, or to none, and then the same menu asks again. Each part of a lesson
// is a file with its places; the lessons, the questions and their judges are those
// of package lessons, and the log is that of the screen, so that a learner may go
// from one to the other in the middle of a lesson.
package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/lessons/derivation"
	"fmlab/lessons/progress"
)

// Options of [Run].
type Options struct {
	Curriculum *lessons.Curriculum
	Log        *progress.Log
	In         io.Reader
	Out        io.Writer
	Echo       bool             // what is read is written too: it comes from a pipe, and nobody else shows it
	ASCII      bool             // nothing above 0x7e is written
	Width      int              // of a line, 0 for as wide as is good to read
	Interrupt  <-chan os.Signal // stops what computes; twice at a prompt ends; nil: never

	Data string // the directory of points that are typed here, "" for none

	Review     bool       // ask what is due
	Lesson     string     // a lesson to open; "" is where the learner left off
	Setup      *lab.Setup // the defaults, with the knobs given on the command line
	Given      []string   // which knobs these are
	Experiment string     // open the free lab with this experiment
	Trip       float64    // the time it shows
}

// ErrMute and ErrDeaf say that there is no way to ask, or to tell: the input cannot
// be read, the output cannot be written.
var (
	ErrMute = errors.New("no answer can be read")
	ErrDeaf = errors.New("nothing can be written")
)

// session is a learner at work.
type session struct {
	Options
	ctx   context.Context
	out   *writer
	in    *reader
	state *progress.State // of the log, after the last event

	bench   *bench                      // the instrument in use, nil for none
	staged  *lessons.Scene              // what is on it, nil for something else
	free    *bench                      // that of the free lab, kept while lessons are read
	rounds  map[string]*lessons.Session // quizzes and exams that were begun in this session, by lesson or Ref
	derived map[string]derivation.State // derivations under way, by lesson

	here  place // where the last menu came from
	over  bool
	ended error // why there are no more lines, nil while there are
	urged bool  // an interrupt came, and no line after it
}

// Run leads the learner until they quit, the input ends, or the context does. What
// was learnt is in the log by then, with the place to come back to.
func Run(ctx context.Context, o Options) error {
	s := newSession(ctx, o)
	defer s.release()
	return s.talk()
}

func newSession(ctx context.Context, o Options) *session {
	return &session{
		Options: o, ctx: ctx, out: newWriter(o.Out, o.Width, o.ASCII), in: newReader(o.In), state: o.Log.State(),
		rounds: map[string]*lessons.Session{}, derived: map[string]derivation.State{},
	}
}

// talk goes from place to place until there is no next one.
func (s *session) talk() error {
	for at := s.begin(); at != nil && !s.over; {
		s.here = at
		at = s.ask(at(s))
	}
	if s.out.err != nil {
		return fmt.Errorf("%w: %w", ErrDeaf, s.out.err)
	}
	if s.ended != nil && s.ended != io.EOF {
		return fmt.Errorf("%w: %w", ErrMute, s.ended)
	}
	return s.ctx.Err()
}

// begin is the first place, after what must be known.
func (s *session) begin() place {
	s.line("fmlab, a lab for flow matching, in plain text. Type ? at any prompt for what can be typed, quit to end.")
	if w := s.Log.Warning(); w != "" {
		s.line("Note: " + w)
	}
	switch {
	case s.Review:
		return or(s.review(), (*session).theMap)
	case s.Experiment != "":
		return s.freeLab(s.Experiment, *s.Setup, s.Trip)
	case s.Lesson != "":
		return s.open(s.Lesson)
	}
	return s.comeBack()
}

// note writes an event to the log; a failure is said, and nothing is lost.
func (s *session) note(kind progress.Kind, ref string, data any) {
	if err := s.Log.Append(kind, ref, data); err != nil {
		s.line("Note: " + err.Error())
	}
	s.state = s.Log.State()
}

// release stops the workers of what still runs.
func (s *session) release() {
	for _, b := range []*bench{s.bench, s.free} {
		if b != nil {
			b.close()
		}
	}
}
