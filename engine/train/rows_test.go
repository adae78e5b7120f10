package train

import (
	"math"
	"testing"

	"fmlab/engine"
	"fmlab/engine/couple"
)

// The rows are those that the step was made of: z is on the way of its pair at its
// own time, y is the target of that pair, and the loss that the step reports is the
// mean square of what the network before it said of them.
func TestRowsAreThoseOfTheStep(t *testing.T) {
	for _, coupling := range []couple.Coupling{couple.Independent, couple.OT} {
		opt := small(t, "vp")
		opt.Coupling = coupling
		tr := start(t, opt)
		if r := tr.Rows(); r.T != nil || !math.IsNaN(tr.GradNorm()) {
			t.Error("before the first step: got rows or a gradient")
		}
		for range 3 {
			before := tr.Net()
			if !tr.Step() {
				t.Fatal(tr.Err())
			}
			r, sum := tr.Rows(), 0.0
			v := engine.NewPoints(1)
			for i, at := range r.T {
				c := opt.Path.At(at)
				for k := 2 * i; k < 2*i+2; k++ {
					near(t, "z", r.Z[k], c.Alpha*r.X1[k]+c.Sigma*r.X0[k])
					near(t, "y", r.Y[k], c.DAlpha*r.X1[k]+c.DSigma*r.X0[k])
				}
				before.Predict(v, r.Z.Slice(i, i+1), at)
				sum += (math.Pow(v[0]-r.Y[2*i], 2) + math.Pow(v[1]-r.Y[2*i+1], 2)) / float64(len(r.Y))
			}
			if math.Abs(sum-tr.Loss()) > 1e-5*sum { // the step computes in float32
				t.Errorf("%s: got loss %g of the rows, want that of the step, %g", coupling.Name, sum, tr.Loss())
			}
		}
	}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-12 {
		t.Fatalf("%s: got %g want %g", what, got, want)
	}
}
