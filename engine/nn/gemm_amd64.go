//go:build !noasm && !gccgo && !safe

package nn

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

// Where gonum has assembly (its build tags stand above), it adds a multiple of a row
// with plain multiplications and additions, four numbers at once. Its dot products
// would sum in an order of their own, which depends on the address besides.

func gemm32(transA bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int) {
	gonum.Implementation{}.Sgemm(trans(transA), blas.NoTrans, m, n, k, 1, a, lda, b, ldb, 1, c, ldc)
}

func gemm64(transA bool, m, n, k int, a []float64, lda int, b []float64, ldb int, c []float64, ldc int) {
	gonum.Implementation{}.Dgemm(trans(transA), blas.NoTrans, m, n, k, 1, a, lda, b, ldb, 1, c, ldc)
}

func trans(t bool) blas.Transpose {
	if t {
		return blas.Trans
	}
	return blas.NoTrans
}
