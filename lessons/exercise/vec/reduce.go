package vec

import (
	"fmt"
	"math"

	"go.starlark.net/starlark"
)

// reduction folds an array to one number, or along an axis.
type reduction func(x *Vec, axis axis) (*Vec, error)

// axis is the one that a reduction makes go away: 0 the rows, 1 the columns.
type axis int

const whole axis = -1 // both

var reductions = map[string]reduction{
	"sum": sum,
	"mean": func(x *Vec, a axis) (*Vec, error) {
		s, err := sum(x, a)
		if err != nil {
			return nil, err
		}
		if len(x.data) == 0 {
			return nil, fmt.Errorf("the mean of nothing")
		}
		return pairwise(mul, s, number(float64(len(s.data))/float64(len(x.data))))
	},
	"norm": func(x *Vec, a axis) (*Vec, error) {
		square, err := pairwise(mul, x, x)
		if err != nil {
			return nil, err
		}
		s, err := sum(square, a)
		if err != nil {
			return nil, err
		}
		return each(unaries["sqrt"], s), nil
	},
}

// sum adds up an array. Without an axis, in pairs: an error of log n roundings
// instead of n.
func sum(x *Vec, a axis) (*Vec, error) {
	s, into := scalar, func(int) int { return 0 }
	switch {
	case a == whole:
		out := number(pairSum(x.data))
		return record(out, func(g []float64) {
			dx := x.into()
			for i := range dx {
				dx[i] += g[0]
			}
		}, x), nil
	case int(a) >= x.axes || a < 0:
		return nil, fmt.Errorf("axis %d of shape %v: want an axis there is, counted from 0", a, x.shape)
	case x.axes == 2 && a == 0:
		s, into = vector(x.cols), func(i int) int { return i % x.cols }
	case x.axes == 2:
		s, into = vector(x.rows), func(i int) int { return i / x.cols }
	}
	out := &Vec{shape: s, data: make([]float64, s.size())}
	for i, v := range x.data {
		out.data[into(i)] += v
	}
	return record(out, func(g []float64) {
		dx := x.into()
		for i := range dx {
			dx[i] += g[into(i)]
		}
	}, x), nil
}

func pairSum(x []float64) (total float64) {
	if len(x) > 128 {
		half := len(x) / 2
		return pairSum(x[:half]) + pairSum(x[half:])
	}
	for _, v := range x {
		total += v
	}
	return total
}

// call is the reduction as a program sees it: sum(x), sum(x, axis=1). A sum over a
// list of arrays adds them, as Python does.
func (r reduction) call(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var value, at starlark.Value
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, "x", &value, "axis??", &at); err != nil {
		return nil, err
	}
	if list, ok := value.(starlark.Sequence); ok && b.Name() == "sum" && at == nil && holdsVec(list) {
		return added(list)
	}
	x, err := From(value)
	a := whole
	if err == nil && at != nil {
		var i int
		i, err = starlark.AsInt32(at)
		a = axis(i)
		if i < 0 && err == nil {
			a = axis(i + x.axes)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", b.Name(), err)
	}
	out, err := r(x, a)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", b.Name(), err)
	}
	return out.value(), nil
}

// holdsVec says whether a list begins with an array that has an axis.
func holdsVec(list starlark.Sequence) bool {
	if _, isVec := list.(*Vec); isVec || list.Len() == 0 {
		return false
	}
	it := list.Iterate()
	defer it.Done()
	var x starlark.Value
	it.Next(&x)
	v, ok := x.(*Vec)
	return ok && v.axes > 0
}

// added is the sum of the arrays of a list.
func added(list starlark.Sequence) (starlark.Value, error) {
	total := number(0)
	it := list.Iterate()
	defer it.Done()
	for x := starlark.Value(nil); it.Next(&x); {
		v, err := From(x)
		if err == nil {
			total, err = pairwise(add, total, v)
		}
		if err != nil {
			return nil, fmt.Errorf("sum: %w", err)
		}
	}
	return total.value(), nil
}

// extreme is min or max: of one array its extreme entry, of several arrays or
// numbers the extreme of each entry, else what Starlark's own says.
func extreme(pick *binary) func(*starlark.Thread, *starlark.Builtin, starlark.Tuple, []starlark.Tuple) (starlark.Value, error) {
	return func(thread *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		any := false
		for _, a := range args {
			_, isVec := a.(*Vec)
			any = any || isVec
		}
		if !any || len(kwargs) > 0 {
			return starlark.Call(thread, starlark.Universe[b.Name()], args, kwargs)
		}
		x, err := From(args[0])
		if err == nil && len(args) == 1 {
			return result(extremeEntry(pick, x))
		}
		for _, a := range args[1:] {
			var y *Vec
			if err == nil {
				y, err = From(a)
			}
			if err == nil {
				x, err = pairwise(pick, x, y)
			}
		}
		return result(x, err)
	}
}

func extremeEntry(pick *binary, x *Vec) (*Vec, error) {
	if len(x.data) == 0 {
		return nil, fmt.Errorf("%s of an empty vec", pick.name)
	}
	best := 0
	for i, v := range x.data {
		if math.IsNaN(v) || pick.f(v, x.data[best]) != x.data[best] {
			best = i
		}
	}
	return take(x, []int{best}, scalar), nil
}
