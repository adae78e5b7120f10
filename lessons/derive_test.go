package lessons

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"fmlab/engine"
	"fmlab/lessons/derivation"
	"fmlab/lessons/exercise"
	"fmlab/lessons/progress"
)

// eachDerivation runs f for every derivation, of lessons to come as well.
func eachDerivation(t *testing.T, f func(t *testing.T, d *derivation.Derivation)) {
	t.Helper()
	for _, l := range mustLoad(t).Lessons() {
		b, err := l.Body()
		if err != nil {
			t.Fatal(err)
		}
		if b.Derivation != nil {
			t.Run(b.Derivation.ID, func(t *testing.T) { f(t, b.Derivation) })
		}
	}
}

// eachFormula runs f for every formula that is typed: in a derivation or in a quiz.
func eachFormula(t *testing.T, f func(t *testing.T, b *derivation.Blank, name string)) {
	t.Helper()
	eachBlank(t, f)
	eachReady(t, func(t *testing.T, l *Lesson, body *Body) {
		for _, it := range body.Quiz {
			if it.Kind == Formula {
				f(t, it.Blank, l.ID+"/"+it.Slug)
			}
		}
	})
}

// eachBlank runs f for every blank, with a name of it for messages.
func eachBlank(t *testing.T, f func(t *testing.T, b *derivation.Blank, name string)) {
	t.Helper()
	eachDerivation(t, func(t *testing.T, d *derivation.Derivation) {
		for _, p := range d.Parts {
			if p.Blank != nil {
				f(t, p.Blank, d.ID+"/"+p.Slug)
			}
		}
	})
}

// eachOrder runs f for every part with steps, alone in a derivation.
func eachOrder(t *testing.T, f func(t *testing.T, s derivation.State)) {
	t.Helper()
	eachDerivation(t, func(t *testing.T, d *derivation.Derivation) {
		for i, p := range d.Parts {
			if p.Steps != nil {
				f(t, derivation.Start(&derivation.Derivation{ID: d.ID, File: d.File, Parts: d.Parts[i : i+1]}, 1))
			}
		}
	})
}

// places returns where the steps of the part in hand are shown, by their places
// in the file.
func places(s derivation.State) []int {
	var at []int
	for _, want := range s.Part().Steps {
		at = append(at, slices.IndexFunc(s.Steps(), func(got derivation.Step) bool { return got.Line == want.Line }))
	}
	return at
}

// trueOrder are the places shown of the true steps, in the order of the file.
func trueOrder(s derivation.State) []int {
	n := slices.IndexFunc(s.Part().Steps, func(s derivation.Step) bool { return s.False })
	return places(s)[:n]
}

