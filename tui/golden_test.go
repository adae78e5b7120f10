package tui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"fmlab/lab"
	"fmlab/lessons"
)

var update = flag.Bool("update", false, "write the golden screens again")

// goldens are screens looked at by eye and kept. Each stands when nothing is left
// to do, so that no clock is in them.
var goldens = []struct {
	name   string
	lesson string
	there  func(l *learner)
}{
	{"map", "", (*learner).settle},
	{"page", "2.5", (*learner).settle},
	{"play", "2.5", func(l *learner) { l.press("2"); l.settle() }},
	{"paths", "1.5", func(l *learner) { l.press("2"); l.settle() }},
	{"predict", "2.5", func(l *learner) { l.press("3", "down"); l.until("samples", l.sampled) }},
	{"measured", "2.2", func(l *learner) {
		l.press("3", "down", "enter")
		l.until("an answer", func() bool { return l.lesson.predict.stage == answered })
		l.settle()
	}},
	{"quiz", "2.5", func(l *learner) { pose(l, 0); l.press("4", "down") }},
	{"answered", "2.5", func(l *learner) { pose(l, 0); l.press("4", "down", "enter") }},
	{"order", "1.5", func(l *learner) { derive(l, 1); l.press("down", "enter", "7", "4", "c") }},
	{"formula", "1.5", func(l *learner) { toBlank(l); l.write("2*(1-t)"); l.press("enter") }},
	{"lab", "", func(l *learner) {
		l.press("l")
		if err := l.free.set("data", "2gaussians"); err != nil {
			l.t.Fatal(err)
		}
		l.settle()
	}},
	{"trained", "2.2", func(l *learner) {
		l.press("2", "f")
		for knob, value := range map[string]string{"net": "16x2", "iters": "200"} {
			if err := l.play.set(knob, value); err != nil {
				l.t.Fatal(err)
			}
		}
		l.settle()
	}},
	{"help", "2.5", func(l *learner) { l.press("2"); l.picture(); l.press("?") }},
	{"data", "2.5", func(l *learner) { l.press("2"); l.picture(); l.press("D", "down") }},
	{"progress", "", func(l *learner) { l.press("p", "down", "down"); l.settle() }},
	{"pad", "1.1", func(l *learner) {
		drawRing(l, 60)
		l.press("3", "d", "J")
		l.hush()
	}},
	{"density", "", scene("density", "e")},
	{"ledger", "", scene("ledger", "m")},
	{"couplings", "", scene("couplings", "c")},
	{"anatomy", "2.1", func(l *learner) { l.picture(); l.press(" "); l.drive("n", "n", "n", "n", "n") }},
	{"scenes", "", func(l *learner) { l.press("l", "v", "up") }},
	{"idle", "", func(l *learner) { l.press("l"); l.picture(); l.press("o", "down", "d", "down", "down") }},
	{"knobs", "2.1", func(l *learner) { l.press("2"); l.picture(); l.press("o", "down") }},
}

// scene goes to a scene of the free lab with cheap knobs, and presses keys there.
func scene(name string, keys ...string) func(l *learner) {
	return func(l *learner) {
		l.press("l")
		for knob, value := range map[string]string{"data": "2gaussians", "net": "16x2", "iters": "200", "batch": "64"} {
			if err := l.free.set(knob, value); err != nil {
				l.t.Fatal(err)
			}
		}
		l.choose(name)
		l.drive(keys...)
	}
}

// sampled says whether the trip has come to its end.
func (l *learner) sampled() bool {
	f := l.live().frame
	return f != nil && f.Progress.What == "comparing"
}

// pose asks an item as seed 1 makes it.
func pose(l *learner, item int) {
	l.press("4")
	l.quiz().session.Now().Instance = lessons.Make(&l.lesson.body.Quiz[item], 1)
	l.quiz().next(l.App)
	l.send(toastOver(0))
}

func TestGolden(t *testing.T) {
	notInShort(t)
	if runtime.GOARCH != "amd64" {
		t.Skip("other machines round the last bit in another way, and dots move")
	}
	for _, g := range goldens {
		t.Run(g.name, func(t *testing.T) {
			t.Parallel()
			o := Options{Lesson: g.lesson, Given: []string{"n"}} // few points: what is measured goes on for seconds
			s := lab.Default()
			s.N, o.Setup = 200, &s
			l := begin(t, "", o)
			g.there(l)
			l.hush()
			var b strings.Builder
			for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 20}, {40, 12}} {
				l.resize(size[0], size[1])
				fmt.Fprintf(&b, "%d×%d\n%s\n", size[0], size[1], trimmed(l.screen()))
			}
			compare(t, filepath.Join("testdata", g.name+".txt"), b.String())
		})
	}
}

// trimmed is a screen without the blanks at the ends of its rows.
func trimmed(screen string) string {
	rows := strings.Split(screen, "\n")
	for i, row := range rows {
		rows[i] = strings.TrimRight(row, " ")
	}
	return strings.Join(rows, "\n")
}

func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: the screen has changed; look at it and run go test -update\ngot\n%s\nwant\n%s", file, got, want)
	}
}

// notInShort leaves out of go test -short, and so of the race detector, a test that
// computes for seconds without anything that runs at once.
func notInShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("computes for seconds")
	}
}
