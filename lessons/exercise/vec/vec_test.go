package vec_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"go.starlark.net/starlark"

	"fmlab/engine"
	"fmlab/lessons/exercise/script"
	"fmlab/lessons/exercise/vec"
)

// eval evaluates an expression of z (3, 2), w (3, 1), r (2,), q (3,) and rng.
func eval(t *testing.T, expr string) (starlark.Value, error) {
	t.Helper()
	p, err := script.Load("def f(z, w, r, q, rng):\n    return "+expr, script.Hooks{})
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	return p.Call("f", vec.New([]float64{1, 2, 3, 4, 5, 6}, 3, 2), vec.New([]float64{10, 20, 30}, 3, 1),
		vec.New([]float64{100, 200}, 2), vec.New([]float64{7, 8, 9}, 3), vec.NewRng(engine.NewRand(1, 1)))
}

func TestExpressions(t *testing.T) {
	for expr, want := range map[string]string{
		// Broadcasting, as numpy 2 gives it.
		"z + 1":                   "vec([[2, 3], [4, 5], [6, 7]])",
		"1 - z":                   "vec([[0, -1], [-2, -3], [-4, -5]])",
		"z + w":                   "vec([[11, 12], [23, 24], [35, 36]])",
		"w * z":                   "vec([[10, 20], [60, 80], [150, 180]])",
		"z + r":                   "vec([[101, 202], [103, 204], [105, 206]])",
		"w + q":                   "vec([[17, 18, 19], [27, 28, 29], [37, 38, 39]])",
		"z / 2":                   "vec([[0.5, 1], [1.5, 2], [2.5, 3]])",
		"2 / z":                   "vec([[2, 1], [0.666667, 0.5], [0.4, 0.333333]])",
		"-z // 2":                 "vec([[-1, -1], [-2, -2], [-3, -3]])",
		"-q % 4":                  "vec([1, 0, 3])",
		"z + [10, 20]":            "vec([[11, 22], [13, 24], [15, 26]])",
		"(1, 2) * q[:2]":          "vec([7, 16])",
		"z / 0":                   "vec([[+Inf, +Inf], [+Inf, +Inf], [+Inf, +Inf]])",
		"q[:, None] * q[None, :]": "vec([[49, 56, 63], [56, 64, 72], [63, 72, 81]])",
		"zeros(0, 2) + r":         "vec([])",
		"+q":                      "vec([7, 8, 9])",
		// Indices and slices.
		"z[1]":                      "vec([3, 4])",
		"z[-1]":                     "vec([5, 6])",
		"z[1, 0]":                   "3.0",
		"z[-1, -1]":                 "6.0",
		"z[1][0]":                   "3.0",
		"q[1]":                      "8.0",
		"z[:, 1]":                   "vec([2, 4, 6])",
		"z[:, 1:2]":                 "vec([[2], [4], [6]])",
		"z[:, ::-1]":                "vec([[2, 1], [4, 3], [6, 5]])",
		"z[1:, 0]":                  "vec([3, 5])",
		"z[::2]":                    "vec([[1, 2], [5, 6]])",
		"z[-2:, :]":                 "vec([[3, 4], [5, 6]])",
		"z[5:, 0]":                  "vec([])",
		"z[0, :]":                   "vec([1, 2])",
		"z[:, None]":                "error: makes a new axis, and only of a vec with one axis",
		"q[:, None]":                "vec([[7], [8], [9]])",
		"z[[2, 0, 2]]":              "vec([[5, 6], [1, 2], [5, 6]])",
		"z[q - 7]":                  "vec([[1, 2], [3, 4], [5, 6]])",
		"z[z[:, 0] > 1]":            "vec([[3, 4], [5, 6]])",
		"q[q != 8]":                 "vec([7, 9])",
		"z[z[:, 0] > 1, 1]":         "vec([4, 6])",
		"z.T":                       "vec([[1, 3, 5], [2, 4, 6]])",
		"q.T":                       "vec([7, 8, 9])",
		"[a for a in q]":            "[7.0, 8.0, 9.0]",
		"[a[1] for a in z]":         "[2.0, 4.0, 6.0]",
		"len(z), len(q)":            "(3, 3)",
		"z.shape, shape(q)":         "((3, 2), (3,))",
		"shape(1), shape([[1, 2]])": "((), (1, 2))",
		// Masks.
		"z > 2":                       "vec([[0, 0], [1, 1], [1, 1]])",
		"3 >= z[:, 0]":                "vec([1, 1, 0])",
		"(q > 7) & (q < 9)":           "vec([0, 1, 0])",
		"(q < 8) | (q > 8)":           "vec([1, 0, 1])",
		"where(z > w / 10, z, 0)":     "vec([[0, 2], [3, 4], [5, 6]])",
		"where(q > 7, 1, [4, 5, 6])":  "vec([4, 1, 1])",
		"where(q > 7, log(q - 8), 0)": "vec([0, -Inf, 0])",
		"where(True, 1, 2)":           "1.0",
		"q == None":                   "False",
		"1 < 2, 'a' == 'a'":           "(True, True)",
		"[1, 2] < [1, 3]":             "True",
		"1 if q[0] > 2 else 0":        "1",
		// Functions.
		"sum(z)":                                "21.0",
		"sum(z, axis=0)":                        "vec([9, 12])",
		"sum(z, axis=1)":                        "vec([3, 7, 11])",
		"sum(z, -1)":                            "vec([3, 7, 11])",
		"mean(z), mean([1, 2, 6])":              "(3.5, 3.0)",
		"mean(z, axis=0)":                       "vec([3, 4])",
		"norm([3, 4]), norm(z, axis=1)":         "(5.0, vec([2.23607, 5, 7.81025]))",
		"sum([q, q, 1])":                        "vec([15, 17, 19])",
		"sum([1, 2.5]), sum([])":                "(3.5, 0.0)",
		"min(z), max(q), min(3, 2)":             "(1.0, 9.0, 2)",
		"max(z, 3, w / 10)":                     "vec([[3, 3], [3, 4], [5, 6]])",
		"max([1, 5, 2], key=lambda x: -x)":      "1",
		"argmin([3, 1, 2])":                     "1.0",
		"dot(r, r), dot(z, r)":                  "(50000.0, vec([500, 1100, 1700]))",
		"dot(z, z.T)":                           "vec([[5, 11, 17], [11, 25, 39], [17, 39, 61]])",
		"dot(q, z)":                             "vec([76, 100])",
		"dot(2, q)":                             "vec([14, 16, 18])",
		"exp(0), sqrt(4), floor(-0.5), abs(-2)": "(1.0, 2.0, -1.0, 2.0)",
		"pow(q, 2), pow(2, q)":                  "(vec([49, 64, 81]), vec([128, 256, 512]))",
		"stack([q, q * 2], axis=1)":             "vec([[7, 14], [8, 16], [9, 18]])",
		"stack([q, q * 2])":                     "vec([[7, 8, 9], [14, 16, 18]])",
		"stack([1, 2, 3])":                      "vec([1, 2, 3])",
		"concat([q, [1]]), concat([z, z[:1]])":  "(vec([7, 8, 9, 1]), vec([[1, 2], [3, 4], [5, 6], [1, 2]]))",
		"concat([z, w], axis=1)":                "vec([[1, 2, 10], [3, 4, 20], [5, 6, 30]])",
		"zeros(2), ones(1, 2), zeros((2, 1))":   "(vec([0, 0]), vec([[1, 1]]), vec([[0], [0]]))",
		"zeros_like(z)":                         "vec([[0, 0], [0, 0], [0, 0]])",
		"vec(range(3)), vec([[1], [2]])":        "(vec([0, 1, 2]), vec([[1], [2]]))",
		"float(q[:1]), float('2'), int(q[0])":   "(7.0, 2.0, 7)",
		"shape(rng.uniform(3)), shape(rng.normal(3, 2)), shape(rng.integers(5, 2))": "((3,), (3, 2), (5,))",
		"sorted(rng.permutation(4))":  "[0.0, 1.0, 2.0, 3.0]",
		"type(rng.normal()), type(q)": `("float", "vec")`,
		// What is refused, and the cure.
		"z + q":                              "error: vec shapes differ: (3, 2) + (3,): did you forget t[:, None]?",
		"z * z[:2]":                          "error: 3 rows against 2",
		"z - z.T":                            "error: is one of them on its side? .T turns it",
		"z + zeros(4)":                       "error: sizes of an axis must be equal, or one of them 1",
		"z + None":                           "error: got None where a vec or a number was wanted: is a return missing?",
		"z + [1, [2]]":                       "error: members of different shapes",
		"dot(z, z)":                          "error: for a product entry by entry write a * b",
		"z.mean()":                           "error: a vec has no .mean(): write mean(z)",
		"z.size":                             "error: it has .shape and .T",
		"z[3]":                               "error: index 3 is out of range: there are 3 rows",
		"z[0, 2]":                            "error: there are 2 columns",
		"z[0.5]":                             "error: int(x) makes one",
		"z[q / 2]":                           "error: is not a whole number",
		"z[q > 7][5]":                        "error: out of range",
		"z[q[:2] > 0]":                       "error: a mask of 2 for 3 rows",
		"z[1, 2, 3]":                         "error: at most two axes",
		"q[0, 0]":                            "error: two indices for a vec of shape (3,)",
		"q & q":                              "error: joins two masks",
		"1 if z > 0 else 0":                  "error: is neither true nor false: where(mask, a, b) chooses",
		"{q: 1}":                             "error: cannot be a key",
		"sum(q, axis=1)":                     "error: axis 1 of shape (3,)",
		"mean([])":                           "error: the mean of nothing",
		"min(zeros(0))":                      "error: min of an empty vec",
		"stack([z, z])":                      "error: a vec has at most two",
		"stack(q, q)":                        "error: stack([a, b], axis=1)",
		"concat([z, q])":                     "error: want the same number of axes",
		"concat([])":                         "error: concat of nothing",
		"exp('a')":                           "error: got a string where a vec or a number was wanted",
		"exp(exp)":                           "error: are the parentheses of its call missing?",
		"rng.randn(3)":                       "error: it has uniform(n, k)",
		"rng.integers(3)":                    "error: it is rng.integers(n, high)",
		"rng.integers(3, 0)":                 "error: high of at least 1",
		"rng.normal(2, 2, 2)":                "error: want one or two sizes",
		"rng.normal(-1)":                     "error: want one or two sizes",
		"rng.normal(n=3)":                    "error: write rng.normal(n)",
		"zeros(5000, 5000)":                  "error: is too large: want at most 4194304 entries",
		"zeros(3000)[:, None] + zeros(3000)": "error: is too large",
	} {
		v, err := eval(t, expr)
		if message, bad := strings.CutPrefix(want, "error: "); bad {
			if err == nil || !strings.Contains(err.Error(), message) {
				t.Errorf("%s: got %v (%v) want an error with %q", expr, v, err, message)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", expr, err)
			continue
		}
		if got := v.String(); got != want {
			t.Errorf("%s: got %s want %s", expr, got, want)
		}
	}
}

// Nothing that a program does changes the arrays that it was given.
func TestArgumentsAreSafe(t *testing.T) {
	data := []float64{1, 2, 3, 4}
	z := vec.New(data, 2, 2)
	for _, body := range []string{"z[0] = [9, 9]", "z[0, 0] = 9", "z[0] += 1", "z += 1", "z *= 0", "row = z[1]; row += 5", "a = z[:, 0]; a *= 7", "w = z[0:1]; w -= 3"} {
		p, err := script.Load("def f(z):\n    "+body+"\n    return z", script.Hooks{})
		if err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		_, err = p.Call("f", z)
		if assigns := strings.Contains(body, "z[") && strings.HasPrefix(body, "z["); assigns != (err != nil) {
			t.Errorf("%s: got %v", body, err)
		}
		if got, want := fmt.Sprint(data), "[1 2 3 4]"; got != want {
			t.Fatalf("%s: got %s want %s", body, got, want)
		}
	}
}

// Every operation hands derivatives on: reverse mode against central differences, at
// random points.
func TestGradients(t *testing.T) {
	rng := engine.NewRand(3, 1)
	for _, expr := range []string{
		"sum(x + c)", "sum(x - c * x)", "sum(c / x)", "sum(x / (x + c))", "sum(-x)", "sum(x % 0.7)", "sum(2 - x)",
		"sum(exp(x) * c)", "sum(log(x))", "sum(sin(x) * cos(x))", "sum(sqrt(x))", "sum(tanh(x) * x)", "sum(abs(x - 1))",
		"sum(pow(x, 2.5))", "sum(pow(2, x))", "sum(pow(x, c))", "sum(min(x, c))", "max(x)", "min(x) * max(x)", "sum(max(x, 1, c))",
		"sum(where(x > c, x * x, 3 * x))", "sum(where(x > 1, x, c))", "mean(x) * mean(x * x)", "norm(x)", "sum(norm(x, axis=1) * c[:, 0])",
		"sum(pow(sum(x, axis=0), 2))", "sum(mean(x, axis=1) * x[:, 1])", "dot(x[:, 0], c[:, 1])", "sum(dot(x, x.T) * dot(c, c.T))",
		"sum(dot(x, x[0]))", "sum(dot(x[:, 1], c))", "x[0, 1] * x[2, 0]", "x[1][0] * x[-1][1]", "sum(x[1:] * x[:-1])", "sum(x[:, ::-1] * c * x)",
		"sum(x[[2, 0, 2]] * x)", "sum(x[x[:, 0] > 1] * 2)", "sum(x.T * c.T * x.T)", "sum(stack([x[:, 0], x[:, 1] * 2], axis=1) * x)",
		"sum(concat([x, c * x]) * 2)", "sum(vec([[a * b for b in x[0]] for a in x[1]]))", "sum(x[:, 0:1] * x)", "sum(x[:, 0][:, None] * c)",
		"sum([a * a for row in x for a in row])", "float(x[0:1, 0:1]) * 3", "sum([x, x * x]) [0, 0]", "sum(floor(x) * x)", "5.0", "sum(c)",
	} {
		p, err := script.Load("def f(x, c):\n    return "+expr, script.Hooks{})
		if err != nil {
			t.Fatalf("%s: %v", expr, err)
		}
		x, c := make([]float64, 6), make([]float64, 6)
		for i := range x {
			x[i], c[i] = 0.3+2*rng.Float64(), 0.3+2*rng.Float64()
		}
		constant := vec.New(c, 3, 2)
		value, grad, err := p.Gradient("f", 0, vec.New(x, 3, 2), constant)
		if err != nil {
			t.Errorf("%s: %v", expr, err)
			continue
		}
		at := func(x []float64) float64 {
			v, err := p.Call("f", vec.New(x, 3, 2), constant)
			if err != nil {
				t.Fatalf("%s: %v", expr, err)
			}
			f, ok := starlark.AsFloat(v)
			if !ok {
				t.Fatalf("%s: got %v of what is not watched, want a plain number", expr, v)
			}
			return f
		}
		if want := at(x); value != want {
			t.Errorf("%s: got value %v want %v", expr, value, want)
		}
		for i := range x {
			const h = 1e-6
			up, down := append([]float64{}, x...), append([]float64{}, x...)
			up[i], down[i] = up[i]+h, down[i]-h
			want := (at(up) - at(down)) / (2 * h)
			if got := grad.Data()[i]; math.Abs(got-want) > 1e-6*(1+math.Abs(want)) {
				t.Errorf("%s: got derivative %v by entry %d, want %v by differences", expr, got, i, want)
			}
		}
	}
}

func TestGradientOfWhatIsNoNumber(t *testing.T) {
	p, err := script.Load("def f(x):\n    return x * 2", script.Hooks{})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := p.Gradient("f", 0, vec.New([]float64{1, 2}, 2)); err == nil || !strings.Contains(err.Error(), "want one number") {
		t.Errorf("got %v want that a number is wanted", err)
	}
}

// The same seed gives the same numbers; their moments are those of the distribution.
func TestDraws(t *testing.T) {
	draw := func(expr string, seed uint64) []float64 {
		p, err := script.Load("def f(rng):\n    return "+expr, script.Hooks{})
		if err != nil {
			t.Fatal(err)
		}
		v, err := p.Call("f", vec.NewRng(engine.NewRand(seed, 1)))
		if err != nil {
			t.Fatal(err)
		}
		return v.(*vec.Vec).Data()
	}
	for _, c := range []struct {
		expr           string
		mean, variance float64
	}{
		{"rng.uniform(20000)", 0.5, 1. / 12},
		{"rng.normal(10000, 2)", 0, 1},
		{"rng.integers(20000, 5)", 2, 2},
	} {
		a := draw(c.expr, 1)
		if fmt.Sprint(a) != fmt.Sprint(draw(c.expr, 1)) || fmt.Sprint(a) == fmt.Sprint(draw(c.expr, 2)) {
			t.Errorf("%s: got numbers that do not go by the seed", c.expr)
		}
		mean, variance := 0.0, 0.0
		for _, x := range a {
			mean += x / float64(len(a))
		}
		for _, x := range a {
			variance += (x - mean) * (x - mean) / float64(len(a))
		}
		// Six standard deviations of the mean; the seed is fixed.
		if math.Abs(mean-c.mean) > 6*math.Sqrt(c.variance/float64(len(a))) || math.Abs(variance/c.variance-1) > 0.06 {
			t.Errorf("%s: got mean %g, variance %g want %g, %g", c.expr, mean, variance, c.mean, c.variance)
		}
	}
}

func BenchmarkMix(b *testing.B) {
	p, err := script.Load("def f(x0, x1, t):\n    return (1 - t) * x0 + t * x1", script.Hooks{})
	if err != nil {
		b.Fatal(err)
	}
	x, t := vec.New(make([]float64, 512), 256, 2), vec.New(make([]float64, 256), 256, 1)
	for b.Loop() {
		if _, err := p.Call("f", x, x, t); err != nil {
			b.Fatal(err)
		}
	}
}
