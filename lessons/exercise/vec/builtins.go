package vec

import (
	"fmt"
	"math"

	"go.starlark.net/starlark"
)

// Builtins are the names that a program finds defined, beside Starlark's own.
var Builtins = starlark.StringDict{"pi": starlark.Float(math.Pi)}

func init() {
	for name, op := range unaries {
		define(name, func(x []*Vec) (*Vec, error) { return each(op, x[0]), nil }, "x")
	}
	define("pow", func(x []*Vec) (*Vec, error) { return pairwise(power, x[0], x[1]) }, "x", "p")
	define("where", func(x []*Vec) (*Vec, error) { return where(x[0], x[1], x[2]) }, "mask", "a", "b")
	define("dot", func(x []*Vec) (*Vec, error) { return dot(x[0], x[1]) }, "a", "b")
	define("zeros_like", func(x []*Vec) (*Vec, error) {
		return &Vec{shape: x[0].shape, data: make([]float64, len(x[0].data))}, nil
	}, "x")
	define("vec", func(x []*Vec) (*Vec, error) { return x[0], nil }, "list")
	define("argmin", func(x []*Vec) (*Vec, error) { return argmin(x[0]) }, "x")
	for name, reduce := range reductions {
		Builtins[name] = starlark.NewBuiltin(name, reduce.call)
	}
	for name, pick := range map[string]*binary{"min": lesser, "max": greater} {
		Builtins[name] = starlark.NewBuiltin(name, extreme(pick))
	}
	Builtins["zeros"] = starlark.NewBuiltin("zeros", filled(0))
	Builtins["ones"] = starlark.NewBuiltin("ones", filled(1))
	Builtins["stack"] = starlark.NewBuiltin("stack", joined(stack))
	Builtins["concat"] = starlark.NewBuiltin("concat", joined(concat))
	Builtins["shape"] = starlark.NewBuiltin("shape", func(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		x, err := operands(b.Name(), args, kwargs, []string{"x"})
		if err != nil {
			return nil, err
		}
		return x[0].shapeTuple(), nil
	})
	Builtins["float"] = starlark.NewBuiltin("float", toFloat)
}

// define adds a function of arrays.
func define(name string, f func([]*Vec) (*Vec, error), params ...string) {
	Builtins[name] = starlark.NewBuiltin(name, func(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		x, err := operands(name, args, kwargs, params)
		if err != nil {
			return nil, err
		}
		out, err := f(x)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return out.value(), nil
	})
}

// operands reads the arguments of a function of arrays.
func operands(name string, args starlark.Tuple, kwargs []starlark.Tuple, params []string) ([]*Vec, error) {
	values := make([]starlark.Value, len(params))
	var pairs []any
	for i, p := range params {
		pairs = append(pairs, p, &values[i])
	}
	if err := starlark.UnpackArgs(name, args, kwargs, pairs...); err != nil {
		return nil, err
	}
	out := make([]*Vec, len(params))
	for i, v := range values {
		x, err := From(v)
		if err != nil {
			return nil, fmt.Errorf("%s: for %s %w", name, params[i], err)
		}
		out[i] = x
	}
	return out, nil
}

// where chooses entry by entry: a where the mask is not 0, else b.
func where(mask, a, b *Vec) (*Vec, error) {
	s, err := broadcast("and", a.shape, b.shape)
	if err == nil {
		s, err = broadcast("under the mask", s, mask.shape)
	}
	if err == nil {
		err = s.check()
	}
	if err != nil {
		return nil, err
	}
	// Two steps, for broadcasting goes by pairs: which of the two, and where.
	m, i, j := mask.places(s), a.places(s), b.places(s)
	out := &Vec{shape: s, data: make([]float64, s.size())}
	for k := range out.data {
		if mask.data[m[k]] != 0 {
			out.data[k] = a.data[i[k]]
		} else {
			out.data[k] = b.data[j[k]]
		}
	}
	return record(out, func(g []float64) {
		da, db := a.into(), b.into()
		for k := range g {
			switch chosen := mask.data[m[k]] != 0; {
			case chosen && da != nil:
				da[i[k]] += g[k]
			case !chosen && db != nil:
				db[j[k]] += g[k]
			}
		}
	}, a, b), nil
}

// places are the places in s of what is seen at each place of the larger shape that
// s is stretched to.
func (s shape) places(to shape) []int {
	at := make([]int, to.size())
	over(to, s, s, func(k, i, _ int) { at[k] = i })
	return at
}

