package tui

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// states are screens besides those of places: what lies over them, what runs in
// them, and what went wrong.
var states = map[string]func(l *learner){
	"pinned":   func(l *learner) { l.drive("2", "A", "s") },
	"zoomed":   func(l *learner) { l.drive("2", "z", "z") },
	"text":     func(l *learner) { l.resize(80, 24); l.drive("1", "tab") },
	"answered": func(l *learner) { ask(l, "several"); l.press(" ", "enter") },
	"error":    func(l *learner) { l.say("could not: "+strings.Repeat("a long reason ", 30), true) },
	"path":     func(l *learner) { l.say(strings.Repeat("/very/long/path", 30), true) },
	"training": func(l *learner) { l.drive("esc", "l"); l.train() },
	"failed": func(l *learner) {
		l.drive("esc", "l")
		s := l.free.setup
		s.Data = "/nowhere.csv"
		l.free.sim.Close()
		l.free.sim, l.free.frame = nil, nil
		l.free.moveTo(l.free.exp, s)
		l.drive("t")
		l.hush()
		l.sees("no such file")
	},
	"glossary": func(l *learner) { l.drive("g", "pgdown") },
	"notation": func(l *learner) { l.drive("N", "pgdown") },
}

// visit calls look on every screen there is, once on its way there.
func visit(t *testing.T, look func(t *testing.T, l *learner)) {
	try := func(name, scene string, there func(*learner)) {
		t.Run(name+scene, func(t *testing.T) {
			t.Parallel()
			l := begin(t, "", opening(scene))
			there(l)
			look(t, l)
		})
	}
	for _, p := range places {
		for _, scene := range p.scenes {
			try(p.name, scene, p.go_)
		}
	}
	for name, there := range states {
		try(name, "1.1", there)
	}
}

var sizes = [][2]int{{40, 12}, {41, 13}, {57, 12}, {60, 20}, {79, 23}, {80, 24}, {99, 50}, {100, 30}, {101, 12}, {120, 36}, {143, 37}, {200, 60}}

var themes = []*theme.Theme{theme.New(true, theme.Mono), theme.New(false, theme.TrueColor)}

// TestRowsAreWhole: at every size, in every glyph set, with and without colours,
// every screen is exactly as high and each row exactly as wide as the terminal;
// nothing else than what may be written is written.
func TestRowsAreWhole(t *testing.T) {
	visit(t, func(t *testing.T, l *learner) {
		for _, size := range sizes {
			for _, glyphs := range []canvas.Glyphs{canvas.Braille, canvas.Block, canvas.ASCII} {
				for _, th := range themes {
					l.opts.Glyphs, l.opts.Theme = glyphs, th
					l.resize(size[0], size[1])
					checkRows(t, l, fmt.Sprintf("%d×%d %v", size[0], size[1], glyphs))
				}
			}
		}
	})
}

func checkRows(t *testing.T, l *learner, what string) {
	t.Helper()
	rows := strings.Split(l.View(), "\n")
	if len(rows) != l.h {
		t.Fatalf("%s: got %d rows", what, len(rows))
	}
	for y, row := range rows {
		if got := ansi.StringWidth(row); got != l.w {
			t.Fatalf("%s: row %d is %d wide: %q", what, y, got, row)
		}
		if l.opts.Theme.Profile == theme.Mono && strings.ContainsRune(row, '\x1b') {
			t.Fatalf("%s: row %d has a style: %q", what, y, row)
		}
		for _, r := range ansi.Strip(row) {
			if r < ' ' || l.opts.Glyphs == canvas.ASCII && r > '~' {
				t.Fatalf("%s: row %d has %q: %q", what, y, r, row)
			}
		}
	}
}

// TestTooSmall: below the smallest size every screen says what it needs, as far
// as there is room, and q works.
func TestTooSmall(t *testing.T) {
	visit(t, func(t *testing.T, l *learner) {
		for _, size := range [][2]int{{0, 0}, {0, 9}, {9, 0}, {1, 1}, {2, 40}, {10, 3}, {39, 12}, {40, 11}, {300, 5}} {
			l.resize(size[0], size[1])
			if size[0]*size[1] == 0 {
				if got := l.View(); got != "" {
					t.Errorf("%v: got %q", size, got)
				}
				continue
			}
			checkRows(t, l, fmt.Sprint(size))
			if size[0] >= 39 && !strings.Contains(strings.Join(strings.Fields(l.screen()), " "), fmt.Sprintf("needs 40×12, this is %d×%d", size[0], size[1])) {
				t.Errorf("%v: got\n%s", size, l.screen())
			}
		}
		l.resize(10, 3)
		quits(t, l)
	})
}

// quits leaves by esc out of whatever it is, and q.
func quits(t *testing.T, l *learner) {
	t.Helper()
	for range 6 {
		l.press("esc")
		if l.ask != nil { // before a test is left
			l.press("y")
		}
	}
	l.press("q")
	if l.ask != nil {
		l.press("y")
	}
	for n := 0; n < 100_000 && !l.left; n++ {
		l.step()
	}
	if !l.left {
		t.Errorf("after esc and q: want the end, got\n%s", l.screen())
	}
}

// keysForMonkeys are all keys that mean something, and some that do not.
func keysForMonkeys() []string {
	names := []string{"x", "é", "7", "/", "shift+tab", "~"}
	for range 16 { // where names are typed all else is swallowed, and the map is far
		names = append(names, "esc")
	}
	for _, b := range bindings {
		for _, k := range b.keys {
			if k != "q" && k != "ctrl+c" { // they stay
				names = append(names, k)
			}
		}
	}
	return names
}

// TestMonkeys press keys at random, resize, and let commands run or wait, each from
// a place of its own. They find no panic, no row of another width and no growing
// heap, and q still quits.
func TestMonkeys(t *testing.T) {
	keys := 100_000 / len(places)
	if testing.Short() {
		keys /= 10
	}
	names := keysForMonkeys()
	for seed, p := range places {
		t.Run(p.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(uint64(seed), 1))
			l := begin(t, "", opening(p.scenes[0]))
			p.go_(l)
			for _, in := range l.lives() {
				in.pace = func() time.Duration { return 100 * time.Microsecond }
			}
			var half uint64
			for n := range keys {
				l.press(names[rng.IntN(len(names))])
				if rng.IntN(2) == 0 {
					l.step()
				}
				if rng.IntN(40) == 0 {
					size := sizes[rng.IntN(len(sizes))]
					l.resize(size[0], size[1])
					checkRows(t, l, fmt.Sprintf("%s, key %d, %v", p.name, n, size))
				}
				if n == keys/2 {
					half = heap()
				}
			}
			if grown := int64(heap()) - int64(half); grown > 8<<20 {
				t.Errorf("got a heap %d kB larger after the second half", grown>>10)
			}
			quits(t, l)
		})
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
