//go:build !windows

package term

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"fmlab/tui/term/ptytest"
)

const soon = 5 * time.Second // far more than anything here takes

// start runs the helper in a terminal; dir is where it saves.
func start(t *testing.T, cfg ptytest.Config) (p *ptytest.Terminal, dir string) {
	t.Helper()
	dir = t.TempDir()
	cfg.Env = append(cfg.Env, "TERM_HELPER="+dir)
	p = ptytest.Start(t, cfg, os.Args[0])
	p.WaitFor("ready", soon)
	return p, dir
}

func saved(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "saved"))
	return err == nil
}

func TestQuit(t *testing.T) {
	p, dir := start(t, ptytest.Config{})
	if !p.AltScreen() || !p.CursorHidden() {
		t.Errorf("running: got alternate screen %v, cursor hidden %v, want both", p.AltScreen(), p.CursorHidden())
	}
	p.Send("q")
	if code := p.Wait(soon); code != 0 {
		t.Errorf("got exit code %d, want 0", code)
	}
	p.CheckRestored()
	if got := p.Screen(); got != "good bye" {
		t.Errorf("main screen: got %q, want what main prints after Run", got)
	}
	if !saved(dir) {
		t.Error("got no OnExit, want one")
	}
}

func TestResize(t *testing.T) {
	p, _ := start(t, ptytest.Config{})
	p.WaitFor("size 80x24.", soon)
	for i := range 50 {
		p.Resize(40+i, 12+i%7)
	}
	p.Resize(132, 43)
	p.WaitFor("size 132x43.", soon)
	if got := len(p.Rows()); got != 43 {
		t.Errorf("got %d rows, want 43", got)
	}
}

func TestMergedKeys(t *testing.T) {
	p, _ := start(t, ptytest.Config{})
	p.Type("jjjké\x1b[A\x1b[Bx")
	p.WaitFor("keys j,j,j,k,é,up,down,x.", soon)
}

// An arrow key cut in two by the network is one key, and Esc alone is Esc.
func TestSplitKeys(t *testing.T) {
	p, _ := start(t, ptytest.Config{})
	p.Type("\x1b")
	p.WaitFor("keys esc.", soon)
	p.Type("\x1b")
	p.Type("[A")
	p.Type("\xc3")
	p.Type("\xa9")
	p.WaitFor("keys esc,up,é.", soon)
}

func TestRepliesDoNotLeak(t *testing.T) {
	p, _ := start(t, ptytest.Config{})
	for _, r := range replies {
		p.Type("a" + r[:len(r)/2])
		p.Type(r[len(r)/2:] + "b")
	}
	p.Type("\x1b]11;rgb:dead/beef") // this one never ends
	p.WaitFor("keys "+strings.TrimSuffix(strings.Repeat("a,b,", len(replies)), ",")+".", soon)
	time.Sleep(stringWait + 50*time.Millisecond) // the time is what is tested
	p.Type("z")
	p.WaitFor("b,z.", soon)
}

// Esc followed at once by a key is those two, though the bytes are Alt's.
func TestEscAndNextKey(t *testing.T) {
	p, _ := start(t, ptytest.Config{})
	p.Type("\x1b\x1b[D")
	p.WaitFor("keys esc,left.", soon)
	p.Type("\x1bxy")
	p.WaitFor("keys esc,left,esc,x,y.", soon)
	p.Type("\x1b\x1b")
	p.WaitFor("esc,x,y,esc,esc.", soon)
}

func TestSignals(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT} {
		t.Run(sig.String(), func(t *testing.T) {
			p, dir := start(t, ptytest.Config{})
			begin := time.Now()
			p.Kill(sig)
			if code, want := p.Wait(soon), 128+int(sig); code != want {
				t.Errorf("got exit code %d, want %d", code, want)
			}
			if d := time.Since(begin); d > 500*time.Millisecond {
				t.Errorf("got %v from signal to end, want at most 500ms", d)
			}
			p.CheckRestored()
			if !saved(dir) {
				t.Error("got no OnExit, want one")
			}
		})
	}
}

// When the window is closed the program ends and saves.
func TestHangUp(t *testing.T) {
	p, dir := start(t, ptytest.Config{})
	p.HangUp()
	if code := p.Wait(soon); code != 129 {
		t.Errorf("got exit code %d, want 129", code)
	}
	if !saved(dir) {
		t.Error("got no OnExit, want one")
	}
}

