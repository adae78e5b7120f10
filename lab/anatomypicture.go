package lab

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"fmlab/engine"
)

// dozen is how many pairs of a batch are drawn with their lines and arrows: more
// cannot be told apart.
const dozen = 12

// arrowTime is the length of an arrow in the picture, in units of time.
const arrowTime = 0.3

// Frame implements Sim.
func (a *anatomy) Frame(Look) *Frame {
	f := &Frame{Experiment: "anatomy", T: math.NaN(), Table: a.table(), Progress: a.progress(), Err: a.failure(), Say: a.say(), Hold: a.hold()}
	if !a.busy() && a.at == substeps {
		f.Progress = Progress{}
	}
	f.Plane = &Plane{Title: fmt.Sprintf("iteration %d, sub-step %d of %d", a.training.Iter(), a.at, substeps), Half: viewHalf, Layers: a.layers()}
	f.Stats = append(slices.Clone(a.known),
		plain("substep", "sub-step", float64(a.at), ""),
		plain("batch_loss", "loss of this batch", a.since(learn, a.loss), "before the update"),
		plain("batch_loss_after", "and after the update", a.since(learn, a.after), "of the same pairs"),
		plain("grad_norm", "length of the gradient", a.since(learn, a.training.trainer.GradNorm()), "over all weights together"))
	return f
}

// since is a number that is known from a sub-step on.
func (a *anatomy) since(substep int, v float64) float64 {
	if a.at < substep {
		return math.NaN()
	}
	return v
}

// layers are the marks of the sub-step shown, those before it fading.
func (a *anatomy) layers() []Layer {
	data := engine.NewPoints(400)
	a.target.Mixture.Sample(data, engine.NewRand(a.setup.Seed, streamFresh))
	all := []Layer{{Kind: Scatter, Role: RoleData, Label: "data", Points: data}}
	if a.at == 0 {
		return all
	}
	n := a.drawn()
	add := func(since int, l Layer) {
		if a.at >= since {
			all = append(all, l)
		}
	}
	if a.at < learn {
		add(drawTime, Layer{Kind: Trails, Role: RoleTrail, Label: "pairs", Paths: a.lines(n)})
	}
	if a.at <= mix {
		add(drawNoise, Layer{Kind: Scatter, Role: RoleNoise, Label: "x₀", Points: a.rows.X0.Slice(0, n).Clone()})
		add(drawData, Layer{Kind: Scatter, Role: RoleSample, Label: "x₁", Points: a.rows.X1.Slice(0, n).Clone()})
	}
	arrows := func(since int, role Role, label string, v engine.Points) {
		lines, tips := a.arrowsTo(v, n)
		add(since, Layer{Kind: Trails, Role: role, Paths: lines})
		add(since, Layer{Kind: Scatter, Role: role, Label: label, Points: tips})
	}
	if a.at >= aimAndAsk {
		arrows(aimAndAsk, RoleB, "target u", a.rows.Y)
		arrows(aimAndAsk, RoleC, "network v", a.asked)
		arrows(learn, RoleD, "v after", a.told)
	}
	add(mix, Layer{Kind: Scatter, Role: RoleE, Label: "z, the lighter the later", Points: a.rows.Z.Slice(0, n).Clone(), Tones: a.rows.T[:n:n]})
	return all
}

// drawn is how many rows are in the picture: all while they are points, a dozen
// as soon as lines join them.
func (a *anatomy) drawn() int {
	n := len(a.rows.T)
	if a.at >= drawTime {
		n = min(n, dozen)
	}
	return n
}

// lines are the ways of pairs along the path, from noise to data.
func (a *anatomy) lines(n int) []engine.Points {
	const bends = 24 // straight pieces of a curve
	ways := make([]engine.Points, n)
	for k := range bends + 1 {
		c := a.path.At(float64(k) / bends)
		for i := range ways {
			x0, y0 := a.rows.X0.At(i)
			x1, y1 := a.rows.X1.At(i)
			ways[i] = append(ways[i], float64(c.Alpha*x1)+float64(c.Sigma*x0), float64(c.Alpha*y1)+float64(c.Sigma*y0))
		}
	}
	return ways
}

