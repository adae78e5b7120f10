package formula

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"fmlab/engine"
	"fmlab/engine/libm"

	gonum "gonum.org/v1/gonum/num/dual"
)

// grown is a random formula: its text with every parenthesis, and what it means
// to floats and to the dual numbers of gonum.
type grown struct {
	text  string
	value func(t, x float64) float64
	dual  func(t, x gonum.Number) gonum.Number
}

// The functions again, as an independent reading of their names.
var values = map[string]func(float64) float64{
	"sin": libm.Sin, "cos": libm.Cos, "tan": libm.Tan, "exp": libm.Exp, "log": libm.Log,
	"sqrt": math.Sqrt, "abs": math.Abs, "tanh": libm.Tanh,
}

var duals = map[string]func(gonum.Number) gonum.Number{
	"sin": gonum.Sin, "cos": gonum.Cos, "tan": gonum.Tan, "exp": gonum.Exp, "log": gonum.Log,
	"sqrt": gonum.Sqrt, "abs": gonum.Abs, "tanh": gonum.Tanh,
}

func grow(rng *rand.Rand, depth int) grown {
	if depth == 0 || rng.IntN(8) == 0 {
		return leaf(rng)
	}
	a := grow(rng, depth-1)
	switch k := rng.IntN(10); {
	case k < 3:
		f := functions[rng.IntN(len(functions))].name
		return grown{f + "(" + a.text + ")",
			func(t, x float64) float64 { return values[f](a.value(t, x)) },
			func(t, x gonum.Number) gonum.Number { return duals[f](a.dual(t, x)) }}
	case k == 3:
		return grown{"(-" + a.text + ")",
			func(t, x float64) float64 { return -a.value(t, x) },
			func(t, x gonum.Number) gonum.Number { return gonum.Scale(-1, a.dual(t, x)) }}
	case k == 4:
		n := float64(rng.IntN(7)-2) / 2
		return grown{"(" + a.text + "^" + strconv.FormatFloat(n, 'g', -1, 64) + ")",
			func(t, x float64) float64 { return libm.Pow(a.value(t, x), n) },
			func(t, x gonum.Number) gonum.Number { return gonum.PowReal(a.dual(t, x), n) }}
	}
	return join(rng.IntN(5), a, grow(rng, depth-1))
}

func leaf(rng *rand.Rand) grown {
	switch rng.IntN(3) {
	case 0:
		return grown{"t", func(t, _ float64) float64 { return t }, func(t, _ gonum.Number) gonum.Number { return t }}
	case 1:
		return grown{"x", func(_, x float64) float64 { return x }, func(_, x gonum.Number) gonum.Number { return x }}
	}
	c := float64(rng.IntN(40)) / 8
	return grown{strconv.FormatFloat(c, 'g', -1, 64),
		func(_, _ float64) float64 { return c },
		func(_, _ gonum.Number) gonum.Number { return gonum.Number{Real: c} }}
}

func join(k int, a, b grown) grown {
	text := func(op string) string { return "(" + a.text + op + b.text + ")" }
	with := func(text string, f func(a, b float64) float64, g func(a, b gonum.Number) gonum.Number) grown {
		return grown{text,
			func(t, x float64) float64 { return f(a.value(t, x), b.value(t, x)) },
			func(t, x gonum.Number) gonum.Number { return g(a.dual(t, x), b.dual(t, x)) }}
	}
	switch k {
	case 0:
		return with(text(" + "), func(a, b float64) float64 { return a + b }, gonum.Add)
	case 1:
		return with(text("-"), func(a, b float64) float64 { return a - b }, gonum.Sub)
	case 2:
		return with(text("*"), func(a, b float64) float64 { return a * b }, gonum.Mul)
	case 3:
		return with(text(" / "), func(a, b float64) float64 { return a / b }, func(a, b gonum.Number) gonum.Number { return gonum.Mul(a, gonum.Inv(b)) })
	}
	return with("pow("+a.text+", "+b.text+")", libm.Pow, gonum.Pow)
}

// Random formulas have the value of the same closure, bit for bit, also when
// written by String; and the derivatives of gonum's dual numbers and of central
// differences, where those can be trusted.
func TestRandomFormulas(t *testing.T) {
	rng := engine.NewRand(1, 1)
	var finite, undetermined, byDual, byDifference int
	for range 20000 {
		g := grow(rng, 1+rng.IntN(4))
		e := parse(t, g.text, "t", "x")
		at, along := []float64{0.1 + rng.Float64(), 2*rng.Float64() - 1}, []float64{rng.Float64(), rng.Float64() - 0.5}
		want := g.value(at[0], at[1])
		if got := e.Eval(at...); !same(got, want) {
			t.Fatalf("%s at %v: got %.17g want %.17g", g.text, at, got, want)
		}
		if got := parse(t, e.String(), "t", "x").Eval(at...); !same(got, want) {
			t.Fatalf("%s, written %s, at %v: got %.17g want %.17g", g.text, e, at, got, want)
		}
		value, slope := e.Deriv(at, along)
		if !same(value, want) {
			t.Fatalf("%s at %v: got %.17g from Deriv want %.17g", g.text, at, value, want)
		}
		if math.IsNaN(value) || math.IsInf(value, 0) {
			continue
		}
		finite++
		if math.IsNaN(slope) { // a root of something that stands still
			undetermined++
			continue
		}
		other := g.dual(gonum.Number{Real: at[0], Emag: along[0]}, gonum.Number{Real: at[1], Emag: along[1]})
		if near(other.Real, value, 1e-9) && !math.IsNaN(other.Emag) && !math.IsInf(other.Emag, 0) && math.Abs(slope) < 1e6 {
			byDual++
			if !near(slope, other.Emag, 1e-8) {
				t.Errorf("%s at %v along %v: got %.12g want %.12g as gonum has it", g.text, at, along, slope, other.Emag)
			}
		}
		if d, bound := difference(e, at, along); bound < 1e-5*(1+math.Abs(d)) {
			byDifference++
			if !(math.Abs(slope-d) <= 1e-4*(1+math.Abs(d))) {
				t.Errorf("%s at %v along %v: got %.12g want %.12g by differences", g.text, at, along, slope, d)
			}
		}
	}
	t.Logf("%d finite values, %d undetermined slopes, %d checked by gonum, %d by differences", finite, undetermined, byDual, byDifference)
	if finite < 14000 || undetermined > finite/100 || byDual < finite*9/10 || byDifference < finite*9/10 {
		t.Errorf("got %d finite values, %d undetermined slopes, %d checked by gonum, %d by differences", finite, undetermined, byDual, byDifference)
	}
}

// difference returns a central difference and a bound on its error: how far it is
// from one twice as wide, and rounding.
func difference(e *Expr, at, along []float64) (d, bound float64) {
	central := func(h float64) float64 {
		f := func(h float64) float64 { return e.Eval(at[0]+h*along[0], at[1]+h*along[1]) }
		return (f(h) - f(-h)) / (2 * h)
	}
	d = central(1e-5)
	bound = math.Abs(central(2e-5)-d) + math.Abs(e.Eval(at...))*1e-15/1e-5
	if math.IsNaN(bound) {
		bound = math.Inf(1)
	}
	return d, bound
}
