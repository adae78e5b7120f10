package lab

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// What a finding or a verdict may be.
const (
	Holds   = "holds"
	Fails   = "fails"
	Depends = "depends" // a verdict: it holds in some cases
	Open    = "open"    // a finding: its interval has 0 in it
)

// ClaimRow is one number of a trial.
type ClaimRow struct {
	Seed  uint64
	Case  []string // the value of every factor
	Arm   string
	Value float64
	Floor float64 // what a perfect sampler scores with this seed; NaN where there is none
}

// ClaimMean is an arm of a case over all seeds.
type ClaimMean struct {
	Case []string
	Arm  string
	Interval
	Floor float64
}

// Finding is the answer of a case to a question: it holds where the whole interval
// of the margin is above 0, fails where it is below, and is open in between.
type Finding struct {
	Case  []string
	Says  string // what a margin above 0 says
	Unit  string
	Aside bool // the verdict does not rest on it
	Interval
	Answer string
}

// Verdict is what comes of a trial.
type Verdict struct {
	Verdict  string // holds, fails, depends
	Because  string // in words
	Means    []ClaimMean
	Findings []Finding
}

// judge decides a claim by what was measured: it holds when it does so in every
// case, fails when it does so in none, and depends on the case otherwise.
func (c *Claim) judge(rows []ClaimRow) Verdict {
	v := Verdict{Means: means(rows), Findings: c.findings(rows)}
	judged := slices.DeleteFunc(slices.Clone(v.Findings), func(f Finding) bool { return f.Aside })
	n := count(judged, Holds)
	switch {
	case n == 0:
		v.Verdict, v.Because = Fails, c.nowhere(judged)
	case n == len(judged):
		v.Verdict, v.Because = Holds, fmt.Sprintf("in %s the %.0f %% interval of the margin lies above 0", quantity(n, "comparison", "each of all %d comparisons"), 100*confidence)
	default:
		v.Verdict, v.Because = Depends, c.dependence(judged)
	}
	if aside := c.told(v.Findings); aside != "" {
		v.Because += "; " + aside
	}
	return v
}

func quantity(n int, one, many string) string {
	if n == 1 {
		return "the one " + one
	}
	return fmt.Sprintf(many, n)
}

func count(all []Finding, answer string) (n int) {
	for _, f := range all {
		if f.Answer == answer {
			n++
		}
	}
	return n
}

// nowhere says how a claim fails.
func (c *Claim) nowhere(judged []Finding) string {
	against, open := count(judged, Fails), count(judged, Open)
	switch {
	case open == 0:
		return "in " + quantity(against, "comparison", "each of all %d comparisons") + " the interval of the margin lies below 0"
	case against == 0:
		return "in " + quantity(open, "comparison", "each of all %d comparisons") + " the interval of the margin has 0 in it: no difference can be told"
	}
	return fmt.Sprintf("in none of %d comparisons it holds: %s", len(judged), c.dependence(judged))
}

// told sums up the answers to what was asked beside.
func (c *Claim) told(findings []Finding) string {
	var parts []string
	for _, q := range c.questions {
		same := slices.DeleteFunc(slices.Clone(findings), func(f Finding) bool { return !f.Aside || f.Says != q.says })
		if len(same) > 0 {
			parts = append(parts, fmt.Sprintf("beside it, “%s” holds in %d, fails in %d and is open in %d of %d", q.says, count(same, Holds), count(same, Fails), count(same, Open), len(same)))
		}
	}
	return strings.Join(parts, "; ")
}

// findings asks every case every question that it can answer.
func (c *Claim) findings(rows []ClaimRow) (all []Finding) {
	for _, at := range cases(rows) {
		seeds := readings(rows, at)
		for _, q := range c.questions {
			var margins []float64
			for _, r := range seeds {
				if m := q.margin(r); !math.IsNaN(m) {
					margins = append(margins, m)
				}
			}
			if len(margins) < 2 {
				continue
			}
			f := Finding{Case: at, Says: q.says, Unit: q.unit, Aside: q.aside, Interval: intervalOf(margins), Answer: Open}
			if f.Low > 0 {
				f.Answer = Holds
			} else if f.High < 0 {
				f.Answer = Fails
			}
			all = append(all, f)
		}
	}
	return all
}

// cases returns the cases in the order they came up.
func cases(rows []ClaimRow) (all [][]string) {
	for _, r := range rows {
		if !slices.ContainsFunc(all, func(c []string) bool { return slices.Equal(c, r.Case) }) {
			all = append(all, r.Case)
		}
	}
	return all
}

// readings returns the arms of a case, seed by seed.
func readings(rows []ClaimRow, at []string) (seeds []arms) {
	bySeed := map[uint64]map[string]float64{}
	for _, r := range rows {
		if !slices.Equal(r.Case, at) {
			continue
		}
		values := bySeed[r.Seed]
		if values == nil {
			values = map[string]float64{}
			bySeed[r.Seed] = values
			seeds = append(seeds, func(arm string) float64 {
				if v, ok := values[arm]; ok {
					return v
				}
				return math.NaN()
			})
		}
		values[r.Arm] = r.Value
	}
	return seeds
}

// means takes every arm of every case over the seeds.
func means(rows []ClaimRow) (all []ClaimMean) {
	for _, at := range cases(rows) {
		var names []string
		values, floors := map[string][]float64{}, map[string]float64{}
		for _, r := range rows {
			if !slices.Equal(r.Case, at) {
				continue
			}
			if values[r.Arm] == nil {
				names = append(names, r.Arm)
			}
			values[r.Arm] = append(values[r.Arm], r.Value)
			floors[r.Arm] += r.Floor
		}
		for _, arm := range names {
			x := values[arm]
			all = append(all, ClaimMean{Case: at, Arm: arm, Interval: intervalOf(x), Floor: floors[arm] / float64(len(x))})
		}
	}
	return all
}
