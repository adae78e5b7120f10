package progress

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
)

// TestImportSaysWhatItFound: of a file with intact, repeated, newer and damaged
// lines each is told, what can be read is taken, and nothing is lost.
func TestImportSaysWhatItFound(t *testing.T) {
	a, b := mustOpen(t, t.TempDir()), mustOpen(t, t.TempDir())
	mustAppend(t, a, GoalMet, "2.5/fast", nil)
	mustAppend(t, a, Kind("of the future"), "x", nil)
	mustAppend(t, b, GoalMet, "2.5/own", nil)
	var sound bytes.Buffer
	if _, err := a.Export(&sound); err != nil {
		t.Fatal(err)
	}
	text := sound.String()
	for _, c := range []struct {
		file string
		want Merged
		err  error
	}{
		{"", Merged{}, nil},
		{"x,y\n1,2\n", Merged{Damaged: 2}, ErrNoLog},
		{"\x00\x01\x02", Merged{Damaged: 1}, ErrNoLog},
		{text + text[:40], Merged{New: 2, Foreign: 1, Damaged: 1}, nil},
		{strings.ReplaceAll(text, "\n", "\r\n"), Merged{Known: 2, Foreign: 1}, nil},
		{text + text, Merged{Known: 4, Foreign: 2}, nil},
	} {
		m, err := b.Import(strings.NewReader(c.file))
		if m != c.want || !errors.Is(err, c.err) {
			t.Errorf("%.20q: got %+v, %v; want %+v, %v", c.file, m, err, c.want, c.err)
		}
	}
	if s := b.State(); !s.Goals["2.5/own"] || !s.Goals["2.5/fast"] {
		t.Errorf("got goals %v, want both", s.Goals)
	}
}

// TestImportTornOnTheWay: a source that fails midway changes nothing, now or later.
func TestImportTornOnTheWay(t *testing.T) {
	a, b := mustOpen(t, t.TempDir()), mustOpen(t, t.TempDir())
	mustAppend(t, a, GoalMet, "2.5/fast", nil)
	var sound bytes.Buffer
	if _, err := a.Export(&sound); err != nil {
		t.Fatal(err)
	}
	gone := errors.New("the stick was pulled out")
	if _, err := b.Import(io.MultiReader(&sound, broken{gone})); !errors.Is(err, gone) {
		t.Errorf("got %v, want the reason", err)
	}
	mustAppend(t, b, GoalMet, "2.5/own", nil)
	file, err := os.ReadFile(b.path)
	if err != nil || bytes.Count(file, []byte("\n")) != 1 || b.State().Goals["2.5/fast"] {
		t.Errorf("got %q (%v), want the one event of its own", file, err)
	}
}

type broken struct{ error }

func (b broken) Read([]byte) (int, error) { return 0, b.error }
