package libm

import "math"

// Hypot returns √(x² + y²), to 1.7 ulp, without overflow on the way.
func Hypot(x, y float64) float64 {
	x, y = math.Abs(x), math.Abs(y)
	switch {
	case x > math.MaxFloat64 || y > math.MaxFloat64:
		return math.Inf(1)
	case x == 0 && y == 0:
		return 0
	}
	big, small := max(x, y), min(x, y)
	q := small / big
	return big * math.Sqrt(1+float64(q*q))
}
