package plain

import (
	"context"
	"io"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/lessons/progress"
)

var curriculum = sync.OnceValues(lessons.Load)

// talk is a learner in conversation with a session: what they type may depend on
// what they heard.
type talk struct {
	*session // to look into while it waits at a prompt
	t        testing.TB
	home     string
	in       *io.PipeWriter
	heard    strings.Builder
	said     chan string // what was written since the last line
	end      error
}

// out collects what a session says up to each prompt.
type out struct {
	text strings.Builder
	said chan string
}

var atPrompt = regexp.MustCompile(`(?m)^.* > \z`)

func (o *out) Write(p []byte) (int, error) {
	o.text.Write(p)
	if atPrompt.MatchString(string(p)) {
		o.said <- o.text.String()
		o.text.Reset()
	}
	return len(p), nil
}

// begin starts a session as Options says, with what a test needs filled in.
func begin(t testing.TB, home string, o Options) *talk {
	t.Helper()
	if home == "" {
		home = t.TempDir()
	}
	var err error
	if o.Curriculum, err = curriculum(); err != nil {
		t.Fatal(err)
	}
	if o.Log, err = progress.Open(home); err != nil {
		t.Fatal(err)
	}
	if o.Setup == nil {
		s := lab.Default()
		o.Setup = &s
	}
	in, typed := io.Pipe()
	said := &out{said: make(chan string)}
	o.In, o.Out = in, said
	k := &talk{t: t, home: home, in: typed, said: said.said, session: newSession(context.Background(), o)}
	go func() {
		k.end = k.talk()
		k.release()
		o.Log.Close()
		said.said <- said.text.String()
		close(said.said)
	}()
	t.Cleanup(func() {
		typed.Close()
		for range k.said { // until it has ended
		}
	})
	k.listen()
	return k
}

// listen waits for the next prompt or the end, and returns what was said. Nothing
// of it may be obeyed by a terminal.
func (k *talk) listen() string {
	k.t.Helper()
	text := <-k.said
	for _, r := range text {
		if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r >= 0x2500 && r < 0x2600 {
			k.t.Fatalf("got %q in\n%s\nwant plain text", r, text)
		}
	}
	k.heard.WriteString(text)
	return text
}

// types types lines, and returns what was said after the last.
func (k *talk) types(lines ...string) (text string) {
	k.t.Helper()
	for _, line := range lines {
		k.heard.WriteString(line + "\n")
		if _, err := io.WriteString(k.in, line+"\n"); err != nil {
			k.t.Fatal(err)
		}
		text = k.listen()
	}
	return text
}

// hears types lines and wants words in what is said after the last.
func (k *talk) hears(want string, lines ...string) string {
	k.t.Helper()
	text := k.types(lines...)
	if !strings.Contains(text, want) {
		k.t.Fatalf("after %q: want %q in\n%s", lines, want, text)
	}
	return text
}

// kept is what the log holds.
func (k *talk) kept() *progress.State {
	log, err := progress.Open(k.home)
	if err != nil {
		k.t.Fatal(err)
	}
	defer log.Close()
	return log.State()
}

// quick are knobs that make every scene cheap.
func quick() Options {
	s := lab.Default()
	s.Data, s.N, s.NFE, s.Iters, s.Batch, s.Net, s.Threads = "2gaussians", 40, 8, 8, 16, "8x1", 1
	return Options{Setup: &s, Given: []string{"data", "n", "nfe", "iters", "batch", "net"}}
}

func TestWords(t *testing.T) {
	k := begin(t, "", quick())
	k.hears(`"jump" is not understood here`, "jump")
	k.hears("a number from 1 to 18", "99")
	k.hears("no lesson", "lesson 9.9")
	k.hears("quit or q or exit", "?")
	k.hears("Two clouds", "1")
	k.hears("want one of data, path", "set colour red")
	k.hears("euler, midpoint", "set solver rk5")
	k.hears("solver: heun (was rk4)", "set solver heun")
	k.hears("number from 0 to 1", "t 2")
	k.hears("at t = 0.25", "t 0.25")
	k.hears("arrows", "f")
	k.hears("--solver heun", "card")
	k.hears("Turned back", "undo")
	k.hears("The knobs of this scene", "o")
	k.hears("solver is rk4", "4")
	k.hears("solver: euler (was rk4)", "1")
	k.hears("unit in which solvers are compared", "glossary nfe")
	k.hears("no wave in the glossary", "glossary wave")
	k.hears("Press `f`", "NEXT")
	k.hears("Phase 1: Theory", "back")
	if k.types("quit"); k.end != nil {
		t.Errorf("quit: got %v, want no error", k.end)
	}
}

// TestComesBack: the place is kept, also when the input just ends.
func TestComesBack(t *testing.T) {
	k := begin(t, "", quick())
	k.types("1.1", "next", "next")
	k.in.Close()
	if k.listen(); k.end != nil {
		t.Errorf("end of input: got %v, want no error", k.end)
	}
	k = begin(t, k.home, quick())
	if !strings.Contains(k.heard.String(), "1.1 read, page 3 of 5") {
		t.Errorf("got %s, want page 3", k.heard.String())
	}
	k.hears("Three runs", "predict")
	k = begin(t, k.home, quick())
	if !strings.Contains(k.heard.String(), "Three runs") {
		t.Errorf("got %s, want the prediction", k.heard.String())
	}
}

// TestASCII: nothing else is written when that is asked for.
func TestASCII(t *testing.T) {
	o := quick()
	o.ASCII, o.Width = true, 40
	k := begin(t, "", o)
	k.types("1.5", "look", "next", "next", "play", "run", "knobs", "back", "do", "1", "hint", "?", "glossary", "notation", "progress")
	for line := range strings.Lines(k.heard.String()) {
		for _, r := range line {
			if r > '~' {
				t.Fatalf("got %q in %q, want ASCII", r, line)
			}
		}
	}
}

// TestInterrupt: one stops what computes, and what was there stays; at a prompt two
// end it.
func TestInterrupt(t *testing.T) {
	ring := make(chan os.Signal)
	s := lab.Default()
	s.Iters = 1_000_000
	k := begin(t, "", Options{Setup: &s, Experiment: "train", Interrupt: ring})
	go func() {
		time.Sleep(300 * time.Millisecond) // it is at work by then
		ring <- os.Interrupt
	}()
	k.hears("Stopped.", "look")
	k.hears("a flow in training", "again")
	ring <- os.Interrupt
	k.listen()
	ring <- os.Interrupt
	if k.listen(); k.end != nil {
		t.Errorf("interrupted twice: got %v, want no error", k.end)
	}
}

// TestDeaf: when nothing can be written that is the error.
func TestDeaf(t *testing.T) {
	c, err := curriculum()
	if err != nil {
		t.Fatal(err)
	}
	log, _ := progress.Open("")
	r, w := io.Pipe()
	r.Close()
	if err := Run(context.Background(), Options{Curriculum: c, Log: log, In: strings.NewReader("1\n"), Out: w}); err == nil {
		t.Error("got no error, want one")
	}
	if err := Run(context.Background(), Options{Curriculum: c, Log: log, In: r, Out: io.Discard}); err == nil {
		t.Error("unreadable input: got no error, want one")
	}
}
