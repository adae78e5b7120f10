package plot

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"fmlab/engine"
	"fmlab/lab"
)

// moons returns n noisy points on two crescents.
func moons(n int, noise float64, rng *rand.Rand) engine.Points {
	p := engine.NewPoints(n)
	for i := range n {
		a := math.Pi * rng.Float64()
		x, y := 2*math.Cos(a)-1, 2*math.Sin(a)-0.5
		if i%2 == 1 {
			x, y = -x, -y
		}
		p.Set(i, x+noise*rng.NormFloat64(), y+noise*rng.NormFloat64())
	}
	return p
}

func cloudOf(n int, rng *rand.Rand) engine.Points {
	p := engine.NewPoints(n)
	engine.Gaussian{}.Sample(p, rng)
	return p
}

// swirl is a field that turns about the origin, still in its centre.
func swirl(n int, half float64) (at, v engine.Points) {
	at, v = engine.NewPoints(n*n), engine.NewPoints(n*n)
	for i := range n * n {
		x, y := half*(2*float64(i%n)/float64(n-1)-1), half*(2*float64(i/n)/float64(n-1)-1)
		at.Set(i, x, y)
		v.Set(i, -y-0.3*x, x-0.3*y)
	}
	return at, v
}

// spirals are paths from the edge inwards.
func spirals(n int) []engine.Points {
	var paths []engine.Points
	for i := range n {
		p := engine.NewPoints(60)
		for k := range 60 {
			s := float64(k) / 59
			a := 2*math.Pi*float64(i)/float64(n) + 2*s
			p.Set(k, 2.6*(1-0.7*s)*math.Cos(a), 2.6*(1-0.7*s)*math.Sin(a))
		}
		paths = append(paths, p)
	}
	return paths
}

// sampled returns a layer of the values of f at the middles of side×side cells.
func sampled(label string, side int, half float64, f func(x, y float64) float64) lab.Layer {
	l := lab.Layer{Kind: lab.Heat, Label: label, Side: side, Values: make([]float64, side*side)}
	at := func(k int) float64 { return half * ((2*float64(k)+1)/float64(side) - 1) }
	for i := range l.Values {
		l.Values[i] = f(at(i%side), at(i/side))
	}
	return l
}

// crescents is a smooth density with ridges along the moons.
func crescents(x, y float64) float64 {
	if y < 0.5*x {
		x, y = -x, -y
	}
	off := math.Hypot(x+1, y+0.5) - 2
	return math.Exp(-off*off/0.3) / (1 + math.Exp(-3*(y+0.5)))
}

// pairs joins points of noise and data in their order.
func pairs(x0, x1 engine.Points) []engine.Points {
	var paths []engine.Points
	for i := range x0.Len() {
		paths = append(paths, append(slices.Clone(x0.Slice(i, i+1)), x1.Slice(i, i+1)...))
	}
	return paths
}

// class returns n points about (x, y).
func class(n int, x, y float64, rng *rand.Rand) engine.Points {
	p := cloudOf(n, rng)
	for i := range n {
		a, b := p.At(i)
		p.Set(i, x+0.7*a, y+0.7*b)
	}
	return p
}

