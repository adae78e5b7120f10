//go:build !windows

package term

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"fmlab/tui/term/ptytest"
)

// underShell runs the helper as a job of a shell that says when it has stopped
// and continues it after a line of input.
func underShell(t *testing.T) (p *ptytest.Terminal, pid func() int) {
	t.Helper()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no shell with job control: bash is not installed")
	}
	const script = `set -m; "$0"; while [ $? -gt 128 ]; do
		n=$((n+1)); echo "stopped $n: $(stty -a | grep -o -- '-\?icanon')"; read line; fg >/dev/null; done`
	p = ptytest.Start(t, ptytest.Config{Env: []string{"TERM_HELPER=" + t.TempDir()}}, bash, "--norc", "-c", script, os.Args[0])
	p.WaitFor("ready", soon)
	return p, func() int { return child(t, p.PID()) }
}

// child returns the only child of a process.
func child(t *testing.T, pid int) int {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	var c int
	if _, err2 := fmt.Sscan(string(b), &c); err != nil || err2 != nil {
		t.Skipf("no way to find the process here: %v, %v", err, err2)
	}
	return c
}

func TestSuspendByKey(t *testing.T) {
	p, _ := underShell(t)
	p.Send("a")
	p.WaitFor("keys a.", soon)
	p.Send("ctrl+z")
	p.WaitFor("stopped 1: icanon", soon)
	if p.AltScreen() || p.CursorHidden() {
		t.Error("suspended: got the alternate screen or a hidden cursor, want neither")
	}
	p.Resize(100, 30)
	p.Send("enter")
	p.WaitFor("resumed 1.", soon)
	p.WaitFor("size 100x30.", soon)
	p.Send("b")
	p.WaitFor("keys a,b.", soon) // all of it is painted again
	p.WaitFor("ready", soon)
	p.Send("ctrl+z") // a second time
	p.WaitFor("stopped 2: icanon", soon)
	p.Send("enter")
	p.WaitFor("resumed 2.", soon)
	p.Send("q")
	p.WaitFor("good bye", soon)
	p.Wait(soon)
	p.CheckRestored()
}

func TestSuspendBySignal(t *testing.T) {
	p, pid := underShell(t)
	p.WaitFor("ready", soon)
	if err := syscall.Kill(pid(), syscall.SIGTSTP); err != nil {
		t.Fatal(err)
	}
	p.WaitFor("stopped 1: icanon", soon)
	p.Send("enter")
	p.WaitFor("resumed 1.", soon)
	p.Send("q")
	p.WaitFor("good bye", soon)
	p.Wait(soon)
	p.CheckRestored()
}

// SIGSTOP cannot be heard; after it the terminal is taken back and painted.
func TestStopAndContinue(t *testing.T) {
	p, pid := underShell(t)
	if err := syscall.Kill(pid(), syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	p.WaitFor("stopped 1:", soon)
	p.Type("\n") // the line is still raw
	p.WaitUntil("has been painted", soon, func() bool { return !strings.Contains(p.Screen(), "stopped") })
	p.Send("j")
	p.WaitFor("keys j.", soon)
	p.Send("q")
	p.Wait(soon)
}

// Without a shell nobody could continue it: ctrl+z does nothing.
func TestSuspendWithoutShell(t *testing.T) {
	p, _ := start(t, ptytest.Config{})
	p.Send("ctrl+z", "a")
	p.WaitFor("keys a.", soon)
	p.Kill(syscall.SIGTSTP)
	p.Send("b")
	p.WaitFor("keys a,b.", soon)
}