// A model that hangs cannot keep the program alive, nor from saving.
func TestSignalWhileModelHangs(t *testing.T) {
	p, dir := start(t, ptytest.Config{})
	p.Send("x")
	p.WaitFor("keys x.", soon)
	p.Send("H")
	begin := time.Now()
	p.Kill(syscall.SIGTERM)
	if code := p.Wait(soon); code != 143 {
		t.Errorf("got exit code %d, want 143", code)
	}
	if d := time.Since(begin); d > 500*time.Millisecond {
		t.Errorf("got %v from signal to end, want at most 500ms", d)
	}
	p.CheckRestored()
	if !saved(dir) {
		t.Error("got no OnExit, want one")
	}
}

// The second signal ends the program though OnExit has not returned.
func TestSecondSignal(t *testing.T) {
	p, dir := start(t, ptytest.Config{Env: []string{"TERM_HELPER_HANG=save"}})
	p.Send("q") // OnExit hangs, and after a key nothing limits it
	p.WaitUntil("has left the alternate screen", soon, func() bool { return !p.AltScreen() })
	p.Kill(syscall.SIGINT)
	if code := p.Wait(soon); code != 130 {
		t.Errorf("got exit code %d, want 130", code)
	}
	p.CheckRestored()
	if saved(dir) {
		t.Error("got a file of an OnExit that hangs")
	}
}

func TestPanics(t *testing.T) {
	for key, where := range map[string]string{
		"U": "Update", "V": "View", "C": "a command", "B": "a command in a sequence in a batch", "G": "a guarded goroutine",
	} {
		t.Run(where, func(t *testing.T) {
			p, dir := start(t, ptytest.Config{Cols: 300})
			p.Send(key)
			if code := p.Wait(soon); code != 70 {
				t.Errorf("got exit code %d, want 70", code)
			}
			p.CheckRestored()
			if got := p.Screen(); !strings.HasPrefix(got, "fmlab: stopped by an error of its own: boom in "+key) || strings.Contains(got, "\n") {
				t.Errorf("got screen %q, want one line about boom in %s", got, key)
			}
			checkReport(t, dir, p.Screen(), "boom in "+key)
			if saved(dir) {
				t.Error("got OnExit after a panic, want none")
			}
		})
	}
}

// checkReport looks at the only file in the crash directory.
func checkReport(t *testing.T, dir, screen, cause string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "crashes", "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("got crash files %v, %v, want one", files, err)
	}
	if !strings.HasSuffix(screen, files[0]) {
		t.Errorf("got %q, want the path %s at its end", screen, files[0])
	}
	info, err := os.Stat(files[0])
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got mode %v, %v, want 0600", info.Mode(), err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"v0-test", "card: fmlab --seed 7", "panic: " + cause, "helper_test.go:"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("got a report without %q:\n%.2000s", want, text)
		}
	}
}

// Where the report cannot be written, it is shown.
func TestPanicWithoutDirectory(t *testing.T) {
	p, dir := start(t, ptytest.Config{Cols: 200, Rows: 500})
	if err := os.WriteFile(filepath.Join(dir, "crashes"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p.Send("U")
	if code := p.Wait(soon); code != 70 {
		t.Errorf("got exit code %d, want 70", code)
	}
	p.CheckRestored()
	for _, want := range []string{"panic: boom in U", "helper_test.go:", "no report written"} {
		if !strings.Contains(p.Screen(), want) {
			t.Errorf("got a screen without %q", want)
		}
	}
}

func TestCopyGoesToTheTerminal(t *testing.T) {
	p, _ := start(t, ptytest.Config{})
	p.Send("Y")
	p.WaitUntil("got OSC 52", soon, func() bool {
		return strings.Contains(string(p.Output()), "\x1b]52;c;Y29waWVk\x07")
	})
}

func TestNotATerminal(t *testing.T) {
	f, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	err = Run(helper{}, Options{In: f, Out: NewOutput(f)})
	if err == nil || !strings.Contains(err.Error(), "not a terminal") {
		t.Errorf("got %v, want an error that says it is not a terminal", err)
	}
}
