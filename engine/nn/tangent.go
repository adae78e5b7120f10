package nn

import (
	"fmt"

	"fmlab/engine"
)

// Tangent writes J(z_i, t) e_i to dst, J = ∂v/∂(x, y) the 2×2 Jacobian of the
// output: the derivative in the direction e_i, carried forward layer by layer.
// It is exact, for the price of two evaluations. dst may be e.
func (n *Net) Tangent(dst, z, e engine.Points, t float64) {
	engine.SameLen("nn: Tangent", dst, z)
	engine.SameLen("nn: Tangent", e, z)
	n.tangents(z, t, func(jet *jet, i, j int) {
		copy(dst.Slice(i, j), n.core.tangent(jet.tape, e.Slice(i, j)))
	})
}

// Divergence writes ∇·v = tr J at z_i to dst[i], exactly: e_x·J e_x + e_y·J e_y
// with the two axes, for the price of two and a half evaluations. In d dimensions
// it takes d tangents.
func (n *Net) Divergence(dst []float64, z engine.Points, t float64) {
	sameRows("Divergence", dst, z)
	n.tangents(z, t, func(jet *jet, i, j int) {
		clear(dst[i:j])
		for _, axis := range jet.axes {
			n.core.addForm(dst[i:j], jet.tape, axis.Slice(0, j-i))
		}
	})
}

// Hutchinson writes e_i·J(z_i, t) e_i to dst[i]. When the entries of e_i are
// independent, of mean 0 and variance 1, its mean is the divergence: one tangent
// for an unbiased estimate, in however many dimensions (Hutchinson 1989; Grathwohl
// et al. 2019, arXiv 1810.01367, eq. 7). Random signs have the least variance.
func (n *Net) Hutchinson(dst []float64, z, e engine.Points, t float64) {
	sameRows("Hutchinson", dst, z)
	engine.SameLen("nn: Hutchinson", e, z)
	n.tangents(z, t, func(jet *jet, i, j int) {
		clear(dst[i:j])
		n.core.addForm(dst[i:j], jet.tape, e.Slice(i, j))
	})
}

func sameRows(caller string, dst []float64, z engine.Points) {
	if len(dst) != z.Len() {
		panic(fmt.Sprintf("nn: %s: %d numbers for %d points", caller, len(dst), z.Len()))
	}
}

// jet is the scratch of tangents.
type jet struct {
	tape *tape[float64]   // with slopes
	axes [2]engine.Points // a tile of directions along x, and one along y
}

func newJet(m *mlp[float64]) *jet {
	j := &jet{tape: newTape(m, true)}
	for k := range j.axes {
		j.axes[k] = engine.NewPoints(tileRows)
		for r := range tileRows {
			j.axes[k][2*r+k] = 1
		}
	}
	return j
}

// tangents runs the network forward tile by tile, with the slopes, and calls f for
// rows i to j−1 of each.
func (n *Net) tangents(z engine.Points, t float64, f func(jet *jet, i, j int)) {
	if n.jet == nil {
		n.jet = newJet(n.core)
	}
	for i := 0; i < z.Len(); i += tileRows {
		j := min(i+tileRows, z.Len())
		n.load(n.jet.tape, z.Slice(i, j), t)
		n.core.forward(n.jet.tape, j-i)
		f(n.jet, i, j)
	}
}

// addForm adds e_i·J e_i to dst[i], J at the points of the tape's forward pass.
func (m *mlp[F]) addForm(dst []F, tp *tape[F], e []F) {
	je := m.tangent(tp, e)
	for i := range dst {
		dst[i] += F(e[2*i]*je[2*i]) + F(e[2*i+1]*je[2*i+1])
	}
}

// tangent carries the directions e, rows×2, through the network at the points of
// the tape's forward pass: e_{l+1} = f′_{l+1} ⊙ W_l e_l. What it returns stands in
// the tape until the next call.
func (m *mlp[F]) tangent(tp *tape[F], e []F) []F {
	rows, width := len(e)/2, m.dims[0]
	now, next := tp.delta[0], tp.delta[1]
	clear(now[:rows*width])
	for r := range rows {
		now[r*width], now[r*width+1] = e[2*r], e[2*r+1]
	}
	for i, l := range m.layers {
		next = next[:rows*l.out]
		clear(next)
		m.ops.product(false, true, rows, l.out, l.in, now, l.w, next, tp.panel)
		if slope := tp.slope[i+1]; slope != nil { // the last layer is linear
			for j, s := range slope[:len(next)] {
				next[j] *= s
			}
		}
		now, next = next, now[:cap(now)]
	}
	return now[:rows*outputs]
}
