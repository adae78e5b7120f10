package lab

import (
	"fmt"
	"math"
	"testing"

	"fmlab/engine"
	"fmlab/engine/dataset"
	"fmlab/engine/exact"
	"fmlab/engine/path"
)

// TestTruthOfEveryDataSet: of every data set, on every path, every reading, the
// divergence and the log density are finite from end to end, and a hair from either
// end they are what they are at it.
func TestTruthOfEveryDataSet(t *testing.T) {
	z := engine.Points{0.3, -0.2, 1.1, 0.7, -1.5, 0.1, 4, -4}
	const hair = 1e-12 // where a σ that ends like a root is 10⁻⁶ still
	for _, set := range dataset.All {
		for _, p := range path.All {
			g := exact.New(set.Mixture(), p)
			at := func(time float64) (all []float64) {
				for _, kind := range path.Kinds {
					y := engine.NewPoints(z.Len())
					g.Read(y, z, time, kind)
					all = append(all, y...)
				}
				for _, read := range []func([]float64, engine.Points, float64){g.Divergence, g.LogDensity} {
					v := make([]float64, z.Len())
					read(v, z, time)
					all = append(all, v...)
				}
				return all
			}
			for _, time := range []float64{0, hair, 1e-6, 1e-3, 0.5, 1 - 1e-3, 1 - 1e-6, 1 - hair, 1} {
				for i, v := range at(time) {
					if math.IsNaN(v) || math.IsInf(v, 0) {
						t.Fatalf("%s on %s at t = %g: number %d is %v, want it finite", set.Name, p.Name, time, i, v)
					}
				}
			}
			for _, end := range []float64{0, 1} {
				there, near := at(end), at(math.Abs(end-hair))
				for i := range there {
					if math.Abs(there[i]-near[i]) > 1e-3*(1+math.Abs(there[i])) {
						t.Fatalf("%s: got %v at the end and %v beside it", fmt.Sprintf("%s on %s at t = %g, number %d", set.Name, p.Name, end, i), there[i], near[i])
					}
				}
			}
		}
	}
}
