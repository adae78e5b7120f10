package lab

import (
	"fmt"
	"math"

	"fmlab/engine"
)

// lossChart is the loss curve of the present round of training, with its floor.
func (u *subject) lossChart() Chart {
	h := u.training.History()
	c := Chart{Name: "loss", Title: "training loss", XLabel: "iteration", YLabel: "loss", Curves: []Curve{
		{Label: "loss", Role: RoleTrail, X: h.Iters, Y: h.Raw},
		{Label: "smoothed", Role: RoleSample, X: h.Iters, Y: h.Smooth},
	}}
	of := "the loss of the exact field"
	if u.setup.Pitfall != noPitfall { // which may teach another target
		of += " in a healthy training"
	}
	if n := len(h.Iters); n > 0 && u.truthful() {
		c.Curves = append(c.Curves, Curve{Label: "floor", Role: RoleFloor,
			X: []float64{h.Iters[0], h.Iters[n-1]}, Y: []float64{u.loss[0], u.loss[0]}})
	}
	if u.truthful() {
		c.Note = fmt.Sprintf("floor %.4f ± %.4f: %s", u.loss[0], u.loss[1], of)
		if u.path.TrainEnd < 1 {
			c.Note += fmt.Sprintf(", t ≤ %.3f", u.path.TrainEnd)
		}
	} else {
		c.Note = "no floor in closed form: the pairs are not independent"
	}
	if r := u.training.Round(); r > 0 {
		c.Title = fmt.Sprintf("training loss, reflow %d", r)
	}
	if err := u.training.Err(); err != nil {
		c.Note = err.Error()
	}
	return c
}

// charts is the loss curve of what is trained here, none of anything else.
func (u *subject) charts() []Chart {
	if u.training == nil {
		return nil
	}
	return []Chart{u.lossChart()}
}

// lossStats says how far the training is, nothing of what is not trained here.
func (u *subject) lossStats() []Stat {
	if u.training == nil {
		return nil
	}
	loss := plain("loss", "loss", u.training.Smoothed(), "running mean of the training loss")
	stats := []Stat{plain("iter", "iteration", float64(u.training.Iter()), "")}
	if !u.floored() {
		return append(stats, loss)
	}
	loss.Floor = u.loss[0]
	return append(stats, loss, plain("loss_floor", "loss floor", u.loss[0], "loss of the exact field"))
}

// plain is a stat without a floor.
func plain(key, title string, v float64, note string) Stat {
	return Stat{Key: key, Title: title, Value: v, Floor: math.NaN(), Q95: math.NaN(), Note: note}
}

// gridPoints are the places of arrows, all over the picture.
func gridPoints() engine.Points {
	at := engine.NewPoints(gridSide * gridSide)
	for i := range gridSide * gridSide {
		step := 2 * viewHalf / float64(gridSide)
		at.Set(i, -viewHalf+float64(step*(float64(i%gridSide)+0.5)), -viewHalf+float64(step*(float64(i/gridSide)+0.5)))
	}
	return at
}

// arrows are the velocity on a grid at a time, of the flow or of its truth.
func (u *subject) arrows(t float64, truth bool) Layer { return u.arrowsOf(u.flow, t, truth) }

func (u *subject) arrowsOf(flow Flow, t float64, truth bool) Layer {
	at, v := gridPoints(), engine.NewPoints(gridSide*gridSide)
	l := Layer{Kind: Arrows, Role: RoleField, Label: "velocity", Points: at, Vectors: v}
	if truth && u.learned() {
		l.Role, l.Label = RoleExact, "exact velocity"
		u.truth.Velocity(v, at, min(t, u.truth.End))
	} else {
		flow.Velocity(v, at, min(t, flow.End))
	}
	return l
}

// sayClass says which class is sampled, and how it is asked for.
func (u *subject) sayClass() string {
	switch s := u.setup; {
	case s.Label == noLabel:
		return ""
	case s.Guidance == 1:
		return "class " + s.Label + " only, by its own flow"
	case s.Guidance == 0:
		return "guided: w = 0, which is the flow of all classes: class " + s.Label + " is not asked for"
	default:
		return fmt.Sprintf("guided: w = %s, class %s, at two evaluations a velocity", num(s.Guidance), s.Label)
	}
}

// sayRoute says that the path sampled along is not the flow's own, unless it is so
// by mistake.
func (u *subject) sayRoute() string {
	if u.flow.Path.Name == u.path.Name || u.setup.pitfall().Reading {
		return ""
	}
	made := "exact"
	if u.learned() {
		made = "trained"
	}
	return fmt.Sprintf("sampled along %s, %s on %s: another route, the same destination", u.flow.Path.Name, made, u.path.Name)
}
