package lessons

import (
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/formula"
	"fmlab/lessons/derivation"
)

// TestKnownMistakes wants each told its own hint and no other.
func TestKnownMistakes(t *testing.T) {
	eachFormula(t, func(t *testing.T, b *derivation.Blank, name string) {
		for _, w := range b.Wrong {
			for seed := range uint64(5) {
				f := b.Judge(w.Formula.String(), engine.NewRand(seed, 1))
				if f.Right || !strings.HasSuffix(f.Words, w.Hint) {
					t.Errorf("%s, line %d: %s: got %q, want its hint", name, w.Line, w.Formula, f.Words)
				}
			}
		}
	})
}

// TestAnswersHaveValues wants a value of every formula nearly everywhere.
func TestAnswersHaveValues(t *testing.T) {
	eachFormula(t, func(t *testing.T, b *derivation.Blank, name string) {
		rng := engine.NewRand(6, 1)
		holes := 0
		for range 1000 {
			if x := b.Answer.Eval(draw(b, rng)...); math.IsNaN(x) || math.Abs(x) > 1e6 {
				holes++
			}
		}
		if holes > 0 {
			t.Errorf("%s: %s has no fair value at %d of 1000 points", name, b.Answer, holes)
		}
	})
}

func draw(b *derivation.Blank, rng *rand.Rand) []float64 {
	at := make([]float64, len(b.Symbols))
	for i, s := range b.Symbols {
		at[i] = s.Lo + (s.Hi-s.Lo)*rng.Float64()
	}
	return at
}

// expanded are answers as other people would write them.
var expanded = map[string][]string{
	"1.2-continuity/wall":    {"u*dt*(p*k)", "p*(k*u*dt)"},
	"1.2-continuity/pair":    {"(f - fx*h/2)*k - (f + fx*h/2)*k", "-h*k*fx"},
	"1.2-continuity/walls":   {"-fx*h*k - gy*h*k", "-h*(k*fx + k*gy)"},
	"1.2-continuity/expand":  {"-px*u - p*ux - py*w - p*wy", "-(px*u + p*ux) - (py*w + p*wy)"},
	"1.2-continuity/widen":   {"-p*(ds/s + ds/s)", "-2*ds*p*s^-1"},
	"1.3-logp/determinant":   {"1 + h*(a11 + a22) + h^2*(a11*a22 - a12*a21)", "(1 + h*a11)*(1 + h*a22) - (h*a12)*(h*a21)"},
	"1.3-logp/trace":         {"a22 + a11"},
	"1.3-logp/linear":        {"-a11 - a22"},
	"1.3-logp/scaling":       {"-log(2*pi*exp(2*k)) - ((x/exp(k))^2 + (y/exp(k))^2)/2", "log(exp(-(x^2+y^2)/(2*exp(2*k)))/(2*pi*e^(2*k)))"},
	"1.4-cfm/cross":          {"w*v*c1 + (1-w)*v*c2", "v*(c2 + w*(c1 - c2))"},
	"1.4-cfm/gradient":       {"2*w*(v-c1) + 2*(1-w)*(v-c2)", "2*v - 2*w*c1 - 2*c2 + 2*w*c2"},
	"1.4-cfm/floor":          {"w*c1^2 + (1-w)*c2^2 - (w*c1 + (1-w)*c2)^2", "(w - w^2)*(c2 - c1)^2"},
	"1.4-cfm/posterior":      {"(1 + tanh(t*m*z/(1-t)^2))/2", "exp(t*m*z/(1-t)^2)/(exp(t*m*z/(1-t)^2) + exp(-t*m*z/(1-t)^2))", "exp(-(z-t*m)^2/(2*(1-t)^2))/(exp(-(z-t*m)^2/(2*(1-t)^2)) + exp(-(z+t*m)^2/(2*(1-t)^2)))"},
	"1.4-cfm/two-points":     {"w*(1-w)*(2*m/(1-t))^2", "(4*w - 4*w^2)*(m/(1-t))^2"},
	"1.5-target/derivatives": {"2*t - 2", "2*(t - 1)"},
	"1.5-target/pair":        {"2*(t*x1 - x0 + t*x0)", "2*t*(x0 + x1) - 2*x0"},
	"1.5-target/noise":       {"z/(1-t)^2 - x1*(t/(1-t))^2", "(z - t^2*x1)/(1 - 2*t + t^2)"},
	"1.5-target/conditional": {"2*(t*x1 - z)/(1-t)", "2*t*x1 - 2*(1-t)*(z - t^2*x1)/(1-t)^2", "(2*t*x1 - 2*z)/(1-t)"},
	"1.5-target/root":        {"x1 - (z - t*x1)/sqrt(1-t)/(2*sqrt(1-t))", "(2*x1 - t*x1 - z)/(2 - 2*t)"},
	"1.6-score/cloud":        {"(a*x1 - z)/s^2", "-z/s^2 + a*x1/(s*s)"},
	"1.6-score/noise":        {"(a*v - da*z)/(a*ds - da*s)", "da*z/(da*s - a*ds) - a*v/(da*s - a*ds)"},
	"1.6-score/general":      {"-((da*z - a*v)/(da*s - a*ds))/s", "(a*v - da*z)/(s^2*da - a*s*ds)"},
	"1.6-score/linear":       {"-(z - t*v)/(1-t)", "(z - t*v)/(t - 1)"},
	"1.6-score/back":         {"(da*z + s*(da*s - a*ds)*g)/a", "-ds*s*g + da*(z + s^2*g)/a"},
}

