package progress

import (
	"testing"
	"time"
)

// TestDerived solves a derivation with hints and without, in any order of the
// log: only the days on which it went without hints count for keeping it.
func TestDerived(t *testing.T) {
	day := func(n float64) time.Time {
		return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).Add(time.Duration(n * 24 * float64(time.Hour)))
	}
	for _, c := range []struct {
		hints         []int
		days          []float64
		unaided, kept bool
	}{
		{nil, nil, false, false},
		{[]int{2}, []float64{0}, false, false},
		{[]int{0}, []float64{0}, true, false},
		{[]int{0, 0}, []float64{0, 6.9}, true, false},
		{[]int{0, 0}, []float64{0, 7}, true, true},
		{[]int{0, 0}, []float64{7, 0}, true, true},
		{[]int{0, 1}, []float64{0, 7}, true, false},
		{[]int{1, 0, 0}, []float64{0, 8, 9}, true, false},
		{[]int{0, 1, 0, 0}, []float64{3, 0, 20, 4}, true, true},
	} {
		l := mustOpen(t, t.TempDir())
		for i, n := range c.days {
			l.now = func() time.Time { return day(n) }
			mustAppend(t, l, Solved, "1.4/cfm", Derivation{Hints: c.hints[i]})
		}
		d := l.State().Derived["1.4/cfm"]
		if d.Times != len(c.days) || d.Unaided() != c.unaided || d.Kept() != c.kept {
			t.Errorf("hints %v on days %v: got %+v, unaided %v, kept %v; want %v, %v",
				c.hints, c.days, d, d.Unaided(), d.Kept(), c.unaided, c.kept)
		}
	}
}
