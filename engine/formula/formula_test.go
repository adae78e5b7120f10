package formula

import (
	"math"
	"strings"
	"testing"

	"fmlab/engine/libm"
)

func parse(t *testing.T, text string, symbols ...string) *Expr {
	t.Helper()
	e, err := Parse(text, symbols...)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return e
}

// same reports whether a and b are the same number, NaN being itself and −0 being 0.
func same(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }

func near(a, b, tolerance float64) bool {
	return same(a, b) || math.Abs(a-b) <= tolerance*(1+math.Abs(b))
}

func TestPrecedence(t *testing.T) {
	for text, want := range map[string]float64{
		"1 + 2*3":        7,
		"(1 + 2)*3":      9,
		"10 - 4 - 3":     3,
		"10 - (4 - 3)":   9,
		"16/4/2":         2,
		"16/4*2":         8,
		"2^3^2":          512,
		"(2^3)^2":        64,
		"2**3**2":        512,
		"-2^2":           -4,
		"(-2)^2":         4,
		"2^-1":           0.5,
		"2^-2^2":         1.0 / 16,
		"2*-3":           -6,
		"2--3":           5,
		"2 - -3^2":       11,
		"--3":            3,
		"+-+3":           -3,
		"-2*3":           -6,
		"2*3^2":          18,
		"2/4^2":          0.125,
		"-3 + 5":         2,
		"1 - 2^2*3":      -11,
		"exp(0)^2 + 1":   2,
		"pow(2, 3)^2":    64,
		"pow(1+1, 2+1)":  8,
		"-abs(-3)":       -3,
		"sqrt(16)/2":     2,
		".5 + 1.":        1.5,
		"2e-3":           0.002,
		"2E+3":           2000,
		"2*e":            2 * math.E,
		"4·2 − 3×2":      2,
		"√(9)*π":         3 * math.Pi,
		"\t( ( 1 ) )\n ": 1,
	} {
		if got := parse(t, text).Eval(); !near(got, want, 1e-15) {
			t.Errorf("%s: got %g want %g", text, got, want)
		}
	}
}

// Derivatives in closed form.
func TestDerivatives(t *testing.T) {
	sech2 := func(x float64) float64 { return 1 / (math.Cosh(x) * math.Cosh(x)) }
	for text, want := range map[string]func(t float64) float64{
		"3":              func(t float64) float64 { return 0 },
		"t":              func(t float64) float64 { return 1 },
		"-t":             func(t float64) float64 { return -1 },
		"3*t^2 - 2*t^3":  func(t float64) float64 { return 6*t - 6*t*t },
		"1/t":            func(t float64) float64 { return -1 / (t * t) },
		"t/(1 + t)":      func(t float64) float64 { return 1 / ((1 + t) * (1 + t)) },
		"sin(2*t)":       func(t float64) float64 { return 2 * math.Cos(2*t) },
		"cos(pi*t/2)":    func(t float64) float64 { return -math.Pi / 2 * math.Sin(math.Pi*t/2) },
		"tan(t)":         func(t float64) float64 { return 1 / (math.Cos(t) * math.Cos(t)) },
		"exp(-t^2)":      func(t float64) float64 { return -2 * t * math.Exp(-t*t) },
		"log(1 + t)":     func(t float64) float64 { return 1 / (1 + t) },
		"sqrt(t)":        func(t float64) float64 { return 0.5 / math.Sqrt(t) },
		"sqrt(4 - t^2)":  func(t float64) float64 { return -t / math.Sqrt(4-t*t) },
		"abs(t - 1)":     func(t float64) float64 { return math.Copysign(1, t-1) },
		"tanh(3*t)":      func(t float64) float64 { return 3 * sech2(3*t) },
		"t^1.5":          func(t float64) float64 { return 1.5 * math.Sqrt(t) },
		"2^t":            func(t float64) float64 { return math.Ln2 * math.Pow(2, t) },
		"t^t":            func(t float64) float64 { return math.Pow(t, t) * (math.Log(t) + 1) },
		"pow(t, 1 - t)":  func(t float64) float64 { return math.Pow(t, 1-t) * ((1-t)/t - math.Log(t)) },
		"(-t)^3":         func(t float64) float64 { return -3 * t * t },
		"(-t)^-2":        func(t float64) float64 { return -2 / (t * t * t) },
		"t*sin(t)*e^-t":  func(t float64) float64 { return math.Exp(-t) * ((1-t)*math.Sin(t) + t*math.Cos(t)) },
		"sqrt(0)*t + t":  func(t float64) float64 { return 1 },
		"0^0.5 + log(t)": func(t float64) float64 { return 1 / t },
	} {
		e := parse(t, text, "t")
		for _, x := range []float64{0.013, 0.3, 0.7, 1.1, 1.9} {
			if _, got := e.Deriv([]float64{x}, []float64{1}); !near(got, want(x), 1e-13) {
				t.Errorf("d(%s)/dt at %g: got %.17g want %.17g", text, x, got, want(x))
			}
		}
	}
}

