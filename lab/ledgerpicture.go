package lab

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"

	"fmlab/engine/metric"
	"fmlab/engine/ode"
)

// Frame implements Sim.
func (l *ledger) Frame(look Look) *Frame {
	trip := l.shown
	if trip == nil {
		trip = l.trip
	}
	z, t := trip.At(look.Trip)
	f := &Frame{Experiment: "ledger", Pitfall: l.said(), T: t, Heeds: Look{Trip: 1, Field: true, Exact: l.learned() || l.whole != nil, Trails: true}, Charts: l.charts(), Table: l.table(), Progress: l.progress(), Say: l.say(), Err: l.failure()}
	f.Plane = &Plane{Title: filepath.Base(l.setup.Data), Half: viewHalf}
	add := func(layer Layer) { f.Plane.Layers = append(f.Plane.Layers, layer) }
	if look.Field {
		add(l.arrows(t, look.Exact))
	}
	add(Layer{Kind: Scatter, Role: RoleData, Label: "data", Points: head(l.scorer.fresh)})
	if look.Trails {
		add(Layer{Kind: Trails, Role: RoleTrail, Label: "trips", Paths: trip.Trails(trailCount, look.Trip)})
	}
	if look.Exact && l.whole != nil && l.whole.arrived() && look.Trip == 1 {
		add(Layer{Kind: Scatter, Role: RoleExact, Label: "exact, same noise", Points: head(l.whole.Ends)})
	}
	add(Layer{Kind: Scatter, Role: RoleSample, Label: "samples", Points: head(z)})
	f.Stats = l.stats(trip, t)
	return f
}

func (l *ledger) table() *Table {
	t := &Table{Title: "where the error comes from: sliced W2 to the data", Columns: []string{"part", "adds", "so far", "RMS moved"}, Stats: []string{"ledger", "truncation", "model", "discretisation", "total"}}
	if l.parts == nil {
		return t
	}
	for _, p := range l.parts {
		t.Rows = append(t.Rows, Row{Role: RoleSample, Selected: p.Key == l.largest(), Cells: []string{p.Title, orDash(p.Adds, "%+.4f"), orDash(p.Distance, "%.4f"), orDash(p.RMS, "%.4f")}})
	}
	total := l.parts[len(l.parts)-1].Distance
	t.Rows = append(t.Rows, Row{Role: RoleFloor, Cells: []string{"total", orDash(total, "%.4f"), "", orDash(l.moved(), "%.4f")}})
	return t
}

func orDash(v float64, format string) string {
	if math.IsNaN(v) {
		return "—"
	}
	return strings.Replace(fmt.Sprintf(format, v), "-0.0000", "+0.0000", 1)
}

// largest is the part whose ends moved the most: where to improve.
func (l *ledger) largest() (key string) {
	most := 0.0
	for _, p := range l.parts {
		if p.RMS > most {
			key, most = p.Key, p.RMS
		}
	}
	return key
}

// moved is the RMS of the samples from where the exact field takes their noise, NaN
// where there is none.
func (l *ledger) moved() float64 {
	if l.parts == nil || l.whole == nil || mustSolver(l.setup.Solver).Noise {
		return math.NaN()
	}
	return metric.RMS(l.shown.Z(), l.whole.Ends)
}

func (l *ledger) stats(trip *Trip, t float64) []Stat {
	stats := append([]Stat{plain("t", "t", t, "")}, l.lossStats()...)
	value := func(k int, of func(part) float64) float64 {
		if l.parts == nil {
			return math.NaN()
		}
		return of(l.parts[k])
	}
	total := plain("ledger_total", "distance to data", value(4, func(p part) float64 { return p.Distance }), fmt.Sprintf("sliced W2, %d points a side", l.scorer.N))
	if l.scorer.done {
		floor := l.scorer.floors[0].Floor()
		total.Floor, total.Q95 = floor.Median, floor.Q95
	}
	stats = append(stats, total)
	for k, title := range []string{"sampling floor", "luck of the draw", "end truncation", "model", "discretisation"} {
		key := []string{"floor", "draw", "truncation", "model", "discretisation"}[k]
		stats = append(stats, plain("ledger_"+key, title, value(k, func(p part) float64 { return p.Adds }), "what it adds to the distance"))
		if k >= 2 {
			stats = append(stats, plain(key+"_rms", title+", RMS", value(k, func(p part) float64 { return p.RMS }), "how far it moves the same points"))
		}
	}
	nfe := math.NaN()
	if trip == l.shown && l.parts != nil {
		nfe = float64(trip.NFE())
	}
	return append(stats, plain("total_rms", "RMS from the exact ends", l.moved(), "of the same noise"), plain("nfe", "NFE", nfe, "evaluations per sample"))
}

func (l *ledger) progress() Progress {
	n := l.noise.Len()
	switch {
	case !l.scorer.done:
		return Progress{"comparing", 0, 1}
	case l.whole != nil && !l.cut.arrived():
		return Progress{"carrying", l.whole.done + l.cut.done, 2 * n}
	case l.busy():
		return l.subject.progress()
	case l.trip != nil:
		return Progress{"sampling", l.trip.Steps(), max(l.trip.Steps(), ode.StepsFor(mustSolver(l.setup.Solver), l.setup.NFE/l.flow.Calls))}
	case l.parts == nil && l.model != nil:
		return Progress{"carrying", l.model.done, n}
	}
	return Progress{}
}

func (l *ledger) say() string {
	switch {
	case l.memorises():
		return "the exact field of a finite set leads every point onto one of its rows: it memorises"
	case l.target.Finite():
		return "the law behind a finite set is not known: the model's part holds what the exact field would tell apart"
	case !l.exactly():
		return "no closed form for pairs that are not independent: the model's part holds what the exact field would tell apart"
	case !l.learned():
		return "the exact field: there is no model to be wrong"
	}
	return ""
}
