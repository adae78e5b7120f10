package plot

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// NumWidth is the number of cells of [Num].
const NumWidth = 8

// Num writes v in exactly NumWidth cells, right-aligned, with about four
// significant digits and as many decimals as its size asks for, so that numbers
// stand still while they change. NaN, not measured, is a dash.
func Num(v float64) string { return fmt.Sprintf("%*s", NumWidth, short(v)) }

// short is Num without padding.
func short(v float64) string {
	a := math.Abs(v)
	switch {
	case math.IsNaN(v):
		return "-"
	case math.IsInf(v, 1):
		return "inf"
	case math.IsInf(v, -1):
		return "-inf"
	case v == 0:
		return "0"
	case a < 1e-98 || a >= 9.5e98:
		return power(v, 0)
	case a < 1e-3 || a >= 99999.5:
		return power(v, 2)
	case a < 1:
		return strconv.FormatFloat(v, 'f', 4, 64)
	}
	return strconv.FormatFloat(v, 'f', 3-min(int(math.Log10(a)), 3), 64)
}

// power writes v as 1.23e-5, with so many digits after the point and no padding
// in the exponent.
func power(v float64, digits int) string {
	m, e, _ := strings.Cut(strconv.FormatFloat(v, 'e', digits, 64), "e")
	n, _ := strconv.Atoi(e)
	return m + "e" + strconv.Itoa(n)
}

// tickLabel writes the value of a tick with so many decimals, or as a power
// where that would be long.
func tickLabel(v float64, decimals int) string {
	if v == 0 {
		return "0"
	}
	if a := math.Abs(v); decimals <= 4 && a < 99999.5 {
		return strconv.FormatFloat(v, 'f', decimals, 64)
	}
	m, e, _ := strings.Cut(power(v, 1), "e")
	return strings.TrimSuffix(m, ".0") + "e" + e
}