// Values and right derivatives where a slope is infinite, a base or a divisor 0, or
// a corner.
func TestSingularPoints(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, x := range []struct {
		text                  string
		at, value, derivative float64
	}{
		{"t^2", 0, 0, 0},
		{"t^1", 0, 0, 1},
		{"t^0", 0, 1, 0},
		{"0^t", 0, 1, -inf},
		{"0^t", 0.5, 0, 0},
		{"t^t", 0, 1, -inf},
		{"t^(1 + t)", 0, 0, 1},
		{"t^(2 + t)", 0, 0, 0},
		{"t^(0.5 + t)", 0, 0, inf},
		{"t^1.5", 0, 0, 0},
		{"t^0.5", 0, 0, inf},
		{"t^3", -2, -8, 12},
		{"t^(t^2)", 0, 1, 0},
		{"(-1)^(2*t/t)", 1, 1, 0},
		{"t^-1", 0, inf, -inf},
		{"(1 - t)^0.5", 1, 0, -inf},
		{"(1 - t)^t", 1, 0, -1},
		{"sqrt(t)", 0, 0, inf},
		{"sqrt(1 - t)", 1, 0, -inf},
		{"sqrt(-t)", 0, 0, -inf},
		{"sqrt(1 - t^2)", 1, 0, -inf},
		{"1 - sqrt(t)", 0, 1, -inf},
		{"t*sqrt(t)", 0, 0, 0},
		{"sqrt(t)*t", 0, 0, 0},
		{"t/(1 + sqrt(t))", 0, 0, 1},
		{"sqrt(t)/(1 + sqrt(t))", 0, 0, inf},
		{"(1 + t)*sqrt(t)", 0, 0, inf},
		{"1/(1/t)", 0, 0, nan},
		{"sqrt(t)*sqrt(t)", 0, 0, nan},
		{"sqrt(t^2)", 0, 0, nan},
		{"cos(sqrt(t))", 0, 1, nan},
		{"log(t)", 0, -inf, inf},
		{"log(1 - t)", 1, -inf, -inf},
		{"log(-t)", 0, -inf, -inf},
		{"log(-t)", 1, nan, nan},
		{"sqrt(-1) + t", 1, nan, nan},
		{"sqrt(-t)", 1, nan, nan},
		{"(-t)^0.5", 1, nan, nan},
		{"t/t", 0, nan, nan},
		{"abs(t)", 0, 0, 1},
		{"abs(-t)", 0, 0, 1},
		{"abs(2 - 2*t)", 1, 0, 2},
		{"abs(t^2)", 0, 0, 0},
		{"abs(t)*t", 0, 0, 0},
		{"tanh(1000*t)", 1, 1, 0},
		{"exp(1000*t)", 1, inf, inf},
	} {
		got, slope := parse(t, x.text, "t").Deriv([]float64{x.at}, []float64{1})
		if !same(got, x.value) || !same(slope, x.derivative) {
			t.Errorf("%s at %g: got %g, derivative %g want %g, %g", x.text, x.at, got, slope, x.value, x.derivative)
		}
	}
}

// From the left a corner has the other slope.
func TestDirection(t *testing.T) {
	_, d := parse(t, "abs(t - 1)", "t").Deriv([]float64{1}, []float64{-1})
	if d != 1 {
		t.Errorf("|t−1| from 1 along −1: got %g want 1", d)
	}
	e := parse(t, "x1^2*sin(s) + sqrt(z)", "x1", "s", "z")
	value, d := e.Deriv([]float64{3, 0.5, 0}, []float64{2, -1, 0}) // z = 0 does not move
	if want := 9 * libm.Sin(0.5); value != want {
		t.Errorf("got value %g want %g", value, want)
	}
	if want := 12*math.Sin(0.5) - 9*math.Cos(0.5); !near(d, want, 1e-15) {
		t.Errorf("got derivative %g want %g", d, want)
	}
}

