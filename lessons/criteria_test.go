package lessons

import (
	"encoding/json"
	"fmt"
	"hash/crc32"
	"strings"
	"testing"
	"time"

	"fmlab/lessons/exercise"
	"fmlab/lessons/progress"
)

// deed is something a learner did, on a day.
type deed struct {
	kind progress.Kind
	ref  string
	data any
	day  int
}

// state is what a log of deeds adds up to.
func stateOf(t *testing.T, deeds []deed) *progress.State {
	t.Helper()
	var text strings.Builder
	for i, d := range deeds {
		e := progress.Event{V: 1, ID: fmt.Sprintf("%032d", i), Kind: d.kind, Ref: d.ref,
			Time: time.Date(2026, 1, 1+d.day, 12, 0, i, 0, time.UTC)}
		var err error
		if e.Data, err = json.Marshal(d.data); err != nil {
			t.Fatal(err)
		}
		line, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&text, "%08x %s\n", crc32.ChecksumIEEE(line), line)
	}
	log, err := progress.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	if m, err := log.Import(strings.NewReader(text.String())); err != nil || m.New != len(deeds) {
		t.Fatalf("imported %+v of %d deeds: %v", m, len(deeds), err)
	}
	return log.State()
}

// everyDeed is all that the criteria ask for, and every page read.
func everyDeed(t *testing.T, c *Curriculum) (deeds []deed) {
	t.Helper()
	add := func(kind progress.Kind, ref string, data any, day int) {
		deeds = append(deeds, deed{kind, ref, data, day})
	}
	for _, l := range c.Lessons() {
		b, err := l.Body()
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range b.Pages {
			add(progress.PageRead, progress.Ref(l.ID, p.Slug), nil, 0)
		}
		for _, p := range b.Predicts {
			add(progress.Prediction, progress.Ref(l.ID, p.Slug), progress.Guess{Option: "any"}, 0)
		}
		for _, g := range b.Play.Goals {
			add(progress.GoalMet, progress.Ref(l.ID, g.Slug), nil, 0)
		}
		for _, it := range b.Quiz {
			add(progress.Answered, progress.Ref(l.ID, it.Slug), progress.Answer{Concept: it.Concept, Right: true}, 0)
		}
		if b.Derivation != nil {
			for _, day := range []int{0, 8} {
				add(progress.Solved, progress.Ref(l.ID, b.Derivation.Slug), progress.Derivation{}, day)
			}
		}
	}
	for _, e := range exercise.All {
		lesson, _, _ := strings.Cut(e.ID, "-")
		add(progress.Passed, progress.Ref(lesson, e.ID), progress.Passing{Hints: 1}, 0)
	}
	for _, data := range []string{"moons", "circles"} {
		add(progress.OwnFlow, data, progress.Own{Distance: 0.02, Floor: 0.01, OK: true}, 0)
	}
	add(progress.Capstone, "3.5", progress.Final{Distance: 0.02, Floor: 0.01, NFE: 16, Beaten: true}, 0)
	return deeds
}