// arrowsTo are the ways from the first n of z along a velocity each, and their ends.
func (a *anatomy) arrowsTo(v engine.Points, n int) (lines []engine.Points, tips engine.Points) {
	tips = engine.NewPoints(n)
	for i := range n {
		x, y := a.rows.Z.At(i)
		dx, dy := v.At(i)
		tips.Set(i, x+float64(arrowTime*dx), y+float64(arrowTime*dy))
		lines = append(lines, engine.Points{x, y, tips[2*i], tips[2*i+1]})
	}
	return lines, tips
}

// table is the numbers of this very iteration, as far as it is shown.
func (a *anatomy) table() *Table {
	n := a.setup.Batch
	t := &Table{Title: "one training iteration", Columns: []string{"sub-step", "shape", "first row"},
		Stats: []string{"substep", "batch_loss", "grad_norm"}}
	add := func(substep int, role Role, name, shape string, value func() string) {
		cell := "…"
		if a.at >= substep {
			cell = value()
		}
		t.Rows = append(t.Rows, Row{Role: role, Cells: []string{name, shape, cell}, Selected: a.at == substep})
	}
	rows := func(p *engine.Points) func() string {
		return func() string { return fmt.Sprintf("%.2f, %.2f", (*p)[0], (*p)[1]) }
	}
	number := func(v float64) func() string { return func() string { return Num(v) } }
	pairs := fmt.Sprintf("%d×2", n)
	add(drawData, RoleSample, "1 data x₁", pairs, rows(&a.rows.X1))
	add(drawNoise, RoleNoise, "2 noise x₀", pairs, rows(&a.rows.X0))
	add(drawTime, RoleTrail, "3 time t", fmt.Sprintf("%d×1", n), func() string { return fmt.Sprintf("%.2f", a.rows.T[0]) })
	add(mix, RoleE, "4 mix z", pairs, rows(&a.rows.Z))
	add(aimAndAsk, RoleB, "5 target u", pairs, rows(&a.rows.Y))
	add(aimAndAsk, RoleC, "  network v", pairs, rows(&a.asked))
	add(learn, RoleTrail, "6 loss", "1", number(a.loss))
	add(learn, RoleTrail, "  gradient, length", fmt.Sprint(a.model.Net.Params()), number(a.training.trainer.GradNorm()))
	add(learn, RoleD, "  v after", pairs, rows(&a.told))
	add(learn, RoleTrail, "  loss after", "1", number(a.after))
	return t
}

func (a *anatomy) say() string {
	if a.at == 0 {
		return "nothing is drawn yet: n takes one sub-step, space goes round and round"
	}
	switch a.at {
	case drawData:
		return fmt.Sprintf("1 of 6, data: %d points x₁, drawn from the data set", len(a.rows.T))
	case drawNoise:
		if a.setup.Coupling != independent {
			return "2 of 6, noise: as many points x₀ from N(0, I), paired with the data by optimal transport"
		}
		return "2 of 6, noise: as many points x₀ from N(0, I); which goes with which is chance"
	case drawTime:
		return fmt.Sprintf("3 of 6, time: a t of its own for every pair, all equally likely: %s … (a dozen of the %d pairs is drawn)", a.times(3), len(a.rows.T))
	case mix:
		return "4 of 6, mix: z = α x₁ + σ x₀, on the way of its pair, as far along as its t says"
	case aimAndAsk:
		return "5 of 6, target and answer: u = α̇ x₁ + σ̇ x₀ is where the pair goes; v is what the network says, which sees z and t and nothing else"
	}
	return fmt.Sprintf("6 of 6, learn: the mean square of v − u is the loss, %s; every weight moves a little against its gradient; the same pairs then have loss %s", Num(a.loss), Num(a.after))
}

// times are the first times of the batch.
func (a *anatomy) times(n int) string {
	var words []string
	for _, t := range a.rows.T[:min(n, len(a.rows.T))] {
		words = append(words, fmt.Sprintf("%.2f", t))
	}
	return strings.Join(words, ", ")
}
