package lab

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// hearing is the experiment claim: a trial with MinSeeds seeds at the claim's own
// budget.
type hearing struct{ trial *Trial }

func startClaim(s Setup) (Sim, error) {
	c, err := FindClaim(s.Claim)
	if err != nil {
		return nil, err
	}
	t, err := NewTrial(c, TrialOptions{Seed: s.Seed, Seeds: MinSeeds, Threads: s.Threads})
	if err != nil {
		return nil, err
	}
	return &hearing{t}, nil
}

// Step implements Sim.
func (h *hearing) Step() bool { return h.trial.Step() }

// Retune implements Sim: no knob of a trial can be turned as it goes.
func (h *hearing) Retune(Setup) error { return nil }

// Close implements Sim.
func (h *hearing) Close() { h.trial.Close() }

// Frame implements Sim.
func (h *hearing) Frame(Look) *Frame {
	t := h.trial
	v := t.Verdict()
	f := &Frame{Experiment: "claim", T: 1, Progress: t.Progress(), Err: t.Err(), Table: findingTable(v), Say: h.say(v)}
	if t.Claim.axis {
		f.Charts = armCharts(t.Claim, v)
	}
	return f
}

// say is the statement, and once every seed was heard the verdict.
func (h *hearing) say(v Verdict) string {
	c := h.trial.Claim
	said := fmt.Sprintf("“%s” (%s). ", c.Statement, c.Source)
	if !h.trial.Done() {
		return said + "Measured: " + c.Measure + "."
	}
	return fmt.Sprintf("%sVerdict over %d seeds: %s: %s.", said, h.trial.Options.Seeds, strings.ToUpper(v.Verdict), v.Because)
}

// findingTable has a row for every answer, as far as the seeds were heard.
func findingTable(v Verdict) *Table {
	t := &Table{Title: "margin, above 0 where the claim is right", Columns: []string{"case", "mean", "from", "to", "unit", "answer"}}
	several := slices.ContainsFunc(v.Findings, func(f Finding) bool { return f.Says != v.Findings[0].Says })
	for _, f := range v.Findings {
		name := strings.Join(f.Case, ", ")
		if several {
			name += ": " + f.Says
		}
		row := Row{Role: RoleData, Cells: []string{name, Num(f.Mean), Num(f.Low), Num(f.High), f.Unit, f.Answer}}
		if f.Answer == Holds {
			row.Role = RoleExact
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// armCharts draws the arms of a claim over its last factor, a chart for every
// value of the others, and the floor where they have one.
func armCharts(c *Claim, v Verdict) (charts []Chart) {
	last := len(c.Factors) - 1
	for _, m := range v.Means {
		name := strings.Join(m.Case[:last], ", ")
		i := slices.IndexFunc(charts, func(ch Chart) bool { return ch.Title == name })
		if i < 0 {
			i = len(charts)
			charts = append(charts, Chart{Name: "arms" + strconv.Itoa(i), Title: name, XLabel: c.Factors[last], LogX: true, LogY: true})
		}
		x, err := strconv.ParseFloat(m.Case[last], 64)
		if err != nil {
			panic("lab: " + c.Name + ": " + err.Error()) // an axis has numbers
		}
		charts[i].add(m.Arm, x, m.Mean)
		if m.Floor > 0 {
			charts[i].add("floor", x, m.Floor)
		}
	}
	return charts
}

// add puts a point on the curve of a name, a new one if there is none.
func (ch *Chart) add(label string, x, y float64) {
	i := slices.IndexFunc(ch.Curves, func(cv Curve) bool { return cv.Label == label })
	if i < 0 {
		i = len(ch.Curves)
		role := RoleA + Role(i)%(RoleH-RoleA+1)
		if label == "floor" {
			role = RoleFloor
		}
		ch.Curves = append(ch.Curves, Curve{Label: label, Role: role, Marks: label != "floor"})
	}
	cv := &ch.Curves[i]
	if n := len(cv.X); n > 0 && cv.X[n-1] == x {
		return // the floor of another arm, the same
	}
	cv.X, cv.Y = append(cv.X, x), append(cv.Y, y)
}
