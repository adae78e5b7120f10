package lessons

import (
	"math/rand/v2"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/field"
	"fmlab/engine/ode"
)

// guided are two classes on a line, a single point each, equally likely, and the
// flow of the first at weight w.
func guided(a, b, w float64) *field.Guided {
	class := func(x ...float64) engine.Flow { return exact.New(exact.Points(x), mustPath("linear")) }
	return &field.Guided{None: class(a, 0, b, 0), Class: class(a, 0), Weight: w}
}

// weight draws one that exaggerates.
func weight(rng *rand.Rand) float64 { return pick(rng, 1.5, 2, 3, 4) }

// asked are the velocities at the middle of the way to two classes, at weight w:
// of all, of the first class, and guided.
func asked(rng *rand.Rand, w float64) (none, class, v float64) {
	a, b := apart(rng, -2, 2)
	g := guided(a, b, w)
	at := func(f engine.Field) float64 {
		dst := engine.NewPoints(1)
		f.Velocity(dst, engine.Points{(a + b) / 4, 0}, 0.5)
		return dst[0]
	}
	return at(g.None), at(g.Class), at(g)
}

func guidedVelocity(rng *rand.Rand) Problem {
	w := weight(rng)
	none, class, v := asked(rng, w)
	return problem(v, map[string]any{"none": none, "class": class, "w": w, "gap": class - none})
}

func guidanceWeight(rng *rand.Rand) Problem {
	w := pick(rng, 0.5, 1.5, 2, 3, 4)
	none, class, v := asked(rng, w)
	return problem(w, map[string]any{"none": none, "class": class, "v": v, "part": v - none, "gap": class - none})
}

// guidedStart takes one guided Euler step over the whole way.
func guidedStart(rng *rand.Rand) Problem {
	a, b := apart(rng, -2, 2)
	w := weight(rng)
	s := ran("euler", guided(a, b, w), engine.Points{tenth(rng, -2, 2), 0}, ode.Options{To: 1, Steps: 1})
	return problem(s.Z()[0], map[string]any{"a": a, "b": b, "w": w, "mean": (a + b) / 2, "gap": (a - b) / 2})
}

func guidedNFE(rng *rand.Rand) Problem {
	m, steps := fixed(rng), 3+rng.IntN(28)
	s := ran(m.Name, guided(1, -1, 2), engine.NewPoints(1), ode.Options{To: 0.9, Steps: steps})
	return whole(2*s.NFE(), map[string]any{"solver": m.Title, "steps": steps, "stages": m.Stages(), "asked": s.NFE()})
}
