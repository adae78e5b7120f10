package formula

import (
	"errors"
	"math"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestErrors(t *testing.T) {
	deep := strings.Repeat("(", 101)
	for _, x := range []struct {
		text   string
		column int
		want   string
	}{
		{"", 1, "found the end: want a number, ( or a name: t, pi, e, sin, cos, tan, exp, log, sqrt, abs, tanh, pow"},
		{"   ", 4, "found the end: want a number"},
		{"2t", 2, `found "t": a product needs its sign, want 2*t`},
		{"3 t", 3, `found "t": a product needs its sign, want 3*t`},
		{"2(t)", 2, `want 2*(`},
		{"t(1 - t)", 2, `want t*(`},
		{"(t)(t)", 4, `want )*(`},
		{"(t)2", 4, `want )*2`},
		{"2 sin(t)", 3, `want 2*sin`},
		{"2exp(t)", 2, `want 2*exp`},
		{"2e", 2, `want 2*e`},
		{"2πt", 2, `want 2*pi`},
		{"t 2", 3, `want t*2`},
		{"2 + x", 5, `found "x": want one of t, pi, e, sin`},
		{"2x", 2, `found "x": want one of t, pi, e, sin`},
		{"Sin(t)", 1, `found "Sin": want one of t`},
		{"tt", 1, `found "tt": want one of t`},
		{"sin t", 5, `found "t": want ( as in sin(…)`},
		{"sin", 4, `found the end: want ( as in sin(…)`},
		{"√t", 2, `found "t": want ( as in sqrt(…)`},
		{"sin^2(t)", 4, `found "^": want ( as in sin(…)`},
		{"sin()", 5, `found ")": want a number`},
		{"sin(t, 2)", 6, `found ",": want ) as in sin(…)`},
		{"pow(t)", 6, `found ")": want a comma and one more argument, as in pow(a, b)`},
		{"pow(t, 2, 3)", 9, `found ",": want ) as in pow(a, b)`},
		{"pow 2", 5, `found "2": want ( as in pow(a, b)`},
		{"()", 2, `found ")": want a number`},
		{"(t", 3, `found the end: want + - * / ^ or ) for the ( of column 1`},
		{"1 + (2*(t - 1)", 15, `found the end: want + - * / ^ or ) for the ( of column 5`},
		{"t)", 2, `found ")": no ( is open here`},
		{"(t))", 4, `found ")": no ( is open here`},
		{"0,5*t", 2, `found ",": a decimal point is written 0.5; want + - * / ^ or the end`},
		{"(0,5)", 3, `found ",": want ) as in ( ); a decimal point is written 0.5`},
		{"1.2.3", 1, `found "1.2.3": want a number`},
		{"t + 1e999", 5, `found "1e999": want a number up to 1.7e308`},
		{"t +", 4, "found the end: want a number"},
		{"t + * 2", 5, `found "*": want a number`},
		{"t ** * 2", 6, `found "*": want a number`},
		{"*t", 1, `found "*": want a number`},
		{"t^", 3, "found the end: want a number"},
		{"t²", 2, `found "²": want + - * / ^ or the end`},
		{"t = 2", 3, `found "=": want + - * / ^ or the end`},
		{"$", 1, `found "$": want a number`},
		{"1 - α", 5, `found "α": want one of t`},
		{"π*ß + 2t", 3, `found "ß": want one of t`},
		{".", 1, `found ".": want a number`},
		{"a\x00", 1, `found "a": want one of t`},
		{"t\x00", 2, `found "\x00": want + - * / ^ or the end`},
		{"#", 1, `found "#": want a number`},
		{"t#", 2, `found "#": want + - * / ^ or the end`},
		{"t\xff", 2, `found "�": want + - * / ^ or the end`},
		{strings.Repeat("q", 500), 1, `found "qqqqqqqqqqqqqqqqqqqq…": want one of t`},
		{strings.Repeat("π", 1001), 1001, "found 1001 characters: want at most 1000"},
		{deep + "t" + strings.Repeat(")", 101), 102, `found "t": want at most 100 parentheses`},
		{strings.Repeat("-", 101) + "t", 102, `found "t": want at most 100 parentheses, signs and powers`},
		{strings.Repeat("t^", 101) + "t", 203, `found "t": want at most 100`},
	} {
		_, err := Parse(x.text, "t")
		var at *Error
		if !errors.As(err, &at) || at.Column != x.column || !strings.HasPrefix(at.Text, x.want) && !strings.HasSuffix(at.Text, x.want) {
			t.Errorf("%q: got %v want column %d: %s", x.text, err, x.column, x.want)
		}
	}
}

func TestCapsAreWhatTheySay(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("(", 100) + "t" + strings.Repeat(")", 100),
		strings.Repeat("-", 100) + "t",
		strings.Repeat("t^", 100) + "t",
		strings.Repeat("t+", 499) + "t ",
		strings.Repeat(" ", 999) + "t",
	} {
		if _, err := Parse(text, "t"); err != nil {
			t.Errorf("%.20s…: got %v want no error", text, err)
		}
	}
}

// Whatever is typed, the answer is a formula that says itself and can be computed, or
// an error within the text.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"", "t", "3*t^2 - 2*t^3", "sqrt(1 - exp(-(0.1*(1-t) + 9.95*(1-t)^2)))", "2**-t", "pow(t, 1.5)/tanh(x)",
		"√(1−t·t)", "2e-3 + .5e", "((t)", "1.2.3", "t²", "abs(log(-t))^-x", "1e300*1e300", "π*x", "\xff(",
	} {
		f.Add(text, 0.5, -1.0)
	}
	f.Fuzz(func(t *testing.T, text string, a, b float64) {
		e, err := Parse(text, "t", "x")
		if err != nil {
			var at *Error
			if !errors.As(err, &at) || at.Column < 1 || at.Column > utf8.RuneCountInString(text)+1 {
				t.Fatalf("%q: got %v want an error with a column in the text", text, err)
			}
			return
		}
		value, slope := e.Deriv([]float64{a, b}, []float64{1, -1})
		if got := e.Eval(a, b); !same(got, value) {
			t.Fatalf("%q: got Eval %g, Deriv %g", text, got, value)
		}
		if math.IsNaN(value) && !math.IsNaN(slope) {
			t.Fatalf("%q: got the slope %g of NaN", text, slope)
		}
		e.Square().Eval(a, b)
		again, err := Parse(e.String(), "t", "x")
		if err != nil {
			if strings.Contains(err.Error(), "want at most") {
				return // spaces and parentheses may go over the caps
			}
			t.Fatalf("%q is written %q: %v", text, e, err)
		}
		if again.String() != e.String() || !same(again.Eval(a, b), value) {
			t.Fatalf("%q: got %q = %g want %q = %g", text, again, again.Eval(a, b), e, value)
		}
	})
}
