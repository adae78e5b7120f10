package script

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"go.starlark.net/starlark"

	"fmlab/lessons/exercise/vec"
)

func ExampleLoad() {
	p, err := Load("def middle(a, b):\n    return (a + b) / 2", Hooks{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.Call("middle", vec.New([]float64{0, 2, 4}, 3), starlark.MakeInt(10)))
	_, err = Load("def square(x):\n    return x ** 2", Hooks{})
	fmt.Println(err)
	// Output:
	// vec([5, 6, 7]) <nil>
	// line 2:14: got '**', want newline: there is no ** here: write pow(x, 2), or x * x
}

// What people write out of habit is refused where it stands, with the cure.
func TestHabits(t *testing.T) {
	for body, want := range map[string]string{
		"x = z ** 2":                      "2:11: got '**', want newline: there is no ** here",
		"return (z - 1)**2":               "there is no ** here",
		"import numpy":                    "2:5: got import",
		"from math import sin":            "nothing is imported here",
		`print(f"t = {z}")`:               "there are no f-strings here",
		"assert z":                        "write  if not x: fail",
		"try:\n        pass":              "there is no try",
		"raise ValueError":                "there is no try",
		"class A:\n        pass":          "functions are enough",
		"global a":                        "not known here",
		"if z is None:\n        pass":     "write ==",
		"x = z @ z":                       "dot(a, b)",
		"if 0 < z < 1:\n        pass":     "comparisons do not chain here",
		"if z\n        pass":              "is the : at the end of the line missing?",
		"for i in range(3)\n        pass": "is the : at the end of the line missing?",
		"x = z++\n":                       "write  i += 1",
		"if z && z:\n        pass":        "write and, or, not",
		"x: float = 1":                    "leave the type out",
		"else if z:\n        pass":        "write elif",
		"(x := 1)":                        "assign on a line of its own",
		"x = z > 0 ? 1 : 2":               "a choice is written",
		"print z":                         "write print(x)",
		"return np.exp(z)":                "2:12: undefined: np: there is no numpy here",
		"return torch.exp(z)":             "there is no torch here",
		"return math.sin(z)":              "there is no module math here",
		"return square(z)":                "write x * x",
		"return zz":                       "undefined: zz",
		"return z + exp":                  "are the parentheses of a call missing",
		"return 1.0 / 0":                  "floating-point division by zero",
		"return f(z)":                     "called recursively: use a loop",
		"for i in 3:\n        pass":       "range(n) counts to n",
		"return None * 2.0":               "is a return missing",
		"load('x.star', 'y')":             "load",
		"open('/etc/passwd')":             "undefined: open",
		"x = 1\n        y = 2":            "line 3:9: this line stands further in",
		"return '**' + (":                 "want primary expression",
	} {
		p, err := Load("def f(z):\n    "+body+"\n", Hooks{})
		if err == nil {
			_, err = p.Call("f", starlark.Float(1))
		}
		var wrong *Error
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v want %q", body, err, want)
		}
	}
	_, err := Load("def f(z: float, t) -> float:\n    return z", Hooks{})
	if err == nil || !strings.Contains(err.Error(), "leave the types out") {
		t.Errorf("got %v want that types are left out", err)
	}
	// A word in a string or a comment is nobody's habit.
	if _, err := Load("def f(z):\n    # a ** b, import\n    return '**' 'import' +", Hooks{}); err == nil || strings.Contains(err.Error(), "there is no **") {
		t.Errorf("got %v", err)
	}
}

// Slices between commas become calls, lines stay lines, and columns are those of the
// source.
func TestSpans(t *testing.T) {
	for source, want := range map[string]string{
		"z[:, 0]":                  "z[span(None,None), 0]",
		"z[1:, :-1]":               "z[span(1,None),span(None ,-1)]",
		"z[a:b:2, :]":              "z[span(a,b,2),span(None ,None)]",
		"z[::2, 0]":                "z[span(None,None,2), 0]",
		"z[q[:, 0]:3, 1]":          "z[span(q[span(None,None), 0],3), 1]",
		"z[1:3]":                   "z[1:3]",
		"{1: 2, 3: 4}[1]":          "{1: 2, 3: 4}[1]",
		"[lambda x: x, 1]":         "[lambda x: x, 1]",
		"f(x, [1, 2])[:, 0]":       "f(x, [1, 2])[span(None,None), 0]",
		"'[:, 0]' # z[:, 0]":       "'[:, 0]' # z[:, 0]",
		`"""[:, 0]` + "\n" + `"""`: `"""[:, 0]` + "\n" + `"""`,
		`'\'[:, 0]'`:               `'\'[:, 0]'`,
		"z[\n:, 0]":                "z[span(None\n,None), 0]",
		"z]:, 0]":                  "z]:, 0]",
		"z[:, 0":                   "z[:, 0",
		"α[:, β]":                  "α[span(None,None), β]",
	} {
		got, cols := spans(source)
		if got != want {
			t.Errorf("%q: got %q want %q", source, got, want)
		}
		// Every rune that was kept is where its column says.
		lines, kept := strings.Split(source, "\n"), strings.Split(got, "\n")
		if len(lines) != len(kept) {
			t.Fatalf("%q: got %d lines want %d", source, len(kept), len(lines))
		}
		for i := range kept {
			runes := []rune(kept[i])
			from := []rune(lines[i] + "\n")
			matched := 0
			for k, r := range runes {
				at := cols.original(i+1, k+1)
				if at < 1 || at > len(from) {
					t.Fatalf("%q: column %d of line %d is said to be from column %d", source, k+1, i+1, at)
				}
				if from[at-1] == r || from[at-1] == ':' && r == ',' {
					matched++
				}
			}
			if matched < len(from)-1 {
				t.Errorf("%q: line %d: %d runes are at the column said, want at least %d", source, i+1, matched, len(from)-1)
			}
		}
	}
}