func TestSquare(t *testing.T) {
	for text, want := range map[string]string{
		"sqrt(1 - t^2)":      "1 - t^2",
		"-sqrt(t)":           "t",
		"t^0.25":             "t^(2*0.25)",
		"sqrt(1 - t)*abs(t)": "(1 - t)*t^2",
		"exp(t)/sqrt(t)":     "exp(t)^2/t",
		"1 - t":              "(1 - t)^2",
		"0.5":                "0.5^2",
	} {
		e := parse(t, text, "t")
		square := e.Square()
		if square.String() != want {
			t.Errorf("(%s)²: got %s want %s", text, square, want)
		}
		for _, x := range []float64{0.1, 0.5, 0.9} {
			v := e.Eval(x)
			if got := square.Eval(x); !near(got, v*v, 1e-15) {
				t.Errorf("(%s)² at %g: got %g want %g", text, x, got, v*v)
			}
		}
	}
	if v, d := parse(t, "sqrt(1 - t^2)", "t").Square().Deriv([]float64{1}, []float64{1}); v != 0 || d != -2 {
		t.Errorf("1 − t² at 1: got %g, %g want 0, -2", v, d)
	}
}

func TestString(t *testing.T) {
	for text, want := range map[string]string{
		"((1))-(t)":           "1 - t",
		"1-(t-2)":             "1 - (t - 2)",
		"(1-t)-2":             "1 - t - 2",
		"t*(2/t)":             "t*(2/t)",
		"(t*2)/t":             "t*2/t",
		"(t+1)*2":             "(t + 1)*2",
		"-(t+1)":              "-(t + 1)",
		"-(t*2)":              "-(t*2)",
		"(-t)^2":              "(-t)^2",
		"-t**2":               "-t^2",
		"2^(t^2)":             "2^t^2",
		"(2^t)^2":             "(2^t)^2",
		"2^(-t)":              "2^-t",
		"2^(t+1)":             "2^(t + 1)",
		"pow(t+1,2)":          "(t + 1)^2",
		"+t":                  "t",
		"sin((pi·t)/2)":       "sin(pi*t/2)",
		"√(1−t^2)":            "sqrt(1 - t^2)",
		"2e-3 + .5 + 1e300*t": "0.002 + 0.5 + 1e+300*t",
	} {
		if got := parse(t, text, "t").String(); got != want {
			t.Errorf("%s: got %s want %s", text, got, want)
		}
	}
}

func TestSymbols(t *testing.T) {
	e := parse(t, "da*x₁ + α̇*x0 + z_t", "da", "x₁", "α̇", "x0", "z_t")
	if got := e.Eval(2, 3, 5, 7, 11); got != 2*3+5*7+11 {
		t.Errorf("got %g want 52", got)
	}
	for _, bad := range [][]string{{"sin"}, {"pow"}, {"pi"}, {"π"}, {"e"}, {""}, {"2t"}, {"a b"}, {"t²"}, {"t", "t"}, {"-"}} {
		if message := panicOf(func() { _, _ = Parse("1", bad...) }); !strings.Contains(message, "formula: symbol") {
			t.Errorf("symbols %q: got %q want a panic", bad, message)
		}
	}
	for _, misuse := range []func(){func() { e.Eval(1) }, func() { e.Deriv(make([]float64, 5), []float64{1}) }} {
		if message := panicOf(misuse); !strings.HasPrefix(message, "formula: got 1 values, want 5") {
			t.Errorf("got %q want a panic that counts", message)
		}
	}
}

func panicOf(f func()) (message string) {
	defer func() { message, _ = recover().(string) }()
	f()
	return ""
}

func TestEvalDoesNotAllocate(t *testing.T) {
	e := parse(t, "sqrt(1 - exp(-(0.1*(1-t) + 9.95*(1-t)^2)))", "t")
	var sink float64
	if n := testing.AllocsPerRun(100, func() { sink += e.Eval(0.3) }); n != 0 {
		t.Errorf("Eval: got %g allocations want 0", n)
	}
	if n := testing.AllocsPerRun(100, func() { _, d := e.Deriv([]float64{0.3}, []float64{1}); sink += d }); n != 0 {
		t.Errorf("Deriv: got %g allocations want 0", n)
	}
}

func BenchmarkEval(b *testing.B) {
	e, err := Parse("sqrt(1 - exp(-(0.1*(1-t) + 9.95*(1-t)^2)))", "t")
	if err != nil {
		b.Fatal(err)
	}
	b.Run("value", func(b *testing.B) {
		for b.Loop() {
			e.Eval(0.3)
		}
	})
	b.Run("derivative", func(b *testing.B) {
		for b.Loop() {
			e.Deriv([]float64{0.3}, []float64{1})
		}
	})
}
