package exercise

import (
	"fmt"
	"math"
	"strings"

	"fmlab/lessons/exercise/sandbox"
	"fmlab/lessons/exercise/vec"
)

// tolerance is how near a number must be to be right, relative above 1.
const tolerance = 1e-9

// near says whether a number is right; nothing is near infinity.
func near(got, want float64) bool {
	return math.Abs(got-want) <= tolerance*(1+math.Abs(want)) && !math.IsInf(want, 0)
}

func allNear(got, want []float64) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range got {
		if !near(got[i], want[i]) {
			return false
		}
	}
	return true
}

// mistake is a wrong answer that people give: what it makes of the arguments A, and
// what to say of it.
type mistake[A any] struct {
	hint  string
	gives func(A) []float64
}

// question is a function with a known answer, asked at several arguments.
type question[A any] struct {
	right    func(A) []float64
	mistakes []mistake[A]
	show     func(a A, entry int) string // the arguments as words, where entry differs
}

// judge compares answers with the right ones. The error names the mistake, if one
// explains all the answers, and the place where they differ most.
func (q question[A]) judge(args []A, got [][]float64) (measured string, err error) {
	worst, wrong := 0.0, ""
	for i, a := range args {
		for k, want := range q.right(a) {
			d := math.Abs(got[i][k] - want)
			if !near(got[i][k], want) && (wrong == "" || d > worst) {
				wrong = fmt.Sprintf("%s: got %.9g, want %.9g", q.show(a, k), got[i][k], want)
			}
			worst = max(worst, d)
		}
	}
	if wrong == "" {
		return fmt.Sprintf("right at %d random arguments, largest difference %.1g", len(args), worst), nil
	}
	for _, m := range q.mistakes {
		fits := true
		for i, a := range args {
			fits = fits && allNear(got[i], m.gives(a))
		}
		if fits {
			return "", fmt.Errorf("%s. %s", m.hint, upper(wrong))
		}
	}
	return "", fmt.Errorf("%s", wrong)
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// array reads a result that should be a vec of these dimensions, all finite.
func array(what string, v any, dims ...int) (*vec.Vec, error) {
	want := vec.New(make([]float64, product(dims)), dims...).Shape()
	x, ok := v.(*vec.Vec)
	switch {
	case !ok:
		return nil, fmt.Errorf("%s is %s: want a vec of shape %s", what, describe(v), want)
	case !x.Is(dims...) && len(dims) == 2 && x.Is(dims[1], dims[0]):
		return nil, fmt.Errorf("%s has shape %s: want %s, points as rows. .T turns it", what, x.Shape(), want)
	case !x.Is(dims...) && len(dims) == 2 && dims[1] == 1 && x.Is(dims[0]):
		return nil, fmt.Errorf("%s has shape %s: want %s, a column, so that it goes with points row by row. t[:, None] makes one", what, x.Shape(), want)
	case !x.Is(dims...):
		return nil, fmt.Errorf("%s has shape %s: want %s", what, x.Shape(), want)
	}
	for i, e := range x.Data() {
		if math.IsNaN(e) || math.IsInf(e, 0) {
			return nil, fmt.Errorf("%s is %g in row %d: want finite numbers", what, e, i/dims[len(dims)-1])
		}
	}
	return x, nil
}

func product(dims []int) int {
	n := 1
	for _, d := range dims {
		n *= d
	}
	return n
}

// number reads a result that should be one finite number.
func number(what string, v any) (float64, error) {
	x, ok := v.(float64)
	if i, whole := v.(int); whole {
		x, ok = float64(i), true
	}
	if !ok {
		return 0, fmt.Errorf("%s is %s: want one number", what, describe(v))
	}
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, fmt.Errorf("%s is %g: want a finite number", what, x)
	}
	return x, nil
}

// parts reads a result that should be a tuple.
func parts(what string, v any, names ...string) ([]any, error) {
	list, ok := v.([]any)
	if !ok || len(list) != len(names) {
		return nil, fmt.Errorf("%s is %s: want (%s), as in  return %s", what, describe(v), strings.Join(names, ", "), strings.Join(names, ", "))
	}
	return list, nil
}

// describe says what a value is.
func describe(v any) string {
	switch v := v.(type) {
	case nil:
		return "None (is a return missing?)"
	case *vec.Vec:
		return "a vec of shape " + v.Shape()
	case []any:
		return fmt.Sprintf("%d values in a tuple or list", len(v))
	case float64, int:
		return fmt.Sprintf("the number %.6v", v)
	case bool:
		return fmt.Sprintf("the truth value %v", v)
	case string:
		return fmt.Sprintf("the text %q", v)
	case sandbox.Other:
		if v.Type == "function" {
			return "the function " + v.Text + " (are the parentheses of its call missing?)"
		}
		return "a " + v.Type
	}
	return fmt.Sprintf("a %T", v)
}
