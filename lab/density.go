package lab

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"fmlab/engine"
	"fmlab/engine/exact"
)

// Looks at what is learned so far, where one takes a while; data points drawn over
// a map.
const (
	looks   = 10
	overMap = 250
)

var densityKnobs = slices.Concat(flowKnobs, []string{"label", "guidance", "seed", "pitfall"}, trainingKnobs)

// densities shows the density of a flow by the divergence integral,
//
//	log p_1(x) = log p_0(z_0) − ∫ ∇·v dt along the trajectory that ends at x,
//
// beside the exact one (Chen et al. 2018, arXiv 1806.07366).
type densities struct {
	*subject
	exact *exact.Marginal // what samples are compared with, in closed form; nil where it has no density
	field *densityMap     // nil where the flow has no density
	nll   *nll
	signs *hutchinson
	apart float64 // RMS of log p against the exact one over the points of nll
	data  engine.Points
	err   error
}

func startDensity(s Setup) (Sim, error) {
	subject, err := taughtSubject(s.Only(densityKnobs))
	if err != nil {
		return nil, err
	}
	d := &densities{subject: subject}
	d.begin()
	return d, nil
}

// begin starts to look at the present flow: in passing while training goes on, and
// else with all that is measured of it.
func (d *densities) begin() {
	scorer := NewScorer(d.aim, maxLikely, d.setup.Seed, nil)
	d.data, d.nll, d.signs, d.apart = head(scorer.fresh).Slice(0, min(overMap, scorer.N)), nil, nil, math.NaN()
	if d.target.Finite() {
		d.data = head(d.aim.Mixture.Means)
	}
	if d.exact = d.exactOf(); d.exact == nil && !d.learned() {
		d.field = nil
		return
	}
	sizes := len(mapBlocks)
	if d.busy() {
		sizes--
	}
	d.field = newDensityMap(d.flow, d.exact, reach(d.aim.Mixture), sizes, d.field)
	if !d.busy() {
		d.nll = newNLL(d.flow, d.aim, scorer, d.setup.Seed)
		d.signs = newHutchinson(d.flow, scorer.fresh.Slice(0, min(signPoints, scorer.N)), d.setup.Seed)
	}
}

// Step implements Sim.
func (d *densities) Step() bool {
	switch {
	case d.field == nil && !d.busy() || d.err != nil:
		return false
	case d.field != nil && d.field.Step():
	case d.busy():
		look, err := d.iterate(looks)
		if d.err = err; look && err == nil {
			d.begin()
		}
	case d.nll == nil || d.field.Err() != nil:
		return false
	case d.nll.Step():
		d.compare()
	default:
		return d.signs.Step()
	}
	return true
}

// compare measures the log densities of data against the exact ones, once they are
// known.
func (d *densities) compare() {
	of := d.nll.of
	if d.exact == nil || d.setup.guided() || of.Done < len(of.LogP) || !math.IsNaN(d.apart) {
		return
	}
	logp, sum := make([]float64, len(of.LogP)), 0.0
	d.exact.LogDensity(logp, of.x, d.flow.End)
	for i, l := range logp {
		sum += float64((of.LogP[i] - l) * (of.LogP[i] - l))
	}
	d.apart = math.Sqrt(sum / float64(len(logp)))
}

// Frame implements Sim.
func (d *densities) Frame(look Look) *Frame {
	f := &Frame{Experiment: "density", Pitfall: d.said(), T: d.flow.End, Heeds: Look{Exact: d.field != nil && d.exact != nil}, Charts: d.charts(), Progress: d.progress(), Say: d.say(), Err: d.failure()}
	f.Plane = &Plane{Title: "density of " + filepath.Base(d.setup.Data), Half: viewHalf}
	if d.field != nil {
		f.Plane.Half = d.field.Half
		f.Plane.Layers = append(f.Plane.Layers, d.field.layer(look.Exact))
	}
	f.Plane.Layers = append(f.Plane.Layers, Layer{Kind: Scatter, Role: RoleData, Label: "data", Points: d.data})
	f.Stats = d.stats()
	return f
}

func (d *densities) stats() []Stat {
	integral, nfe := math.NaN(), math.NaN()
	if d.field != nil && !d.busy() {
		integral = d.field.Integral()
		if d.field.Done > 0 {
			nfe = float64(d.field.NFE)
		}
	}
	nll := plain(NLLKey, "NLL", math.NaN(), "nats, fresh points")
	if d.nll != nil {
		nll = d.nll.stat(0)
	}
	stats := append([]Stat{plain("t", "t", d.flow.End, "")}, d.lossStats()...)
	stats = append(stats,
		plain("integral", "integral over the plane", integral, fmt.Sprintf("of the density, on %d × %d cells", mapSide, mapSide)),
		nll,
		plain("logp_error", "error of log p", d.apart, "RMS in nats over the same points, against the exact density"))
	return append(append(stats, d.signs.stats()...), plain("nfe", "NFE", nfe, "evaluations of velocity and divergence a point"))
}

func (d *densities) progress() Progress {
	switch {
	case d.field != nil && !d.busy() && d.field.Done < len(d.field.cells):
		return Progress{"mapping", d.field.Done, len(d.field.cells)}
	case d.busy():
		return d.subject.progress()
	case d.signs != nil && d.signs.drawn < signDraws:
		return Progress{"comparing", d.nll.of.Done + d.signs.drawn, len(d.nll.of.LogP) + signDraws}
	}
	return Progress{}
}

func (d *densities) failure() error {
	switch {
	case d.subject.failure() != nil:
		return d.subject.failure()
	case d.err == nil && d.field != nil:
		return d.field.Err()
	}
	return d.err
}

func (d *densities) say() string {
	switch {
	case d.field == nil && !d.learned():
		return "a finite set of points has no density: train a network on it, or choose data that have one"
	case d.setup.guided():
		return d.sayClass() + "; the exact density is that of the class, which guidance leaves behind"
	case d.setup.Label != noLabel:
		return d.sayClass()
	case d.exact == nil:
		return "a finite set of points has no density to compare with: the network's is a guess at where more of them would be"
	}
	return ""
}

// Retune implements Sim.
func (d *densities) Retune(s Setup) error {
	if err := d.choose(s.Only(densityKnobs)); err != nil {
		return err
	}
	d.err = nil
	d.begin()
	return nil
}
