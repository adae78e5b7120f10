package derivation

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fmlab/engine/formula"
)

var (
	symbolName = regexp.MustCompile(`^[a-z][a-z0-9]*$`)
	symbolSpan = regexp.MustCompile(`^(\S+) in (\S+)\.\.(\S+)$`)
)

// ParseSymbols reads names and their ranges, "t in 0.1..0.9, x0, x1 in -3..3":
// names without a range share the next one.
func ParseSymbols(text string) ([]Symbol, error) {
	var all, waiting []Symbol
	for _, part := range strings.Split(text, ",") {
		part = strings.TrimSpace(part)
		m := symbolSpan.FindStringSubmatch(part)
		s := Symbol{Name: part}
		if m != nil {
			s.Name = m[1]
		}
		if err := s.nameFree(append(all, waiting...)); err != nil {
			return nil, err
		}
		waiting = append(waiting, s)
		if m == nil {
			continue
		}
		lo, errLo := strconv.ParseFloat(m[2], 64)
		hi, errHi := strconv.ParseFloat(m[3], 64)
		if errLo != nil || errHi != nil || !(lo < hi) {
			return nil, fmt.Errorf("%q: want name in lo..hi with lo below hi", part)
		}
		for _, w := range waiting {
			all = append(all, Symbol{w.Name, lo, hi})
		}
		waiting = nil
	}
	if len(waiting) > 0 {
		return nil, fmt.Errorf("%q: want a range, as in t in 0.1..0.9", waiting[0].Name)
	}
	return all, nil
}

func (s Symbol) nameFree(others []Symbol) error {
	if !symbolName.MatchString(s.Name) {
		return fmt.Errorf("%q: want a name of small letters and digits, then in lo..hi", s.Name)
	}
	if slices.ContainsFunc(others, func(o Symbol) bool { return o.Name == s.Name }) {
		return fmt.Errorf("%s is given twice", s.Name)
	}
	// A formula without symbols fails at the first column of a name that means
	// nothing in the grammar.
	_, err := formula.Parse(s.Name + "(1)")
	var at *formula.Error
	if !errors.As(err, &at) || at.Column != 1 {
		return fmt.Errorf("%s already means something in a formula", s.Name)
	}
	return nil
}

// draw returns a value of the range.
func (s Symbol) draw(rng *rand.Rand) float64 { return s.Lo + (s.Hi-s.Lo)*rng.Float64() }

// short rounds a value of the range to three digits or so, for people who check
// it by hand. Formulas are not compared at short values only: two of them are too
// often equal, and what divides by their difference is all rounding there.
func (s Symbol) short(x float64) float64 {
	perUnit := math.Pow(10, 2-math.Floor(math.Log10(s.Hi-s.Lo)))
	return max(s.Lo, min(s.Hi, math.Round(x*perUnit)/perUnit))
}

func names(symbols []Symbol) []string {
	all := make([]string, len(symbols))
	for i, s := range symbols {
		all[i] = s.Name
	}
	return all
}
