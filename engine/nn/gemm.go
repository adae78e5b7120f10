package nn

// rowsGemm is a gemm in plain Go: in the order of l, a multiple of row l of B is added
// to a row of C.
func rowsGemm[F float](transA bool, m, n, k int, a []F, lda int, b []F, ldb int, c []F, ldc int) {
	rowA, colA := lda, 1
	if transA {
		rowA, colA = 1, lda
	}
	for i := range m {
		sums := c[i*ldc:][:n]
		for l := range k {
			x := a[i*rowA+l*colA]
			if x == 0 {
				continue
			}
			for j, v := range b[l*ldb:][:n] {
				sums[j] += F(x * v)
			}
		}
	}
}
