package term

import (
	"os"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"
)

const (
	stopWait  = 200 * time.Millisecond // for the model, after a signal
	saveWait  = 200 * time.Millisecond // for OnExit, after a signal
	crashCode = 70                     // EX_SOFTWARE of sysexits.h
)

// session is one run of a program on a terminal, and knows how to end it. What
// calls begin first, and is told true, ends it; everything else stands back.
type session struct {
	program *tea.Program
	in      *os.File
	out     *Output
	state   *term.State // of the terminal before
	opts    Options

	stopped   chan struct{} // closed when the model is not called any more
	ending    atomic.Bool
	suspended atomic.Bool // by ctrl+z
}

// current is the session that Guard belongs to: a process has one terminal.
var current atomic.Pointer[session]

// run runs the program until it stops.
func (s *session) run() error {
	defer close(s.stopped)
	defer s.catch()
	_, err := s.program.Run()
	return err
}

// begin reports whether the caller is the one to end the session.
func (s *session) begin() bool { return s.ending.CompareAndSwap(false, true) }

// restore puts the terminal back as it was.
func (s *session) restore() {
	s.out.seal()
	_ = term.Restore(s.in.Fd(), s.state)
}

func (s *session) save() {
	if s.opts.OnExit != nil {
		s.opts.OnExit()
	}
}

// onSignal ends the process because of sig: in order the first time, at once
// the second.
func (s *session) onSignal(sig syscall.Signal) {
	if !s.begin() {
		s.exit(128 + int(sig))
	}
	go func() {
		s.program.Kill()
		within(stopWait, s.stopped)
		saved := make(chan struct{})
		go func() {
			defer close(saved)
			defer func() { _ = recover() }() // the process ends by a signal, whatever happens
			s.save()
		}()
		within(saveWait, saved)
		s.exit(128 + int(sig))
	}()
}

// within waits for done, d at most.
func within(d time.Duration, done <-chan struct{}) {
	select {
	case <-done:
	case <-time.After(d):
	}
}

func (s *session) exit(code int) {
	s.restore()
	os.Exit(code)
}

// catch is deferred in everything that can panic. It ends the process with a
// report, and says where that is.
func (s *session) catch() {
	cause := recover()
	if cause == nil {
		return
	}
	stack := debug.Stack()
	if !s.begin() {
		select {} // another goroutine is ending the process
	}
	s.restore()
	s.report(cause, stack)
	os.Exit(crashCode)
}
