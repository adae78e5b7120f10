package path

import (
	"fmt"
	"math"
)

// Sampled returns the path of two functions that are known by their values alone.
// They are asked once, at a grid of times and close beside each, and are cubics in
// between: of smooth ones α and σ are right to 12 digits and their derivatives to 9.
// What makes a path legal is the same as for [Custom].
func Sampled(title string, alpha, sigma func(t []float64) ([]float64, error)) (Path, error) {
	a, err := newTable(alpha)
	if err != nil {
		return Path{}, fmt.Errorf("α: %w", err)
	}
	s, err := newTable(sigma)
	if err != nil {
		return Path{}, fmt.Errorf("σ: %w", err)
	}
	variance, err := newTable(squared(sigma))
	if err != nil {
		return Path{}, fmt.Errorf("σ: %w", err)
	}
	p := Path{Name: "custom", Title: title, Alpha: title, Sigma: title, TrainEnd: 1, at: tables{a, s, variance}.at}
	if err := p.check(); err != nil {
		return Path{}, fmt.Errorf("%s: %w", title, err)
	}
	if !(math.Abs(p.At(1).DSigma) <= trainTo) {
		p.TrainEnd = nearlyOne
	}
	return p, nil
}

func squared(f func([]float64) ([]float64, error)) func([]float64) ([]float64, error) {
	return func(t []float64) ([]float64, error) {
		y, err := f(t)
		y2 := make([]float64, len(y))
		for i, v := range y {
			y2[i] = v * v
		}
		return y2, err
	}
}

// Cells of a table, and how far apart a function is asked for its slope.
const (
	tableCells = 4096
	beside     = 0x1p-20
)

// table is a function by its values and slopes at equal distances.
type table struct{ y, dy []float64 }

func newTable(f func(t []float64) ([]float64, error)) (tb table, err error) {
	at := make([]float64, 0, 3*(tableCells+1))
	for i := range tableCells + 1 {
		middle := max(beside, min(float64(i)/tableCells, 1-beside))
		at = append(at, middle-beside, middle, middle+beside)
	}
	y, err := f(at)
	if err == nil && len(y) != len(at) {
		err = fmt.Errorf("%d values at %d times", len(y), len(at))
	}
	if err != nil {
		return tb, err
	}
	for i := range tableCells + 1 {
		y := y[3*i : 3*i+3]
		value, slope, bend := y[1], y[2]-y[0], y[2]-2*y[1]+y[0]
		switch i { // beside the ends: the slope of a parabola
		case 0:
			value, slope = y[0], slope-2*bend
		case tableCells:
			value, slope = y[2], slope+2*bend
		}
		tb.y, tb.dy = append(tb.y, value), append(tb.dy, slope/(2*beside))
	}
	return tb, nil
}

// at is the cubic of a cell, and its slope.
func (tb table) at(t float64) (y, dy float64) {
	i := min(int(t*tableCells), tableCells-1)
	u := float64(t*tableCells) - float64(i)
	y0, y1 := tb.y[i], tb.y[i+1]
	d0, d1 := float64(tb.dy[i]/tableCells), float64(tb.dy[i+1]/tableCells) // by a power of two, which is a product
	// y0 + u d0 + u² a + u³ b meets both ends with their slopes
	a := float64(3*(y1-y0)) - float64(2*d0) - d1
	b := d0 + d1 - float64(2*(y1-y0))
	y = y0 + float64(u*(d0+float64(u*(a+float64(u*b)))))
	dy = d0 + float64(u*(float64(2*a)+float64(3*float64(u*b))))
	return y, dy * tableCells
}

// steep says whether the slope grows without bound at t = 1: as of a root, whose slope
// beside its end is many times that of a cell before.
func (tb table) steep() bool {
	last := math.Abs(tb.dy[tableCells])
	return last > 10 && last > 4*math.Abs(tb.dy[tableCells-1])
}

// tables are α, σ and σ². Where σ ends infinitely steep, as √(1 − t²) does, σ² does
// not, and σ is read off it.
type tables struct{ alpha, sigma, variance table }

func (ts tables) at(t float64) (c Coeffs) {
	c.Alpha, c.DAlpha = ts.alpha.at(t)
	c.Sigma, c.DSigma = ts.sigma.at(t)
	c.SigmaDSigma = float64(c.Sigma * c.DSigma)
	if ts.sigma.steep() {
		square, slope := ts.variance.at(t)
		c.Sigma = math.Sqrt(math.Max(0, square))
		c.SigmaDSigma = slope / 2
		c.DSigma = c.SigmaDSigma / c.Sigma
	}
	switch t {
	case 0:
		c.Alpha, c.Sigma = snap(c.Alpha, 0), snap(c.Sigma, 1)
	case 1:
		c.Alpha, c.Sigma = snap(c.Alpha, 1), snap(c.Sigma, 0)
	}
	return c
}
