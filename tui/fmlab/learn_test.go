package main

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fmlab/lessons/progress"
)

func TestLessonsAreEighteen(t *testing.T) {
	phases := decoded[struct{ Phases []phaseEntry }](t, "lessons", "--json").Phases
	var ids, ready []string
	for i, ph := range phases {
		if ph.ID != i+1 || ph.Title == "" {
			t.Errorf("got phase %d %q, want %d and a title", ph.ID, ph.Title, i+1)
		}
		for _, l := range ph.Lessons {
			ids = append(ids, l.ID)
			if l.Title == "" || len(l.Concepts) == 0 || l.Done {
				t.Errorf("lesson %s: got %+v, want a title and concepts, and not done", l.ID, l)
			}
			if l.Ready {
				ready = append(ready, l.ID)
				if l.QuizItems < 8 || !slices.Contains(l.Parts, "quiz") {
					t.Errorf("lesson %s: got %d quiz items in parts %v, want at least 8", l.ID, l.QuizItems, l.Parts)
				}
			}
		}
	}
	if want := "1.1 1.2 1.3 1.4 1.5 1.6 2.1 2.2 2.3 2.4 2.5 2.6 2.7 3.1 3.2 3.3 3.4 3.5"; strings.Join(ids, " ") != want {
		t.Errorf("got lessons %v, want %s", ids, want)
	}
	for _, id := range []string{"1.1", "1.5", "2.1", "2.2", "2.5"} {
		if !slices.Contains(ready, id) {
			t.Errorf("lesson %s: got not ready, want ready", id)
		}
	}
}

// learnt makes a home where something was learnt and returns it.
func learnt(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	t.Setenv("FMLAB_HOME", home)
	log, err := progress.Open(home)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	for _, e := range []struct {
		kind progress.Kind
		ref  string
		data any
	}{
		{progress.PageRead, "2.5/cost", nil},
		{progress.GoalMet, "2.5/sixteen", nil},
		{progress.Answered, "2.5/nfe", progress.Answer{Concept: "nfe", Right: true}},
		{progress.Kind("from the future"), "9.9/x", nil},
	} {
		if err := log.Append(e.kind, e.ref, e.data); err != nil {
			t.Fatal(err)
		}
	}
	return home
}

func stateOf(t *testing.T, home string) *progress.State {
	t.Helper()
	log, err := progress.Open(home)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	return log.State()
}

// TestProgressComesBack: what is exported, reset and imported is what was there,
// and nothing is deleted on the way.
func TestProgressComesBack(t *testing.T) {
	home := learnt(t)
	before := stateOf(t, home)
	backup := filepath.Join(t.TempDir(), "backup.jsonl")
	fine(t, "progress", "export", backup)
	if onStdout, err := os.ReadFile(backup); err != nil || fine(t, "progress", "export", "-") != string(onStdout) || strings.Count(string(onStdout), "\n") != 4 {
		t.Errorf("got %q (%v), want the four events, as on standard output", onStdout, err)
	}
	if a := fmlab("progress", "export", backup); a.code != 2 {
		t.Errorf("exporting over a file: got exit %d, want 2", a.code)
	}
	fine(t, "progress", "reset", "--yes")
	if s := stateOf(t, home); len(s.Goals) != 0 {
		t.Errorf("after reset: got goals %v, want none", s.Goals)
	}
	fine(t, "progress", "import", backup)
	fine(t, "progress", "import", backup) // nothing counts twice
	fine(t, "progress", "reset", "--yes")
	fine(t, "progress", "reset", "--yes") // of nothing
	aside, _ := filepath.Glob(filepath.Join(home, "progress-*.jsonl"))
	if len(aside) != 2 {
		t.Fatalf("got %v kept by two resets, want two files", aside)
	}
	fine(t, "progress", "import", aside[1])
	if after := stateOf(t, home); !reflect.DeepEqual(after, before) {
		t.Errorf("got %+v, want %+v", after, before)
	}
	if got := decoded[struct{ Events, Foreign, Damaged int }](t, "progress", "check", "--json"); got.Events != 4 || got.Foreign != 1 || got.Damaged != 0 {
		t.Errorf("got %+v, want four events, one of them foreign", got)
	}
}

