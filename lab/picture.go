package lab

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fmlab/engine"
	"fmlab/engine/ode"
)

// viewHalf is the half-width of the picture: data have unit variance, noise too.
const viewHalf = 3

// raceBudgets are the prices at which every fixed-step solver races.
var raceBudgets = []int{256, 128, 64, 32, 16, 8, 4, 2, 1}

// raceTolerances are those of the adaptive ones.
var raceTolerances = []float64{1e-5, 1e-4, 1e-3, 1e-2}

// ownEntry lets only the chosen solver race: its error is a stat.
func ownEntry(s Setup) []Entry {
	if mustSolver(s.Solver).Noise {
		return nil
	}
	e := EntryOf(s)
	if !e.Own {
		return []Entry{e}
	}
	return []Entry{labs(e), e}
}

// labs is the lab's own entry beside the learner's, at the same price.
func labs(e Entry) Entry { e.Own = false; return e }

// allEntries lets all race at all prices; those at the chosen price come last,
// which is first to run.
func allEntries(s Setup) []Entry {
	var all []Entry
	for _, budget := range append(raceBudgets, s.NFE) {
		for _, m := range racers() {
			if !m.Adaptive() {
				all = append(all, Entry{Solver: m.Name, Budget: budget, Grid: s.Grid})
			}
		}
		if s.solves() {
			all = append(all, Entry{Solver: s.Solver, Budget: budget, Grid: s.Grid, Own: true})
		}
	}
	for _, m := range racers() {
		if m.Adaptive() {
			for _, tol := range raceTolerances {
				all = append(all, Entry{Solver: m.Name, Rtol: tol, Atol: tol})
			}
			all = append(all, Entry{Solver: m.Name, Rtol: s.Rtol, Atol: s.Atol})
		}
	}
	return append(all, ownEntry(s)...)
}

// racers are the solvers of the ODE. One with noise ends elsewhere by intention:
// its distance from the ODE's end points says nothing.
func racers() []ode.Method {
	return slices.DeleteFunc(slices.Clone(ode.All), func(m ode.Method) bool { return m.Noise })
}

// Frame implements Sim.
func (b *bench) Frame(look Look) *Frame {
	if m := b.momentAt(look); m != nil {
		return b.past(m, look)
	}
	trip := b.shown
	if trip == nil {
		trip = b.trip
	}
	z, t := trip.At(look.Trip)
	f := &Frame{Experiment: b.name, T: t, Moments: len(b.moments), Heeds: b.heeds(), Plane: b.plane(trip, b.flow, z, t, look), Charts: b.charts(), Progress: b.progress(), Err: b.failure()}
	if b.shownRace() {
		f.Charts = append(f.Charts, b.raceChart())
		f.Table = b.raceTable()
	}
	f.Stats = b.stats(trip, t)
	f.Say, f.Pitfall = b.say(), b.said()
	return f
}

func (b *bench) heeds() Look {
	return Look{Trip: 1, Field: true, Exact: b.learned(), Trails: true}
}

// shownRace says whether the race is a picture of its own here, or only one stat.
func (b *bench) shownRace() bool { return b.name == "solvers" || b.name == "free" }

func (b *bench) failure() error {
	if err := b.subject.failure(); err != nil {
		return err
	}
	if b.race != nil && b.race.Err() != nil {
		return b.race.Err()
	}
	return b.err
}

func (b *bench) progress() Progress {
	switch {
	case b.busy():
		return b.subject.progress()
	case b.trip != nil:
		return Progress{"sampling", b.trip.Steps(), max(b.trip.Steps(), ode.StepsFor(mustSolver(b.setup.Solver), b.setup.NFE/b.flow.Calls))}
	case b.race != nil && b.race.Left() > 0:
		n := len(b.race.Entries)
		return Progress{"comparing", n, n + b.race.Left()}
	}
	return Progress{}
}

func (b *bench) say() string {
	switch {
	case b.setup.Direction == "backward" && b.setup.Pitfall == noPitfall:
		return "backward: noise put in at t = 1 and run to t = 0, the wrong way round"
	case b.memorises():
		return "the exact field of a finite set leads every point onto one of its rows: it memorises"
	}
	return strings.Join(slices.DeleteFunc([]string{b.sayClass(), b.sayRoute()}, func(s string) bool { return s == "" }), "; ")
}

