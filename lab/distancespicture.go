package lab

import (
	"fmt"
	"math"
	"path/filepath"

	"fmlab/engine/ode"
)

// Frame implements Sim.
func (d *distances) Frame(look Look) *Frame {
	trip := d.shown
	if trip == nil {
		trip = d.trip
	}
	z, t := trip.At(look.Trip)
	f := &Frame{Experiment: "distances", Pitfall: d.said(), T: t, Heeds: Look{Trip: 1, Field: true, Exact: d.learned(), Trails: true}, Charts: d.charts(), Table: d.table(), Progress: d.progress(), Say: d.say(), Err: d.failure()}
	f.Plane = &Plane{Title: filepath.Base(d.setup.Data), Half: viewHalf}
	add := func(l Layer) { f.Plane.Layers = append(f.Plane.Layers, l) }
	if look.Field {
		add(d.arrows(t, look.Exact))
	}
	add(Layer{Kind: Scatter, Role: RoleData, Label: "data", Points: head(d.scorers[0].fresh)})
	if look.Trails {
		add(Layer{Kind: Trails, Role: RoleTrail, Label: "trips", Paths: trip.Trails(trailCount, look.Trip)})
	}
	add(Layer{Kind: Scatter, Role: RoleSample, Label: "samples", Points: head(z)})
	nfe := math.NaN()
	if d.shown != nil {
		nfe = float64(d.shown.NFE())
	}
	f.Stats = append([]Stat{plain("t", "t", t, "")}, d.lossStats()...)
	f.Stats = append(append(f.Stats, d.judged()...), plain("nfe", "NFE", nfe, "evaluations per sample"))
	return f
}

// table has a line a distance: where the samples are, where perfect ones are, and
// whether there is a difference to be seen.
func (d *distances) table() *Table {
	t := &Table{Title: fmt.Sprintf("distance to data, %d points a side", d.scorers[0].N), Columns: []string{"measure", "samples", "floor", "95 %", "like data"}}
	for _, st := range d.judged() {
		t.Rows = append(t.Rows, Row{Role: RoleSample, Cells: []string{st.Title, orDash(st.Value, "%.4f"), orDash(st.Floor, "%.4f"), orDash(st.Q95, "%.4f"), passes(st)}})
		t.Stats = append(t.Stats, st.Key)
	}
	return t
}

// passes says whether a score is one that a perfect sampler gets in 95 of 100 cases.
func passes(st Stat) string {
	switch {
	case math.IsNaN(st.Value) || math.IsNaN(st.Q95):
		return "—"
	case st.Value <= st.Q95:
		return "yes"
	}
	return "no"
}

func (d *distances) progress() Progress {
	floors := 0
	for _, s := range d.scorers {
		if s.done {
			floors++
		}
	}
	switch {
	case d.busy():
		return d.subject.progress()
	case d.trip != nil:
		return Progress{"sampling", d.trip.Steps(), max(d.trip.Steps(), ode.StepsFor(mustSolver(d.setup.Solver), d.setup.NFE/d.flow.Calls))}
	case floors < len(d.scorers):
		return Progress{"comparing", floors, len(d.scorers) + 1}
	case d.nll != nil && d.nll.of.Err() == nil && d.nll.of.Done < len(d.nll.of.LogP):
		return Progress{"comparing", floors, floors + 1}
	}
	return Progress{}
}

func (d *distances) say() string {
	switch {
	case d.memorises():
		return "the exact field of a finite set leads every point onto one of its rows: it memorises"
	case d.setup.Label != noLabel:
		return d.sayClass()
	}
	return d.sayRoute()
}
