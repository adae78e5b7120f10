package vec

import (
	"errors"
	"fmt"

	"go.starlark.net/starlark"
)

// take returns the array of these entries of x, by their places in its data. All
// that cuts, turns or gathers is this.
func take(x *Vec, at []int, s shape) *Vec {
	if err := s.check(); err != nil {
		panic(Misuse(err.Error()))
	}
	out := &Vec{shape: s, data: make([]float64, len(at)), mask: x.mask}
	for k, i := range at {
		out.data[k] = x.data[i]
	}
	return record(out, func(g []float64) {
		dx := x.into()
		for k, i := range at {
			dx[i] += g[k]
		}
	}, x)
}

// join returns the array of the entries of all parts, one part after the other.
func join(parts []*Vec, s shape) (*Vec, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	out := &Vec{shape: s, data: make([]float64, 0, s.size())}
	for _, p := range parts {
		out.data = append(out.data, p.data...)
	}
	return record(out, func(g []float64) {
		for _, p := range parts {
			for i := range p.into() {
				p.node.grad[i] += g[i]
			}
			g = g[len(p.data):]
		}
	}, parts...), nil
}

// transpose turns a matrix on its side; what has one axis stays as it is.
func (v *Vec) transpose() *Vec {
	if v.axes < 2 {
		return v
	}
	at := make([]int, 0, len(v.data))
	for c := range v.cols {
		at = append(at, run(c, len(v.data), v.cols)...)
	}
	return take(v, at, matrix(v.cols, v.rows))
}

func all(n int) []int { return run(0, n, 1) }

// run is start, start + step, … before end.
func run(start, end, step int) []int {
	var at []int
	for i := start; step > 0 && i < end || step < 0 && i > end; i += step {
		at = append(at, i)
	}
	return at
}

// pick takes the entries of a matrix where these rows and columns meet.
func (v *Vec) pick(rows, cols []int, s shape) *Vec {
	at := make([]int, 0, len(rows)*len(cols))
	for _, r := range rows {
		for _, c := range cols {
			at = append(at, r*v.cols+c)
		}
	}
	return take(v, at, s)
}

// first is the length of the first axis.
func (v *Vec) first() int {
	if v.axes == 2 {
		return v.rows
	}
	return v.cols
}

// Len implements [starlark.Sequence]: the length of the first axis.
func (v *Vec) Len() int { return v.first() }

// Index implements [starlark.Indexable]: row i, or number i.
func (v *Vec) Index(i int) starlark.Value {
	if v.axes < 2 {
		if v.node == nil {
			return starlark.Float(v.data[i])
		}
		return take(v, []int{i}, scalar)
	}
	if v.node == nil {
		from, to := i*v.cols, (i+1)*v.cols
		return &Vec{shape: vector(v.cols), data: v.data[from:to:to], mask: v.mask}
	}
	return take(v, run(i*v.cols, (i+1)*v.cols, 1), vector(v.cols))
}

// Slice implements [starlark.Sliceable]: z[start:end:step] along the first axis.
func (v *Vec) Slice(start, end, step int) starlark.Value { return v.rowsAt(run(start, end, step)) }

// rowsAt gathers rows, or numbers.
func (v *Vec) rowsAt(at []int) *Vec {
	if v.axes < 2 {
		return take(v, at, vector(len(at)))
	}
	return v.pick(at, all(v.cols), matrix(len(at), v.cols))
}

// Iterate implements [starlark.Iterable], row by row.
func (v *Vec) Iterate() starlark.Iterator { return &iterator{v: v} }

type iterator struct {
	v *Vec
	i int
}

func (it *iterator) Next(p *starlark.Value) bool {
	if it.v.axes == 0 || it.i == it.v.first() {
		return false
	}
	*p = it.v.Index(it.i)
	it.i++
	return true
}

func (it *iterator) Done() {}

// Span is start:end:step between commas, as in z[:, 0:2]; None stands for what is
// left out.
type Span struct{ Start, End, Step starlark.Value }

// MakeSpan is the function span(start, end, step) behind that notation.
func MakeSpan(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	s := &Span{Step: starlark.None}
	err := starlark.UnpackPositionalArgs(b.Name(), args, kwargs, 2, &s.Start, &s.End, &s.Step)
	return s, err
}

// String implements [starlark.Value].
func (*Span) String() string { return "span" }

// Type implements [starlark.Value].
func (*Span) Type() string { return "span" }

// Freeze implements [starlark.Value].
func (*Span) Freeze() {}

// Truth implements [starlark.Value].
func (*Span) Truth() starlark.Bool { return true }

// Hash implements [starlark.Value].
func (*Span) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable: span") }

// Get implements [starlark.Mapping], z[key]: a number, (row, column), spans, None
// for a new axis, a list or vec of whole numbers, or a mask.
func (v *Vec) Get(key starlark.Value) (starlark.Value, bool, error) {
	out, err := v.get(key)
	return out, true, err
}

func (v *Vec) get(key starlark.Value) (starlark.Value, error) {
	if v.axes == 0 {
		return nil, fmt.Errorf("a number has no index")
	}
	pair, ok := key.(starlark.Tuple)
	if x, fast := v.entry(pair); fast {
		return x, nil
	}
	if !ok {
		at, one, err := selection(key, v.first(), "rows")
		if err != nil {
			return nil, err
		}
		if one {
			return v.Index(at[0]), nil
		}
		return v.rowsAt(at), nil
	}
	if len(pair) != 2 {
		return nil, fmt.Errorf("an index with %d parts: a vec has at most two axes", len(pair))
	}
	if v.axes == 1 {
		return v.newAxis(pair)
	}
	rows, oneRow, err := selection(pair[0], v.rows, "rows")
	if err != nil {
		return nil, err
	}
	cols, oneCol, err := selection(pair[1], v.cols, "columns")
	if err != nil {
		return nil, err
	}
	s := matrix(len(rows), len(cols))
	switch {
	case oneRow && oneCol:
		s = scalar
	case oneRow:
		s = vector(len(cols))
	case oneCol:
		s = vector(len(rows))
	}
	return v.pick(rows, cols, s).value(), nil
}