func (b *bench) plane(trip *Trip, flow Flow, z engine.Points, t float64, look Look) *Plane {
	p := &Plane{Title: filepath.Base(b.setup.Data), Half: viewHalf}
	add := func(l Layer) { p.Layers = append(p.Layers, l) }
	if look.Field {
		add(b.arrowsOf(flow, t, look.Exact))
	}
	add(Layer{Kind: Scatter, Role: RoleData, Label: "data", Points: head(b.dataShown())})
	if look.Trip < 0.02 {
		add(Layer{Kind: Scatter, Role: RoleNoise, Label: "noise", Points: head(z)})
		return p
	}
	if look.Trails {
		add(Layer{Kind: Trails, Role: RoleTrail, Label: "trips", Paths: trip.Trails(trailCount, look.Trip)})
	}
	add(Layer{Kind: Scatter, Role: RoleSample, Label: "samples", Points: head(z)})
	return p
}

func head(z engine.Points) engine.Points { return z.Slice(0, min(z.Len(), drawn)) }

// dataShown is the data in the picture: rows of the file, or fresh draws.
func (b *bench) dataShown() engine.Points {
	if b.target.Finite() {
		return b.aim.Mixture.Means
	}
	return b.scorerFor(b.setup.N).fresh
}

var raceRoles = []Role{RoleA, RoleB, RoleC, RoleD, RoleE, RoleF, RoleG, RoleH}

func (b *bench) raceChart() Chart {
	c := Chart{Name: "nfe", Title: "error against NFE", XLabel: "NFE", YLabel: "RMS error", LogX: true, LogY: true}
	for i, m := range racers() {
		line := Curve{Label: m.Name, Role: raceRoles[i%len(raceRoles)], Marks: true}
		if b.race != nil {
			for _, e := range b.race.Of(m.Name) {
				line.X, line.Y = append(line.X, float64(e.NFE)), append(line.Y, e.RMS)
			}
		}
		if len(line.X) > 0 {
			c.Curves = append(c.Curves, line)
		}
	}
	if b.race != nil && b.setup.solves() {
		line := Curve{Label: "yours", Role: RoleSample, Marks: true}
		for _, e := range b.race.of(b.setup.Solver, true) {
			line.X, line.Y = append(line.X, float64(e.NFE)), append(line.Y, e.RMS)
		}
		if len(line.X) > 0 {
			c.Curves = append(c.Curves, line)
		}
	}
	c.Note = fmt.Sprintf("RMS over %d points against dopri5 at tolerance %.0e, same noise", b.racePoints(), b.raceTol())
	return c
}

