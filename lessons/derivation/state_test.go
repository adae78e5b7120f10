package derivation

import (
	"reflect"
	"strings"
	"testing"
)

// sum is a derivation of one order and one blank.
func sum(t *testing.T) *Derivation {
	return &Derivation{ID: "0.1-sum", Title: "A sum", Intro: "Add up.", Parts: []Part{
		{
			Title: "Order", Text: "In order.", After: "That is why.", Hints: []string{"A nudge.", "A push."},
			Steps: []Step{
				{Text: "one", Why: "starts"},
				{Text: "two", Why: "needs one", Needs: []int{0}},
				{Text: "none", Why: "is false", False: true},
			},
		},
		{Title: "Formula", Text: "Type it.", After: "Well done.", Blank: blank(t, "x, y in 0..1", "x + y", "x*y"), Hints: []string{"Add."}},
	}}
}

// place is where a step is shown, numbered from 1.
func place(s State, text string) string {
	for i, step := range s.Steps() {
		if step.Text == text {
			return string(rune('1' + i))
		}
	}
	return "?"
}

// TestSay goes through a whole derivation in lines of text.
func TestSay(t *testing.T) {
	s := Start(sum(t), 7)
	one, two, none := place(s, "one"), place(s, "two"), place(s, "none")
	for _, c := range []struct {
		line  string
		says  []string
		at    int
		hints int
	}{
		{"", []string{"# A sum", "Add up.", "1 of 2: Order", "In order.", one + ". one", none + ". none"}, 0, 0},
		{"put 1 9", []string{`"9": want numbers from 1 to 3`}, 0, 0},
		{"put 1 1", []string{"1 is there twice"}, 0, 0},
		{"put", []string{"no steps"}, 0, 0},
		{",", []string{"no steps"}, 0, 0},
		{"x + y", []string{`"x": want numbers`}, 0, 0},
		{"put " + two + " " + one, []string{"breaks first at step " + two, "needs one"}, 0, 0},
		{"put " + one, []string{"one is missing"}, 0, 0},
		{"put " + one + " " + two + " " + none, []string{"Step " + none + " is false", "is false"}, 0, 0},
		{"hint", []string{"Hint 1 of 2", "A nudge."}, 0, 1},
		{one + "," + two, []string{"ok – right", "That is why.", "2 of 2: Formula", "u = ?", "`x, y`"}, 1, 1},
		{"x*y", []string{"no – not yet", "That is the mistake."}, 1, 1},
		{"hint", []string{"Hint 1 of 1", "Add."}, 1, 2},
		{"hint", []string{"The solution", "`x + y`"}, 1, 3},
		{"hint", []string{"The solution", "`x + y`"}, 1, 3},
		{" y + x ", []string{"ok – right", "Well done.", "done**, with 3 hints"}, 2, 3},
		{"more", []string{"done"}, 2, 3},
	} {
		before, was := s, s.Text()
		next, words := s.Say(c.line)
		for _, w := range c.says {
			if !strings.Contains(words, w) {
				t.Errorf("%q: got %q, want …%s…", c.line, words, w)
			}
		}
		if next.At != c.at || next.Hints != c.hints {
			t.Fatalf("%q: got part %d with %d hints, want %d with %d", c.line, next.At, next.Hints, c.at, c.hints)
		}
		if !reflect.DeepEqual(before, s) || s.Text() != was {
			t.Fatalf("%q: the state before was changed", c.line)
		}
		s = next
	}
	if !s.Done() {
		t.Error("got not done, want done")
	}
}

// TestSeeds: one seed, one order of the steps; many seeds, many orders.
func TestSeeds(t *testing.T) {
	d := sum(t)
	distinct := map[string]bool{}
	for seed := range uint64(100) {
		text := Start(d, seed).Text()
		distinct[text] = true
		if text != Start(d, seed).Text() {
			t.Fatalf("seed %d: got two orders", seed)
		}
	}
	if len(distinct) != 6 {
		t.Errorf("got %d orders of three steps in 100 seeds, want all 6", len(distinct))
	}
}

// TestSolutionOfAnOrder leaves the false steps out.
func TestSolutionOfAnOrder(t *testing.T) {
	s := Start(sum(t), 1)
	var words string
	for range 3 {
		s, words = s.Hint()
	}
	if !strings.Contains(words, "1. one\n2. two") || strings.Contains(words, "none") {
		t.Errorf("got %q, want the true steps in order", words)
	}
}

func TestMisusePanics(t *testing.T) {
	d := sum(t)
	start := Start(d, 1)
	blank := start.enter(1)
	for name, f := range map[string]func(){
		"a step that is not there": func() { start.Put([]int{3}) },
		"a step twice":             func() { start.Put([]int{1, 1}) },
		"a formula for steps":      func() { start.Type("x") },
		"steps for a blank":        func() { blank.Put([]int{0}) },
		"a part after the last":    func() { start.enter(2).Part() },
	} {
		func() {
			defer func() {
				if s, _ := recover().(string); !strings.HasPrefix(s, "derivation: ") {
					t.Errorf("%s: got %q, want a panic of the package", name, s)
				}
			}()
			f()
		}()
	}
}

func TestResume(t *testing.T) {
	d := sum(t)
	if s := Resume(d, 7, 1, 2); s.At != 1 || s.Hints != 2 || s.Part().Blank == nil {
		t.Errorf("got part %d with %d hints, want the formula with 2", s.At, s.Hints)
	}
	for _, gone := range []int{-1, 2, 9} {
		if s := Resume(d, 7, gone, 2); s.At != 0 || s.Hints != 0 || len(s.Steps()) != 3 {
			t.Errorf("part %d: got part %d with %d hints, want the beginning", gone, s.At, s.Hints)
		}
	}
}