// TestExpandedAnswersAreRight, for every blank.
func TestExpandedAnswersAreRight(t *testing.T) {
	left := len(expanded)
	eachBlank(t, func(t *testing.T, b *derivation.Blank, name string) {
		if len(expanded[name]) == 0 {
			t.Errorf("%s: no other way to write it is tried", name)
		}
		left--
		for _, text := range expanded[name] {
			if f := b.Judge(text, engine.NewRand(1, 1)); !f.Right {
				t.Errorf("%s: %s: got %q, want right", name, text, f.Words)
			}
		}
	})
	if left != 0 {
		t.Errorf("%d names too many or too few", left)
	}
}

// wholes rewrite a formula A with a symbol q without changing its value; parts do
// the same with one symbol q of it, and another one r.
var (
	wholes = []string{"(A)*1", "0 + (A)", "-(-(A))", "(A)*3/3", "(A) + q - q", "2*(A) - (A)", "(A)/2 + (A)/2",
		"(A)*(1 + q^2)/(1 + q^2)", "sin(q)^2*(A) + cos(q)^2*(A)", "((A) + q)*2/2 - q", "(A)^1", "((A)*(q + 7) - (A)*q)/7",
		"((A)^2 + 3*(A))/((A) + 3)", "tanh(q)*(A) + (A) - (A)*tanh(q)"}
	parts = []string{"(q + r - r)", "(2*q - q)", "(q*(1 + r^2)/(1 + r^2))", "(-(-q))", "log(exp(q))", "(q/7*7)", "((q^2 - r^2)/(q + r) + r)"}
	named = regexp.MustCompile(`[a-z][a-z0-9]*`)
)

// fill puts what stands for A, q and r into a form.
func fill(form, a, q, r string) string {
	return regexp.MustCompile(`A|\b[qr]\b`).ReplaceAllStringFunc(form, func(m string) string {
		return map[string]string{"A": a, "q": q, "r": r}[m]
	})
}

// swapOne replaces one random symbol of a formula by what f makes of it.
func swapOne(text string, b *derivation.Blank, rng *rand.Rand, f func(symbol string) string) string {
	var at [][]int
	for _, m := range named.FindAllStringIndex(text, -1) {
		if slices.ContainsFunc(b.Symbols, func(s derivation.Symbol) bool { return s.Name == text[m[0]:m[1]] }) {
			at = append(at, m)
		}
	}
	if len(at) == 0 {
		return text
	}
	m := at[rng.IntN(len(at))]
	return text[:m[0]] + f(text[m[0]:m[1]]) + text[m[1]:]
}

func anySymbol(b *derivation.Blank, rng *rand.Rand) string {
	return b.Symbols[rng.IntN(len(b.Symbols))].Name
}

// TestRewritingsAreRight writes every answer in 200 other ways.
func TestRewritingsAreRight(t *testing.T) {
	eachBlank(t, func(t *testing.T, b *derivation.Blank, name string) {
		rng := engine.NewRand(7, 1)
		for range 200 {
			text := b.Answer.String()
			for range 1 + rng.IntN(3) {
				if rng.IntN(2) == 0 {
					text = fill(pick(rng, wholes...), text, anySymbol(b, rng), "")
				} else {
					text = swapOne(text, b, rng, func(q string) string { return fill(pick(rng, parts...), "", q, anySymbol(b, rng)) })
				}
			}
			if f := b.Judge(text, rng); !f.Right {
				t.Fatalf("%s: %s: got %q, want right", name, text, f.Words)
			}
		}
	})
}

// changes make another formula of A.
var changes = []string{"(A)*1.001", "(A) + 0.001", "(A)*0.9", "-(A)", "(A) + q", "(A)*q", "(A)/2", "2*(A)", "(A)^2", "(A) - 1e-4", "(A)*exp(q/100)"}

// TestPerturbationsAreWrong changes every answer in 200 ways. A change that
// changes nothing, as the swap of two symbols in a sum, is known by its values.
func TestPerturbationsAreWrong(t *testing.T) {
	changed := 0
	eachBlank(t, func(t *testing.T, b *derivation.Blank, name string) {
		rng := engine.NewRand(8, 1)
		for range 200 {
			text := b.Answer.String()
			if rng.IntN(2) == 0 {
				text = fill(pick(rng, changes...), text, anySymbol(b, rng), "")
			} else {
				text = swapOne(text, b, rng, func(q string) string {
					return pick(rng, anySymbol(b, rng), "(1.01*"+q+")", "(-"+q+")", "("+q+" + 0.01)", q+"^2")
				})
			}
			e, err := b.Parse(text)
			if err != nil {
				t.Fatalf("%s: %s: %v", name, text, err)
			}
			if !differs(b, e) {
				continue
			}
			changed++
			if f := b.Judge(text, rng); f.Right || !strings.Contains(f.Words, "yours gives") && !strings.Contains(f.Words, "no value") {
				t.Fatalf("%s: %s: got %q, want a point where it differs", name, text, f.Words)
			}
		}
	})
	if changed < 4000 {
		t.Errorf("only %d changes changed a value", changed)
	}
}

// differs compares a formula with the answer at 50 points of its own.
func differs(b *derivation.Blank, e *formula.Expr) bool {
	rng := engine.NewRand(9, 2)
	for range 50 {
		at := draw(b, rng)
		got, want := e.Eval(at...), b.Answer.Eval(at...)
		if !(math.Abs(got-want) <= 1e-5*(1+math.Abs(want))) {
			return true
		}
	}
	return false
}
