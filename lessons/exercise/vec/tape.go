package vec

import (
	"fmt"

	"go.starlark.net/starlark"
)

// A tape remembers what was computed from a watched array, in order, to walk back
// through it: reverse-mode differentiation (Griewank & Walther, "Evaluating
// Derivatives", 2nd ed., chapter 3). Every operation of this package knows how to
// hand the derivative by its result on to what it was made of.
type tape struct{ nodes []*node }

// node is an array on a tape.
type node struct {
	tape *tape
	size int
	grad []float64         // ∂result/∂entry, once something has been added to it
	back func(g []float64) // adds to the gradients of the operands, given that of the result
}

// record puts a result on the tape of its operands, if one of them is on any.
func record(out *Vec, back func(g []float64), operands ...*Vec) *Vec {
	for _, v := range operands {
		if v.node == nil {
			continue
		}
		t := v.node.tape
		out.node = &node{tape: t, size: len(out.data), back: back}
		t.nodes = append(t.nodes, out.node)
		return out
	}
	return out
}

// into returns where to add the derivative by v, nil if nobody wants it.
func (v *Vec) into() []float64 {
	if v.node == nil {
		return nil
	}
	if v.node.grad == nil {
		v.node.grad = make([]float64, v.node.size)
	}
	return v.node.grad
}

// Gradient calls f with a watched copy of x and returns the number that f returns
// and its derivative by every entry of x. A result that does not depend on x has
// the derivative 0.
func Gradient(x *Vec, f func(*Vec) (starlark.Value, error)) (value float64, grad *Vec, err error) {
	t := &tape{}
	in := &Vec{shape: x.shape, data: x.data, node: &node{tape: t, size: len(x.data)}}
	out, err := f(in)
	if err != nil {
		return 0, nil, err
	}
	v, err := From(out)
	if err != nil {
		return 0, nil, err
	}
	if len(v.data) != 1 {
		return 0, nil, fmt.Errorf("got a vec of shape %v to differentiate: want one number", v.shape)
	}
	if g := v.into(); g != nil {
		g[0] = 1
	}
	for i := len(t.nodes) - 1; i >= 0; i-- {
		if n := t.nodes[i]; n.grad != nil {
			n.back(n.grad)
		}
	}
	grad = &Vec{shape: x.shape, data: in.into()}
	return v.data[0], grad, nil
}
