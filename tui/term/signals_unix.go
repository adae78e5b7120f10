//go:build !windows

package term

import (
	"io"
	"os"
	"os/signal"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// watch hears signals until the function it returns is called.
func (s *session) watch() (end func()) {
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT, syscall.SIGTERM,
		syscall.SIGTSTP, syscall.SIGCONT)
	go func() {
		for sig := range signals {
			switch sig := sig.(syscall.Signal); sig {
			case syscall.SIGTSTP:
				Guard(func() { s.program.Send(s.suspend()) })
			case syscall.SIGCONT:
				s.continued()
			default:
				s.onSignal(sig)
			}
		}
	}()
	return func() {
		signal.Stop(signals)
		close(signals)
	}
}

// suspend is the command that stops the process as ctrl+z does, if someone is
// there to continue it: bubbletea gives the terminal back, and takes it again
// when [stop] returns.
func (s *session) suspend() tea.Msg {
	if orphan() {
		return nil
	}
	s.suspended.Store(true)
	return tea.Exec(stop{}, func(error) tea.Msg { return tea.ResumeMsg{} })()
}

// stop is a command that stops the process group, as the shell knows a job, and
// is done when it goes on. It sends SIGSTOP because a Go program that has heard
// SIGTSTP once is never stopped by it again (and tea.Suspend would wait for ever).
type stop struct{}

// Run stops the process group.
func (stop) Run() error {
	goesOn := make(chan os.Signal, 1)
	signal.Notify(goesOn, syscall.SIGCONT)
	defer signal.Stop(goesOn)
	if err := syscall.Kill(0, syscall.SIGSTOP); err != nil {
		return err
	}
	<-goesOn
	return nil
}

// SetStdin, SetStdout and SetStderr make stop a tea.ExecCommand.
func (stop) SetStdin(io.Reader)  {}
func (stop) SetStdout(io.Writer) {}
func (stop) SetStderr(io.Writer) {}

// orphan reports whether no shell watches over this process (a terminal window
// or ssh started it directly): stopped, it would stay so.
func orphan() bool {
	own, err1 := unix.Getsid(0)
	parent, err2 := unix.Getsid(unix.Getppid())
	return err1 != nil || err2 != nil || own != parent
}

// continued takes the terminal back after SIGSTOP, which cannot be heard: a
// shell has used it since.
func (s *session) continued() {
	if s.suspended.Load() {
		return
	}
	_, _ = term.MakeRaw(s.in.Fd())
	Guard(func() { s.program.Send(tea.ClearScreen()) })
}
