package lab

import (
	"fmt"
	"math"
	"strconv"

	"fmlab/engine"
)

// Frame implements Sim.
func (c *couplings) Frame(look Look) *Frame {
	f := &Frame{Experiment: "couplings", T: look.Trip, Heeds: Look{Trip: 1, Field: true, Exact: c.learned()}, Charts: c.charts(), Table: c.table(), Progress: c.progress(), Say: c.say(), Err: c.failure()}
	f.Plane = &Plane{Title: "pairs of noise and data", Half: viewHalf}
	add := func(l Layer) { f.Plane.Layers = append(f.Plane.Layers, l) }
	if look.Field { // the flow in the place of the pairs
		add(c.arrows(look.Trip, look.Exact))
	}
	if look.Field && c.shown != nil {
		f.Plane.Title = "the flow"
		c.addTrips(add, look)
	} else if p := c.drawn(); p != nil {
		n := min(linesDrawn, c.batch.Len())
		add(Layer{Kind: Trails, Role: RoleTrail, Label: p.title, Paths: lines(c.batch.Slice(0, n), p.x1)})
		add(Layer{Kind: Scatter, Role: RoleData, Label: "data", Points: p.x1.Slice(0, n)})
		add(Layer{Kind: Scatter, Role: RoleNoise, Label: "noise", Points: c.batch.Slice(0, n)})
	}
	if c.race != nil {
		f.Charts = append(f.Charts, c.qualityChart())
	}
	f.Stats = c.stats()
	return f
}

// addTrips draws where the flow takes the noise of the lines.
func (c *couplings) addTrips(add func(Layer), look Look) {
	trip := c.shown.trip
	z, _ := trip.At(look.Trip)
	n := min(linesDrawn, z.Len())
	add(Layer{Kind: Trails, Role: RoleTrail, Label: "trips of the flow", Paths: trip.Trails(n, look.Trip)})
	add(Layer{Kind: Scatter, Role: RoleData, Label: "data", Points: c.scorer.fresh})
	add(Layer{Kind: Scatter, Role: RoleSample, Label: "samples", Points: z.Slice(0, n)})
}

// lines are the straight lines from noise to data.
func lines(x0, x1 engine.Points) []engine.Points {
	paths := make([]engine.Points, x0.Len())
	for i := range paths {
		paths[i] = engine.Points{x0[2*i], x0[2*i+1], x1[2*i], x1[2*i+1]}
	}
	return paths
}

// drawn is the pairing in the picture: the chosen one, and of a flow that was
// trained on pairs of its own, these; nil before it is known.
func (c *couplings) drawn() *pairing {
	if c.own != nil && c.model != nil && c.model.Reflow > 0 {
		return c.own
	}
	name := c.setup.Coupling
	if c.model != nil {
		name = c.model.Coupling
	}
	for i := range c.pairings {
		if c.pairings[i].name == name {
			return &c.pairings[i]
		}
	}
	return nil
}

func (c *couplings) table() *Table {
	t := &Table{Title: fmt.Sprintf("a batch of %d pairs, %d lines drawn", c.batch.Len(), min(linesDrawn, c.batch.Len())), Columns: []string{"paired by", "crossings", "worth a swap", "path energy"}, Stats: []string{"crossings", "swaps", "path_energy"}}
	row := func(name string, p *pairing) {
		cells := []string{name, "…", "…", "…"}
		if p != nil {
			cells = []string{name, strconv.Itoa(p.crossings), strconv.Itoa(p.swaps), Num(p.energy)}
		}
		t.Rows = append(t.Rows, Row{Role: RoleSample, Selected: p != nil && p == c.drawn(), Cells: cells})
	}
	for i := range c.pairings {
		row(c.pairings[i].name, &c.pairings[i])
	}
	row("this flow", c.own)
	return t
}

// qualityChart is the distance of few-step samples from the data.
func (c *couplings) qualityChart() Chart {
	chart := Chart{Name: "quality", Title: "samples of few Euler steps", XLabel: "steps", YLabel: "energy distance²", LogX: true, LogY: true}
	if c.quality == nil {
		return chart
	}
	line := Curve{Label: "Euler", Role: RoleSample, Marks: true}
	floor := Curve{Label: "floor", Role: RoleFloor}
	for i, q := range c.quality {
		line.X, line.Y = append(line.X, float64(c.race.Entries[i].Steps)), append(line.Y, q.Value)
		floor.X, floor.Y = append(floor.X, float64(c.race.Entries[i].Steps)), append(floor.Y, q.Floor)
	}
	chart.Curves = []Curve{line, floor}
	chart.Note = c.quality[0].Note
	return chart
}

func (c *couplings) stats() []Stat {
	stats := c.lossStats()
	drawn := pairing{crossings: -1, swaps: -1, energy: math.NaN()}
	if p := c.drawn(); p != nil {
		drawn = *p
	}
	number := func(n int) float64 {
		if n < 0 {
			return math.NaN()
		}
		return float64(n)
	}
	stats = append(stats,
		plain("crossings", "crossings", number(drawn.crossings), "of the lines drawn"),
		plain("swaps", "worth a swap", number(drawn.swaps), "two lines drawn that would be shorter with their ends exchanged"),
		plain("path_energy", "path energy", drawn.energy, "mean square length of the lines of the batch"))
	for _, p := range c.pairings {
		stats = append(stats,
			plain("crossings_"+p.name, "crossings, "+p.name, float64(p.crossings), p.title),
			plain("swaps_"+p.name, "worth a swap, "+p.name, float64(p.swaps), p.title),
			plain("path_energy_"+p.name, "path energy, "+p.name, p.energy, p.title))
	}
	stats = append(stats, c.shown.stat())
	rms := math.NaN()
	if c.quality != nil {
		rms = c.race.Entries[0].RMS
	}
	stats = append(stats, plain("one_step_rms", "one Euler step, RMS", rms, "against the reference from the same noise"))
	for i, steps := range eulerSteps {
		q := plain("", "", math.NaN(), "")
		if c.quality != nil {
			q = c.quality[i]
		}
		q.Key, q.Title = fmt.Sprintf("energy_distance2_%d", steps), fmt.Sprintf("%d Euler: energy distance²", steps)
		stats = append(stats, q)
	}
	return stats
}

func (c *couplings) progress() Progress {
	switch {
	case c.busy():
		return c.subject.progress()
	case c.straight != nil:
		return Progress{"following the flow", c.straight.trip.Steps(), straightNFE / 2}
	case c.quality == nil && c.race != nil:
		return Progress{"comparing", len(c.race.Entries), len(eulerSteps)}
	}
	return Progress{}
}

func (c *couplings) say() string {
	switch {
	case c.memorises():
		return "the exact field of a finite set leads every point onto one of its rows: it memorises"
	case !c.learned() && (c.setup.Coupling != independent || c.setup.Reflow > 0):
		return "the exact field is that of random pairs: train a network to see what the pairing does to a flow"
	}
	return ""
}
