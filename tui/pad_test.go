package tui

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/engine"
	"fmlab/engine/dataset"
	"fmlab/tui/canvas"
)

// openThePad goes to Play, to the list of data sets, and to the pad.
func openThePad(l *learner) {
	l.t.Helper()
	l.walk("2", "D", "D")
	l.sees("your points", "0 points")
}

// drawRing draws n points, one by one, round the middle of the sheet.
func drawRing(l *learner, n int) {
	l.t.Helper()
	openThePad(l)
	l.press("1")
	for i := range n {
		a := float64(i) / float64(n) * 2 * math.Pi
		l.pad.goTo(2*math.Cos(a), 2*math.Sin(a), false)
		l.press(" ")
	}
}

// readOwn reads a point set as the lab does.
func readOwn(t *testing.T, file string) engine.Points {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cloud, err := dataset.ReadCSV(bytes.NewReader(text), file)
	if err != nil {
		t.Fatal(err)
	}
	return cloud.Points
}

// TestPadByKeys draws with the keys alone, keeps the drawing by a name, and trains
// on it: what is read back is what was drawn, bit for bit.
func TestPadByKeys(t *testing.T) {
	o := quick()
	o.Lesson = "2.2"
	l := begin(t, "", o)
	l.walk("2", "D")
	l.sees("draw points …")
	l.toLastRow()
	l.press("up", "enter") // the row says the same as the key
	l.sees("your points", "at 0.0, 0.0", "brush 2: small spray", "pen: up")
	l.press("enter")
	l.sees("0 points: at least 50 are wanted, since a quarter is held back")
	l.press("L", "L", "up")
	l.sees("at 1.0, 0.1")
	l.press(" ", "d", "left", "J", "d", "right", "3", " ")
	const drawn = 20 + 5 + 5*5 + 100
	l.sees("150 points", "to learn from: 113; held back to judge by: 37", "at 1.0, -0.4", "brush 3: wide spray")
	points := l.pad.points.Clone()
	if points.Len() != drawn {
		t.Fatalf("got %d points, want %d", points.Len(), drawn)
	}
	l.press("w")
	l.sees("name drawing", "a .csv of that name")
	for range len("drawing") {
		l.press("backspace")
	}
	l.write("my shape")
	l.drive("enter")

	file := filepath.Join(l.opts.Data, "my shape.csv")
	if got := readOwn(t, file); !slices.Equal(got, points) {
		t.Errorf("got other points in the file than were drawn")
	}
	if l.top() != nil || l.play.taken.Data != file || l.stat("iter") != 8 || math.IsNaN(l.stat("energy_distance2")) {
		t.Errorf("got data %q, iteration %g, want the drawing trained on", l.play.taken.Data, l.stat("iter"))
	}
	l.sees("data my shape.csv", "the data is now your own: 150 points")
	l.drive("q")
	if !l.left {
		t.Errorf("q: want the end: the drawing is kept\n%s", l.screen())
	}
}

// TestPadStrokes: backspace takes back one stroke at a time, and the clearing too.
func TestPadStrokes(t *testing.T) {
	l := begin(t, "", lessonOptions("1.1"))
	openThePad(l)
	want := []int{}
	count := func() { want = append(want, l.pad.points.Len()) }
	stroke := func(keys ...string) { count(); l.press(keys...) }
	stroke(" ")
	stroke("d", "left", "left", "K") // one stroke, down to up
	l.press("d")
	stroke("c")
	l.sees("0 points", "backspace brings it back")
	stroke(" ")
	l.press("d")
	stroke("down", "down")
	l.press("backspace") // with the pen down
	want = want[:len(want)-1]
	stroke("down")
	for i := len(want) - 1; i >= 0; i-- {
		l.press("backspace")
		if got := l.pad.points.Len(); got != want[i] {
			t.Errorf("stroke %d taken back: got %d points, want %d", i, got, want[i])
		}
	}
	l.press("backspace")
	l.sees("no stroke to take back")
}

// TestPadIsLeftAsItWas: leaving the sheet loses nothing, and quitting asks.
func TestPadIsLeftAsItWas(t *testing.T) {
	l := begin(t, "", lessonOptions("1.1"))
	openThePad(l)
	l.press("L", " ")
	points := l.pad.points.Clone()
	l.press("esc", "esc", "1", "2")
	l.walk("D", "D")
	if !slices.Equal(l.pad.points, points) {
		t.Errorf("got %d points, want the %d that were drawn", l.pad.points.Len(), points.Len())
	}
	l.press("q")
	l.sees("not kept. Quit?")
	l.press("n")
	l.sees("20 points")
	l.press("esc", "esc", "esc", "q", "y")
	l.settle()
	if !l.left {
		t.Errorf("want the end after yes")
	}
}

