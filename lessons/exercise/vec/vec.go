// Package vec is the array of the exercises: a Starlark value of float64s with
// none, one or two axes, and the functions on it that a learner knows from numpy.
//
// Shapes broadcast as numpy's do, from the last axis back: (n, 2) goes with
// (n, 2), (n, 1), (1, 2), (2,) and a number. What does not fit is refused with both
// shapes and the likely cure.
//
// A Vec never changes. Assigning to a part of one is an error, and every function
// returns a new one, so that no code can spoil the arrays it was given.
//
// [Gradient] runs a function on a vec that is watched (tape.go) and returns the
// derivative of the result by it: a loss written by a learner trains a network.
package vec

import (
	"fmt"
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

// MaxLen bounds the number of entries of a Vec.
const MaxLen = 4 << 20

// Vec is an array. It is immutable; its entries are shared, not copied, by what is
// cut out of it in one piece.
type Vec struct {
	shape
	data []float64
	mask bool  // made by a comparison: 0 and 1
	node *node // nil unless it is watched
}

// shape is the size of an array of axes 0 (a number), 1 (cols,) or 2 (rows, cols).
// An axis that is not there has size 1, so that shapes align at the last axis.
type shape struct{ axes, rows, cols int }

var scalar = shape{0, 1, 1}

func vector(n int) shape       { return shape{1, 1, n} }
func matrix(rows, n int) shape { return shape{2, rows, n} }

func (s shape) size() int { return s.rows * s.cols }

// dims are the sizes of the axes there are.
func (s shape) dims() []int { return []int{s.rows, s.cols}[2-s.axes:] }

func (s shape) String() string {
	switch s.axes {
	case 0:
		return "()"
	case 1:
		return fmt.Sprintf("(%d,)", s.cols)
	}
	return fmt.Sprintf("(%d, %d)", s.rows, s.cols)
}

// New returns an array of one or two dimensions with these entries, row by row.
// It keeps data, which must not change any more. It panics if the sizes do not fit.
func New(data []float64, dims ...int) *Vec {
	var s shape
	switch len(dims) {
	case 1:
		s = vector(dims[0])
	case 2:
		s = matrix(dims[0], dims[1])
	default:
		panic(fmt.Sprintf("vec: dimensions %v: want one or two", dims))
	}
	if min(s.rows, s.cols) < 0 || s.size() != len(data) {
		panic(fmt.Sprintf("vec: %d entries for shape %v", len(data), s))
	}
	return &Vec{shape: s, data: data}
}

// Dims returns the sizes of the axes: (n,), (n, k), or none for a number.
func (v *Vec) Dims() []int { return v.dims() }

// Is says whether the array has these dimensions.
func (v *Vec) Is(dims ...int) bool { return slices.Equal(v.dims(), dims) }

// Shape returns the dimensions as Python prints them: (256, 2).
func (v *Vec) Shape() string { return v.shape.String() }

// Data returns the entries, row by row. They must not be changed.
func (v *Vec) Data() []float64 { return v.data }

// check says whether an array of this shape may be made.
func (s shape) check() error {
	if s.rows > 0 && s.cols > MaxLen/s.rows {
		return fmt.Errorf("a vec of shape %v is too large: want at most %d entries", s, MaxLen)
	}
	return nil
}

// value is the array as a program sees it: what has no axis and is not watched is
// a plain number.
func (v *Vec) value() starlark.Value {
	if v.axes == 0 && v.node == nil && !v.mask {
		return starlark.Float(v.data[0])
	}
	return v
}

// String prints an array as it could be typed, long ones shortened.
func (v *Vec) String() string {
	const most = 8
	row := func(d []float64) string {
		var parts []string
		for i, x := range d {
			if i == most {
				parts = append(parts, fmt.Sprintf("… %d more", len(d)-most))
				break
			}
			parts = append(parts, fmt.Sprintf("%.6g", x))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	if v.axes < 2 {
		if v.axes == 0 {
			return fmt.Sprintf("%.6g", v.data[0])
		}
		return "vec(" + row(v.data) + ")"
	}
	var rows []string
	for i := range v.rows {
		if i == most {
			rows = append(rows, fmt.Sprintf("… %d more", v.rows-most))
			break
		}
		rows = append(rows, row(v.data[i*v.cols:(i+1)*v.cols]))
	}
	return "vec([" + strings.Join(rows, ", ") + "])"
}

// Type implements [starlark.Value].
func (v *Vec) Type() string { return "vec" }

// Freeze implements [starlark.Value]: a Vec never changes.
func (v *Vec) Freeze() {}

// Hash implements [starlark.Value].
func (v *Vec) Hash() (uint32, error) {
	return 0, fmt.Errorf("a vec cannot be a key of a dict or a member of a set")
}

// Misuse is what methods panic with that Starlark gives no way to return an error.
type Misuse string

// Truth implements [starlark.Value]: a single entry is true unless it is 0. It
// panics with a [Misuse] for any other array, since an if has no single answer then.
func (v *Vec) Truth() starlark.Bool {
	if len(v.data) != 1 {
		panic(Misuse(fmt.Sprintf("a vec of shape %v is neither true nor false: where(mask, a, b) chooses entry by entry", v.shape)))
	}
	return v.data[0] != 0
}

// members are the fields of an array; what people look for in vain has a cure.
var members = []string{"T", "shape"}

// AttrNames implements [starlark.HasAttrs].
func (v *Vec) AttrNames() []string { return members }

// Attr implements [starlark.HasAttrs].
func (v *Vec) Attr(name string) (starlark.Value, error) {
	switch name {
	case "shape":
		return v.shapeTuple(), nil
	case "T":
		return v.transpose().value(), nil
	}
	if _, ok := Builtins[name]; ok {
		return nil, starlark.NoSuchAttrError(fmt.Sprintf("a vec has no .%s(): write %s(z)", name, name))
	}
	return nil, starlark.NoSuchAttrError(fmt.Sprintf("a vec has no .%s: it has .shape and .T", name))
}

func (v *Vec) shapeTuple() starlark.Tuple {
	t := starlark.Tuple{}
	for _, d := range v.dims() {
		t = append(t, starlark.MakeInt(d))
	}
	return t
}
