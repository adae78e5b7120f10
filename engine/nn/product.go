package nn

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

// plainProduct computes C += op(A) op(B), with C m×n, op(A) m×k, op(B) k×n, all
// stored densely row by row; op transposes where it is asked to: then A is stored
// k×m, B n×k. It is the reference for the two below, and their way with thin
// matrices.
func plainProduct[F float](transA, transB bool, m, n, k int, a, b, c []F) {
	rowA, colA := k, 1
	if transA {
		rowA, colA = 1, m
	}
	rowB, colB := n, 1
	if transB {
		rowB, colB = 1, k
	}
	for i := range m {
		for j := range n {
			sum := c[i*n+j]
			for l := range k {
				sum += F(a[i*rowA+l*colA] * b[l*rowB+j*colB])
			}
			c[i*n+j] = sum
		}
	}
}

// gonumBlock is the side of gonum's blocks. It starts goroutines from four blocks
// of C up, so we hand it one block of C at a time: how the work is divided is our
// business.
const gonumBlock = 64

// thin says that gonum's inner loops, along a row of B or Bᵀ, would be too short
// to pay for their calls.
func thin(transB bool, n, k int) bool {
	if transB {
		return k < 8
	}
	return n < 8
}

func product32(transA, transB bool, m, n, k int, a, b, c []float32) {
	if thin(transB, n, k) {
		plainProduct(transA, transB, m, n, k, a, b, c)
		return
	}
	blocks(transA, transB, m, n, k, func(i, j, rows, cols, ai, bj, lda, ldb int) {
		gonum.Implementation{}.Sgemm(trans(transA), trans(transB), rows, cols, k, 1, a[ai:], lda, b[bj:], ldb, 1, c[i*n+j:], n)
	})
}

func product64(transA, transB bool, m, n, k int, a, b, c []float64) {
	if thin(transB, n, k) {
		plainProduct(transA, transB, m, n, k, a, b, c)
		return
	}
	blocks(transA, transB, m, n, k, func(i, j, rows, cols, ai, bj, lda, ldb int) {
		gonum.Implementation{}.Dgemm(trans(transA), trans(transB), rows, cols, k, 1, a[ai:], lda, b[bj:], ldb, 1, c[i*n+j:], n)
	})
}

// blocks calls f for every block of C at (i, j), with the offsets of the rows of
// op(A) and the columns of op(B) that make it, and the row strides of A and B.
func blocks(transA, transB bool, m, n, k int, f func(i, j, rows, cols, ai, bj, lda, ldb int)) {
	for i := 0; i < m; i += gonumBlock {
		for j := 0; j < n; j += gonumBlock {
			ai, lda := i*k, k
			if transA {
				ai, lda = i, m
			}
			bj, ldb := j, n
			if transB {
				bj, ldb = j*k, k
			}
			f(i, j, min(gonumBlock, m-i), min(gonumBlock, n-j), ai, bj, lda, ldb)
		}
	}
}

func trans(t bool) blas.Transpose {
	if t {
		return blas.Trans
	}
	return blas.NoTrans
}