// TestPadByMouse: a click sprays, a drag draws a line without gaps, the mouse is
// the program's only while the sheet takes the keys.
func TestPadByMouse(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {40, 12}} {
		l := begin(t, "", lessonOptions("1.1"))
		l.resize(size[0], size[1])
		mouse(l, tea.MouseActionPress, 10, 5) // nobody listens
		openThePad(l)
		l.settle()
		sq := l.pad.square
		at := func(u, w float64) (int, int) {
			return sq.X + int(u*float64(sq.W)), sq.Y + int(w*float64(sq.H))
		}
		if row := strings.Split(l.screen(), "\n")[sq.Y+sq.H/2]; !strings.Contains(row, "+") {
			t.Errorf("%v: got no cursor in the middle of the square %+v\n%s", size, sq, l.screen())
		}
		l.press("1")
		x, y := at(0.25, 0.5)
		mouse(l, tea.MouseActionPress, x, y)
		mouse(l, tea.MouseActionMotion, sq.X+sq.W-1, y)
		mouse(l, tea.MouseActionRelease, sq.X+sq.W-1, y)
		mouse(l, tea.MouseActionMotion, sq.X, sq.Y) // no button: nothing
		xs := []float64{}
		for i := range l.pad.points.Len() {
			px, py := l.pad.points.At(i)
			xs = append(xs, px)
			if math.Abs(py) > 2*padHalf/float64(sq.H) {
				t.Errorf("%v: got a point at %g, %g, want the line near the middle", size, px, py)
			}
		}
		for i := 1; i < len(xs); i++ {
			if d := xs[i] - xs[i-1]; d <= 0 || d > 1.5*padStep {
				t.Errorf("%v: got a gap of %g in a line of steps of %g", size, d, padStep)
			}
		}
		if len(xs) < 30 || xs[0] > -1 || xs[len(xs)-1] < 2 {
			t.Errorf("%v: got %d points from %v, want a line over most of the sheet", size, len(xs), xs)
		}

		l.press("3")
		n := l.pad.points.Len()
		mouse(l, tea.MouseActionPress, x, y)
		mouse(l, tea.MouseActionRelease, x, y)
		mouse(l, tea.MouseActionPress, sq.X+sq.W+5, y) // beside the sheet
		mouse(l, tea.MouseActionRelease, sq.X+sq.W+5, y)
		if got := l.pad.points.Len() - n; got != 100 {
			t.Errorf("%v: a click: got %d points, want a spray of 100", size, got)
		}
		l.press("backspace", "backspace")
		if l.pad.points.Len() != 0 {
			t.Errorf("%v: got %d points after both strokes are taken back", size, l.pad.points.Len())
		}
	}
}

func mouse(l *learner, act tea.MouseAction, x, y int) {
	button := tea.MouseButtonLeft
	if act == tea.MouseActionRelease {
		button = tea.MouseButtonNone
	}
	l.send(tea.MouseMsg{X: x, Y: y, Action: act, Button: button})
}

// TestMouseIsGivenBack: on while the sheet takes the keys, also after the program
// was suspended; off below a list of keys and after the sheet.
func TestMouseIsGivenBack(t *testing.T) {
	l := begin(t, "", lessonOptions("1.1"))
	turned := func() (on, off bool) {
		for ; len(l.queue) > 0; l.queue = l.queue[1:] {
			if l.queue[0] == nil {
				continue
			}
			switch msg := l.queue[0]().(type) {
			case tea.BatchMsg:
				l.queue = append(l.queue, msg...)
			case photo, toastOver: // not of the mouse, and not to be compared
			default:
				on = on || msg == tea.EnableMouseCellMotion()
				off = off || msg == tea.DisableMouse()
			}
		}
		return on, off
	}
	check := func(what string, wantOn, wantOff bool) {
		t.Helper()
		if on, off := turned(); on != wantOn || off != wantOff {
			t.Errorf("%s: got the mouse turned on %v, off %v", what, on, off)
		}
	}
	l.walk("2", "D")
	check("the list", false, false)
	l.press("D")
	check("the pad", true, false)
	l.press(" ")
	check("a spray", false, false)
	l.press("?")
	check("the keys", false, true)
	l.press("esc")
	check("back from the keys", true, false)
	l.send(tea.ResumeMsg{})
	check("after the program was suspended", true, false)
	l.press("esc")
	check("back to the list", false, true)
}

