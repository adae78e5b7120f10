package tui

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/lessons/progress"
	"fmlab/tui/theme"
)

// TestMain takes the waiting out of commands: a trip that takes three seconds to
// play, and a passing word that stays for five, take none here.
func TestMain(m *testing.M) {
	tick = func(_ time.Duration, fn func(time.Time) tea.Msg) tea.Cmd {
		return func() tea.Msg { return fn(time.Time{}) }
	}
	wait = func(ctx context.Context, _ time.Duration) bool { return ctx.Err() == nil }
	os.Unsetenv("VISUAL")
	os.Unsetenv("EDITOR")
	poll = func(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil } // looks at files are sent by hand
	execProcess = func(cmd *exec.Cmd, fn tea.ExecCallback) tea.Cmd {
		return func() tea.Msg { return fn(cmd.Run()) }
	}
	home, err := os.MkdirTemp("", "fmlab-test")
	if err != nil {
		panic(err)
	}
	os.Setenv("HOME", home) // nobody's reports are written to
	code := m.Run()
	os.RemoveAll(home)
	os.Exit(code)
}

var curriculum = sync.OnceValues(lessons.Load)

// learner sits before an App and does everything in order: a key, then the
// commands it leads to, one after the other. So a test reads as a journey.
type learner struct {
	*App
	t     testing.TB
	dir   string // of the log
	queue []tea.Cmd
	left  bool // the App has quit
}

// begin starts the App as Options says, with what a test needs filled in: a new
// log unless dir names one, 120×36 cells, no colours.
func begin(t testing.TB, dir string, o Options) *learner {
	t.Helper()
	if dir == "" {
		dir = t.TempDir()
	}
	var err error
	if o.Curriculum, err = curriculum(); err != nil {
		t.Fatal(err)
	}
	if o.Log, err = progress.Open(dir); err != nil {
		t.Fatal(err)
	}
	if o.Data == "" {
		o.Data = filepath.Join(dir, "data")
	}
	if o.Theme == nil {
		o.Theme = theme.New(true, theme.Mono)
	}
	if o.Clipboard == nil {
		o.Clipboard = new(strings.Builder)
	}
	if o.Setup == nil {
		s := lab.Default()
		o.Setup = &s
	}
	o.Interval = func() time.Duration { return 10 * time.Millisecond }
	l := &learner{App: New(o), t: t, dir: dir}
	t.Cleanup(l.close)
	l.queue = append(l.queue, l.Init())
	l.resize(120, 36)
	return l
}

// quick are knobs that make every scene cheap.
func quick() Options {
	s := lab.Default()
	s.Data, s.N, s.NFE, s.Iters, s.Batch, s.Net, s.Threads = "2gaussians", 40, 8, 8, 16, "8x1", 1
	return Options{Setup: &s, Given: []string{"data", "n", "nfe", "iters", "batch", "net", "threads"}}
}

// close stops the workers of what still runs.
func (l *learner) close() {
	l.Save()
	for _, in := range l.lives() {
		if in.sim != nil {
			in.sim.Close()
		}
	}
}

func (l *learner) resize(w, h int) { l.send(tea.WindowSizeMsg{Width: w, Height: h}) }

// send gives the App a message and queues the command it answers with.
func (l *learner) send(msg tea.Msg) {
	_, cmd := l.Update(msg)
	l.queue = append(l.queue, cmd)
}

// step runs the command that is due next; false when there is none. The end of a
// passing word is not delivered: it would come seconds later.
func (l *learner) step() bool {
	if len(l.queue) == 0 {
		return false
	}
	cmd := l.queue[0]
	l.queue = l.queue[1:]
	if cmd == nil {
		return true
	}
	switch msg := cmd().(type) {
	case nil, toastOver:
	case tea.BatchMsg:
		l.queue = append(l.queue, msg...)
	case tea.QuitMsg:
		l.left = true
	default:
		l.send(msg)
	}
	return true
}

// settle runs commands until nothing is due.
func (l *learner) settle() {
	l.t.Helper()
	for late := time.Now().Add(time.Minute); l.step(); {
		if time.Now().After(late) {
			l.t.Fatalf("still busy after a minute:\n%s", l.screen())
		}
	}
}

// until runs commands until ok.
func (l *learner) until(what string, ok func() bool) {
	l.t.Helper()
	for late := time.Now().Add(time.Minute); !ok(); {
		if !l.step() || time.Now().After(late) {
			l.t.Fatalf("want %s, got\n%s", what, l.screen())
		}
	}
}

// picture runs commands until the instrument on screen shows what its knobs say.
func (l *learner) picture() {
	l.t.Helper()
	l.until("a picture of the knobs as they are", func() bool {
		in := l.live()
		return in.frame != nil && in.want == changeNone && !in.stale && in.taken == in.setup && in.of.Name == in.exp.Name
	})
}

// press presses keys and runs nothing.
func (l *learner) press(names ...string) {
	for _, name := range names {
		l.send(key(name))
	}
}

// drive presses keys, each when nothing is due after the one before.
func (l *learner) drive(names ...string) {
	l.t.Helper()
	l.settle()
	for _, name := range names {
		l.press(name)
		l.settle()
	}
}

// walk is drive in a hurry: it waits for all to be measured only at the end.
func (l *learner) walk(names ...string) {
	l.t.Helper()
	for _, name := range names {
		l.picture()
		l.press(name)
	}
	l.settle()
}

// write types a text key by key.
func (l *learner) write(text string) {
	for _, r := range text {
		l.press(string(r))
	}
}

// hush takes the passing word away, as some seconds would.
func (l *learner) hush() {
	l.send(toastOver(l.toast.id))
}

// screen is what stands on the terminal, as text.
func (l *learner) screen() string { return ansi.Strip(l.View()) }

// sees fails the test unless the screen shows each text.
func (l *learner) sees(texts ...string) {
	l.t.Helper()
	for _, text := range texts {
		if !strings.Contains(l.screen(), text) {
			l.t.Fatalf("want a screen with %q, got\n%s", text, l.screen())
		}
	}
}

func containsAny(s string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(s, p) })
}

// names of the keys that are no runes.
var keyTypes = map[string]tea.KeyType{
	"enter": tea.KeyEnter, "esc": tea.KeyEsc, "tab": tea.KeyTab, "backspace": tea.KeyBackspace,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"home": tea.KeyHome, "end": tea.KeyEnd, "delete": tea.KeyDelete, "shift+tab": tea.KeyShiftTab, "f5": tea.KeyF5, "ctrl+s": tea.KeyCtrlS,
	"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "ctrl+c": tea.KeyCtrlC,
}

func key(name string) tea.KeyMsg {
	if t, ok := keyTypes[name]; ok {
		return tea.KeyMsg{Type: t}
	}
	if name == " " {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune(name)}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

// paste is a text that is pasted whole.
func paste(text string) tea.KeyMsg {
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true}
}
