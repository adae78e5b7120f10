package derivation

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fmlab/engine"
)

// blank makes a blank with one known mistake.
func blank(t *testing.T, where, answer, wrong string) *Blank {
	t.Helper()
	symbols, err := ParseSymbols(where)
	if err != nil {
		t.Fatal(err)
	}
	b := &Blank{Left: "u", Symbols: symbols}
	if b.Answer, err = b.Parse(answer); err != nil {
		t.Fatal(err)
	}
	if wrong != "" {
		e, err := b.Parse(wrong)
		if err != nil {
			t.Fatal(err)
		}
		b.Wrong = []Wrong{{Formula: e, Hint: "That is the mistake."}}
	}
	return b
}

func TestSymbols(t *testing.T) {
	got, err := ParseSymbols("t in 0.1..0.9, x0, x1 in -3..3")
	want := []Symbol{{"t", 0.1, 0.9}, {"x0", -3, 3}, {"x1", -3, 3}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	for _, c := range []struct{ text, want string }{
		{"", `"": want a name`},
		{"t", `"t": want a range`},
		{"t in 0..1, t in 0..2", "t is given twice"},
		{"x, x in 0..1", "x is given twice"},
		{"t in 1..0", "with lo below hi"},
		{"t in a..b", "with lo below hi"},
		{"T in 0..1", `"T": want a name`},
		{"x_0 in 0..1", `"x_0": want a name`},
		{"e in 0..1", "e already means something"},
		{"pi in 0..1", "pi already means something"},
		{"pow in 0..1", "pow already means something"},
		{"sin in 0..1", "sin already means something"},
	} {
		if _, err := ParseSymbols(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: got error %v, want …%s…", c.text, err, c.want)
		}
	}
}

// TestShort wants values of the range, near those drawn, that are short to write.
func TestShort(t *testing.T) {
	rng := engine.NewRand(1, 1)
	for _, s := range []Symbol{{"x", -3, 3}, {"t", 0.05, 0.95}, {"d", 0.01, 0.5}, {"k", 100, 2000}} {
		distinct := map[float64]bool{}
		for range 1000 {
			drawn := s.draw(rng)
			x := s.short(drawn)
			distinct[x] = true
			if x < s.Lo || x > s.Hi || math.Abs(x-drawn) > (s.Hi-s.Lo)/50 || len(number(x, 15)) > len("−0.123") {
				t.Fatalf("%+v: got %s, want a short number of the range", s, number(x, 15))
			}
		}
		if len(distinct) < 90 {
			t.Errorf("%+v: got %d different values of 1000", s, len(distinct))
		}
	}
}

func TestJudge(t *testing.T) {
	b := blank(t, "t in 0.1..0.9, x0, x1 in -3..3", "x1 - x0", "x0 - x1")
	for _, c := range []struct {
		typed string
		right bool
		says  string
	}{
		{"x1 - x0", true, "ok"},
		{"-(x0 - x1)", true, "ok"},
		{"(x1^2 - x0^2)/(x1 + x0)", true, "ok"},           // no value where x0 = −x1
		{"(x1^2 - x0^2)/(log(exp(x1)) + x0)", true, "ok"}, // nor a good one close to it
		{"(t*x1 - t*x0)/t", true, "ok"},
		{"x1 − x0 + 0·t", true, "ok"},
		{"x0 - x1", false, "That is the mistake."},
		{"-x1 + x0", false, "That is the mistake."},
		{"x1 + x0", false, "yours gives"},
		{"0.999*(x1 - x0)", false, "less than 1 % everywhere"},
		{"x1 - x0 + 1e-5", false, "yours gives"},
		{"x1 - exp(log(x0))", false, "has no value at t = "},
		{"sqrt(-1 - x0^2)", false, "no value at nearly every point"},
		{"0/0", false, "no value at nearly every point"},
		{"x1 - y", false, `found "y": want one of t, x0, x1, pi`},
		{"x1 -", false, "column 5"},
		{"u = x1 - x0", false, "right of u ="},
		{"2x1", false, `2\*x1`},
		{"", false, "Nothing is typed"},
	} {
		f := b.Judge(c.typed, engine.NewRand(5, 1))
		if f.Right != c.right || !strings.Contains(f.Words, c.says) {
			t.Errorf("%q: got %v, %q, want %v, …%s…", c.typed, f.Right, f.Words, c.right, c.says)
		}
	}
}

// TestPointOfDifference reads the point back from the words: it is in the ranges,
// and both values there are as said.
func TestPointOfDifference(t *testing.T) {
	b := blank(t, "t in 0.2..0.8, x in -3..3", "x*t", "")
	for seed := range uint64(100) {
		words := b.Judge("x*t^2", engine.NewRand(seed, 1)).Words
		var at, x, got, want float64
		_, said, _ := strings.Cut(strings.ReplaceAll(words, "−", "-"), "At ")
		if _, err := fmt.Sscanf(said, "t = %g, x = %g yours gives %g, and it should be %g.", &at, &x, &got, &want); err != nil {
			t.Fatalf("%q: %v", words, err)
		}
		if at < 0.2 || at > 0.8 || x < -3 || x > 3 || got == want ||
			math.Abs(got-x*at*at) > 1e-3*math.Abs(got) || math.Abs(want-x*at) > 1e-3*math.Abs(want) {
			t.Errorf("seed %d: %q: got a point or values that are not so", seed, words)
		}
	}
}

// TestTruthWithHoles: the answer itself may lack a value at some points.
func TestTruthWithHoles(t *testing.T) {
	b := blank(t, "x in -3..3", "sqrt(x)", "")
	if f := b.Judge("x^0.5", engine.NewRand(1, 1)); !f.Right {
		t.Errorf("got %q, want right", f.Words)
	}
	if f := b.Judge("sqrt(2*x)", engine.NewRand(1, 1)); f.Right {
		t.Error("got right, want wrong")
	}
	defer func() {
		if recover() == nil {
			t.Error("got no panic for an answer without values")
		}
	}()
	blank(t, "x in -3..3", "log(-1)", "").Judge("x", engine.NewRand(1, 1))
}

// TestTold tells numbers apart that look alike.
func TestTold(t *testing.T) {
	for _, c := range []struct{ a, b float64 }{{1, 2}, {1.00001, 1}, {-0.1, -0.1000001}, {1e9, 1e9 + 1}} {
		s, u := told(c.a, c.b)
		if s == u {
			t.Errorf("%g and %g are both written %s", c.a, c.b, s)
		}
	}
}

// lattice is a random partial order of n true steps, with some false ones.
func lattice(rng *rand.Rand, n, wrong int) *Part {
	p := &Part{}
	for i := range n {
		s := Step{Text: fmt.Sprint("true", i, "."), Why: fmt.Sprint("needs", i, ".")}
		for k := range i {
			if rng.IntN(3) == 0 {
				s.Needs = append(s.Needs, k)
			}
		}
		p.Steps = append(p.Steps, s)
	}
	for i := range wrong {
		p.Steps = append(p.Steps, Step{Text: "wrong", Why: fmt.Sprint("reason", i, "."), False: true})
	}
	return p
}

// firstBreak is where an order of true steps first breaks, −1 if nowhere, by
// comparing every pair.
func firstBreak(p *Part, order []int) int {
	for i, k := range order {
		for _, n := range p.Steps[k].Needs {
			if j := slices.Index(order, n); j < 0 || j > i {
				return i
			}
		}
	}
	return -1
}

// TestOrders judges random orders of random partial orders, whole and with steps
// missing, against the definition.
func TestOrders(t *testing.T) {
	rng := engine.NewRand(3, 1)
	label := func(place int) string { return fmt.Sprintf("<%d>", place) }
	right := 0
	for range 5000 {
		n := 1 + rng.IntN(6)
		p := lattice(rng, n, 0)
		order := rng.Perm(n)
		if rng.IntN(2) == 0 {
			slices.SortStableFunc(order, func(a, b int) int { // sound, and not always the author's
				return len(p.Steps[a].Needs) - len(p.Steps[b].Needs)
			})
		}
		order = order[:n-rng.IntN(2)]
		broken := firstBreak(p, order)
		f := p.judgeOrder(order, label)
		if f.Right != (broken < 0 && len(order) == n) {
			t.Fatalf("%+v in order %v: got %+v", p.Steps, order, f)
		}
		switch {
		case f.Right:
			right++
		case broken >= 0:
			want := []string{label(broken), p.Steps[order[broken]].Text, p.Steps[order[broken]].Why}
			for _, w := range want {
				if !strings.Contains(f.Words, w) || !slices.Equal(f.About, []int{broken}) {
					t.Fatalf("order %v: got %+v, want %v of place %d", order, f, want, broken)
				}
			}
		case !strings.Contains(f.Words, "one is missing") || f.About != nil:
			t.Fatalf("order %v of %d: got %+v, want one missing", order, n, f)
		}
	}
	if right < 500 {
		t.Errorf("only %d of 5000 orders were right: the test says little", right)
	}
}

// TestFalseSteps puts false steps at random places of a right order: each is
// refuted with its reason, and nothing is said about the order of the others.
func TestFalseSteps(t *testing.T) {
	rng := engine.NewRand(4, 1)
	for range 500 {
		n, wrong := 1+rng.IntN(5), 1+rng.IntN(4)
		p := lattice(rng, n, wrong)
		order := make([]int, n)
		for i := range order {
			order[i] = i
		}
		put := rng.Perm(wrong)[:1+rng.IntN(wrong)]
		for _, k := range put {
			order = slices.Insert(order, rng.IntN(len(order)+1), n+k)
		}
		f := p.judgeOrder(order, func(place int) string { return fmt.Sprint(place) })
		if f.Right || strings.Contains(f.Words, "early") || len(f.About) != len(put) {
			t.Fatalf("order %v: got %+v, want %d false steps and no other fault", order, f, len(put))
		}
		for _, k := range put {
			if place := slices.Index(order, n+k); !strings.Contains(f.Words, p.Steps[n+k].Why) || !slices.Contains(f.About, place) {
				t.Fatalf("order %v: got %+v, want the reason of place %d", order, f, place)
			}
		}
	}
}