func TestDerivationsAreWhole(t *testing.T) {
	var ids []string
	eachDerivation(t, func(t *testing.T, d *derivation.Derivation) {
		ids = append(ids, d.ID)
		orders, blanks := 0, 0
		for _, p := range d.Parts {
			if p.Text == "" || p.After == "" || len(p.Hints) != 3 {
				t.Errorf("%s:%d: want words before and after, and three hints; got %d", d.File, p.Line, len(p.Hints))
			}
			if p.Blank != nil {
				blanks++
				if len(p.Blank.Wrong) < 5 {
					t.Errorf("%s:%d: got %d known mistakes, want at least 5", d.File, p.Line, len(p.Blank.Wrong))
				}
				continue
			}
			orders++
			wrong := 0
			for _, s := range p.Steps {
				if s.False {
					wrong++
				}
			}
			if wrong < 4 || len(p.Steps)-wrong < 5 {
				t.Errorf("%s:%d: got %d steps, %d of them false; want 5 and 4 more that are false", d.File, p.Line, len(p.Steps), wrong)
			}
		}
		if orders != 1 || blanks < 3 || d.Intro == "" || d.Minutes > 20 {
			t.Errorf("%s: got %d orders, %d blanks, %d minutes: want 1, at least 3, at most 20", d.File, orders, blanks, d.Minutes)
		}
	})
	if got, want := strings.Join(ids, " "), "1.2-continuity 1.3-logp 1.4-cfm 1.5-target 1.6-score"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestSolutionsSolve goes through each derivation as its file has it.
func TestSolutionsSolve(t *testing.T) {
	eachDerivation(t, func(t *testing.T, d *derivation.Derivation) {
		s := derivation.Start(d, 11)
		for !s.Done() {
			p, f := s.Part(), derivation.Feedback{}
			if p.Blank != nil {
				s, f = s.Type(p.Blank.Answer.String())
			} else {
				s, f = s.Put(trueOrder(s))
			}
			if !f.Right || !strings.Contains(f.Words, p.After) {
				t.Fatalf("%s:%d: the solution is told %q", d.File, p.Line, f.Words)
			}
		}
		if s.Hints != 0 {
			t.Errorf("got %d hints, want none", s.Hints)
		}
	})
}

// TestOrdersOfDerivations puts the true steps in 300 random orders: it is right
// when every step stands after what it needs, and else the first that does not is
// named with its reason.
func TestOrdersOfDerivations(t *testing.T) {
	eachOrder(t, func(t *testing.T, s derivation.State) {
		rng := engine.NewRand(2, 1)
		at, n := places(s), len(trueOrder(s))
		for range 300 {
			order, there := rng.Perm(n), map[int]bool{}
			if rng.IntN(2) == 0 { // nearly sound: what is not ready yet mostly waits
				slices.SortStableFunc(order, func(a, b int) int { return depth(s, a) - depth(s, b) })
			}
			broken := -1
			put := make([]int, n)
			for i, k := range order {
				put[i] = at[k]
				for _, need := range s.Part().Steps[k].Needs {
					if broken < 0 && !there[need] {
						broken = i
					}
				}
				there[k] = true
			}
			_, f := s.Put(put)
			if f.Right != (broken < 0) {
				t.Fatalf("%s: order %v: got %+v", s.Derivation.File, order, f)
			}
			if broken >= 0 && !strings.Contains(f.Words, s.Part().Steps[order[broken]].Why) {
				t.Fatalf("%s: order %v: got %q, want the reason of place %d", s.Derivation.File, order, f.Words, broken)
			}
		}
	})
}

// depth is how many steps in a row lead to step k.
func depth(s derivation.State, k int) int {
	d := 0
	for _, n := range s.Part().Steps[k].Needs {
		d = max(d, 1+depth(s, n))
	}
	return d
}

// TestFalseStepsAreRefuted puts each false step into each place of the true order.
func TestFalseStepsAreRefuted(t *testing.T) {
	eachOrder(t, func(t *testing.T, s derivation.State) {
		right := trueOrder(s)
		for k, step := range s.Part().Steps {
			if !step.False {
				continue
			}
			for i := range len(right) + 1 {
				_, f := s.Put(slices.Insert(slices.Clone(right), i, places(s)[k]))
				if f.Right || !strings.Contains(f.Words, step.Why) || strings.Contains(f.Words, "too early") {
					t.Errorf("%s:%d: at place %d: got %q, want it refuted and nothing else", s.Derivation.File, step.Line, i, f.Words)
				}
			}
		}
	})
}

var codeSpan = regexp.MustCompile("`([^`]+)`")

// TestSymbolsAreNamed wants every symbol of a blank named in its text or at the
// start, as one types it.
func TestSymbolsAreNamed(t *testing.T) {
	eachDerivation(t, func(t *testing.T, d *derivation.Derivation) {
		for _, p := range d.Parts {
			if p.Blank == nil {
				continue
			}
			var named []string
			for _, m := range codeSpan.FindAllStringSubmatch(mathBlock.ReplaceAllString(d.Intro, "")+p.Text, -1) {
				named = append(named, m[1])
			}
			for _, s := range p.Blank.Symbols {
				if !slices.Contains(named, s.Name) {
					t.Errorf("%s:%d: nothing says that %s is typed `%s`", d.File, p.Line, s.Name, s.Name)
				}
			}
		}
	})
}

// TestDerivationTextsAreClean refuses what no reader should meet, and formulas
// without an ASCII form.
func TestDerivationTextsAreClean(t *testing.T) {
	eachDerivation(t, func(t *testing.T, d *derivation.Derivation) {
		all := []string{d.Intro}
		for _, p := range d.Parts {
			all = append(append(all, p.Text, p.After), p.Hints...)
			for _, s := range p.Steps {
				all = append(all, s.Text, s.Why)
			}
			if p.Blank != nil {
				for _, w := range p.Blank.Wrong {
					all = append(all, w.Hint)
				}
			}
		}
		for _, text := range all {
			for _, bad := range []string{"TODO", "simply put", "obviously", "\u00a0", "  ", "\t"} {
				if strings.Contains(text, bad) {
					t.Errorf("%s: %q in %q", d.File, bad, text)
				}
			}
			if last, _ := utf8.DecodeLastRuneInString(text); !strings.ContainsRune(".?:!)", last) && text != d.Intro {
				t.Errorf("%s: %q: want a whole sentence", d.File, text)
			}
			for _, m := range mathBlock.FindAllStringSubmatch(text, -1) {
				_, ascii, ok := strings.Cut(m[1], "\n---\n")
				if !ok || strings.IndexFunc(ascii, func(r rune) bool { return r > unicode.MaxASCII }) >= 0 {
					t.Errorf("%s: want a Unicode form, a line ---, and an ASCII form: %q", d.File, m[1])
				}
			}
		}
	})
}

// TestDoIsDoneWhenDerived solves the derivation of 1.5.
func TestDoIsDoneWhenDerived(t *testing.T) {
	l, err := mustLoad(t).Find("1.5")
	if err != nil {
		t.Fatal(err)
	}
	log, err := progress.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	for done := range 2 {
		states, err := l.States(log.State())
		if want := (PartState{Part: PartDo, Done: done, Total: 1}); err != nil || states[4] != want {
			t.Errorf("got %+v, %v, want %+v", states[4], err, want)
		}
		if err := log.Append(progress.Solved, progress.Ref("1.5", "target"), progress.Derivation{Hints: 2}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestExercisesBelongToLessons: every exercise is in the part Do of the lesson that
// its id names, and no lesson has another's.
func TestExercisesBelongToLessons(t *testing.T) {
	c, seen := mustLoad(t), 0
	for _, l := range c.Lessons() {
		b, err := l.Body()
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range b.Exercises {
			if seen++; !strings.HasPrefix(e.ID, l.ID+"-") {
				t.Errorf("%s: got exercise %s", l.ID, e.ID)
			}
		}
	}
	if seen != len(exercise.All) {
		t.Errorf("got %d exercises in lessons, want all %d", seen, len(exercise.All))
	}
}
