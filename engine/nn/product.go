package nn

// A product computes C += op(A) op(B), with C m×n, op(A) m×k, op(B) k×n, all stored
// densely row by row; op transposes where it is asked to: then A is stored k×m, B
// n×k. There are several ways to the same bits: every entry of C takes its terms
// op(A)_il op(B)_lj one at a time in the order of l, each rounded, without those
// where op(A)_il is 0. No machine fuses them, and none sums them in another order.

// plainProduct is the definition, and the way for thin matrices.
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
				if x := a[i*rowA+l*colA]; x != 0 {
					sum += F(x * b[l*rowB+j*colB])
				}
			}
			c[i*n+j] = sum
		}
	}
}

// dots is the way for few rows against B transposed. A sum waits for its last term:
// four at a time share the wait.
func dots[F float](m, n, k int, a, b, c []F) {
	for i := range m {
		row, sums := a[i*k:(i+1)*k], c[i*n:(i+1)*n]
		j := 0
		for ; j+4 <= n; j += 4 {
			b0, b1, b2, b3 := b[j*k:][:k], b[(j+1)*k:][:k], b[(j+2)*k:][:k], b[(j+3)*k:][:k]
			s0, s1, s2, s3 := sums[j], sums[j+1], sums[j+2], sums[j+3]
			for l, x := range row {
				if x != 0 {
					s0 += F(x * b0[l])
					s1 += F(x * b1[l])
					s2 += F(x * b2[l])
					s3 += F(x * b3[l])
				}
			}
			sums[j], sums[j+1], sums[j+2], sums[j+3] = s0, s1, s2, s3
		}
		plainProduct(false, true, 1, n-j, k, row, b[j*k:], sums[j:])
	}
}

// side is the length of the blocks that large products are cut into.
const side = 64

// gemm is a product with op(B) = B and with row strides, of at most side×side entries
// of C: row i of C is the sum of op(A)_il times row l of B, a loop whose turns do not
// wait for each other.
type gemm[F float] func(transA bool, m, n, k int, a []F, lda int, b []F, ldb int, c []F, ldc int)

// product chooses the way. Of a transposed B it lays out a block at a time row by row.
func (mul gemm[F]) product(transA, transB bool, m, n, k int, a, b, c []F) {
	switch {
	case n < 8 || transB && k < 8:
		plainProduct(transA, transB, m, n, k, a, b, c)
		return
	case transB && !transA && m < 4:
		dots(m, n, k, a, b, c)
		return
	}
	lda, rowA, colA := k, k, 1
	if transA {
		lda, rowA, colA = m, 1, m
	}
	depth := k
	var panel [side * side]F
	if transB {
		depth = side
	}
	for j := 0; j < n; j += side {
		cols := min(side, n-j)
		for l := 0; l < k; l += depth {
			turns, right, ldb := min(depth, k-l), b, n
			if transB {
				turn(panel[:], b[j*k+l:], k, turns, cols)
				right, ldb = panel[:], cols
			} else {
				right = b[j:]
			}
			for i := 0; i < m; i += side {
				mul(transA, min(side, m-i), cols, turns, a[i*rowA+l*colA:], lda, right, ldb, c[i*n+j:], n)
			}
		}
	}
}

// turn writes the transpose of the cols×rows block at the head of b to dst.
func turn[F float](dst, b []F, ldb, rows, cols int) {
	for j := range cols {
		for l, v := range b[j*ldb:][:rows] {
			dst[l*cols+j] = v
		}
	}
}
