package metric

import (
	"fmlab/engine"
	"fmlab/engine/libm"
)

// MMD2 returns the squared maximum mean discrepancy
//
//	E k(X,X′) + E k(Y,Y′) − 2 E k(X,Y),  k(a,b) = exp(−‖a−b‖² / 2σ²)
//
// of the two sets, each mean over all pairs, a point with itself included
// (V-statistic). sigma > 0 is in the units of the points.
// Gretton et al., J. Mach. Learn. Res. 13 (2012) 723–773, eq. 5.
func MMD2(x, y engine.Points, sigma float64) float64 {
	n, m := float64(x.Len()), float64(y.Len())
	g := -1 / (2 * sigma * sigma)
	between, within := 0.0, [2]float64{}
	for i := range x.Len() {
		between += kernelFrom(x[2*i], x[2*i+1], y, g)
	}
	for k, p := range [2]engine.Points{x, y} {
		for i := range p.Len() {
			within[k] += 1 + 2*kernelFrom(p[2*i], p[2*i+1], p[:2*i], g)
		}
	}
	return within[0]/(n*n) + within[1]/(m*m) - 2*between/(n*m)
}

// kernelFrom returns Σ_j exp(g ‖(px, py) − y_j‖²).
func kernelFrom(px, py float64, y engine.Points, g float64) float64 {
	sum := 0.0
	for ; len(y) >= 2; y = y[2:] {
		dx, dy := px-y[0], py-y[1]
		sum += libm.Exp(g * (float64(dx*dx) + float64(dy*dy)))
	}
	return sum
}