// dot is the product of two vectors, of matrix and vector, or of two matrices.
func dot(a, b *Vec) (*Vec, error) {
	if a.axes == 0 || b.axes == 0 {
		return pairwise(mul, a, b)
	}
	s := shape{a.axes + b.axes - 2, a.rows, b.cols}
	inner, bs := b.rows, b.cols // b counts as inner × b.cols
	if b.axes == 1 {
		inner, bs, s.cols = b.cols, 1, 1
		if a.axes == 2 { // the column that comes out is a vector
			s.rows, s.cols = 1, a.rows
		}
	}
	if a.cols != inner {
		return nil, fmt.Errorf("shapes %v and %v do not meet: %d columns against %d%s", a.shape, b.shape, a.cols, inner,
			": for a product entry by entry write a * b")
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	out := &Vec{shape: s, data: make([]float64, s.size())}
	visit := func(f func(k, i, j int)) {
		for k := range out.data {
			for m := range inner {
				f(k, k/bs*inner+m, m*bs+k%bs)
			}
		}
	}
	visit(func(k, i, j int) { out.data[k] += a.data[i] * b.data[j] })
	return record(out, func(g []float64) {
		da, db := a.into(), b.into()
		visit(func(k, i, j int) {
			if da != nil {
				da[i] += g[k] * b.data[j]
			}
			if db != nil {
				db[j] += g[k] * a.data[i]
			}
		})
	}, a, b), nil
}

// argmin is the place of the least entry of a vector.
func argmin(x *Vec) (*Vec, error) {
	if x.axes != 1 || len(x.data) == 0 {
		return nil, fmt.Errorf("shape %v: want a vec with one axis that is not empty", x.shape)
	}
	best := 0
	for i, v := range x.data {
		if v < x.data[best] {
			best = i
		}
	}
	return number(float64(best)), nil
}

// filled makes arrays of one number: zeros(n), ones(n, k).
func filled(x float64) func(*starlark.Thread, *starlark.Builtin, starlark.Tuple, []starlark.Tuple) (starlark.Value, error) {
	return func(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		s, err := shapeOf(b.Name(), args, kwargs)
		if err != nil {
			return nil, err
		}
		out := &Vec{shape: s, data: make([]float64, s.size())}
		for i := range out.data {
			out.data[i] = x
		}
		return out.value(), nil
	}
}

// shapeOf reads a shape: (), (n), (n, k), or one tuple of them.
func shapeOf(name string, args starlark.Tuple, kwargs []starlark.Tuple) (shape, error) {
	if len(kwargs) > 0 {
		return shape{}, fmt.Errorf("%s: unexpected keyword argument %s: write %s(n) or %s(n, k)", name, kwargs[0][0], name, name)
	}
	if len(args) == 1 {
		if t, ok := args[0].(starlark.Tuple); ok {
			args = t
		}
	}
	var size [2]int
	for i, a := range args {
		n, err := starlark.AsInt32(a)
		if i > 1 || err != nil || n < 0 {
			return shape{}, fmt.Errorf("%s%v: want one or two sizes, whole numbers from 0: %s(n) or %s(n, k)", name, args, name, name)
		}
		size[i] = n
	}
	s := []shape{scalar, vector(size[0]), matrix(size[0], size[1])}[len(args)]
	return s, s.check()
}

// joined makes a function of a list of arrays, along the rows (axis 0) or the
// columns (axis 1).
func joined(join func([]*Vec) (*Vec, error)) func(*starlark.Thread, *starlark.Builtin, starlark.Tuple, []starlark.Tuple) (starlark.Value, error) {
	return func(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		var list starlark.Iterable
		axis := 0
		if err := starlark.UnpackArgs(b.Name(), args, kwargs, "list", &list, "axis?", &axis); err != nil {
			return nil, fmt.Errorf("%w: it is %s([a, b], axis=1)", err, b.Name())
		}
		if axis != 0 && axis != 1 {
			return nil, fmt.Errorf("%s: axis %d: want 0 or 1", b.Name(), axis)
		}
		var parts []*Vec
		it := list.Iterate()
		defer it.Done()
		for x := starlark.Value(nil); it.Next(&x); {
			p, err := From(x)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", b.Name(), err)
			}
			if axis == 1 && b.Name() == "concat" {
				p = p.transpose()
			}
			parts = append(parts, p)
		}
		out, err := join(parts)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", b.Name(), err)
		}
		if axis == 1 {
			out = out.transpose()
		}
		return out, nil
	}
}

// toFloat is float(x), which also takes an array of one entry, watched or not.
func toFloat(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if len(args) == 1 {
		if v, ok := args[0].(*Vec); ok && len(v.data) == 1 {
			return take(v, []int{0}, scalar).value(), nil
		}
	}
	return starlark.Call(thread, starlark.Universe["float"], args, kwargs)
}
