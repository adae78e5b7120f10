//go:build !windows

// Package ptytest runs a program in a terminal of its own, for tests: it types
// keys, shows the true screen, changes its size, sends signals, and tells what
// the program left behind.
//
//	term := ptytest.Start(t, ptytest.Config{Cols: 80, Rows: 24}, bin, "--seed", "1")
//	term.WaitFor("Press any key", time.Second)
//	term.Send("down", "enter")
//	...
//	if code := term.Wait(time.Second); code != 0 { ... }
//	term.CheckRestored()
//
// Nothing sleeps: what waits looks at every change of the screen until it is
// satisfied, and fails the test with a picture of the screen if that takes too
// long. The program is killed at the end of the test.
package ptytest

import (
	"cmp"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"golang.org/x/term"
)

// Config of a terminal.
type Config struct {
	Cols, Rows int      // size in cells; 0 is 80 and 24
	Mute       bool     // it never answers a question, as some terminals do
	Env        []string // KEY=value, besides a known environment; later wins
	Dir        string   // where the program starts; "" is the test's directory
}

// baseEnv is all a program sees unless Config says more: CI and the colours of
// the developer's own terminal must not change a test.
func baseEnv() []string {
	return []string{"TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8",
		"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "TMPDIR=" + os.TempDir()}
}

// Terminal is a terminal with a program running in it.
type Terminal struct {
	t      testing.TB
	cmd    *exec.Cmd
	master *os.File    // our end
	tty    *os.File    // the program's end
	before *term.State // modes of the line
	after  *term.State // the same when the program had ended

	mu      sync.Mutex // the emulator is not safe for concurrent use
	screen  *vt.Emulator
	output  []byte
	changed chan struct{} // closed and replaced at every change

	drained chan struct{} // closed when all output is on the screen
	exited  chan struct{} // closed when the program has ended and all is drawn
	code    int
}

// Start runs a program in a new terminal.
func Start(t testing.TB, cfg Config, name string, args ...string) *Terminal {
	t.Helper()
	cfg.Cols, cfg.Rows = cmp.Or(cfg.Cols, 80), cmp.Or(cfg.Rows, 24)
	master, tty, err := open()
	if err == nil {
		err = setSize(master, cfg.Cols, cfg.Rows)
	}
	if err != nil {
		t.Fatalf("ptytest: no terminal: %v", err)
	}
	p := &Terminal{
		t: t, master: master, tty: tty, screen: vt.NewEmulator(cfg.Cols, cfg.Rows),
		changed: make(chan struct{}), drained: make(chan struct{}), exited: make(chan struct{}),
	}
	if p.before, err = term.GetState(int(tty.Fd())); err != nil {
		t.Fatalf("ptytest: %v", err)
	}
	p.cmd = exec.Command(name, args...)
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = tty, tty, tty
	p.cmd.Env, p.cmd.Dir = append(baseEnv(), cfg.Env...), cfg.Dir
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true} // tty is its own
	if err := p.cmd.Start(); err != nil {
		t.Fatalf("ptytest: %v", err)
	}
	go p.show()
	go p.answer(cfg.Mute)
	go p.reap()
	t.Cleanup(p.close)
	return p
}

// show draws the program's output until the terminal is closed.
func (p *Terminal) show() {
	defer close(p.drained)
	buf := make([]byte, 64<<10)
	for {
		n, err := p.master.Read(buf)
		if err != nil {
			return
		}
		p.mu.Lock()
		_, _ = p.screen.Write(buf[:n])
		p.output = append(p.output, buf[:n]...)
		p.wake()
		p.mu.Unlock()
	}
}

// answer passes the terminal's replies to the program, or drops them. They must
// be taken in any case, or the emulator would wait.
func (p *Terminal) answer(mute bool) {
	buf := make([]byte, 4<<10)
	for {
		n, err := p.screen.Read(buf)
		if err != nil {
			return
		}
		if !mute {
			_, _ = p.master.Write(buf[:n])
		}
	}
}

// reap waits for the end of the program and for the last it wrote: when our
// copy of its end is closed too, reading ends after the last byte, unless a
// child that outlives the program holds another.
func (p *Terminal) reap() {
	_ = p.cmd.Wait()
	p.after, _ = term.GetState(int(p.tty.Fd()))
	_ = p.tty.Close()
	_ = p.master.SetReadDeadline(time.Now().Add(time.Second))
	<-p.drained
	p.code = p.cmd.ProcessState.ExitCode()
	if ws, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		p.code = -int(ws.Signal())
	}
	close(p.exited)
	p.mu.Lock()
	p.wake()
	p.mu.Unlock()
}

// wake tells those who wait that there is something to look at.
func (p *Terminal) wake() {
	close(p.changed)
	p.changed = make(chan struct{})
}

// close ends what still runs.
func (p *Terminal) close() {
	_ = p.cmd.Process.Kill()
	<-p.exited
	_ = p.master.Close()
	if pipe, ok := p.screen.InputPipe().(interface{ Close() error }); ok {
		_ = pipe.Close() // ends answer
	}
}
