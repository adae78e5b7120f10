// Package couple pairs the points of two sets at least cost: the linear
// assignment problem, solved exactly.
//
// It is what makes a minibatch optimal-transport pairing of noise and data, and
// what gives the exact Wasserstein distance between two sets of equal size.
package couple

import (
	"fmt"
	"math"
)

// MaxCost bounds the size of a cost, so that sums of costs stay finite.
const MaxCost = 1e300

// Assign finds the permutation that minimises Σ_i cost[i, dst[i]] and returns
// that sum. cost is n×n, row by row, each at most MaxCost in size; dst has length
// n and receives the column of each row. It allocates: a caller with many
// problems keeps a [Solver].
func Assign(dst []int, cost []float64, n int) float64 {
	var s Solver
	return s.Assign(dst, cost, n)
}

// Solver is the work space of [Solver.Assign], kept from one problem to the
// next. The zero value is ready.
//
// The method is that of shortest augmenting paths (Jonker and Volgenant,
// Computing 38, 1987; Crouse, IEEE Trans. Aerospace 52, 2016), O(n³). It holds
// prices u_i of rows and v_j of columns with
//
//	cost_ij − u_i − v_j ≥ 0, and = 0 on the pairs made,
//
// which proves a full pairing to be the best: any other costs at least Σ u + Σ v.
type Solver struct {
	u, v   []float64
	rowOf  []int     // row of a column, −1 while it is free
	dist   []float64 // length of the shortest path found to a column
	from   []int     // the row before a column on that path
	todo   []int     // columns: first those not settled, then the settled ones
	colOf  []int     // dst
	cost   []float64
	n      int
	minval float64 // length of the path to the column settled last
}

// Assign is [Assign] in the work space of s. It allocates only when n is larger
// than ever before.
func (s *Solver) Assign(dst []int, cost []float64, n int) float64 {
	s.reset(dst, cost, n)
	s.reduce()
	for i, j := range dst {
		if j < 0 {
			s.augment(i)
		}
	}
	total := 0.0
	for i, j := range dst {
		total += cost[i*n+j]
	}
	return total
}

func (s *Solver) reset(dst []int, cost []float64, n int) {
	if n < 0 || len(dst) != n || len(cost) != n*n {
		panic(fmt.Sprintf("couple: %d costs and %d places for n = %d", len(cost), len(dst), n))
	}
	for k, c := range cost {
		if !(math.Abs(c) <= MaxCost) {
			panic(fmt.Sprintf("couple: cost %g at row %d, column %d: want at most ±%g", c, k/n, k%n, MaxCost))
		}
	}
	if cap(s.u) < n {
		s.u, s.v, s.dist = make([]float64, n), make([]float64, n), make([]float64, n)
		s.rowOf, s.from, s.todo = make([]int, n), make([]int, n), make([]int, n)
	}
	s.u, s.v, s.dist = s.u[:n], s.v[:n], s.dist[:n]
	s.rowOf, s.from, s.todo = s.rowOf[:n], s.from[:n], s.todo[:n]
	s.colOf, s.cost, s.n = dst, cost, n
	for i := range dst {
		s.rowOf[i], s.colOf[i] = -1, -1
	}
}

// reduce sets the first prices, v_j the least cost of column j and u_i the least
// of what is left of row i, and pairs at once whatever that makes free of cost.
func (s *Solver) reduce() {
	copy(s.v, s.cost)
	for i := 1; i < s.n; i++ {
		for j, c := range s.row(i) {
			s.v[j] = min(s.v[j], c)
		}
	}
	for i := range s.u {
		best, at := math.Inf(1), -1
		for j, c := range s.row(i) {
			if r := c - s.v[j]; r < best || r == best && s.rowOf[j] < 0 {
				best, at = r, j
			}
		}
		s.u[i] = best
		if s.rowOf[at] < 0 {
			s.rowOf[at], s.colOf[i] = i, at
		}
	}
}

func (s *Solver) row(i int) []float64 { return s.cost[i*s.n : (i+1)*s.n] }

// augment finds the shortest path of reduced costs from the unpaired row to an
// unpaired column (Dijkstra), raises the prices so that the path costs nothing,
// and swaps along it: one pair more.
func (s *Solver) augment(row int) {
	for j := range s.todo {
		s.todo[j], s.dist[j] = j, math.Inf(1)
	}
	open, sink := s.n, -1
	s.minval = 0
	for i := row; ; {
		k := s.relax(i, open)
		open--
		s.todo[k], s.todo[open] = s.todo[open], s.todo[k]
		j := s.todo[open]
		s.minval = s.dist[j]
		if i = s.rowOf[j]; i < 0 {
			sink = j
			break
		}
	}
	s.reprice(row, s.todo[open+1:])
	s.flip(row, sink)
}

// relax looks from row i at every column not settled and returns the place in
// todo of the nearest, an unpaired one if there is a choice.
func (s *Solver) relax(i, open int) (nearest int) {
	row, base := s.row(i), s.minval-s.u[i]
	least := math.Inf(1)
	for k, j := range s.todo[:open] {
		d := s.dist[j]
		if r := base + row[j] - s.v[j]; r < d {
			d = r
			s.dist[j], s.from[j] = r, i
		}
		if d < least || d == least && s.rowOf[j] < 0 {
			least, nearest = d, k
		}
	}
	return nearest
}

// reprice makes every step of the shortest-path tree cost nothing, with no
// reduced cost below 0. settled are the columns of the tree but the sink.
func (s *Solver) reprice(row int, settled []int) {
	s.u[row] += s.minval
	for _, j := range settled {
		s.u[s.rowOf[j]] += s.minval - s.dist[j]
		s.v[j] -= s.minval - s.dist[j]
	}
}

// flip walks the path back from the sink: each row on it takes the column that
// it was reached to.
func (s *Solver) flip(row, sink int) {
	for j := sink; ; {
		i := s.from[j]
		s.rowOf[j] = i
		j, s.colOf[i] = s.colOf[i], j
		if i == row {
			return
		}
	}
}
