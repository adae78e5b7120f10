package lab

import (
	"fmt"
	"math"
)

// keptStates is how many states of a trip a moment keeps: enough to draw it, however
// many steps it took.
const keptStates = 33

// moment is what was seen of a training at one time of it: the samples with their
// scores, the flow they were drawn from, the loss.
type moment struct {
	iter        int
	loss, field float64
	flow        Flow
	trip        *Trip // thinned: where points were, without what carried them
	nfe, steps  int
	scores      []Stat
	by          Setup // that it was sampled with
}

// remember keeps the look that was just taken at a training that goes on. What is
// learned in the end is the present.
func (b *bench) remember() {
	if !b.busy() {
		return
	}
	b.moments = append(b.moments, moment{
		iter: b.training.Iter(), loss: b.training.Smoothed(), field: b.field, flow: b.flow,
		trip: b.shown.thinned(keptStates), nfe: b.shown.NFE(), steps: b.shown.Steps(), scores: b.scores, by: b.setup,
	})
}

// thinned returns the way of a trip in at most n states, the ends among them.
func (t *Trip) thinned(n int) *Trip {
	thin := &Trip{backward: t.backward}
	last := len(t.Times) - 1
	for i := range min(n, last+1) {
		k := i * last / max(1, min(n, last+1)-1)
		thin.Times, thin.States = append(thin.Times, t.Times[k]), append(thin.States, t.States[k])
	}
	return thin
}

// Back moves a look through so many moments of a training, by −1 back and by +1 on;
// the present comes after the last.
func (l *Look) Back(by, moments int) {
	at := l.Past
	if at == 0 {
		at = moments + 1
	}
	if l.Past = max(1, at+by); l.Past > moments {
		l.Past = 0
	}
}

// momentAt is the moment that a look goes back to, nil for the present.
func (b *bench) momentAt(look Look) *moment {
	if look.Past < 1 || len(b.moments) == 0 {
		return nil
	}
	return &b.moments[min(look.Past, len(b.moments))-1]
}

// past photographs a moment: what was measured then, and nothing that was not.
func (b *bench) past(m *moment, look Look) *Frame {
	z, t := m.trip.At(look.Trip)
	f := &Frame{Experiment: b.name, T: t, Heeds: b.heeds(), Progress: b.progress(), Err: b.failure(), Pitfall: b.said(),
		Moments: len(b.moments), Past: min(look.Past, len(b.moments))}
	f.Plane = b.plane(m.trip, m.flow, z, t, look)
	f.Plane.Title += fmt.Sprintf(", after %d iterations", m.iter)
	f.Charts = b.charts()
	if chart := f.Chart("loss"); !math.IsNaN(m.loss) {
		chart.Curves = append(chart.Curves, Curve{Label: "then", Role: RoleD, X: []float64{float64(m.iter)}, Y: []float64{m.loss}})
	}
	f.Say = fmt.Sprintf("as it was after %d iterations", m.iter)
	if m.by.Solver != b.setup.Solver || m.by.NFE != b.setup.NFE {
		f.Say += fmt.Sprintf(", sampled then by %s with %d NFE", m.by.Solver, m.nfe)
	}
	f.Stats = b.pastStats(m, t)
	return f
}

func (b *bench) pastStats(m *moment, t float64) []Stat {
	stats := append([]Stat{plain("t", "t", t, "")}, b.lossStats()...)
	for i := range stats {
		switch st := &stats[i]; st.Key {
		case "iter":
			st.Value = float64(m.iter)
		case "loss":
			st.Value = m.loss
		}
	}
	if b.truthful() {
		stats = append(stats, plain("field_error", "field error", m.field, "mean square, learned against exact"))
	}
	stats = append(stats, plain("nfe", "NFE", float64(m.nfe), "evaluations per sample"), plain("steps", "steps", float64(m.steps), ""))
	return append(stats, b.scorerFor(m.trip.Z().Len()).Floored(m.scores)...)
}
