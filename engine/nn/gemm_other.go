//go:build !amd64 || noasm || gccgo || safe

package nn

var gemm32, gemm64 = gemm[float32](rowsGemm[float32]), gemm[float64](rowsGemm[float64])
