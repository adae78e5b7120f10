package couple

import "fmlab/engine"

// Work is the work space of [Coupling.Pair]. The zero value is ready.
type Work struct {
	solver Solver
	cost   []float64 // n×n
}

// transport pairs at the least total ‖x1 − x0‖².
func transport(dst []int, x0, x1 engine.Points, w *Work) {
	n := len(dst)
	w.cost = grow(w.cost, n*n)
	for i := range n {
		ax, ay := x0.At(i)
		row := w.cost[i*n : (i+1)*n]
		for j := range row {
			bx, by := x1.At(j)
			row[j] = (bx-ax)*(bx-ax) + (by-ay)*(by-ay)
		}
	}
	w.solver.Assign(dst, w.cost, n)
}
