package couple

import (
	"math"
	"slices"
)

// search is what is known of the shortest paths from one row.
type search struct {
	dist  []float64 // length of the shortest path found to a column; −∞ once it is in the tree
	from  []int     // the row before a column on that path
	open  []int     // paired columns found nearer than the limit, not in the tree
	tree  []branch  // columns whose shortest path is known
	limit float64   // length of the shortest path found to a free column
	sink  int       // that column
}

type branch struct {
	col  int
	dist float64
}

// augment finds the shortest path of reduced costs from the unpaired row to an
// unpaired column (Dijkstra), raises the prices so that the path costs nothing,
// and swaps along it: one pair more.
func (s *Solver) augment(row int) {
	for j := range s.dist {
		s.dist[j] = math.Inf(1)
	}
	for b := range s.top {
		from, to := s.span(b)
		s.top[b] = slices.Max(s.v[from:to])
	}
	s.open, s.tree, s.limit = s.open[:0], s.tree[:0], math.Inf(1)
	for i, length := row, 0.0; i >= 0; i, length = s.settle() {
		s.relax(i, length)
	}
	s.reprice(row)
	s.flip(row)
}

// relax looks for shorter paths through row i, which is reached by one of this
// length. What is not nearer than the limit cannot lie on the path sought: most
// blocks are passed over whole.
func (s *Solver) relax(i int, length float64) {
	base := length - s.u[i]
	low := s.low[i*len(s.top):]
	for b, top := range s.top {
		if base+(low[b]-top) < s.limit {
			s.relaxBlock(i, b, base)
		}
	}
}

func (s *Solver) relaxBlock(i, b int, base float64) {
	from, to := s.span(b)
	row, v, dist := s.row(i)[from:to], s.v[from:to], s.dist[from:to]
	for k, c := range row {
		d := base + (c - v[k])
		if d >= s.limit || d >= dist[k] {
			continue
		}
		j := from + k
		switch {
		case s.rowOf[j] < 0:
			s.limit, s.sink = d, j
		case math.IsInf(dist[k], 1):
			s.open = append(s.open, j)
		}
		dist[k], s.from[j] = d, i
	}
}

// settle moves the nearest open column to the tree and returns its row and its
// distance; the row is −1 when the free column found is at least as near.
func (s *Solver) settle() (row int, length float64) {
	length, at := s.limit, -1
	for k, j := range s.open {
		if d := s.dist[j]; d < length {
			length, at = d, k
		}
	}
	if at < 0 {
		return -1, length
	}
	j, last := s.open[at], len(s.open)-1
	s.open[at], s.open = s.open[last], s.open[:last]
	s.tree = append(s.tree, branch{j, length})
	s.dist[j] = math.Inf(-1)
	return s.rowOf[j], length
}

// reprice makes every step of the shortest-path tree cost nothing, with no
// reduced cost below 0.
func (s *Solver) reprice(row int) {
	s.u[row] += s.limit
	for _, b := range s.tree {
		s.u[s.rowOf[b.col]] += s.limit - b.dist
		s.v[b.col] -= s.limit - b.dist
	}
}

// flip walks the path back from the free column: each row on it takes the column
// that it was reached to.
func (s *Solver) flip(row int) {
	for j := s.sink; ; {
		i := s.from[j]
		s.rowOf[j] = i
		j, s.colOf[i] = s.colOf[i], j
		if i == row {
			return
		}
	}
}
