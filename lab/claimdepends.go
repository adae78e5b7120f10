package lab

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// dependence says on what the answers to a question depend: on the one or two
// factors that decide them, with the values that go with every answer, or else on
// which factor most.
func (c *Claim) dependence(judged []Finding) string {
	names := c.Factors
	for i := range names {
		if c.decides(judged, i) {
			return "on " + names[i] + ": " + c.byAnswer(judged, i)
		}
	}
	for i := range names {
		for j := range i {
			if c.decides(judged, j, i) {
				return "on " + names[j] + " and " + names[i] + ": " + c.byAnswer(judged, j, i)
			}
		}
	}
	best, least := 0, math.Inf(1)
	for i := range names {
		if m := c.mixed(judged, i); m < least {
			best, least = i, m
		}
	}
	return "on " + names[best] + " most: " + c.byValue(judged, best)
}

// values are those of some factors of a finding; a number has its factor's name with it.
func (c *Claim) values(f Finding, factors ...int) string {
	var some []string
	for _, i := range factors {
		v := f.Case[i]
		if _, err := strconv.ParseFloat(v, 64); err == nil {
			v = c.Factors[i] + " " + v
		}
		some = append(some, v)
	}
	return strings.Join(some, " ")
}

// decides says whether findings that agree in some factors have one answer.
func (c *Claim) decides(judged []Finding, factors ...int) bool {
	answers := map[string]string{}
	for _, f := range judged {
		k := c.values(f, factors...)
		if was, ok := answers[k]; ok && was != f.Answer {
			return false
		}
		answers[k] = f.Answer
	}
	return true
}

// byAnswer lists the values that go with every answer.
func (c *Claim) byAnswer(judged []Finding, factors ...int) string {
	var parts []string
	for _, a := range [][2]string{{Holds, "it holds for "}, {Fails, "it fails for "}, {Open, "no difference can be told for "}} {
		var keys []string
		for _, f := range judged {
			if k := c.values(f, factors...); f.Answer == a[0] && !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
		if keys != nil {
			parts = append(parts, a[1]+strings.Join(keys, ", "))
		}
	}
	return strings.Join(parts, "; ")
}

// tally counts, value by value of a factor, the findings and those that hold.
func (c *Claim) tally(judged []Finding, factor int) (values []string, all, held map[string]float64) {
	all, held = map[string]float64{}, map[string]float64{}
	for _, f := range judged {
		v := c.values(f, factor)
		if all[v]++; all[v] == 1 {
			values = append(values, v)
		}
		if f.Answer == Holds {
			held[v]++
		}
	}
	return values, all, held
}

// mixed is how much of the variance between holding and not is left when a factor
// is known: Σ n p (1 − p) over its values.
func (c *Claim) mixed(judged []Finding, factor int) (left float64) {
	values, all, held := c.tally(judged, factor)
	for _, v := range values {
		left += float64(held[v] * (1 - held[v]/all[v]))
	}
	return left
}

// byValue says in how many of the comparisons with each value it holds.
func (c *Claim) byValue(judged []Finding, factor int) string {
	var parts []string
	values, all, held := c.tally(judged, factor)
	for _, v := range values {
		parts = append(parts, fmt.Sprintf("%.0f of %.0f for %s", held[v], all[v], v))
	}
	return "it holds in " + strings.Join(parts, ", ")
}
