package plot

import (
	"math"
	"strconv"
)

// axis maps data to [0, 1] along one side of a picture.
type axis struct {
	log    bool
	plain  bool    // ticks of a log axis read 10, 100 and not 1e1, 1e2
	lo, hi float64 // transformed: log10 of the data if log
	every  float64 // distance of ticks, 0 to choose it by their number
}

// tick is a labelled place on an axis, at s in [0, 1].
type tick struct {
	s     float64
	label string
}

// fit returns the axis that holds all finite values of the sets, a constant in
// its middle. ok is false if there are none (on a log axis: none above zero).
func fit(log bool, sets ...[]float64) (a axis, ok bool) {
	a = axis{log: log, lo: math.Inf(1), hi: math.Inf(-1)}
	for _, vs := range sets {
		for _, v := range vs {
			if u := a.transform(v); !math.IsNaN(u) {
				a.lo, a.hi = min(a.lo, u), max(a.hi, u)
			}
		}
	}
	if a.lo > a.hi {
		return axis{log: log, hi: 1}, false
	}
	if least := 1e-9 * max(math.Abs(a.lo), math.Abs(a.hi), 1e-290); a.hi-a.lo < least {
		mid, d := a.lo, max(math.Abs(a.lo)/2, 1e-290)
		if log {
			d = 0.5
		} else if mid == 0 {
			d = 1
		}
		a.lo, a.hi = mid-d, mid+d
	}
	return a, true
}

// limit is the largest size drawn: beyond it differences overflow, and a number
// like that is as good as infinite.
const limit = 1e300

// transform returns the place of v before scaling, NaN if it has none: what is
// not finite, and what is not positive on a log axis.
func (a axis) transform(v float64) float64 {
	if !(math.Abs(v) <= limit) || a.log && v <= 0 {
		return math.NaN()
	}
	if a.log {
		return math.Log10(v)
	}
	return v
}

// at returns where v lies: 0 at the low end, 1 at the high end, NaN if nowhere.
func (a axis) at(v float64) float64 { return (a.transform(v) - a.lo) / (a.hi - a.lo) }

// round widens a to half a tick at most, with about n ticks; a log axis to a
// quarter of a decade at most. So the bounds stay while the data move a little.
func (a axis) round(n int) axis {
	a.every = a.step(n)
	step := a.every / 2
	if a.log {
		step = min(step, 0.25)
	}
	a.lo = math.Floor(a.lo/step+1e-9) * step
	a.hi = math.Ceil(a.hi/step-1e-9) * step
	return a
}

// step is the distance of about n ticks: 1, 2 or 5 times a power of ten.
func (a axis) step(n int) float64 {
	if a.every > 0 {
		return a.every
	}
	raw := (a.hi - a.lo) / float64(max(n, 1))
	p := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 5} {
		if m*p >= raw*0.999 {
			return m * p
		}
	}
	return 10 * p
}

// ticks returns at most about n labelled places.
func (a axis) ticks(n int) []tick {
	if a.log {
		return a.logTicks(n)
	}
	step := a.step(n)
	decimals := min(max(0, int(math.Ceil(-math.Log10(step)-1e-9))), 300)
	var ts []tick
	for k := math.Ceil(a.lo/step - 1e-6); k*step <= a.hi+1e-6*step && len(ts) <= 2*n+2; k++ {
		v := k * step
		ts = append(ts, tick{(v - a.lo) / (a.hi - a.lo), tickLabel(v, decimals)})
	}
	return ts
}

// logTicks labels powers of ten; within few decades 2 and 5 too, and within less
// than half a decade round numbers.
func (a axis) logTicks(n int) []tick {
	span := a.hi - a.lo
	if span < 0.5 {
		return a.roundTicks(n)
	}
	within := []float64{1}
	if 3*span <= float64(n) {
		within = []float64{1, 2, 5}
	}
	every := max(1, math.Ceil(span/float64(max(n, 1))-1e-9))
	var ts []tick
	for e := math.Floor(a.lo); e <= a.hi; e++ {
		for _, m := range within {
			if s := (e + math.Log10(m) - a.lo) / span; s >= -1e-9 && s <= 1+1e-9 && math.Mod(e, every) == 0 {
				ts = append(ts, tick{s, a.powerLabel(m, int(e))})
			}
		}
	}
	return ts
}

// roundTicks places the ticks of a linear axis on a log one.
func (a axis) roundTicks(n int) []tick {
	lin := axis{lo: math.Pow(10, a.lo), hi: math.Pow(10, a.hi)}
	ts := lin.ticks(n)
	for i := range ts {
		v := lin.lo + ts[i].s*(lin.hi-lin.lo)
		ts[i].s = (math.Log10(v) - a.lo) / (a.hi - a.lo)
	}
	return ts
}

func (a axis) powerLabel(m float64, e int) string {
	if a.plain && e >= 0 && e < 5 {
		return strconv.FormatFloat(m*math.Pow(10, float64(e)), 'f', 0, 64)
	}
	return strconv.Itoa(int(m)) + "e" + strconv.Itoa(e)
}
