package plain

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"fmlab/lessons"
)

// TestReview: what was answered wrong is asked again when its time has come.
func TestReview(t *testing.T) {
	k := begin(t, "", quick())
	k.hears("nothing to review yet", "review")
	k.types("lesson 1.1", "quiz")
	k.hears("how sure", right(k.rounds["1.1"].Now().Instance))
	k.hears("ok - right", "2")
	k.types("back")
	k.hears("the next item comes in", "review")
}

// TestPlacement: a test that is passed lets the learner skip its phase, and one that
// is left goes on.
func TestPlacement(t *testing.T) {
	k := begin(t, "", quick())
	k.hears("want the number of a phase", "placement 9")
	k.types("placement 1")
	ref := lessons.Placement(1).Ref
	k.answer(ref)
	k.types("back")
	k.hears("Question 2 of", "placement 1")
	for k.rounds[ref].Now() != nil {
		k.answer(ref)
	}
	k.hears("Answer 1 of", "")
	k.hears("placement test passed", "map")
	if got := k.kept().Placed["1"]; !got.Passed {
		t.Errorf("got %+v, want a test that is passed", got)
	}
}

// TestFinal: the final assessment is reached from the map and from the last lesson.
func TestFinal(t *testing.T) {
	k := begin(t, "", quick())
	k.types("final")
	for k.rounds[lessons.FinalRef].Now() != nil {
		k.answer(lessons.FinalRef)
	}
	if got := k.kept().Assessed[lessons.FinalRef]; !got.Passed || got.Right != got.Asked {
		t.Errorf("got %+v, want all right", got)
	}
	k.types("lesson 3.5")
	k.hears("the final assessment: two items of every concept (ok)", "do")
}

// TestReport: it is written where it is asked for, and nothing is written over.
func TestReport(t *testing.T) {
	k := begin(t, "", quick())
	file := filepath.Join(t.TempDir(), "report.md")
	k.types("lesson 3.5", "do")
	k.hears("want the name of a file", "2", `""`)
	k.hears("Written: "+file, file)
	k.hears("no: ", "progress", "report "+file)
}

// answer answers the question of now.
func (k *talk) answer(ref string) {
	k.t.Helper()
	k.types(right(k.rounds[ref].Now().Instance) + " sure")
}

// TestOwnData: points that are typed become the data, and rows that are none change
// nothing.
func TestOwnData(t *testing.T) {
	o := quick()
	o.Data = t.TempDir()
	k := begin(t, "", o)
	k.types("lesson 3.5", "play")
	k.hears("no such file", "D", "nowhere.csv")
	k.hears("rows:2:", "rows\n1,2\n3,up\n.")
	var rows strings.Builder
	for i := range 40 {
		fmt.Fprintf(&rows, "%d,%g\n", i%7, float64(i*i%11)/3)
	}
	k.hears("rows-1.csv (was", "D", "rows\n"+rows.String()+".")
	if text := k.types("run"); !strings.Contains(text, "Goal met: Bring your own data") {
		t.Errorf("got %s, want the goal", text)
	}
}