func TestImportFromStandardInput(t *testing.T) {
	learnt(t)
	text := fine(t, "progress", "export", "-")
	home := t.TempDir()
	t.Setenv("FMLAB_HOME", home)
	if a := process(t, text, "progress", "import", "-"); a.code != 0 || !strings.Contains(a.words, "4 events") {
		t.Errorf("got exit %d and %q, want four events", a.code, a.words)
	}
	if !stateOf(t, home).Goals["2.5/sixteen"] {
		t.Error("got no goal, want the one imported")
	}
}

// TestDamageIsSaidAndRepaired: check says what is damaged, repair leaves it out
// and keeps the file as it was.
func TestDamageIsSaidAndRepaired(t *testing.T) {
	home := learnt(t)
	before := stateOf(t, home)
	if a := fmlab("progress", "repair"); a.code != 0 || !strings.Contains(a.words, "nothing to repair") {
		t.Errorf("a sound log: got exit %d and %q, want that nothing is to be repaired", a.code, a.words)
	}
	log := filepath.Join(home, "progress.jsonl")
	sound, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	damaged := "not an event\n" + string(sound) + "deadbeef {\"torn"
	if err := os.WriteFile(log, []byte(damaged), 0o600); err != nil {
		t.Fatal(err)
	}
	if a := fmlab("progress", "check", "--json"); a.code != 1 || !strings.Contains(a.out, `"sound":false`) || !strings.Contains(a.words, "1 lines") {
		t.Errorf("check: got exit %d, %q and %q, want 1 and one damaged line", a.code, a.out, a.words)
	}
	fine(t, "progress", "repair")
	if got, _ := os.ReadFile(log); string(got) != string(sound) {
		t.Errorf("after repair: got %q, want the sound lines %q", got, sound)
	}
	if after := stateOf(t, home); !reflect.DeepEqual(after, before) {
		t.Errorf("after repair: got %+v, want %+v", after, before)
	}
	aside, _ := filepath.Glob(filepath.Join(home, "progress-*.jsonl"))
	if len(aside) != 1 {
		t.Fatalf("got %v, want the log as it was", aside)
	}
	if got, _ := os.ReadFile(aside[0]); string(got) != damaged {
		t.Errorf("kept beside: got %q, want %q", got, damaged)
	}
}