// TestPadKeeps: what stands in the way is said, and the drawing is still there.
func TestPadKeeps(t *testing.T) {
	l := begin(t, "", lessonOptions("1.1"))
	drawRing(l, 60)
	keep := func(name string) {
		t.Helper()
		l.press("w")
		for l.pad.name.text() != "" {
			l.press("backspace")
		}
		l.write(name)
		l.drive("enter")
	}
	for name, says := range map[string]string{
		"": "want a name", "  ": "want a name", ".csv": "want a name",
		"a/b": `found "a/b"`, "../up": `found "../up"`, `a\b`: `found "a\\b"`, ".hidden": `".hidden"`, "-rf": `"-rf"`,
		strings.Repeat("n", 61): "61 characters: want at most 60",
	} {
		keep(name)
		if said := strings.Join(strings.Fields(l.pad.wrong), " "); !strings.Contains(said, says) {
			t.Errorf("name %q: got %q, want %q", name, said, says)
		}
		l.press("esc")
	}
	if files := ownData(l.opts.Data); files != nil {
		t.Errorf("got %v kept, want nothing", files)
	}

	keep("ring.csv") // the ending may be typed
	file := filepath.Join(l.opts.Data, "ring.csv")
	first := readOwn(t, file)
	l.walk("D", "D")
	l.press("3", " ")
	keep("ring")
	l.sees("ring.csv is there already. Draw over it?")
	l.press("n")
	if !slices.Equal(readOwn(t, file), first) {
		t.Errorf("no: got the file changed")
	}
	l.press("enter", "y")
	l.settle()
	if got := readOwn(t, file); !slices.Equal(got, l.pad.points) || got.Len() != 160 {
		t.Errorf("yes: got %d points in the file, want the 160 drawn", got.Len())
	}
	l.walk("D") // the cursor is on what is chosen
	l.sees("▸ ring.csv")

	l.press("D", "c", "1")
	for range padLeast {
		l.press(" ")
	}
	keep("dot")
	l.sees("50 times the same point")
}

// TestPadNoRoom: a directory that cannot be written, or none at all.
func TestPadNoRoom(t *testing.T) {
	if os.Getuid() == 0 {
		t.Log("root may write anywhere: a file stands where the directory would be")
	}
	dir := t.TempDir()
	blocked := filepath.Join(dir, "blocked")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	readOnly := filepath.Join(dir, "locked")
	if err := os.Mkdir(readOnly, 0o500); err != nil {
		t.Fatal(err)
	}
	for where, says := range map[string]string{blocked: "not a directory", filepath.Join(readOnly, "data"): "permission denied"} {
		if says == "permission denied" && os.Getuid() == 0 {
			continue
		}
		o := lessonOptions("1.1")
		o.Data = where
		l := begin(t, "", o)
		drawRing(l, 60)
		l.press("w")
		l.drive("enter")
		if !strings.Contains(l.toast.text, says) || l.pad.points.Len() != 60 || !l.pad.unkept {
			t.Errorf("%s: got %q and %d points, want %q and all of them", where, l.toast.text, l.pad.points.Len(), says)
		}
	}
	l := begin(t, "", lessonOptions("1.1"))
	l.opts.Data = ""
	drawRing(l, 60)
	l.press("w", "enter")
	l.sees("FMLAB_HOME")
}

// TestPadIsFull: there is an end to it, and it is said.
func TestPadIsFull(t *testing.T) {
	l := begin(t, "", lessonOptions("1.1"))
	openThePad(l)
	l.press("3")
	for range padMost/100 + 2 {
		l.press(" ")
	}
	l.sees("20000 points", "the sheet is full")
	l.press("backspace")
	if n := l.pad.points.Len(); n >= padMost {
		t.Errorf("got %d points after taking strokes back", n)
	}
}

// TestPadInEveryGlyph: the words and the cursor are there at every size.
func TestPadInEveryGlyph(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {40, 12}} {
		for _, g := range []canvas.Glyphs{canvas.Braille, canvas.Block, canvas.ASCII} {
			o := lessonOptions("1.1")
			o.Glyphs = g
			l := begin(t, "", o)
			l.resize(size[0], size[1])
			drawRing(l, 60)
			l.press("d")
			l.hush()
			l.sees("60 points", "O", "pen: down", "brush 1: one point")
			l.press("d", "w")
			l.sees("name drawing")
		}
	}
}

func lessonOptions(id string) Options {
	o := quick()
	o.Lesson = id
	return o
}
