package formula

import (
	"math"

	"fmlab/engine/libm"
)

// dual is the number v + d ε. moves is false for what does not depend on the
// direction of the derivative: then d is 0 whatever the slopes around it are.
type dual struct {
	v, d  float64
	moves bool
}

// function is a named function of one argument.
type function struct {
	name  string
	value func(x float64) float64
	slope func(x, y float64) float64 // dy/dx at y = value(x)
}

// functions of one argument, in the order people are told about them.
var functions = []function{
	{"sin", libm.Sin, func(x, _ float64) float64 { return libm.Cos(x) }},
	{"cos", libm.Cos, func(x, _ float64) float64 { return -libm.Sin(x) }},
	{"tan", libm.Tan, func(_, y float64) float64 { return 1 + float64(y*y) }},
	{"exp", libm.Exp, func(_, y float64) float64 { return y }},
	{"log", libm.Log, func(x, _ float64) float64 { return 1 / math.Abs(x) }}, // −0 is 0
	{"sqrt", math.Sqrt, func(_, y float64) float64 { return 0.5 / math.Abs(y) }},
	{"abs", math.Abs, func(x, _ float64) float64 { return math.Copysign(1, x) }}, // see apply for 0
	{"tanh", libm.Tanh, func(x, _ float64) float64 { return sech2(x) }},
}

// sech2 is 1/cosh² x = 4e/(1 + e)² with e = exp(−2|x|).
func sech2(x float64) float64 {
	e := libm.Exp(-2 * math.Abs(x))
	return 4 * e / ((1 + e) * (1 + e))
}

// eval returns the value of n and its derivative along a direction; nil is no
// direction, and no slope is computed then.
func (n *node) eval(x, direction []float64) dual {
	switch n.op {
	case '#', 'c':
		return dual{v: n.value}
	case 'x':
		if direction == nil || direction[n.index] == 0 {
			return dual{v: x[n.index]}
		}
		return dual{x[n.index], direction[n.index], true}
	case 'f':
		return n.fn.apply(n.a.eval(x, direction))
	case '~':
		a := n.a.eval(x, direction)
		return dual{-a.v, -a.d, a.moves}
	}
	a, b := n.a.eval(x, direction), n.b.eval(x, direction)
	switch n.op {
	case '+':
		return dual{a.v + b.v, a.d + b.d, a.moves || b.moves}
	case '-':
		return dual{a.v - b.v, a.d - b.d, a.moves || b.moves}
	case '*':
		return times(a, b)
	case '/':
		return over(a, b)
	}
	return power(a, b)
}

// apply is the chain rule. |u| goes the way |u̇| from a corner.
func (f *function) apply(a dual) dual {
	y := f.value(a.v)
	switch {
	case !a.moves:
		return dual{v: y}
	case math.IsNaN(y):
		return dual{y, y, true}
	case a.v == 0 && f.name == "abs":
		return dual{y, math.Abs(a.d), true}
	}
	return dual{y, f.slope(a.v, y) * a.d, true}
}

// times is the product rule.
func times(a, b dual) dual {
	r := dual{v: a.v * b.v, moves: a.moves || b.moves}
	if r.moves {
		r.d = part(a, b) + part(b, a)
	}
	return r
}

// part returns a ḃ in the product rule. It is 0 for a = 0 even where ḃ is
// infinite: (a b)˙ = lim (a b)/h = ȧ b wherever a = 0, for b needs only be
// continuous there. So t*sqrt(t) has the derivative 0 at 0. It is undetermined
// when ȧ is infinite too and b = 0, as in sqrt(t)*sqrt(t).
func part(a, b dual) float64 {
	undetermined := math.IsInf(b.v, 0) || b.v == 0 && math.IsInf(a.d, 0)
	if !b.moves || a.v == 0 && math.IsInf(b.d, 0) && !undetermined {
		return 0
	}
	return a.v * b.d
}

// over is the quotient rule (a/b)˙ = (ȧ − (a/b) ḃ)/b, which does not square b.
func over(a, b dual) dual {
	q := a.v / b.v
	r := dual{v: q, moves: a.moves || b.moves}
	if r.moves {
		r.d = (a.d - part(dual{v: q, d: a.d, moves: a.moves}, b)) / b.v
	}
	return r
}

// power is aᵇ, with (aᵇ)˙ = b aᵇ⁻¹ ȧ + aᵇ log(a) ḃ. The second term is 0 where aᵇ
// is, in the limit a ↓ 0, and where ḃ is, for a whole b and a < 0 too.
func power(a, b dual) dual {
	y := libm.Pow(a.v, b.v)
	r := dual{v: y, moves: a.moves || b.moves}
	if a.moves && b.v != 0 {
		r.d = b.v * libm.Pow(a.v, b.v-1) * a.d
	}
	if b.d != 0 && y != 0 {
		r.d += float64(y * libm.Log(a.v) * b.d)
	}
	return r
}