// TestNothingCanBeRepaired: of a log without one intact line an empty one is made,
// and the file is kept.
func TestNothingCanBeRepaired(t *testing.T) {
	home := t.TempDir()
	t.Setenv("FMLAB_HOME", home)
	if err := os.WriteFile(filepath.Join(home, "progress.jsonl"), []byte("no\nevent\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if a := fmlab("progress", "repair"); a.code != 0 || !strings.Contains(a.words, "0 events kept") {
		t.Errorf("got exit %d and %q, want 0 events kept", a.code, a.words)
	}
	aside, _ := filepath.Glob(filepath.Join(home, "progress-*.jsonl"))
	if len(aside) != 1 {
		t.Fatalf("got %v, want the log as it was", aside)
	}
	if got, _ := os.ReadFile(aside[0]); string(got) != "no\nevent\n" {
		t.Errorf("kept beside: got %q", got)
	}
}

// TestProgressAsJSON: the five criteria with their evidence, and what was counted.
func TestProgressAsJSON(t *testing.T) {
	home := learnt(t)
	log, err := progress.Open(home)
	if err != nil {
		t.Fatal(err)
	}
	for kind, data := range map[progress.Kind]any{
		progress.Answered: progress.Answer{Concept: "solvers", Right: true, Sure: "guess"},
		progress.Golf:     progress.Round{NFE: 12, Value: 0.01, Card: "fmlab play"},
		progress.Placed:   progress.Exam{Right: 9, Asked: 10, Passed: true},
		progress.Capstone: progress.Final{Distance: 0.02, Floor: 0.01, Q95: 0.03, NFE: 16, Beaten: true},
	} {
		ref := map[progress.Kind]string{progress.Answered: "2.5/what-nfe", progress.Golf: "2.5/golf-moons", progress.Capstone: "3.5", progress.Placed: "1"}[kind]
		if err := log.Append(kind, ref, data); err != nil {
			t.Fatal(err)
		}
	}
	log.Close()
	got := decoded[shown](t, "progress", "--json")
	if got.Schema != 1 || len(got.Criteria) != 5 || len(got.Phases) != 3 {
		t.Fatalf("got %+v, want schema 1, five criteria and three phases", got)
	}
	last := got.Criteria[4]
	if c := last.Evidence[len(last.Evidence)-1]; last.Number != 5 || last.Met || !c.Met || c.Lesson != "3.5" {
		t.Errorf("got %+v, want the capstone met, and the rest of its criterion not", last)
	}
	for _, c := range got.Concepts {
		if c.Name == "solvers" && (c.Answered != 1 || c.Last != 1 || c.Right != 1 || c.Items < 8) {
			t.Errorf("got %+v, want one item answered and right", c)
		}
	}
	if guess := got.Calibration[2]; guess != (sureEntry{"guess", 1, 0}) {
		t.Errorf("got %+v, want one right guess", guess)
	}
	if got.Review.Items != 1 || got.Review.Next == nil {
		t.Errorf("got review %+v, want the one item answered", got.Review)
	}
	if len(got.Exams) != 1 || got.Exams[0] != (examEntry{"1", "placement test, phase 1", 9, 10, true}) {
		t.Errorf("got exams %+v, want the one taken", got.Exams)
	}
	if len(got.Golf) < 2 || got.Golf[0].NFE == nil || *got.Golf[0].NFE != 12 || got.Golf[0].Par < 1 || got.Golf[1].NFE != nil || got.Capstone == nil || !got.Capstone.Beaten {
		t.Errorf("got golf %+v and capstone %+v, want both", got.Golf, got.Capstone)
	}
	if text := fine(t, "progress"); !strings.Contains(text, "5 Choose a solver") || !strings.Contains(text, "ok  capstone") {
		t.Errorf("got %q, want the criteria in words", text)
	}
}

// TestResetAsks: with nobody to answer it does nothing without --yes.
func TestResetAsks(t *testing.T) {
	home := learnt(t)
	if a := process(t, "", "progress", "reset"); a.code != 2 || !strings.Contains(a.words, "--yes") {
		t.Errorf("got exit %d and %q, want 2 and the flag", a.code, a.words)
	}
	if !stateOf(t, home).Goals["2.5/sixteen"] {
		t.Error("it was reset without being asked")
	}
}

// TestImportSaysWhatItFound: a file that is no log, and one that is damaged.
func TestImportSaysWhatItFound(t *testing.T) {
	home := learnt(t)
	text := fine(t, "progress", "export", "-")
	before, _ := os.ReadFile(filepath.Join(home, "progress.jsonl"))
	if a := fmlab("progress", "import", file(t, "points.csv", "x,y\n1,2\n")); a.code != 2 || !strings.Contains(a.words, "no") || !strings.Contains(a.words, "2 lines") {
		t.Errorf("a foreign file: got exit %d and %q, want 2 and what was found", a.code, a.words)
	}
	a := fmlab("progress", "import", file(t, "damaged.jsonl", text+"deadbeef {\"torn"))
	if a.code != 0 || !strings.Contains(a.words, "0 events that were not") || !strings.Contains(a.words, "1 lines are damaged") || !strings.Contains(a.words, "1 of all are of a newer") {
		t.Errorf("a damaged file: got exit %d and %q, want what was found", a.code, a.words)
	}
	if after, _ := os.ReadFile(filepath.Join(home, "progress.jsonl")); string(after) != string(before) {
		t.Errorf("got the log %q, want it as it was", after)
	}
}

// TestProgressWithoutAPlace: a home that cannot be written is said, and nothing
// fails for it.
func TestProgressWithoutAPlace(t *testing.T) {
	t.Setenv("FMLAB_HOME", filepath.Join(file(t, "a-file", ""), "home"))
	a := fmlab("lessons")
	if a.code != 0 || strings.Count(a.words, "will not be saved") != 1 || !strings.Contains(a.out, "2.5") {
		t.Errorf("got exit %d, %q and %q, want the lessons and one warning", a.code, a.out, a.words)
	}
	if a := fmlab("progress"); a.code != 0 || strings.Count(a.words, "will not be saved") != 1 {
		t.Errorf("got exit %d and %q, want one warning", a.code, a.words)
	}
}
