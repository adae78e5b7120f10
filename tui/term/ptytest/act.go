//go:build !windows

package ptytest

import (
	"reflect"
	"syscall"
	"time"
)

// keys are the names Send knows, spelled as bubbletea spells them.
var keys = map[string]string{
	"enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "esc": "\x1b", "space": " ", "backspace": "\x7f",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
	"home": "\x1b[H", "end": "\x1b[F", "pgup": "\x1b[5~", "pgdown": "\x1b[6~", "delete": "\x1b[3~",
	"f1": "\x1bOP", "focus": "\x1b[I", "blur": "\x1b[O",
}

// Send presses keys: names such as "enter", "up" or "ctrl+c", else the text
// itself. Keys pressed in one call may arrive in one piece, as with a slow line.
func (p *Terminal) Send(names ...string) {
	p.t.Helper()
	for _, name := range names {
		p.Type(bytesOf(name))
	}
}

// bytesOf returns what a terminal sends for a key.
func bytesOf(name string) string {
	if seq, ok := keys[name]; ok {
		return seq
	}
	if len(name) == len("ctrl+x") && name[:5] == "ctrl+" {
		return string(rune(name[5] & 0x1f))
	}
	return name
}

// Type sends bytes in one write, as a terminal's reply or a paste comes.
func (p *Terminal) Type(raw string) {
	p.t.Helper()
	if _, err := p.master.WriteString(raw); err != nil {
		p.t.Fatalf("ptytest: typing %q: %v", raw, err)
	}
}

// Resize changes the size of the terminal; the program gets SIGWINCH.
func (p *Terminal) Resize(cols, rows int) {
	p.t.Helper()
	p.mu.Lock()
	p.screen.Resize(cols, rows)
	p.mu.Unlock()
	if err := setSize(p.master, cols, rows); err != nil {
		p.t.Fatalf("ptytest: size %d×%d: %v", cols, rows, err)
	}
}

// HangUp closes the terminal, as when its window is closed. Nothing can be read
// from it afterwards.
func (p *Terminal) HangUp() { _ = p.master.Close() }

// Kill sends a signal to the program.
func (p *Terminal) Kill(sig syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(sig); err != nil {
		p.t.Fatalf("ptytest: %v: %v", sig, err)
	}
}

// Wait waits until the program has ended and returns its exit code, or -n if
// signal n ended it. All it wrote is on the screen then.
func (p *Terminal) Wait(timeout time.Duration) int {
	p.t.Helper()
	p.WaitUntil("has ended its program", timeout, p.ended)
	return p.code
}

func (p *Terminal) ended() bool {
	select {
	case <-p.exited:
		return true
	default:
		return false
	}
}

// CheckRestored fails the test unless the ended program left the terminal as it
// found it: the same modes of the line, the main screen, a cursor.
func (p *Terminal) CheckRestored() {
	p.t.Helper()
	if !p.ended() {
		p.t.Fatalf("ptytest: CheckRestored before the end of the program")
	}
	if !reflect.DeepEqual(p.before, p.after) {
		p.t.Errorf("line modes: got %+v, want %+v as before", p.after, p.before)
	}
	if p.AltScreen() {
		p.t.Errorf("got the alternate screen, want the main one")
	}
	if p.CursorHidden() {
		p.t.Errorf("got a hidden cursor, want it shown")
	}
}
