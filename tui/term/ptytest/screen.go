//go:build !windows

package ptytest

import (
	"slices"
	"strings"
	"time"
)

// Rows returns the rows of the screen as they are now, without the blanks at
// their ends.
func (p *Terminal) Rows() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.rows()
}

func (p *Terminal) rows() []string {
	rows := make([]string, p.screen.Height())
	for y := range rows {
		var b strings.Builder
		for x := 0; x < p.screen.Width(); {
			cell := p.screen.CellAt(x, y)
			if cell == nil || cell.Content == "" {
				b.WriteByte(' ')
				x++
				continue
			}
			b.WriteString(cell.Content)
			x += max(cell.Width, 1)
		}
		rows[y] = strings.TrimRight(b.String(), " ")
	}
	return rows
}

// Screen returns the rows of the screen, joined by line feeds, without the empty
// ones at the end.
func (p *Terminal) Screen() string { return strings.TrimRight(strings.Join(p.Rows(), "\n"), "\n") }

// AltScreen reports whether the alternate screen is on.
func (p *Terminal) AltScreen() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.screen.IsAltScreen()
}

// CursorHidden reports whether the cursor is hidden.
func (p *Terminal) CursorHidden() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.screen.CursorHidden()
}

// Output returns all bytes the program has written so far.
func (p *Terminal) Output() []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.output)
}

// PID returns the process id of the program.
func (p *Terminal) PID() int { return p.cmd.Process.Pid }

// WaitFor waits until the screen shows text.
func (p *Terminal) WaitFor(text string, timeout time.Duration) {
	p.t.Helper()
	p.WaitUntil("shows "+text, timeout, func() bool { return strings.Contains(p.Screen(), text) })
}

// WaitGone waits until the screen does not show text.
func (p *Terminal) WaitGone(text string, timeout time.Duration) {
	p.t.Helper()
	p.WaitUntil("does not show "+text, timeout, func() bool { return !strings.Contains(p.Screen(), text) })
}

// WaitUntil waits until ok, which is called at every change of the screen and at
// the end of the program. what completes "the terminal …" in the failure.
func (p *Terminal) WaitUntil(what string, timeout time.Duration, ok func() bool) {
	p.t.Helper()
	late := time.NewTimer(timeout)
	defer late.Stop()
	for {
		p.mu.Lock()
		changed := p.changed
		p.mu.Unlock()
		if ok() {
			return
		}
		select {
		case <-changed:
		case <-late.C:
			p.t.Fatalf("after %v: want a terminal that %s, got\n%s", timeout, what, p.picture())
		}
	}
}

// picture frames the screen for a failure.
func (p *Terminal) picture() string {
	rows := strings.Split(p.Screen(), "\n")
	return "┌─\n│ " + strings.Join(rows, "\n│ ") + "\n└─"
}