// heated are planes with heat in them, and what else joined the house with it.
func heated() map[string]*lab.Plane {
	rng := engine.NewRand(8, 0)
	at, v := swirl(9, 3.5)
	density := sampled("density", 32, 4, crescents)
	x0, x1 := cloudOf(64, rng), moons(64, 0.08, rng)
	return map[string]*lab.Plane{
		"heat": {Title: "density", Half: 4, Layers: []lab.Layer{density}},
		"heat-marks": {Title: "density at t = 1", Half: 4, Layers: []lab.Layer{density,
			{Kind: lab.Arrows, Role: lab.RoleField, Label: "velocity", Points: at, Vectors: v},
			{Kind: lab.Trails, Role: lab.RoleTrail, Label: "paths", Paths: spirals(3)},
			{Kind: lab.Scatter, Role: lab.RoleSample, Label: "samples", Points: moons(30, 0.2, rng)}}},
		"difference": {Title: "learned and exact", Half: 4, Layers: []lab.Layer{
			sampled("learned − exact", 32, 4, func(x, y float64) float64 { return 0.8*crescents(x-0.5, y) - crescents(x, y) })}},
		"pairs": {Title: "64 pairs", Half: 3, Layers: []lab.Layer{
			{Kind: lab.Trails, Role: lab.RoleTrail, Label: "pairs", Paths: pairs(x0, x1)},
			{Kind: lab.Scatter, Role: lab.RoleNoise, Label: "noise", Points: x0},
			{Kind: lab.Scatter, Role: lab.RoleData, Label: "data", Points: x1}}},
		"classes": {Title: "two classes", Half: 3, Layers: []lab.Layer{
			{Kind: lab.Scatter, Role: lab.RoleA, Label: "class 0", Points: class(60, -1, 0, rng)},
			{Kind: lab.Scatter, Role: lab.RoleB, Label: "class 1", Points: class(60, 1, 0.5, rng)}}},
	}
}

func planes() map[string]*lab.Plane {
	rng := engine.NewRand(7, 0)
	at, v := swirl(15, 3)
	moon := moons(2000, 0.08, rng)
	m := map[string]*lab.Plane{
		"moons": {Title: "particles at t = 1", Half: 4, Layers: []lab.Layer{
			{Kind: lab.Scatter, Role: lab.RoleData, Label: "data", Points: moons(600, 0.08, rng)},
			{Kind: lab.Scatter, Role: lab.RoleSample, Label: "samples", Points: moon.Slice(0, 400)}}},
		"dense": {Title: "density", Half: 3, Layers: []lab.Layer{
			{Kind: lab.Scatter, Role: lab.RoleSample, Label: "samples", Points: cloudOf(4000, rng)}}},
		"field": {Title: "v(x, t)", Half: 3, Layers: []lab.Layer{
			{Kind: lab.Arrows, Role: lab.RoleField, Label: "velocity", Points: at, Vectors: v}}},
		"trails": {Title: "from noise to data", Half: 3, Layers: []lab.Layer{
			{Kind: lab.Trails, Role: lab.RoleTrail, Label: "paths", Paths: spirals(12)},
			{Kind: lab.Scatter, Role: lab.RoleSample, Label: "samples", Points: cloudOf(40, rng)}}},
	}
	maps.Copy(m, heated())
	return m
}

// lossChart is a training curve of n steps: noisy, falling to its floor.
func lossChart(n int) *lab.Chart {
	rng := engine.NewRand(3, 0)
	x, y, smooth, floor := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	ema := 2.2
	for i := range n {
		x[i] = float64(i)
		y[i] = 1.41 + 0.75*math.Exp(-6*float64(i)/float64(n)) + 0.04*rng.NormFloat64()
		ema += (y[i] - ema) * 10 / float64(n)
		smooth[i], floor[i] = ema, 1.386
	}
	return &lab.Chart{Name: "loss", Title: "loss", YLabel: "mean squared error", XLabel: "iteration", Curves: []lab.Curve{
		{Label: "batch", Role: lab.RoleA, X: x, Y: y},
		{Label: "smoothed", Role: lab.RoleB, X: x, Y: smooth},
		{Label: "floor", Role: lab.RoleFloor, X: []float64{0, float64(n - 1)}, Y: []float64{1.386, 1.386}},
	}}
}