func criteriaOf(t *testing.T, c *Curriculum, deeds []deed) []Criterion {
	t.Helper()
	all, err := c.Criteria(stateOf(t, deeds))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// unmet are the titles of the evidence that is missing.
func unmet(all []Criterion) (titles []string) {
	for _, cr := range all {
		for _, e := range cr.Evidence {
			if !e.Met {
				titles = append(titles, e.Title)
			}
		}
	}
	return titles
}

func builtIn(t *testing.T) *Curriculum {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCriteriaAreMetByDeeds(t *testing.T) {
	c := builtIn(t)
	all := criteriaOf(t, c, everyDeed(t, c))
	if len(all) != 5 {
		t.Fatalf("got %d criteria, want five", len(all))
	}
	if left := unmet(all); len(left) > 0 {
		t.Errorf("with everything done: got %q left", left)
	}
	for _, cr := range all {
		for _, e := range cr.Evidence {
			if e.Title == "" || e.Got == "" || e.Wanted == "" {
				t.Errorf("%s: got %+v, want words for all of it", cr.Title, e)
			}
			if _, err := c.Find(e.Lesson); err != nil {
				t.Errorf("%s, %s: earned in lesson %q, which there is not", cr.Title, e.Title, e.Lesson)
			}
		}
	}
}

// TestReadingShowsNothing: with every page read nothing is met.
func TestReadingShowsNothing(t *testing.T) {
	c := builtIn(t)
	var read []deed
	for _, d := range everyDeed(t, c) {
		if d.kind == progress.PageRead {
			read = append(read, d)
		}
	}
	for _, cr := range criteriaOf(t, c, read) {
		for _, e := range cr.Evidence {
			if e.Met {
				t.Errorf("%s: got %q met by reading", cr.Title, e.Title)
			}
		}
	}
}

// TestEachEvidenceCanBeMissing: what is not done, or not done as is asked, leaves
// just that evidence open.
func TestEachEvidenceCanBeMissing(t *testing.T) {
	c := builtIn(t)
	all := everyDeed(t, c)
	without := func(kind progress.Kind, prefix string) (left []deed) {
		for _, d := range all {
			if d.kind != kind || !strings.HasPrefix(d.ref, prefix) {
				left = append(left, d)
			}
		}
		return left
	}
	lastWrong := func(concept string, n int) []deed {
		deeds := all
		for _, d := range all {
			if a, ok := d.data.(progress.Answer); ok && a.Concept == concept && n > 0 {
				deeds, n = append(deeds[:len(deeds):len(deeds)], deed{d.kind, d.ref, progress.Answer{Concept: concept}, 1}), n-1
			}
		}
		return deeds
	}
	with := func(deeds []deed, more ...deed) []deed { return append(deeds, more...) }
	kept := "the same, a week later"
	for name, test := range map[string]struct {
		deeds []deed
		want  []string
	}{
		"last answers wrong": {lastWrong("cnf", 99), []string{"quiz: Continuous normalizing flows"}},
		"one answer wrong":   {lastWrong("cnf", 1), nil},
		"no prediction":      {without(progress.Prediction, "1.2/"), []string{"predictions of 1.2, before the runs"}},
		"derived once": {with(without(progress.Solved, "1.4/"), deed{progress.Solved, "1.4/cfm", progress.Derivation{}, 0}),
			[]string{kept}},
		"derived with a hint": {with(without(progress.Solved, "1.4/"), deed{progress.Solved, "1.4/cfm", progress.Derivation{Hints: 1}, 0}),
			[]string{"derivation of 1.4, without hints", kept}},
		"twice in a week": {with(without(progress.Solved, "1.4/"), deed{progress.Solved, "1.4/cfm", progress.Derivation{}, 0}, deed{progress.Solved, "1.4/cfm", progress.Derivation{}, 6}),
			[]string{kept}},
		"1.6 not derived": {without(progress.Solved, "1.6/"), []string{"derivation of 1.6"}},
		"no code":         {without(progress.Passed, "2.5/"), []string{"code 2.5"}},
		"solution seen": {with(without(progress.Passed, "1.2/"), deed{progress.Passed, "1.2/1.2-euler", progress.Passing{Solution: true}, 0}),
			[]string{"code 1.2-euler"}},
		"one exercise missing": {without(progress.Passed, "2.1/2.1-loss"), []string{"code 2.1"}},
		"no circles":           {without(progress.OwnFlow, "circles"), []string{"circles by your own code"}},
		"circles too far": {with(without(progress.OwnFlow, "circles"), deed{progress.OwnFlow, "circles", progress.Own{Distance: 1, Floor: 0.1}, 0}),
			[]string{"circles by your own code"}},
		"a goal missed": {without(progress.GoalMet, "2.6/"), []string{"goals of 2.6"}},
		"not beaten": {with(without(progress.Capstone, ""), deed{progress.Capstone, "3.5", progress.Final{Distance: 1, Floor: 0.1}, 0}),
			[]string{"capstone"}},
	} {
		if got := unmet(criteriaOf(t, c, test.deeds)); strings.Join(got, "; ") != strings.Join(test.want, "; ") {
			t.Errorf("%s: got %q missing, want %q", name, got, test.want)
		}
	}
}

// TestFewAnswersAreNoShare: all right, but too few of them.
func TestFewAnswersAreNoShare(t *testing.T) {
	c := builtIn(t)
	var deeds []deed
	for _, d := range everyDeed(t, c) {
		if a, ok := d.data.(progress.Answer); ok && a.Concept == "solvers" && len(deeds) < quizItems {
			deeds = append(deeds, d)
		}
	}
	if len(deeds) < quizItems {
		t.Fatalf("got %d items on solvers, want %d at least", len(deeds), quizItems)
	}
	e := criteriaOf(t, c, deeds)[4].Evidence[0]
	if !e.Met {
		t.Errorf("eight of eight: got %+v, want it met", e)
	}
	if e = criteriaOf(t, c, deeds[1:])[4].Evidence[0]; e.Met || e.Part != PartQuiz {
		t.Errorf("seven of seven: got %+v, want it open", e)
	}
}

func TestSharesCountTheLastAnswer(t *testing.T) {
	c := builtIn(t)
	deeds := everyDeed(t, c)
	shares, err := c.Shares(stateOf(t, deeds))
	if err != nil {
		t.Fatal(err)
	}
	for _, sh := range shares {
		if sh.Answered != sh.Items || sh.Right != sh.Items {
			t.Errorf("%s: got %+v, want every item right", sh.Name, sh)
		}
	}
}
