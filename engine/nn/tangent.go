package nn

import (
	"fmt"

	"fmlab/engine"
)

// Tangent writes J(z_i, t) e_i to dst, J = ∂v/∂(x, y) the 2×2 Jacobian of the
// output: the derivative in the direction e_i, carried forward layer by layer.
func (n *Net) Tangent(dst, z, e engine.Points, t float64) {
	engine.SameLen("nn: Tangent", dst, z)
	engine.SameLen("nn: Tangent", dst, e)
	n.tangents(z, t, func(i, j int) {
		copy(dst.Slice(i, j), n.core.tangent(n.slopes, e.Slice(i, j)))
	})
}

// Divergence writes ∇·v = ∂v_x/∂x + ∂v_y/∂y at z_i to dst[i], exactly, by the two
// tangents along the axes.
func (n *Net) Divergence(dst []float64, z engine.Points, t float64) {
	if len(dst) != z.Len() {
		panic(fmt.Sprintf("nn: Divergence: %d numbers for %d points", len(dst), z.Len()))
	}
	axis := engine.NewPoints(tileRows)
	n.tangents(z, t, func(i, j int) {
		for k := range 2 {
			e := axis.Slice(0, j-i)
			for r := range e {
				e[r] = 0
				if r%2 == k {
					e[r] = 1
				}
			}
			for r, d := range n.core.tangent(n.slopes, e) {
				switch {
				case r%2 != k:
				case k == 0:
					dst[i+r/2] = d
				default:
					dst[i+r/2] += d
				}
			}
		}
	})
}

// tangents runs the network forward tile by tile, with the slopes, and calls f for
// rows i to j−1 of each.
func (n *Net) tangents(z engine.Points, t float64, f func(i, j int)) {
	if n.slopes == nil {
		n.slopes = newTape(n.core, true)
	}
	for i := 0; i < z.Len(); i += tileRows {
		j := min(i+tileRows, z.Len())
		n.load(n.slopes, z.Slice(i, j), t)
		n.core.forward(n.slopes, j-i)
		f(i, j)
	}
}

// tangent carries the directions e, rows×2, through the network at the points of
// the tape's forward pass: e_{l+1} = f′_{l+1} ⊙ W_l e_l. What it returns stands in
// the tape until the next call.
func (m *mlp[F]) tangent(tp *tape[F], e []F) []F {
	rows := len(e) / 2
	now, next := tp.delta[0], tp.delta[1]
	clear(now[:rows*m.dims[0]])
	for r := range rows {
		now[r*m.dims[0]], now[r*m.dims[0]+1] = e[2*r], e[2*r+1]
	}
	for i, l := range m.layers {
		next = next[:rows*l.out]
		clear(next)
		m.ops.product(false, true, rows, l.out, l.in, now, l.w, next)
		if s := tp.slope[i+1]; s != nil {
			for j := range next {
				next[j] *= s[j]
			}
		}
		now, next = next, now[:cap(now)]
	}
	return now[:rows*outputs]
}