// nfeChart is error against cost: lines of slope -1, -2 and -4, and a floor.
func nfeChart() *lab.Chart {
	ch := &lab.Chart{Name: "nfe", Title: "error against NFE", YLabel: "RMS error", XLabel: "NFE", LogX: true, LogY: true}
	for i, name := range []string{"euler", "midpoint", "rk4"} {
		cv := lab.Curve{Label: name, Role: lab.RoleA + lab.Role(i), Marks: true}
		for n := 4.0; n <= 128; n *= 2 {
			cv.X = append(cv.X, n)
			cv.Y = append(cv.Y, max(3*math.Pow(n, -[]float64{1, 2, 4}[i]), 1e-6))
		}
		ch.Curves = append(ch.Curves, cv)
	}
	ch.Curves = append(ch.Curves, lab.Curve{Label: "floor", Role: lab.RoleFloor, X: []float64{4, 128}, Y: []float64{3e-6, 3e-6}})
	return ch
}

func scheduleChart() *lab.Chart {
	ch := &lab.Chart{Name: "schedule", Title: "schedule cosine", XLabel: "t"}
	for k, name := range []string{"alpha", "sigma"} {
		cv := lab.Curve{Label: name, Role: lab.RoleA + lab.Role(k)}
		for i := range 101 {
			s := float64(i) / 100
			cv.X = append(cv.X, s)
			cv.Y = append(cv.Y, []float64{math.Sin(math.Pi / 2 * s), math.Cos(math.Pi / 2 * s)}[k])
		}
		ch.Curves = append(ch.Curves, cv)
	}
	return ch
}

func solverTable() *lab.Table {
	t := &lab.Table{Title: "solvers at the same cost", Columns: []string{"solver", "steps", "NFE", "RMS error", "time"}}
	for i, s := range [][]string{
		{"euler", "32", "32", "0.0391", "1.2 ms"}, {"midpoint", "16", "32", "0.0104", "1.2 ms"},
		{"heun", "16", "32", "0.0112", "1.3 ms"}, {"rk4", "8", "32", "0.0009", "1.2 ms"},
		{"dpm++2m", "32", "32", "0.0042", "1.3 ms"}, {"dopri5 rtol 1e-3", "-", "47", "0.0088", "2.0 ms"},
	} {
		t.Rows = append(t.Rows, lab.Row{Role: lab.RoleA + lab.Role(i), Cells: s, Selected: i == 3})
	}
	return t
}

// couplingTable has long names and more columns than a narrow pane has room for.
func couplingTable(columns int) *lab.Table {
	t := &lab.Table{Title: "couplings at the same cost",
		Columns: []string{"coupling of noise and data", "steps", "NFE", "straightness", "RMS error", "distance²"}[:columns]}
	for i, name := range []string{"independent", "optimal transport, whole batch", "optimal transport, minibatch 64", "optimal transport, minibatch 256",
		"sinkhorn ε = 0.1", "greedy nearest neighbour", "reflow, once", "reflow, twice", "rectified and distilled", "variance preserving", "sorted along x", "diagonal"} {
		t.Rows = append(t.Rows, lab.Row{Role: lab.RoleA + lab.Role(i%8), Selected: i == 3,
			Cells: []string{name, "32", strconv.Itoa(32 * (i + 1)), "0.8312", "0.0391", "0.00123"}[:columns]})
	}
	return t
}

// wholeFrame is a frame with everything in it.
func wholeFrame() *lab.Frame {
	return &lab.Frame{
		Experiment: "free", T: 0.62, Plane: planes()["moons"], Charts: []lab.Chart{*lossChart(2000), *nfeChart()},
		Table: solverTable(),
		Stats: []lab.Stat{
			{Key: "energy_distance2", Title: "energy distance", Value: 0.0123, Floor: 0.0011, Q95: 0.002, Note: "2,000 points a side"},
			{Key: "rms", Title: "RMS error", Value: math.NaN(), Floor: math.NaN(), Q95: math.NaN()}},
		Progress: lab.Progress{What: "training", Done: 1200, Total: 4000},
		Say:      "Two crescents.", Err: fmt.Errorf("step 12 gave an infinite loss"),
	}
}
