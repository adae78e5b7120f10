package couple

import (
	"fmt"
	"math"
	"slices"
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
	n     int
	cost  []float64
	u, v  []float64
	colOf []int // column of a row: dst
	rowOf []int // row of a column, −1 while it is free

	// Of blocks of columns: the least cost for each row, n×blocks, and the greatest
	// price. They tell where a row need not look.
	low, top []float64

	search
}

// block is how many neighbouring columns are judged together.
const block = 16

// Assign is [Assign] in the work space of s. It allocates only when n is larger
// than ever before. It is quicker when neighbouring columns have like costs.
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
	s.n, s.cost, s.colOf = n, cost, dst
	s.u, s.v, s.rowOf = grow(s.u, n), grow(s.v, n), grow(s.rowOf, n)
	s.dist, s.from, s.open, s.tree = grow(s.dist, n), grow(s.from, n), grow(s.open, n), grow(s.tree, n)
	blocks := (n + block - 1) / block
	s.top, s.low = grow(s.top, blocks), grow(s.low, n*blocks)
	for i := range n {
		s.rowOf[i], s.colOf[i] = -1, -1
		for b := range blocks {
			from, to := s.span(b)
			s.low[i*blocks+b] = slices.Min(s.row(i)[from:to])
		}
	}
}

// span returns the columns of a block.
func (s *Solver) span(b int) (from, to int) { return b * block, min((b+1)*block, s.n) }

// grow returns a slice of length n, in the storage of s if it is large enough.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

func (s *Solver) row(i int) []float64 { return s.cost[i*s.n : (i+1)*s.n] }

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