// raceTable holds every solver at the chosen price: the budget, and of an
// adaptive one, which spends what it needs, the tolerance.
func (b *bench) raceTable() *Table {
	t := &Table{Title: fmt.Sprintf("≤ %d NFE, dopri5 at rtol %s", b.setup.NFE, num(b.setup.Rtol)), Columns: []string{"solver", "NFE", "RMS", "steps", "order"}}
	if !mustSolver(b.setup.Solver).Noise { // which has no row
		t.Stats = []string{"nfe", "rms_error", "steps", "order"}
	}
	if b.setup.solves() {
		t.Rows = append(t.Rows, b.ownRow())
	}
	for i, m := range racers() {
		s := b.setup
		s.Solver, s.own = m.Name, nil
		row := Row{Role: raceRoles[i%len(raceRoles)], Selected: m.Name == b.setup.Solver && !b.setup.solves()}
		var e Entry
		ok := false
		if b.race != nil {
			e, ok = b.race.Find(EntryOf(s))
		}
		switch {
		case ok && e.Err == nil:
			row.Cells = []string{m.Name, strconv.Itoa(e.NFE), Num(e.RMS), strconv.Itoa(e.Steps), orderText(b.race.Order(m.Name))}
		case ok:
			row.Cells = []string{m.Name, "", "failed", "", ""}
		case !m.Adaptive() && ode.StepsFor(m, b.setup.NFE/b.flow.Calls) == 0:
			row.Cells = []string{m.Name, "", fmt.Sprintf("needs %d", b.flow.Calls*m.Stages()), "0", ""}
		default:
			row.Cells = []string{m.Name, "", "…", "", ""}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// ownRow is the learner's code at the chosen price.
func (b *bench) ownRow() Row {
	row := Row{Role: RoleSample, Selected: true, Cells: []string{"yours", "", "…", "", ""}}
	if b.race == nil {
		return row
	}
	switch e, ok := b.race.Find(EntryOf(b.setup)); {
	case ok && e.Err == nil:
		row.Cells = []string{"yours", strconv.Itoa(e.NFE), Num(e.RMS), strconv.Itoa(e.Steps), orderText(b.race.order(b.race.of(e.Solver, true)))}
	case ok:
		row.Cells[2] = "failed"
	}
	return row
}

func orderText(p float64) string {
	if math.IsNaN(p) {
		return ""
	}
	return fmt.Sprintf("%.1f", p)
}

// Num formats a measured value for people: four significant digits.
func Num(v float64) string {
	switch a := math.Abs(v); {
	case math.IsNaN(v):
		return "…"
	case math.IsInf(v, +1):
		return "∞"
	case math.IsInf(v, -1):
		return "-∞"
	case v == 0:
		return "0"
	case a >= 1e5 || a < 1e-3:
		return fmt.Sprintf("%.1e", v)
	case a >= 100:
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.4g", v)
}

func mustSolver(name string) ode.Method {
	m, err := ode.Get(name)
	if err != nil {
		panic("lab: " + err.Error()) // a Setup holds only known names
	}
	return m
}

func (b *bench) stats(trip *Trip, t float64) []Stat {
	stats := append([]Stat{plain("t", "t", t, "")}, b.lossStats()...)
	if b.learned() && b.truthful() {
		stats = append(stats, plain("field_error", "field error", b.field, "mean square, learned against exact"))
	}
	nfe, steps, rms, order := math.NaN(), math.NaN(), math.NaN(), math.NaN()
	if trip == b.shown && !b.turned {
		nfe, steps = float64(trip.NFE()), float64(trip.Steps())
	}
	if b.race != nil {
		if e, ok := b.race.Find(EntryOf(b.setup)); ok && b.raced() {
			rms = e.RMS
			if b.shownRace() && !math.IsNaN(nfe) { // the price of that error: an adaptive solver's depends on the points
				nfe, steps = float64(e.NFE), float64(e.Steps)
			}
		}
		order = b.race.Order(b.setup.Solver)
	}
	stats = append(stats, plain("nfe", "NFE", nfe, "evaluations per sample"), plain("steps", "steps", steps, ""))
	if b.racers != nil && b.raced() {
		stats = append(stats, plain("rms_error", "RMS error", rms, "against the reference from the same noise"))
	}
	if b.racers != nil && b.setup.solves() {
		stats = append(stats, plain("own_difference", "yours − the lab's", b.ownDifference(), "largest difference of the ends, from the same noise with equal NFE"))
	}
	if b.shownRace() {
		stats = append(stats, plain("order", "order", order, "slope of error against NFE, log-log"))
	}
	stats = append(stats, b.straight.stat())
	if b.gaining() {
		stats = append(stats, b.gain.stat())
	}
	if b.scores != nil {
		return append(stats, b.scorer().Floored(b.scores)...)
	}
	return append(stats, plain("energy_distance2", "energy distance²", math.NaN(), ""), plain("sliced_w2", "sliced W2", math.NaN(), ""))
}

// raced says whether the setup's solver can be in the race: races run forward,
// and an error that never comes is not shown.
func (b *bench) raced() bool { return b.setup.Direction == "forward" }

// ownDifference is how far the learner's code ends from the lab's, at most, from the
// same noise with equal NFE; NaN before both have.
func (b *bench) ownDifference() float64 {
	if b.race == nil {
		return math.NaN()
	}
	own, ok := b.race.Find(EntryOf(b.setup))
	lab, ok2 := b.race.Find(labs(EntryOf(b.setup)))
	if !ok || !ok2 || own.Err != nil || lab.Err != nil || own.NFE != lab.NFE {
		return math.NaN()
	}
	most := 0.0
	for i := range own.End {
		most = max(most, math.Abs(own.End[i]-lab.End[i]))
	}
	return most
}
