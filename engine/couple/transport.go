package couple

import (
	"cmp"
	"math"
	"slices"

	"fmlab/engine"
)

// Work is the work space of [Coupling.Pair]. The zero value is ready.
type Work struct {
	solver Solver
	cost   []float64 // n×n
	order  []int     // rows of x1, neighbours side by side
}

// transport pairs at the least total ‖x1 − x0‖².
func transport(dst []int, x0, x1 engine.Points, w *Work) {
	n := len(dst)
	w.arrange(x1)
	w.cost = grow(w.cost, n*n)
	for i := range n {
		ax, ay := x0.At(i)
		row := w.cost[i*n : (i+1)*n]
		for k, j := range w.order {
			bx, by := x1.At(j)
			dx, dy := bx-ax, by-ay
			row[k] = float64(dx*dx) + float64(dy*dy)
		}
	}
	w.solver.Assign(dst, w.cost, n)
	for i, k := range dst {
		dst[i] = w.order[k]
	}
}

// arrange orders the rows of x1 so that a block of neighbours lies close together
// in the plane, which makes the solver quick: in strips by x, within a strip by y,
// a strip about as many blocks long as there are strips.
func (w *Work) arrange(x1 engine.Points) {
	n := x1.Len()
	w.order = grow(w.order, n)
	for j := range w.order {
		w.order[j] = j
	}
	strip := block * max(1, int(math.Sqrt(float64(n)/block)))
	w.sort(0, n, x1)
	for from := 0; from < n; from += strip {
		w.sort(from, min(from+strip, n), x1[1:])
	}
}

// sort sorts part of the order by every second number of by.
func (w *Work) sort(from, to int, by []float64) {
	slices.SortFunc(w.order[from:to], func(a, b int) int {
		return cmp.Or(cmp.Compare(by[2*a], by[2*b]), cmp.Compare(a, b))
	})
}
