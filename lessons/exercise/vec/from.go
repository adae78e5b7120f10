package vec

import (
	"fmt"

	"go.starlark.net/starlark"
)

// From reads a value as an array: a vec, a number, or a list, tuple or range of numbers
// or of rows of equal length.
func From(x starlark.Value) (*Vec, error) {
	switch x := x.(type) {
	case *Vec:
		return x, nil
	case starlark.Bool:
		if x {
			return number(1), nil
		}
		return number(0), nil
	case *starlark.Dict:
		return nil, fmt.Errorf("got a dict where a vec or a number was wanted")
	case starlark.Sequence: // a list, a tuple, a range
		return fromList(x)
	}
	if f, ok := starlark.AsFloat(x); ok {
		return number(f), nil
	}
	return nil, fmt.Errorf("got %s where a vec or a number was wanted%s", kind(x), lostReturn(x))
}

// kind names the type of a value as a learner would.
func kind(x starlark.Value) string {
	switch x.(type) {
	case starlark.NoneType:
		return "None"
	case *starlark.Function, *starlark.Builtin:
		return "the function " + x.(starlark.Callable).Name()
	}
	return "a " + x.Type()
}

// lostReturn is the likely cause of a None or a function among numbers.
func lostReturn(x starlark.Value) string {
	switch x.(type) {
	case starlark.NoneType:
		return ": is a return missing?"
	case starlark.Callable:
		return ": are the parentheses of its call missing?"
	}
	return ""
}

func number(x float64) *Vec { return &Vec{shape: scalar, data: []float64{x}} }

// fromList joins the members of a list: numbers to a vector, rows to a matrix.
func fromList(list starlark.Sequence) (*Vec, error) {
	var parts []*Vec
	for i, it := 0, list.Iterate(); ; i++ {
		var x starlark.Value
		if !it.Next(&x) {
			it.Done()
			break
		}
		p, err := From(x)
		if err != nil {
			it.Done()
			return nil, fmt.Errorf("member %d of a list: %w", i, err)
		}
		parts = append(parts, p)
	}
	return stack(parts)
}

// stack lays equal shapes side by side along a new first axis.
func stack(parts []*Vec) (*Vec, error) {
	if len(parts) == 0 {
		return &Vec{shape: vector(0)}, nil
	}
	first := parts[0].shape
	for i, p := range parts {
		if p.shape != first {
			return nil, fmt.Errorf("members of different shapes cannot be stacked: the first is %v, number %d is %v", first, i, p.shape)
		}
	}
	switch first.axes {
	case 0:
		return join(parts, vector(len(parts)))
	case 1:
		return join(parts, matrix(len(parts), first.cols))
	}
	return nil, fmt.Errorf("a stack of %d members of shape %v would have three axes: a vec has at most two", len(parts), first)
}

// concat puts rows below rows, or numbers after numbers.
func concat(parts []*Vec) (*Vec, error) {
	if len(parts) == 0 {
		return nil, fmt.Errorf("concat of nothing: want a list of at least one vec")
	}
	first, s := parts[0].shape, shape{}
	for i, p := range parts {
		if p.axes == 0 || p.axes != first.axes || p.axes == 2 && p.cols != first.cols {
			return nil, fmt.Errorf("concat of %v and, number %d, %v: want the same number of axes, and of columns", first, i, p.shape)
		}
		s.rows, s.cols = s.rows+p.rows, s.cols+p.cols
	}
	if first.axes == 1 {
		return join(parts, vector(s.cols))
	}
	return join(parts, matrix(s.rows, first.cols))
}
