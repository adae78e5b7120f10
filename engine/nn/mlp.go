package nn

import "slices"

// tileRows is how many samples go through the network together: few enough that
// a tile stays in the cache from the forward to the backward pass.
const tileRows = 64

type float interface{ float32 | float64 }

// mlp is a multilayer perceptron: h_0 = input, h_{l+1} = f(W_l h_l + b_l), and no
// f after the last layer. Samples are rows, so a layer is Z = H Wᵀ + 1 bᵀ.
type mlp[F float] struct {
	dims   []int // inputs, hidden widths, outputs
	act    *Activation
	params []F        // W_0, b_0, W_1, b_1, …
	layers []layer[F] // views of params
	ops    *arithmetic[F]
}

type layer[F float] struct {
	in, out int
	w       []F // out×in, row by row
	b       []F
}

// arithmetic is what the two precisions do in different ways.
type arithmetic[F float] struct {
	// product computes C += op(A) op(B), see plainProduct; panel is scratch.
	product func(transA, transB bool, m, n, k int, a, b, c, panel []F)
	// activate replaces z by f(z), and writes f′(z) to slope unless that is nil.
	activate func(a *Activation, z, slope []F)
}

var (
	single = &arithmetic[float32]{gemm[float32](gemm32).product, activate32}
	double = &arithmetic[float64]{gemm[float64](gemm64).product, activate64}
)

func newMLP[F float](dims []int, act *Activation, ops *arithmetic[F]) *mlp[F] {
	m := &mlp[F]{dims: dims, act: act, ops: ops}
	m.params = make([]F, m.size())
	m.layers = m.views(m.params)
	return m
}

func (m *mlp[F]) size() (n int) {
	for i, in := range m.dims[:len(m.dims)-1] {
		n += (in + 1) * m.dims[i+1]
	}
	return n
}

// views cuts a vector laid out like the parameters into layers. A gradient is
// such a vector too.
func (m *mlp[F]) views(flat []F) []layer[F] {
	var layers []layer[F]
	for i, in := range m.dims[:len(m.dims)-1] {
		out := m.dims[i+1]
		w, b := flat[:in*out:in*out], flat[in*out:(in+1)*out:(in+1)*out]
		layers = append(layers, layer[F]{in, out, w, b})
		flat = flat[(in+1)*out:]
	}
	return layers
}

// tape remembers one tile's forward pass for the way back.
type tape[F float] struct {
	h     [][]F // h[l]: tileRows×dims[l], the input of layer l; the last is the output
	slope [][]F // slope[l] = f′ at h[l], for hidden l; nil when only values are wanted
	delta [2][]F
	panel []F // side×side, scratch of the products
}

func newTape[F float](m *mlp[F], gradient bool) *tape[F] {
	tp := &tape[F]{slope: make([][]F, len(m.dims)), panel: make([]F, side*side)}
	for i, d := range m.dims {
		tp.h = append(tp.h, make([]F, tileRows*d))
		if gradient && i > 0 && i < len(m.dims)-1 {
			tp.slope[i] = make([]F, tileRows*d)
		}
	}
	if gradient {
		widest := slices.Max(m.dims)
		tp.delta = [2][]F{make([]F, tileRows*widest), make([]F, tileRows*widest)}
	}
	return tp
}

// forward evaluates the first rows rows of tp.h[0] and returns rows×2 outputs,
// which stand in the tape until the next call.
func (m *mlp[F]) forward(tp *tape[F], rows int) []F {
	last := len(m.layers) - 1
	for i, l := range m.layers {
		z := tp.h[i+1][:rows*l.out]
		for r := range rows {
			copy(z[r*l.out:], l.b)
		}
		m.ops.product(false, true, rows, l.out, l.in, tp.h[i], l.w, z, tp.panel)
		if i < last {
			var slope []F
			if s := tp.slope[i+1]; s != nil {
				slope = s[:len(z)]
			}
			m.ops.activate(m.act, z, slope)
		}
	}
	return tp.h[last+1][:rows*outputs]
}

// backward adds the gradient of Σ ½ scale (v − target)² over the tile's entries
// to grad, after a forward pass on the same tape, and returns Σ (v − target)²,
// summed in float64. It is the chain rule read from the last layer:
//
//	δ_L = scale (v − target),  ∂W_l = δ_{l+1}ᵀ h_l,  ∂b_l = Σ_rows δ_{l+1},  δ_l = (δ_{l+1} W_l) ⊙ f′_l
func (m *mlp[F]) backward(tp *tape[F], rows int, target []F, scale F, grad []layer[F]) (sum float64) {
	delta, below := tp.delta[0], tp.delta[1]
	for i, v := range tp.h[len(m.layers)][:rows*outputs] {
		r := v - target[i]
		sum += float64(float64(r) * float64(r))
		delta[i] = scale * r
	}
	for i := len(m.layers) - 1; i >= 0; i-- {
		l, g := m.layers[i], grad[i]
		m.ops.product(true, false, l.out, l.in, rows, delta, tp.h[i], g.w, tp.panel)
		addRows(g.b, delta[:rows*l.out])
		if i == 0 {
			break
		}
		below = below[:rows*l.in]
		clear(below)
		m.ops.product(false, false, rows, l.in, l.out, delta, l.w, below, tp.panel)
		for j, s := range tp.slope[i][:len(below)] {
			below[j] *= s
		}
		delta, below = below, delta[:cap(delta)]
	}
	return sum
}

// addRows adds every row of rows to dst.
func addRows[F float](dst, rows []F) {
	for ; len(rows) > 0; rows = rows[len(dst):] {
		for j, v := range rows[:len(dst)] {
			dst[j] += v
		}
	}
}
