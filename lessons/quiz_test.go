package lessons

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"fmlab/lessons/progress"
)

func choices(kind Kind, right ...bool) *Item {
	it := &Item{Slug: "q", Kind: kind}
	for i, r := range right {
		it.Options = append(it.Options, Option{Text: string(rune('a' + i)), Right: r, Why: "why"})
	}
	return it
}

// TestJudgeChoices tries every subset of options as an answer: just one is right.
func TestJudgeChoices(t *testing.T) {
	for _, it := range []*Item{choices(One, false, true, false, false), choices(Several, true, false, true, false)} {
		for seed := range uint64(20) {
			in := Make(it, seed)
			accepted := 0
			for set := range 1 << len(in.Options) {
				var a Answer
				for i := range in.Options {
					if set>>i&1 == 1 {
						a.Picked = append(a.Picked, i)
					}
				}
				v := in.Judge(a)
				if v.Right {
					accepted++
				}
				for i, o := range v.Options {
					if o.Why == "" || o.Picked != slices.Contains(a.Picked, i) {
						t.Fatalf("got %+v for %v", o, a.Picked)
					}
				}
			}
			if accepted != 1 {
				t.Errorf("%s: %d answers are right, want 1", it.Kind, accepted)
			}
		}
	}
}

// TestJudgeOrder tries every order: just one is right, and it is not the one shown.
func TestJudgeOrder(t *testing.T) {
	it := choices(Order, false, false, false, false)
	for seed := range uint64(20) {
		in := Make(it, seed)
		accepted := 0
		permute(4, func(p []int) {
			v := in.Judge(Answer{Picked: p})
			if !v.Right {
				return
			}
			accepted++
			for i, o := range v.Options {
				if o.Text != it.Options[i].Text || !o.Picked {
					t.Errorf("got %+v at place %d of the right order", o, i)
				}
			}
			if slices.IsSorted(p) {
				t.Error("the lines are shown in the right order")
			}
		})
		if accepted != 1 {
			t.Errorf("%d orders are right, want 1", accepted)
		}
		for _, odd := range [][]int{nil, {0}, {0, 1, 2, 3, 3}, {-1, 9, 1, 1}} {
			if in.Judge(Answer{Picked: odd}).Right {
				t.Errorf("%v is accepted", odd)
			}
		}
	}
}

func permute(n int, f func([]int)) {
	var rec func(p []int)
	rec = func(p []int) {
		if len(p) == n {
			f(p)
			return
		}
		for i := range n {
			if !slices.Contains(p, i) {
				rec(append(slices.Clone(p), i))
			}
		}
	}
	rec(nil)
}

func TestMakeIsReproducible(t *testing.T) {
	eachReady(t, func(t *testing.T, l *Lesson, b *Body) {
		for i := range b.Quiz {
			it := &b.Quiz[i]
			a, again := Make(it, 7), Make(it, 7)
			if !reflect.DeepEqual(a, again) {
				t.Errorf("%s:%d: seed 7 gives two different instances", l.File, it.Line)
			}
		}
	})
}

func TestParseNumber(t *testing.T) {
	for text, want := range map[string]float64{
		"0.25": 0.25, " .25 ": 0.25, "0,25": 0.25, "1/4": 0.25, "-1.5": -1.5, "−1.5": -1.5, "25e-2": 0.25, "-3/8": -0.375,
	} {
		if got, err := ParseNumber(text); err != nil || got != want {
			t.Errorf("%q: got %g, %v, want %g", text, got, err, want)
		}
	}
	if _, err := ParseNumber(" "); err == nil || !strings.Contains(err.Error(), "nothing is typed") {
		t.Errorf("got %v", err)
	}
	for _, bad := range []string{"", "x", "1/0", "0/0", "nan", "Inf", "1 2", "1/2/3", "--1"} {
		if got, err := ParseNumber(bad); err == nil {
			t.Errorf("%q: got %g, want an error", bad, got)
		}
	}
}

// TestLearnALesson walks through a lesson: each part is complete when its last
// piece is done, and a wrong answer does not count against a later right one.
func TestLearnALesson(t *testing.T) {
	log, err := progress.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	l, err := mustLoad(t).Find("2.5")
	if err != nil {
		t.Fatal(err)
	}
	b, _ := l.Body()
	note := func(kind progress.Kind, slug string, data any) {
		t.Helper()
		if err := log.Append(kind, progress.Ref(l.ID, slug), data); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range b.Pages {
		note(progress.PageRead, p.Slug, nil)
	}
	for _, g := range b.Play.Goals {
		note(progress.GoalMet, g.Slug, nil)
	}
	for _, p := range b.Predicts {
		note(progress.Prediction, p.Slug, progress.Guess{Option: p.Options[0].Text})
	}
	for i, it := range b.Quiz {
		note(progress.Answered, it.Slug, progress.Answer{Concept: it.Concept})
		states, err := l.States(log.State())
		if err != nil || Done(states) || states[3].Done != i {
			t.Fatalf("got %+v, %v before item %d is answered right", states, err, i)
		}
		note(progress.Answered, it.Slug, progress.Answer{Concept: it.Concept, Right: true})
	}
	for i, e := range b.Exercises {
		states, err := l.States(log.State())
		if err != nil || Done(states) || states[4].Done != i {
			t.Fatalf("got %+v, %v before exercise %d is passed", states, err, i)
		}
		note(progress.Passed, e.ID, progress.Passing{Hints: 1})
	}
	states, err := l.States(log.State())
	if err != nil || !Done(states) {
		t.Errorf("got %+v, %v, want a lesson that is done", states, err)
	}
}