// entry is v[i, j] of two numbers within the array, without the detours.
func (v *Vec) entry(pair starlark.Tuple) (starlark.Value, bool) {
	if len(pair) != 2 || v.axes != 2 || v.node != nil {
		return nil, false
	}
	i, errI := starlark.AsInt32(pair[0])
	j, errJ := starlark.AsInt32(pair[1])
	if errI != nil || errJ != nil || i < 0 || j < 0 || i >= v.rows || j >= v.cols {
		return nil, false
	}
	return starlark.Float(v.data[i*v.cols+j]), true
}

// newAxis is t[:, None], a column, and t[None, :], a row.
func (v *Vec) newAxis(pair starlark.Tuple) (starlark.Value, error) {
	for i, s := range []shape{matrix(1, v.cols), matrix(v.cols, 1)} {
		span, ok := pair[1-i].(*Span)
		if pair[i] == starlark.None && ok && span.whole() {
			return take(v, all(v.cols), s), nil
		}
	}
	return nil, fmt.Errorf("two indices for a vec of shape %v: want one, or [:, None] to make a column of it", v.shape)
}

func (s *Span) whole() bool {
	return s.Start == starlark.None && s.End == starlark.None && s.Step == starlark.None
}

// selection reads an index along an axis of length n: which places, and whether it
// names a single one.
func selection(key starlark.Value, n int, what string) (at []int, one bool, err error) {
	switch key := key.(type) {
	case starlark.Int:
		i, err := place(key, n, what)
		return []int{i}, true, err
	case *Span:
		at, err := key.places(n)
		return at, false, err
	case *Vec, *starlark.List:
		at, err := gather(key, n, what)
		return at, false, err
	case starlark.Float:
		return nil, false, fmt.Errorf("index %v is not a whole number: int(x) makes one", key)
	case starlark.NoneType:
		return nil, false, fmt.Errorf("t[:, None] makes a new axis, and only of a vec with one axis")
	}
	return nil, false, fmt.Errorf("%s cannot be an index", kind(key))
}

// place reads one index; a negative one counts from the end.
func place(key starlark.Int, n int, what string) (int, error) {
	i, err := starlark.AsInt32(key)
	if err != nil || i < -n || i >= n {
		return 0, fmt.Errorf("index %v is out of range: there are %d %s", key, n, what)
	}
	if i < 0 {
		i += n
	}
	return i, nil
}

// gather reads a mask as the places where it is 1, and other numbers as places.
func gather(key starlark.Value, n int, what string) ([]int, error) {
	v, err := From(key)
	if err != nil {
		return nil, err
	}
	if v.axes != 1 {
		return nil, fmt.Errorf("an index of shape %v: want a list or a vec with one axis", v.shape)
	}
	if v.mask && len(v.data) != n {
		return nil, fmt.Errorf("a mask of %d for %d %s", len(v.data), n, what)
	}
	at := []int{}
	for i, x := range v.data {
		switch {
		case v.mask && x != 0:
			at = append(at, i)
		case v.mask:
		case x != float64(int(x)):
			return nil, fmt.Errorf("index %g is not a whole number", x)
		default:
			k, err := place(starlark.MakeInt(int(x)), n, what)
			if err != nil {
				return nil, err
			}
			at = append(at, k)
		}
	}
	return at, nil
}

// places reads a span as Python does: clipped to the axis.
func (s *Span) places(n int) ([]int, error) {
	step, err := s.part(s.Step, 1)
	if err != nil || step == 0 {
		return nil, fmt.Errorf("step %v of a slice: want a whole number other than 0", s.Step)
	}
	low, high := 0, n // where start and end may stand
	first, last := low, high
	if step < 0 {
		low, high = -1, n-1
		first, last = high, low
	}
	start, errS := s.clip(s.Start, n, first, low, high)
	end, errE := s.clip(s.End, n, last, low, high)
	return run(start, end, step), errors.Join(errS, errE)
}

// clip reads an end of a span of n; a negative one counts from the end.
func (s *Span) clip(x starlark.Value, n, none, low, high int) (int, error) {
	if x == starlark.None {
		return none, nil
	}
	i, err := s.part(x, none)
	if i < 0 {
		i += n
	}
	return max(low, min(high, i)), err
}

func (s *Span) part(x starlark.Value, none int) (int, error) {
	if x == starlark.None {
		return none, nil
	}
	i, err := starlark.AsInt32(x)
	if err != nil {
		return 0, fmt.Errorf("%v in a slice: want a whole number", x)
	}
	return i, nil
}

// SetKey implements [starlark.HasSetKey] to say why z[i] = x is refused.
func (v *Vec) SetKey(_, _ starlark.Value) error {
	return fmt.Errorf("a vec cannot be changed in place: make a new one, as in z + d, where(mask, a, b) or stack([x, y], axis=1)")
}

var (
	_ starlark.HasBinary = (*Vec)(nil)
	_ starlark.HasUnary  = (*Vec)(nil)
	_ starlark.Sliceable = (*Vec)(nil)
	_ starlark.Sequence  = (*Vec)(nil)
	_ starlark.HasSetKey = (*Vec)(nil)
	_ starlark.HasAttrs  = (*Vec)(nil)
)
