package lab

import (
	"fmt"
	"math"

	"fmlab/engine"
	"fmlab/engine/libm"
	"fmlab/engine/metric"
)

// GainKey is the stat of how much more a flow knows of a file than one Gaussian.
const GainKey = "gain"

// gain measures how much likelier the rows of a file that were held back are under
// a learned flow than under one Gaussian, that of the mean and the covariance of
// the rows it learned from: the mean difference of the log densities, in nats. A
// distance between two small clouds hardly sees whether one is blurred. This does,
// and it sees rows learned by heart as well: the flow is then nearly empty where
// the others are.
type gain struct {
	of    *Likelihood
	gauss float64 // mean negative log-likelihood of the Gaussian
}

func newGain(f Flow, t *Target) *gain {
	x := t.Held.Slice(0, min(t.Held.Len(), maxLikely))
	return &gain{NewLikelihood(f, x), gaussNLL(t.Mixture.Means, x)}
}

// Step does a little of it; false when all is measured.
func (g *gain) Step() bool { return g.of.Step() }

// stat is NaN before all is measured, and where one of the two has no density.
func (g *gain) stat() Stat {
	st := plain(GainKey, "gain over a Gaussian", math.NaN(), "")
	if g == nil {
		return st
	}
	st.Note = fmt.Sprintf("nats a point, %d rows held back", len(g.of.LogP))
	if g.of.Err() == nil && g.of.Done == len(g.of.LogP) {
		st.Value = g.gauss - metric.NLL(g.of.LogP)
	}
	return st
}

// gaussNLL is the mean of −log N(x; m, C) with the mean m and the covariance C of
// the rows, NaN if these lie on a line:
//
//	log 2π + ½ log det C + ½ E (x − m)ᵀ C⁻¹ (x − m)
func gaussNLL(rows, x engine.Points) float64 {
	mx, my := centre(rows)
	var xx, xy, yy float64
	for i := range rows.Len() {
		dx, dy := rows[2*i]-mx, rows[2*i+1]-my
		xx, xy, yy = xx+float64(dx*dx), xy+float64(dx*dy), yy+float64(dy*dy)
	}
	n := float64(rows.Len())
	xx, xy, yy = xx/n, xy/n, yy/n
	det := float64(xx*yy) - float64(xy*xy)
	if !(det > 1e-12*float64(xx+yy)*float64(xx+yy)) {
		return math.NaN()
	}
	sum := 0.0
	for i := range x.Len() {
		dx, dy := x[2*i]-mx, x[2*i+1]-my
		sum += (float64(float64(yy*dx)*dx) - float64(2*float64(float64(xy*dx)*dy)) + float64(float64(xx*dy)*dy)) / det
	}
	return libm.Log(2*math.Pi) + float64(libm.Log(det)/2) + sum/float64(2*x.Len())
}

func centre(p engine.Points) (mx, my float64) {
	for i := range p.Len() {
		mx, my = mx+p[2*i], my+p[2*i+1]
	}
	n := float64(p.Len())
	return mx / n, my / n
}
