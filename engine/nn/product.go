package nn

// A product computes C += op(A) op(B), with C m×n, op(A) m×k, op(B) k×n, all stored
// densely row by row; op transposes where it is asked to: then A is stored k×m, B
// n×k. Every entry of C takes its terms op(A)_il op(B)_lj one at a time, in the order
// of l, each rounded, on every machine and in all the ways below. (They differ in
// whether a term with op(A)_il = 0 is added or left out, and choose by size alone.)

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
				sum += F(a[i*rowA+l*colA] * b[l*rowB+j*colB])
			}
			c[i*n+j] = sum
		}
	}
}

// dots is the way for thin ones with B transposed: entries of C are dot products of
// rows of A and B. Each sum waits for its last term; four at a time share the wait.
// Entry (i, j) is c[i·rowC + j·colC].
func dots[F float](m, n, k int, a, b, c []F, rowC, colC int) {
	for i := range m {
		row, j := a[i*k:(i+1)*k], 0
		for ; j+4 <= n; j += 4 {
			b0, b1, b2, b3 := b[j*k:][:k], b[(j+1)*k:][:k], b[(j+2)*k:][:k], b[(j+3)*k:][:k]
			at := c[i*rowC+j*colC:]
			s0, s1, s2, s3 := at[0], at[colC], at[2*colC], at[3*colC]
			for l, x := range row {
				s0 += F(x * b0[l])
				s1 += F(x * b1[l])
				s2 += F(x * b2[l])
				s3 += F(x * b3[l])
			}
			at[0], at[colC], at[2*colC], at[3*colC] = s0, s1, s2, s3
		}
		for ; j < n; j++ {
			sum := c[i*rowC+j*colC]
			for l, y := range b[j*k:][:k] {
				sum += F(row[l] * y)
			}
			c[i*rowC+j*colC] = sum
		}
	}
}

// side is the length of the blocks that large products are cut into.
const side = 64

// gemm is the way for the others: a product with op(B) = B, with row strides, of at
// most side×side entries of C. In the order of l it adds op(A)_il times row l of B to
// row i of C, a loop whose turns do not wait for each other.
type gemm[F float] func(transA bool, m, n, k int, a []F, lda int, b []F, ldb int, c []F, ldc int)

// product chooses the way. A transposed B is turned row by row first, a block at a
// time, into panel, scratch for side×side numbers.
func (mul gemm[F]) product(transA, transB bool, m, n, k int, a, b, c, panel []F) {
	switch notTrans := transB && !transA; {
	case notTrans && n < 8:
		dots(n, m, k, b, a, c, 1, n)
		return
	case notTrans && (m < 4 || k < 8):
		dots(m, n, k, a, b, c, n, 1)
		return
	case n < 8 && transA && !transB:
		mul.narrow(m, n, k, a, b, c, panel)
		return
	case n < 8:
		plainProduct(transA, transB, m, n, k, a, b, c)
		return
	}
	lda, rowA, colA := k, k, 1
	if transA {
		lda, rowA, colA = m, 1, m
	}
	depth := k
	if transB {
		depth = side
	}
	for j := 0; j < n; j += side {
		cols := min(side, n-j)
		for l := 0; l < k; l += depth {
			rows, right, ldb := min(depth, k-l), b[j:], n
			if transB {
				right, ldb = panel, cols
				turn(panel, b[j*k+l:], k, rows, cols)
			}
			for i := 0; i < m; i += side {
				mul(transA, min(side, m-i), cols, rows, a[i*rowA+l*colA:], lda, right, ldb, c[i*n+j:], n)
			}
		}
	}
}

// narrow computes C += Aᵀ B of few columns as Cᵀ += Bᵀ A, whose rows are long.
func (mul gemm[F]) narrow(m, n, k int, a, b, c, panel []F) {
	for i := 0; i < m; i += side {
		long := min(side, m-i)
		turn(panel, c[i*n:], n, n, long)
		mul(true, n, long, k, b, n, a[i:], m, panel, long)
		turn(c[i*n:], panel, long, long, n)
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
