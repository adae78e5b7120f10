package vec

import (
	"fmt"
	"math"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// unary is a function of one number with its derivative; y is f(x).
type unary struct {
	f  func(x float64) float64
	df func(x, y float64) float64
}

var unaries = map[string]unary{
	"exp":   {math.Exp, func(_, y float64) float64 { return y }},
	"log":   {math.Log, func(x, _ float64) float64 { return 1 / x }},
	"sin":   {math.Sin, func(x, _ float64) float64 { return math.Cos(x) }},
	"cos":   {math.Cos, func(x, _ float64) float64 { return -math.Sin(x) }},
	"sqrt":  {math.Sqrt, func(_, y float64) float64 { return 0.5 / y }},
	"tanh":  {math.Tanh, func(_, y float64) float64 { return 1 - y*y }},
	"abs":   {math.Abs, func(x, _ float64) float64 { return sign(x) }},
	"floor": {math.Floor, func(_, _ float64) float64 { return 0 }},
}

func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// each applies a function to every entry.
func each(op unary, x *Vec) *Vec {
	out := &Vec{shape: x.shape, data: make([]float64, len(x.data))}
	for i, v := range x.data {
		out.data[i] = op.f(v)
	}
	return record(out, func(g []float64) {
		dx := x.into()
		for i, v := range x.data {
			dx[i] += g[i] * op.df(v, out.data[i])
		}
	}, x)
}

// binary is a function of two numbers with its derivatives by both; nil is 0.
type binary struct {
	name   string
	f      func(x, y float64) float64
	dx, dy func(x, y float64) float64
	row    func(dst, x, y []float64, dx, dy int) // the quick way to apply f along a row, or nil
	mask   bool                                  // the result is a mask
}

var (
	add = &binary{name: "+", f: func(x, y float64) float64 { return x + y }, dx: one, dy: one, row: addRow}
	sub = &binary{name: "-", f: func(x, y float64) float64 { return x - y }, dx: one, dy: func(_, _ float64) float64 { return -1 }, row: subRow}
	mul = &binary{name: "*", f: func(x, y float64) float64 { return x * y }, row: mulRow,
		dx: func(_, y float64) float64 { return y }, dy: func(x, _ float64) float64 { return x }}
	div = &binary{name: "/", f: func(x, y float64) float64 { return x / y }, row: divRow,
		dx: func(_, y float64) float64 { return 1 / y }, dy: func(x, y float64) float64 { return -x / (y * y) }}
	floorDiv = &binary{name: "//", f: func(x, y float64) float64 { return math.Floor(x / y) }}
	modulo   = &binary{name: "%", f: func(x, y float64) float64 { return x - y*math.Floor(x/y) },
		dx: one, dy: func(x, y float64) float64 { return -math.Floor(x / y) }}
	power = &binary{name: "pow", f: math.Pow,
		dx: func(x, y float64) float64 { return y * math.Pow(x, y-1) },
		dy: func(x, y float64) float64 { return math.Pow(x, y) * math.Log(x) }}
	lesser = &binary{name: "min", f: math.Min,
		dx: func(x, y float64) float64 { return truth(x <= y) }, dy: func(x, y float64) float64 { return truth(y < x) }}
	greater = &binary{name: "max", f: math.Max,
		dx: func(x, y float64) float64 { return truth(x >= y) }, dy: func(x, y float64) float64 { return truth(y > x) }}
)

func one(_, _ float64) float64 { return 1 }

func addRow(dst, x, y []float64, dx, dy int) {
	for k := range dst {
		dst[k] = x[k*dx] + y[k*dy]
	}
}

func subRow(dst, x, y []float64, dx, dy int) {
	for k := range dst {
		dst[k] = x[k*dx] - y[k*dy]
	}
}

func mulRow(dst, x, y []float64, dx, dy int) {
	for k := range dst {
		dst[k] = x[k*dx] * y[k*dy]
	}
}

func divRow(dst, x, y []float64, dx, dy int) {
	for k := range dst {
		dst[k] = x[k*dx] / y[k*dy]
	}
}

// apply writes f of the entries of x and y, stretched to s, to dst.
func (op *binary) apply(dst []float64, s shape, x, y *Vec) {
	if op.row == nil {
		over(s, x.shape, y.shape, func(k, i, j int) { dst[k] = op.f(x.data[i], y.data[j]) })
		return
	}
	xr, xc := x.stride()
	yr, yc := y.stride()
	if n := len(dst); (len(x.data) == 1 || len(x.data) == n) && (len(y.data) == 1 || len(y.data) == n) {
		op.row(dst, x.data, y.data, min(1, len(x.data)-1), min(1, len(y.data)-1)) // all as one row
		return
	}
	for r := range s.rows {
		op.row(dst[r*s.cols:(r+1)*s.cols], x.data[r*xr:], y.data[r*yr:], xc, yc)
	}
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// arithmetic are the operators of the language; & and | are for masks.
var arithmetic = map[syntax.Token]*binary{
	syntax.PLUS: add, syntax.MINUS: sub, syntax.STAR: mul, syntax.SLASH: div, syntax.SLASHSLASH: floorDiv, syntax.PERCENT: modulo,
	syntax.AMP:  {name: "&", f: func(x, y float64) float64 { return truth(x != 0 && y != 0) }, mask: true},
	syntax.PIPE: {name: "|", f: func(x, y float64) float64 { return truth(x != 0 || y != 0) }, mask: true},
}

// comparisons make masks.
var comparisons = map[syntax.Token]*binary{
	syntax.LT:  {name: "<", f: func(x, y float64) float64 { return truth(x < y) }, mask: true},
	syntax.LE:  {name: "<=", f: func(x, y float64) float64 { return truth(x <= y) }, mask: true},
	syntax.GT:  {name: ">", f: func(x, y float64) float64 { return truth(x > y) }, mask: true},
	syntax.GE:  {name: ">=", f: func(x, y float64) float64 { return truth(x >= y) }, mask: true},
	syntax.EQL: {name: "==", f: func(x, y float64) float64 { return truth(x == y) }, mask: true},
	syntax.NEQ: {name: "!=", f: func(x, y float64) float64 { return truth(x != y) }, mask: true},
}

// Binary implements [starlark.HasBinary]. Lists and tuples count as arrays.
func (v *Vec) Binary(op syntax.Token, y starlark.Value, side starlark.Side) (starlark.Value, error) {
	b, ok := arithmetic[op]
	if !ok {
		return nil, nil
	}
	w, err := From(y)
	if err != nil {
		return nil, fmt.Errorf("%s with a vec: %w", op, err)
	}
	l, r := v, w
	if side == starlark.Right {
		l, r = w, v
	}
	if b.mask && !(l.mask && r.mask) {
		return nil, fmt.Errorf("%s joins two masks, as in (x > 0) %s (y > 0): got shapes %v and %v that are not", b.name, b.name, l.shape, r.shape)
	}
	return result(pairwise(b, l, r))
}

// Unary implements [starlark.HasUnary].
func (v *Vec) Unary(op syntax.Token) (starlark.Value, error) {
	switch op {
	case syntax.PLUS:
		return v, nil
	case syntax.MINUS:
		return result(pairwise(mul, number(-1), v))
	}
	return nil, nil
}

// result is what a program gets of an operation.
func result(v *Vec, err error) (starlark.Value, error) {
	if err != nil {
		return nil, err
	}
	return v.value(), nil
}

// Compare is x op y: a mask of 0 and 1 where one of them is an array and the other
// an array or a number, else what Starlark says of the two.
func Compare(op syntax.Token, x, y starlark.Value) (starlark.Value, error) {
	_, isV := x.(*Vec)
	_, isW := y.(*Vec)
	if isV || isW {
		v, errV := From(x)
		w, errW := From(y)
		if errV == nil && errW == nil {
			return result(pairwise(comparisons[op], v, w))
		}
	}
	b, err := starlark.Compare(op, x, y)
	return starlark.Bool(b), err
}

// stride is the distance of neighbours along the rows and along the columns of an
// array that is stretched where it has size 1.
func (s shape) stride() (row, col int) {
	if s.rows > 1 {
		row = s.cols
	}
	if s.cols > 1 {
		col = 1
	}
	return row, col
}

// pairwise applies a function to the entries of two arrays that broadcast.
func pairwise(op *binary, x, y *Vec) (*Vec, error) {
	s, err := broadcast(op.name, x.shape, y.shape)
	if err != nil {
		return nil, err
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	out := &Vec{shape: s, data: make([]float64, s.size()), mask: op.mask}
	op.apply(out.data, s, x, y)
	return record(out, func(g []float64) {
		dx, dy := x.into(), y.into()
		over(s, x.shape, y.shape, func(k, i, j int) {
			if dx != nil && op.dx != nil {
				dx[i] += g[k] * op.dx(x.data[i], y.data[j])
			}
			if dy != nil && op.dy != nil {
				dy[j] += g[k] * op.dy(x.data[i], y.data[j])
			}
		})
	}, x, y), nil
}

// over visits the places k of s with the places i of x and j of y that meet there.
func over(s, x, y shape, visit func(k, i, j int)) {
	xr, xc := x.stride()
	yr, yc := y.stride()
	k := 0
	for r := range s.rows {
		for c := range s.cols {
			visit(k, r*xr+c*xc, r*yr+c*yc)
			k++
		}
	}
}

// broadcast returns the shape of two arrays together.
func broadcast(op string, x, y shape) (shape, error) {
	rows, fitR := stretch(x.rows, y.rows)
	cols, fitC := stretch(x.cols, y.cols)
	if fitR && fitC {
		return shape{max(x.axes, y.axes), rows, cols}, nil
	}
	return shape{}, fmt.Errorf("vec shapes differ: %v %s %v%s", x, op, y, cure(x, y))
}

func stretch(a, b int) (int, bool) {
	switch {
	case a == b || b == 1:
		return a, true
	case a == 1:
		return b, true
	}
	return 0, false
}

// cure is what probably went wrong between two shapes.
func cure(x, y shape) string {
	if x.axes < y.axes {
		x, y = y, x
	}
	switch {
	case x.axes == 2 && y.axes == 1 && x.rows == y.cols:
		return fmt.Sprintf(": did you forget t[:, None]? It makes a column (%d, 1) of a %v", y.cols, y)
	case x.axes == 2 && y.axes == 2 && x.rows == y.cols && x.cols == y.rows:
		return ": is one of them on its side? .T turns it"
	case x.axes == 2 && y.axes == 2 && x.cols == y.cols:
		return fmt.Sprintf(": %d rows against %d, so they are not of the same points", x.rows, y.rows)
	}
	return ": sizes of an axis must be equal, or one of them 1"
}
