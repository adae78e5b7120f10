// Package formula reads the formulas that people type, such as sin(pi*t/2) or
// 3*t^2 - 2*t^3, and computes their values and exact derivatives.
//
// The grammar has one form for each thing:
//
//	sum     = product { ("+" | "-") product }
//	product = signed { ("*" | "/") signed }
//	signed  = ("-" | "+") signed | power
//	power   = atom [ ("^" | "**") signed ]
//	atom    = number | name | name "(" sum { "," sum } ")" | "(" sum ")"
//
// so that -t^2 is −(t²) and 2^3^2 is 2⁹. Names are the symbols of the caller, the
// constants pi and e, and the functions sin, cos, tan, exp, log (natural), sqrt,
// abs, tanh of one argument and pow(a, b). The signs −, ·, ×, π and √ are read as
// -, *, *, pi and sqrt. A product needs its sign: 2t is refused.
//
// Derivatives are forward-mode, by dual numbers v + d ε with ε² = 0 (Griewank &
// Walther 2008, Evaluating Derivatives, ch. 3), one-sided where a formula has a
// corner or an edge. See [Expr.Deriv] for what happens there.
package formula

import (
	"fmt"
	"math"
)

// Caps on what is read, so that no formula can exhaust the stack.
const (
	maxLength = 1000 // characters
	maxDepth  = 100  // parentheses, signs and powers inside one another
)

// Expr is a formula that has been read. It is never changed, and may be used by
// any number of goroutines.
type Expr struct {
	root    *node
	symbols []string
}

// node is one operation. op is '+', '-', '*', '/' or '^' with both operands, '~'
// for the negative of a, 'f' for fn of a, 'x' for a symbol, 'c' for a constant
// with a name and '#' for a number.
type node struct {
	op    rune
	value float64 // of '#' and 'c'
	name  string  // of 'c' and 'x'
	index int     // of 'x', among the symbols
	fn    *function
	a, b  *node
}

// Eval returns the value at the given values of the symbols, in the order given
// to [Parse]. Outside its domain a formula is NaN, as in sqrt(-1), log(-1) and
// 0/0; 0^0 is 1. It panics when there are too many values or too few.
func (e *Expr) Eval(values ...float64) float64 {
	e.check(len(values))
	return e.root.eval(values, nil).v
}

// Deriv returns the value and its derivative along a direction,
//
//	f'(x; u) = lim (f(x + h u) − f(x)) / h  as h ↓ 0,
//
// both vectors in the order of the symbols. The direction (1, 0, …) gives the
// derivative by the first symbol, taken from the right; minus the derivative along
// (−1, 0, …) is the one from the left, and differs at the corner of abs only.
//
// Where the slope is infinite so is the derivative: sqrt(t) has +Inf at 0. It is
// NaN where the value is, and where first order does not tell: where an infinite
// slope meets a zero one, as in sqrt(t^2) and cos(sqrt(t)) at 0, or two infinitely
// steep zeros are multiplied. The derivative at a point close by is near the limit.
func (e *Expr) Deriv(values, direction []float64) (value, derivative float64) {
	e.check(len(values))
	e.check(len(direction))
	r := e.root.eval(values, direction)
	if math.IsNaN(r.v) {
		return r.v, r.v
	}
	return r.v, r.d
}

func (e *Expr) check(n int) {
	if n != len(e.symbols) {
		panic(fmt.Sprintf("formula: got %d values, want %d, one for each of %v", n, len(e.symbols), e.symbols))
	}
}

// Square returns e² with roots undone where they can be: the square of sqrt(u) is
// u, of u^p is u^(2 p), of a product the product of the squares. So the
// derivative of the square is finite at many points where that of e is not:
// 1 − t² at t = 1 for sqrt(1 - t^2). It is the square where e is a real number;
// where e is NaN it need not be.
func (e *Expr) Square() *Expr {
	return &Expr{root: square(e.root), symbols: e.symbols}
}

func square(n *node) *node {
	two := &node{op: '#', value: 2}
	switch {
	case n.op == '~':
		return square(n.a)
	case n.op == '*' || n.op == '/':
		return &node{op: n.op, a: square(n.a), b: square(n.b)}
	case n.op == '^':
		return &node{op: '^', a: n.a, b: &node{op: '*', a: two, b: n.b}}
	case n.op == 'f' && n.fn.name == "sqrt":
		return n.a
	case n.op == 'f' && n.fn.name == "abs":
		return square(n.a)
	}
	return &node{op: '^', a: n, b: two}
}
