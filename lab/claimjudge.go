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
// of the margin is above 0, fails where it is below, and is open in between, or where one
// number makes no interval yet.
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
	v := Verdict{Verdict: Depends, Means: means(rows), Findings: c.findings(rows)}
	judged := slices.DeleteFunc(slices.Clone(v.Findings), func(f Finding) bool { return f.Aside })
	switch count(judged, Holds) {
	case 0:
		v.Verdict = Fails
	case len(judged):
		v.Verdict = Holds
	}
	v.Because = strings.Join(append(c.reasons(judged), c.told(v.Findings)...), "; ")
	return v
}

// reasons says of each question how it was answered.
func (c *Claim) reasons(judged []Finding) (parts []string) {
	for _, q := range c.questions {
		same := asked(judged, q)
		switch {
		case len(same) == 0:
		case len(same) == len(judged):
			parts = append(parts, c.reason(same))
		default:
			parts = append(parts, "“"+q.says+"”: "+c.reason(same))
		}
	}
	return parts
}

// asked are the answers to one question.
func asked(all []Finding, q question) []Finding {
	return slices.DeleteFunc(slices.Clone(all), func(f Finding) bool { return f.Says != q.says })
}

// reason says where a question is answered with yes, and where not.
func (c *Claim) reason(same []Finding) string {
	const below, zero = "the interval of the margin lies below 0", "it has 0 in it, so that no difference can be told"
	n := len(same)
	switch against, open := count(same, Fails), count(same, Open); {
	case against == n:
		return everywhere(n) + below
	case open == n:
		return everywhere(n) + "the interval of the margin has 0 in it, so that no difference can be told"
	case against+open == n:
		return fmt.Sprintf("in %d of %d comparisons %s, in %d %s", against, n, below, open, zero)
	case against+open == 0:
		return everywhere(n) + "the interval of the margin lies above 0"
	}
	return "it depends " + c.dependence(same)
}

func everywhere(n int) string {
	if n == 1 {
		return "in the one comparison "
	}
	return fmt.Sprintf("in all %d comparisons ", n)
}

func count(all []Finding, answer string) (n int) {
	for _, f := range all {
		if f.Answer == answer {
			n++
		}
	}
	return n
}

// told sums up the answers to what was asked beside.
func (c *Claim) told(findings []Finding) (parts []string) {
	for _, q := range c.questions {
		if same := asked(findings, q); q.aside && len(same) > 0 {
			parts = append(parts, fmt.Sprintf("beside it, “%s” holds in %d, fails in %d and is open in %d of %d", q.says, count(same, Holds), count(same, Fails), count(same, Open), len(same)))
		}
	}
	return parts
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
			if margins == nil {
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
