package lab

import (
	"fmt"
	"math"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/metric"
)

// maxLikely bounds the points whose likelihood is integrated.
const maxLikely = 500

// NLLKey is the stat of the mean negative log-likelihood.
const NLLKey = "nll"

// nll measures the mean negative log-likelihood of fresh data under a flow, beside
// its floor: that of the data's own density. A finite file has none.
type nll struct {
	of    *Likelihood
	floor *metric.FloorRun
	end   float64
}

func newNLL(f Flow, t *Target, s *Scorer, seed uint64) *nll {
	x := s.fresh.Slice(0, min(s.N, maxLikely))
	n := &nll{of: NewLikelihood(f, x), end: f.End}
	if !t.Finite() && t.Mixture.Singular() < 0 {
		g := exact.New(t.Mixture, f.Path)
		logp := func(dst []float64, x engine.Points) { g.LogDensity(dst, x, 1) }
		n.floor = metric.NewNLLFloor(logp, t.Mixture, x.Len(), floorPairs, engine.NewRand(seed, streamFloor))
	}
	return n
}

// Step does a little of it; false when all is measured.
func (n *nll) Step() bool { return n.of.Step() || n.floor != nil && n.floor.Step() }

// stat is what was measured, in nats, for data in a unit whose logarithm is given.
// It is NaN where the flow has no density.
func (n *nll) stat(logUnit float64) Stat {
	st := Stat{Key: NLLKey, Title: "NLL", Value: math.NaN(), Floor: math.NaN(), Q95: math.NaN(),
		Note: fmt.Sprintf("nats, %d fresh points", len(n.of.LogP))}
	if n.end < 1 {
		st.Note += fmt.Sprintf(", at t = %g", n.end)
	}
	if n.of.Err() == nil && n.of.Done == len(n.of.LogP) {
		st.Value = metric.NLL(n.of.LogP) + 2*logUnit
	}
	if n.floor != nil {
		f := n.floor.Floor()
		st.Floor, st.Q95 = f.Median+2*logUnit, f.Q95+2*logUnit
	}
	return st
}
