package vec

import (
	"fmt"
	"math/rand/v2"

	"go.starlark.net/starlark"
)

// Rng is a source of random numbers as a program sees it. What it gives depends on
// its seed alone.
type Rng struct{ rand *rand.Rand }

// NewRng wraps a generator, which the program then draws from.
func NewRng(r *rand.Rand) *Rng { return &Rng{r} }

// draws are the methods of an rng that fill an array of one or two axes.
var draws = map[string]func(*rand.Rand) float64{
	"uniform": (*rand.Rand).Float64,
	"normal":  (*rand.Rand).NormFloat64,
}

// AttrNames implements [starlark.HasAttrs].
func (*Rng) AttrNames() []string { return []string{"integers", "normal", "permutation", "uniform"} }

// Attr implements [starlark.HasAttrs].
func (r *Rng) Attr(name string) (starlark.Value, error) {
	switch draw, ok := draws[name]; {
	case ok:
		return starlark.NewBuiltin(name, func(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			return r.fill(b.Name(), draw, args, kwargs)
		}), nil
	case name == "integers":
		return starlark.NewBuiltin(name, r.integers), nil
	case name == "permutation":
		return starlark.NewBuiltin(name, r.permutation), nil
	}
	return nil, starlark.NoSuchAttrError(fmt.Sprintf("an rng has no .%s: it has uniform(n, k), normal(n, k), integers(n, high) and permutation(n)", name))
}

// fill is rng.uniform() and rng.normal(): a number, (n,) or (n, k).
func (r *Rng) fill(name string, draw func(*rand.Rand) float64, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	s, err := shapeOf("rng."+name, args, kwargs)
	if err != nil {
		return nil, err
	}
	out := &Vec{shape: s, data: make([]float64, s.size())}
	for i := range out.data {
		out.data[i] = draw(r.rand)
	}
	return out.value(), nil
}

// integers is rng.integers(n, high): n whole numbers from 0 to high − 1.
func (r *Rng) integers(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var n, high int
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, "n", &n, "high", &high); err != nil {
		return nil, fmt.Errorf("rng.%w: it is rng.integers(n, high), n numbers from 0 to high - 1", err)
	}
	if n < 0 || high < 1 || n > MaxLen {
		return nil, fmt.Errorf("rng.integers(%d, %d): want n from 0 to %d and high of at least 1", n, high, MaxLen)
	}
	out := &Vec{shape: vector(n), data: make([]float64, n)}
	for i := range out.data {
		out.data[i] = float64(r.rand.IntN(high))
	}
	return out, nil
}

// permutation is rng.permutation(n): 0 to n − 1 in random order.
func (r *Rng) permutation(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var n int
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, "n", &n); err != nil {
		return nil, fmt.Errorf("rng.%w", err)
	}
	if n < 0 || n > MaxLen {
		return nil, fmt.Errorf("rng.permutation(%d): want 0 to %d", n, MaxLen)
	}
	out := &Vec{shape: vector(n), data: make([]float64, n)}
	for i, k := range r.rand.Perm(n) {
		out.data[i] = float64(k)
	}
	return out, nil
}

// String implements [starlark.Value].
func (*Rng) String() string { return "rng" }

// Type implements [starlark.Value].
func (*Rng) Type() string { return "rng" }

// Freeze implements [starlark.Value]; drawing goes on, as it must.
func (*Rng) Freeze() {}

// Truth implements [starlark.Value].
func (*Rng) Truth() starlark.Bool { return true }

// Hash implements [starlark.Value].
func (*Rng) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable: rng") }
