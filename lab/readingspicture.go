package lab

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"fmlab/engine/path"
)

// Frame implements Sim.
func (r *readout) Frame(look Look) *Frame {
	trip := r.shown
	switch { // before the first has ended, the one under way
	case trip == nil && mustSolver(r.setup.Solver).Noise:
		trip = r.sde
	case trip == nil:
		trip = r.ode
	}
	z, t := trip.At(look.Trip)
	f := &Frame{Experiment: "readings", Pitfall: r.said(), T: t, Heeds: Look{Trip: 1, Field: true, Exact: r.learned(), Trails: true}, Progress: r.progress(), Say: r.say(), Err: r.failure()}
	f.Plane = &Plane{Title: filepath.Base(r.setup.Data), Half: viewHalf}
	add := func(l Layer) { f.Plane.Layers = append(f.Plane.Layers, l) }
	if look.Field && r.closed(r.kind()) == "" {
		add(r.readArrows(t, look.Exact))
	}
	add(Layer{Kind: Scatter, Role: RoleData, Label: "data", Points: head(r.scorer().fresh)})
	if look.Trails {
		add(Layer{Kind: Trails, Role: RoleTrail, Label: "trips", Paths: trip.Trails(trailCount, look.Trip)})
	}
	add(Layer{Kind: Scatter, Role: RoleSample, Label: "samples", Points: head(z)})
	f.Charts = r.charts()
	if r.learned() { // the exact field is every reading's truth
		f.Charts = append(f.Charts, r.errorChart())
	}
	k := nearestRead(t)
	f.Table, f.Stats = r.table(k), r.stats(k, t)
	return f
}

// kind is the chosen reading.
func (r *readout) kind() path.Kind {
	kind, err := path.ParseKind(r.setup.Read, path.Kinds)
	if err != nil {
		panic("lab: " + err.Error()) // a Setup holds only known names
	}
	return kind
}

// nearestRead is the place whose time is nearest.
func nearestRead(t float64) int {
	return max(0, min(readTimes-1, int(math.Round(t*(readTimes+1)))-1))
}

// readArrows are the chosen reading on a grid. A velocity and a score are drawn as
// they are; predictions as the way from z to the point that is predicted: where z
// is bound for, or where it came from.
func (r *readout) readArrows(t float64, truth bool) Layer {
	kind, from := r.kind(), r.flow.Flow.(reader)
	at := gridPoints()
	l := Layer{Kind: Arrows, Role: RoleField, Label: kind.Title, Points: at, Vectors: slices.Clone(at)}
	if truth && r.learned() {
		l.Role, l.Label, from = RoleExact, "exact "+kind.Title, r.exact
	}
	from.Read(l.Vectors, at, math.Max(readTime(0), math.Min(t, readTime(readTimes-1))), kind)
	if kind.Name == path.Data.Name || kind.Name == path.Noise.Name {
		for i := range at {
			l.Vectors[i] -= at[i]
		}
	}
	return l
}

// errorChart is the error of every reading over t.
func (r *readout) errorChart() Chart {
	c := Chart{Name: "readings", Title: "error of each reading over t", XLabel: "t", YLabel: "mean square error", LogY: true}
	var ts []float64
	for k := range readTimes {
		ts = append(ts, readTime(k))
	}
	for k, kind := range path.Kinds {
		if e := r.errors[k]; slices.ContainsFunc(e, func(v float64) bool { return v > 0 }) {
			c.Curves = append(c.Curves, Curve{Label: kind.Name, Role: RoleA + Role(k), X: ts, Y: slices.Clone(e)})
		}
	}
	c.Note = "against the exact reading, at points of the path"
	if !r.truthful() {
		c.Note = "no exact reading in closed form: the pairs are not independent"
	}
	return c
}

func (r *readout) table(at int) *Table {
	t := &Table{Title: fmt.Sprintf("one model, four readings, at t = %.2f", readTime(at)), Columns: []string{"reading", "error", "round trip"}, Stats: []string{"error"}}
	for k, kind := range path.Kinds {
		name := kind.Name
		if r.learned() && name == r.model.Predict.Name {
			name += " (trained)"
		}
		t.Rows = append(t.Rows, Row{Role: RoleA + Role(k), Selected: kind.Name == r.setup.Read, Cells: []string{name, numOrDash(r.errors[k][at]), numOrDash(r.trips[k][at])}})
	}
	return t
}

func numOrDash(v float64) string {
	if math.IsNaN(v) {
		return "—"
	}
	return Num(v)
}

func (r *readout) stats(at int, t float64) []Stat {
	stats := append([]Stat{plain("t", "t", t, "")}, r.lossStats()...)
	worst := math.NaN()
	for k, kind := range path.Kinds {
		stats = append(stats, plain("error_"+kind.Name, "error as "+kind.Name, r.errors[k][at], fmt.Sprintf("mean square, against the exact reading at t = %.2f", readTime(at))))
		for _, v := range r.trips[k] {
			if !(v <= worst) && !math.IsNaN(v) {
				worst = v
			}
		}
	}
	stats = append(stats, plain("round_trip", "round trip", worst, "velocity to any reading and back, the worst of all times"))
	for which, of := range []struct{ key, title string }{{"ode", "energy distance², ODE"}, {"sde", "energy distance², SDE"}} {
		st := plain("", "", math.NaN(), "")
		if s := r.scores[which]; s.by != nil {
			st = s.by.Floored(s.of)[0]
		}
		st.Key, st.Title = of.key+"_energy_distance2", of.title
		stats = append(stats, st)
	}
	return append(stats, plain("nfe", "NFE", r.spent(), "evaluations per sample"))
}

// spent is what the trip shown cost.
func (r *readout) spent() float64 {
	if r.shown == nil || r.ode != nil || r.sde != nil {
		return math.NaN()
	}
	return float64(r.shown.NFE())
}

func (r *readout) progress() Progress {
	switch {
	case r.busy():
		return r.subject.progress()
	case r.ode != nil:
		return Progress{"sampling", 0, 2}
	case r.sde != nil:
		return Progress{"sampling", 1, 2}
	}
	return Progress{}
}

func (r *readout) failure() error {
	if err := r.subject.failure(); err != nil {
		return err
	}
	return r.err
}

func (r *readout) say() string {
	switch why := r.closed(r.kind()); {
	case why != "":
		return "no score here: " + why
	case r.memorises():
		return "the exact field of a finite set leads every point onto one of its rows: it memorises"
	case r.learned() && r.model.Predict.Name != r.setup.Read:
		return fmt.Sprintf("trained to predict the %s, read as the %s", r.model.Predict.Name, r.setup.Read)
	}
	return ""
}
