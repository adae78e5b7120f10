// Package term stands between the program and the terminal: it starts and ends
// the one without harm to the other.
//
// [Run] runs a bubbletea model. However it ends — by a key, a signal, a panic in
// the model, in a command or in a goroutine started with [Guard] — the terminal
// is as it was before, and [Options.OnExit] has saved (but after a panic, when
// the state is not to be trusted). Keys arrive one by one and whole; replies of
// the terminal never arrive as keys. [Detect] says what the terminal can do
// without asking it, and nothing in here waits for an answer: see package first.
package term

import (
	"errors"
	"fmt"
	"os"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"

	_ "fmlab/tui/term/first" // before bubbletea, or start-up takes five seconds
)

// rendererFPS is twice the rate of the animations, so that a key is answered
// within 17 ms and no frame waits for the renderer's next turn.
const rendererFPS = 60

// Options of [Run].
type Options struct {
	In  *os.File // the keyboard; nil is os.Stdin
	Out *Output  // the screen; nil is os.Stdout

	// OnExit saves what must not be lost. It runs once, when the model has
	// stopped; if the model hangs as a signal arrives, beside it, and then gets
	// 200 ms. So it must be safe to call at any time. nil saves nothing.
	OnExit func()

	CrashDir string        // for crash reports, made when needed; "" prints them instead
	Version  string        // of the program, for crash reports
	Describe func() string // what was on screen (the experiment card), for crash reports; any goroutine calls it; nil says nothing
}

// Run shows the model on the whole screen until it quits. It returns an error if
// there is no terminal or it fails. It does not return after a signal n, which
// ends the process with code 128+n, or a panic, which ends it with code 70.
func Run(model tea.Model, opts Options) error {
	s, err := newSession(opts)
	if err != nil {
		return err
	}
	s.program = tea.NewProgram(guarded{model, s},
		tea.WithInput(newInput(s.in, os.Getenv("SSH_CONNECTION") != "")), tea.WithOutput(s.out),
		tea.WithAltScreen(), tea.WithReportFocus(), tea.WithFPS(rendererFPS),
		tea.WithoutSignalHandler(), tea.WithoutCatchPanics())
	current.Store(s)
	defer current.Store(nil)
	defer s.watch()()

	err = s.run()
	if errors.Is(err, syscall.EIO) { // the terminal is gone; its signal is under way
		s.onSignal(syscall.SIGHUP)
	}
	if !s.begin() {
		select {} // another goroutine is ending the process
	}
	s.restore()
	s.save()
	return err
}

// IsTerminal reports whether f is a terminal.
func IsTerminal(f *os.File) bool { return term.IsTerminal(f.Fd()) }

// newSession takes down how the terminal is now.
func newSession(opts Options) (*session, error) {
	s := &session{in: opts.In, out: opts.Out, opts: opts, stopped: make(chan struct{})}
	if s.in == nil {
		s.in = os.Stdin
	}
	if s.out == nil {
		s.out = NewOutput(os.Stdout)
	}
	if !term.IsTerminal(s.out.Fd()) {
		return nil, errors.New("standard output is not a terminal")
	}
	state, err := term.GetState(s.in.Fd())
	if err != nil {
		return nil, fmt.Errorf("standard input is not a terminal: %w", err)
	}
	s.state = state
	return s, nil
}
