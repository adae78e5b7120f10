package field

import "fmlab/engine"

// Guided is classifier-free guidance, the flow
//
//	v_w = v_∅ + w (v_c − v_∅) = (1 − w) v_∅ + w v_c
//
// (Ho & Salimans 2022, arXiv 2207.12598, eq. 6, for velocities instead of noise
// predictions; their weight is w − 1). w = 0 is v_∅ and w = 1 is v_c, to the last bit; beyond 1 the class
// is exaggerated, and the flow is no longer that of any distribution of data.
// Data prediction and divergence are linear in the velocity and so are combined
// alike.
//
// An evaluation asks both flows, so it is the price of two: whoever counts NFE
// multiplies.
type Guided struct {
	None  engine.Flow // v_∅, of all classes
	Class engine.Flow // v_c, of the class
	// Weight is w ≥ 0.
	Weight float64

	scratch []float64
}

// Velocity implements [engine.Field].
func (g *Guided) Velocity(dst, z engine.Points, t float64) {
	g.combine(dst, func(f engine.Flow, dst []float64) { f.Velocity(dst, z, t) })
}

// Data implements [engine.Flow].
func (g *Guided) Data(dst, z engine.Points, t float64) {
	g.combine(dst, func(f engine.Flow, dst []float64) { f.Data(dst, z, t) })
}

// Divergence implements [engine.Flow].
func (g *Guided) Divergence(dst []float64, z engine.Points, t float64) {
	g.combine(dst, func(f engine.Flow, dst []float64) { f.Divergence(dst, z, t) })
}

func (g *Guided) combine(dst []float64, read func(f engine.Flow, dst []float64)) {
	g.scratch = append(g.scratch[:0], dst...)
	read(g.None, g.scratch)
	read(g.Class, dst)
	for i, none := range g.scratch {
		dst[i] = float64((1-g.Weight)*none) + float64(g.Weight*dst[i])
	}
}
