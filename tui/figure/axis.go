package figure

import (
	"math"
	"strconv"
	"strings"
)

// axis maps numbers to [0, 1] along one side of a picture.
type axis struct {
	log    bool
	lo, hi float64 // log10 of the numbers if log
}

// tick is a labelled place, at s in [0, 1].
type tick struct {
	s     float64
	label string
}

// limit is the largest size drawn; beyond it differences overflow.
const limit = 1e300

// place is v on the axis before it is scaled; NaN if it has none.
func (a axis) place(v float64) float64 {
	switch {
	case !(math.Abs(v) <= limit) || a.log && v <= 0:
		return math.NaN()
	case a.log:
		return math.Log10(v)
	}
	return v
}

// at is where v lies, 0 to 1 along the axis; NaN if nowhere.
func (a axis) at(v float64) float64 { return (a.place(v) - a.lo) / (a.hi - a.lo) }

// fit is the axis that holds every number that has a place, with a little room.
func fit(log bool, room float64, sets ...[]float64) axis {
	a := axis{log: log, lo: math.Inf(1), hi: math.Inf(-1)}
	for _, set := range sets {
		for _, v := range set {
			if u := a.place(v); !math.IsNaN(u) {
				a.lo, a.hi = min(a.lo, u), max(a.hi, u)
			}
		}
	}
	if a.lo > a.hi {
		return axis{log: log, lo: 0, hi: 1}
	}
	d := room * (a.hi - a.lo)
	if a.hi-a.lo <= 1e-9*math.Abs(a.hi) || d == 0 && a.lo == a.hi {
		d = max(math.Abs(a.lo)/2, 0.5)
	}
	return axis{log: log, lo: a.lo - d, hi: a.hi + d}
}

// ticks are about n labelled places: on a log axis powers of ten, and 2 and 5 where
// the decades are few.
func (a axis) ticks(n int) (all []tick) {
	if a.log && a.hi-a.lo >= 0.7 {
		return a.logTicks(n)
	}
	lin := a
	if a.log { // less than a decade: numbers as on a linear axis
		lin = axis{lo: math.Pow(10, a.lo), hi: math.Pow(10, a.hi)}
	}
	step := roundStep((lin.hi - lin.lo) / float64(n))
	decimals := max(0, int(math.Ceil(-math.Log10(step)-1e-9)))
	for k := math.Ceil(lin.lo/step - 1e-6); k*step <= lin.hi+1e-6*step && len(all) < 4*n; k++ {
		all = append(all, tick{a.at(k*step + 0), plainNumber(k*step, decimals)})
	}
	return all
}

// roundStep is the least 1, 2 or 5 times a power of ten that is no less than raw.
func roundStep(raw float64) float64 {
	p := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 5} {
		if m*p >= raw*0.999 {
			return m * p
		}
	}
	return 10 * p
}

func (a axis) logTicks(n int) (all []tick) {
	within := []float64{1}
	if 3*(a.hi-a.lo) <= float64(n) {
		within = []float64{1, 2, 5}
	}
	every := max(1, int(math.Ceil((a.hi-a.lo)/float64(n))))
	for e := int(math.Floor(a.lo)); float64(e) <= a.hi; e++ {
		for _, m := range within {
			if s := (float64(e) + math.Log10(m) - a.lo) / (a.hi - a.lo); s >= -1e-9 && s <= 1+1e-9 && e%every == 0 {
				all = append(all, tick{s, power(m, e)})
			}
		}
	}
	return all
}

// power writes m times ten to the e.
func power(m float64, e int) string {
	switch {
	case e >= -2 && e <= 4:
		return strconv.FormatFloat(m*math.Pow(10, float64(e)), 'g', -1, 64)
	case m == 1:
		return "10" + raised(strconv.Itoa(e))
	}
	return strconv.FormatFloat(m, 'g', -1, 64) + "·10" + raised(strconv.Itoa(e))
}

var raised = strings.NewReplacer("-", "⁻", "+", "", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹").Replace

// plainNumber writes a tick of a linear axis.
func plainNumber(v float64, decimals int) string {
	sign := ""
	if v < 0 {
		sign = "−"
	}
	if a := math.Abs(v); a >= 1e6 || decimals > 5 && v != 0 {
		e := int(math.Floor(math.Log10(a)))
		return sign + strconv.FormatFloat(a/math.Pow(10, float64(e)), 'f', 1, 64) + "·10" + raised(strconv.Itoa(e))
	}
	return sign + strconv.FormatFloat(math.Abs(v), 'f', min(decimals, 5), 64)
}