func TestColumnsOfErrors(t *testing.T) {
	p, err := Load("def f(z):\n    return z[:, 0] + z[:, 0:1] + nothing(z[:, 1])\n\ndef nothing(x):\n    return x[:, 0] * x[7]\n", Hooks{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Call("f", vec.New([]float64{1, 2}, 1, 2))
	if want := "line 5:13: two indices"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v want %q", err, want)
	}
	_, err = Load("def f(z):\n    return z[:, 0] + zz", Hooks{})
	if want := "line 2:22: undefined: zz"; err == nil || err.Error() != want {
		t.Errorf("got %v want %q", err, want)
	}
}

// Comparisons of arrays make masks wherever an expression may stand.
func TestComparisonsEverywhere(t *testing.T) {
	program := `
def f(z, more=[1 > 0]):
    a = z > 1
    b = [z > 1, (z < 2)][0]
    c = {"k": z > 1}["k"]
    d = where(z > 1, z == z, z != z)
    e = [q > 1 for q in z if q > 1]
    g = (lambda x: x > 1)(z)
    h = (z if 1 < 2 else z) * (z > 1)
    i = -(z > 1)
    j = z[z > 1]
    while len(j) > 1:
        j = j[1:]
    for k in [m for m in range(3) if m >= 2]:
        j = j + k
    if j[0] <= 10 and not j[0] < 0:
        return [a, b, c, d, e, g, h, i, j, sum(z > 1), more]
`
	p, err := Load(program, Hooks{})
	if err != nil {
		t.Fatal(err)
	}
	v, err := p.Call("f", vec.New([]float64{1, 2, 3}, 3))
	want := "[vec([0, 1, 1]), vec([0, 1, 1]), vec([0, 1, 1]), vec([0, 1, 1]), [True, True], vec([0, 1, 1]), vec([0, 2, 3]), vec([-0, -1, -1]), vec([5]), 2.0, [True]]"
	if err != nil || v.String() != want {
		t.Errorf("got %v (%v) want %s", v, err, want)
	}
}

func TestArguments(t *testing.T) {
	p, err := Load("def f(a, b, c=1):\n    return a\n\ndef g(*all):\n    return len(all)\n\nh = 3", Hooks{})
	if err != nil {
		t.Fatal(err)
	}
	one := starlark.MakeInt(1)
	for _, c := range []struct {
		name string
		n    int
		want string
	}{{"f", 1, "line 1: f takes 3 arguments, and is called with 1"}, {"f", 2, ""}, {"f", 3, ""}, {"f", 4, "is called with 4"},
		{"g", 0, ""}, {"g", 5, ""}, {"h", 0, "there is no function h"}, {"k", 0, "there is no function k"}} {
		var args []starlark.Value
		for range c.n {
			args = append(args, one)
		}
		_, err := p.Call(c.name, args...)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s with %d: got %v want %q", c.name, c.n, err, c.want)
		}
	}
	if got := fmt.Sprint(p.Functions()); got != "[f g]" {
		t.Errorf("got functions %s want [f g]", got)
	}
}

// The line told is that of the run, never more than 2 % of the steps behind; steps are
// bounded; what is printed arrives.
func TestHooks(t *testing.T) {
	var lines []int
	var text string
	p, err := Load("def f(n):\n    for i in range(n):\n        x = i * 2\n    print(n)\n    y = sqrt(n)\n    return y", Hooks{
		Line: func(line int) { lines = append(lines, line) }, Print: func(s string) { text += s }, Steps: 100_000,
	})
	if err != nil {
		t.Fatal(err)
	}
	lines = nil
	if _, err := p.Call("f", starlark.MakeInt(2)); err != nil || text != "2" {
		t.Fatalf("got %q (%v) want 2", text, err)
	}
	if got := fmt.Sprint(lines); !strings.HasSuffix(got, "4 5]") && !strings.HasSuffix(got, "4 5 6]") || lines[0] > 2 {
		t.Errorf("got lines %s want the way from 1 to 5", got)
	}
	_, err = p.Call("f", starlark.MakeInt(1_000_000))
	if err == nil || !strings.Contains(err.Error(), TooManySteps) {
		t.Errorf("got %v want %q", err, TooManySteps)
	}
	if _, err := p.Call("f", starlark.MakeInt(3)); err != nil {
		t.Errorf("got %v after a limit, want that the program can be called again", err)
	}
}

// An array where a truth value is needed is refused at its line.
func TestTruthOfAnArray(t *testing.T) {
	p, err := Load("def f(z):\n    x = 1\n    if z > 0:\n        x = 2\n    return x", Hooks{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Call("f", vec.New([]float64{1, 2}, 2))
	if want := "line 3: a vec of shape (2,) is neither true nor false"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v want %q", err, want)
	}
	if v, err := p.Call("f", vec.New([]float64{1}, 1)); err != nil || v.String() != "2" {
		t.Errorf("got %v (%v) want 2", v, err)
	}
}

// Whatever the source is, loading ends with a program or an error at a place.
func FuzzLoad(f *testing.F) {
	for _, s := range []string{"", "def f(z):\n  return z[:, 0]", "[[[[", "x = [1:2, 3]", "'", "\"\"\"", "a[:,:,:]", "\x00\xff", "if 1 < 2:\n  x = 3", "lambda: [x:y, lambda a: a]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		_, err := Load(source, Hooks{Steps: 10_000})
		var wrong *Error
		if err != nil && !errors.As(err, &wrong) {
			t.Errorf("got %v of %q want an error with a place", err, source)
		}
	})
}
