package lessons

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"fmlab/engine"
	"fmlab/engine/couple"
	"fmlab/engine/metric"
	"fmlab/engine/ode"
)

// digits draws n whole numbers from −5 to 5 that differ.
func digits(rng *rand.Rand, n int) []float64 {
	all := make([]float64, n)
	for i, k := range rng.Perm(11)[:n] {
		all[i] = float64(k - 5)
	}
	return all
}

// leastPairing asks for the least total squared length of three pairs on a line.
func leastPairing(rng *rand.Rand) Problem {
	x0, x1 := digits(rng, 3), digits(rng, 3)
	cost := make([]float64, 0, 9)
	for _, a := range x0 {
		for _, b := range x1 {
			cost = append(cost, (a-b)*(a-b))
		}
	}
	column := make([]int, 3)
	least := couple.Assign(column, cost, 3)
	return whole(int(least), map[string]any{"a": x0[0], "b": x0[1], "c": x0[2], "p": x1[0], "q": x1[1], "r": x1[2],
		"x": x1[column[0]], "y": x1[column[1]], "z": x1[column[2]]})
}

// swapGain asks how much shorter two lines in the plane are with their ends
// exchanged, in squared length; a swap that does not pay is drawn again.
func swapGain(rng *rand.Rand) Problem {
	draw := func() engine.Points {
		p := engine.NewPoints(2)
		for i := range p {
			p[i] = float64(rng.IntN(7) - 3)
		}
		return p
	}
	for {
		x0, x1 := draw(), draw()
		swapped := engine.Points{x1[2], x1[3], x1[0], x1[1]}
		before, after := 2*couple.Energy(x0, x1), 2*couple.Energy(x0, swapped)
		if before <= after {
			continue
		}
		return whole(int(before-after), map[string]any{"a": x0[0], "b": x0[1], "c": x0[2], "d": x0[3],
			"p": x1[0], "q": x1[1], "r": x1[2], "s": x1[3], "before": before, "after": after})
	}
}

// meetTime asks when two pairs on a line are at the same place: the one behind at
// the start is ahead at the end.
func meetTime(rng *rand.Rand) Problem {
	x0, x1 := digits(rng, 2), digits(rng, 2)
	slices.Sort(x0)
	slices.SortFunc(x1, func(a, b float64) int { return cmp.Compare(b, a) })
	start, end := x0[1]-x0[0], x1[1]-x1[0]
	t := start / (start - end)
	z := engine.NewPoints(1)
	mustPath("linear").Interpolate(z, engine.Points{x0[0], 0}, engine.Points{x1[0], 0}, t)
	return problem(t, map[string]any{"a": x0[0], "b": x1[0], "c": x0[1], "d": x1[1], "start": start, "end": end, "place": z[0]})
}

// couplingCell asks for a missing cell of a coupling of two places with two.
func couplingCell(rng *rand.Rand) Problem {
	for {
		left, low, both := pick(rng, 0.3, 0.4, 0.6), pick(rng, 0.3, 0.5, 0.7), pick(rng, 0.1, 0.2)
		if rest := 1 - left - low + both; rest > 0.05 {
			return problem(rest, map[string]any{"left": left, "right": 1 - left, "low": low, "both": both, "other": low - both})
		}
	}
}

// bend asks for the straightness of a trip along a line with two speeds.
func bend(rng *rand.Rand) Problem {
	u, w := apart(rng, -2, 2)
	s := metric.Straightness([]float64{0, 0.5, 1}, []engine.Points{{0, 0}, {u / 2, 0}, {(u + w) / 2, 0}})
	return problem(s, map[string]any{"u": u, "w": w, "mean": (u + w) / 2, "off": math.Abs(u-w) / 2})
}

// wind is a field that is the same everywhere.
type wind struct{ v float64 }

func (f wind) Velocity(dst, _ engine.Points, _ float64) {
	for i := range dst {
		dst[i] = f.v
	}
}

// straightEnd asks where a straight trip ends, seen from the middle of it.
func straightEnd(rng *rand.Rand) Problem {
	z, v := apart(rng, -2, 2)
	t := early(rng)
	s := ran("euler", wind{v}, engine.Points{z, 0}, ode.Options{From: t, To: 1, Steps: 1})
	return problem(s.Z()[0], map[string]any{"z": z, "v": v, "t": t, "left": 1 - t})
}

// breakEven asks how many samples pay for the pairs of a reflow.
func breakEven(rng *rand.Rand) Problem {
	m, err := ode.Get("rk4")
	if err != nil {
		panic("lessons: " + err.Error())
	}
	pairs, steps := pick(rng, 500, 1000, 2000), pick(rng, 8, 16)
	before, after := pick(rng, 20, 36), 4
	each := steps * m.Stages()
	return whole(pairs*each/(before-after), map[string]any{"pairs": pairs, "steps": steps, "each": each, "cost": pairs * each,
		"before": before, "after": after, "saved": before - after})
}
