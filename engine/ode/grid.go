package ode

import (
	"fmt"
	"strings"

	"fmlab/engine/path"
)

// Grid says at which times the steps of a run end. Any method that does not
// choose its steps takes any grid; it matters as much as the order. A run
// backward takes the times of the run forward, last first.
type Grid struct {
	Name  string // as typed: uniform, lambda, quadratic
	Title string // as read

	// place is the k-th of n times from lo to hi, 0 < k < n; nil is uniform in t.
	place func(lo, hi float64, k, n int, p path.Path) float64
	path  bool // place needs the path
}

// Grids is every grid, in menu order.
var Grids = []Grid{
	{Name: "uniform", Title: "uniform in t"},
	{Name: "lambda", Title: "uniform in λ", place: lambdaGrid, path: true},
	{Name: "quadratic", Title: "quadratic, finer towards the data", place: quadraticGrid},
}

// GetGrid returns the grid of a name; the error lists the known ones.
func GetGrid(name string) (Grid, error) {
	var known []string
	for _, g := range Grids {
		if g.Name == name {
			return g, nil
		}
		known = append(known, g.Name)
	}
	return Grid{}, fmt.Errorf("unknown grid %q: want one of %s", name, strings.Join(known, ", "))
}

// gridEnd is how far from t = 0 and t = 1, where λ is infinite, the times that
// are uniform in λ begin and end.
const gridEnd = 1e-3

// check says why the grid cannot be laid from o.From to o.To.
func (g Grid) check(o Options) error {
	if !g.path {
		return nil
	}
	if err := o.checkPath("the grid " + g.Name); err != nil {
		return err
	}
	if lo, hi := min(o.From, o.To), max(o.From, o.To); lo != hi && (hi <= gridEnd || lo >= 1-gridEnd) {
		return fmt.Errorf("ode: the grid %s from t = %g to %g: want a run that goes on between %g and %g", g.Name, o.From, o.To, gridEnd, 1-gridEnd)
	}
	return nil
}

// time returns the end of step k, from 1: the last is To bit for bit, which a
// formula would miss by rounding.
func (o Options) time(k int) float64 {
	switch {
	case k == o.Steps:
		return o.To
	case o.Grid.place == nil:
		return o.From + float64(k)*(o.To-o.From)/float64(o.Steps)
	case o.To < o.From:
		return o.Grid.place(o.To, o.From, o.Steps-k, o.Steps, o.Path)
	}
	return o.Grid.place(o.From, o.To, k, o.Steps, o.Path)
}

// quadraticGrid is lo + (hi − lo)(1 − (1 − k/n)²): in the time 1 − t of
// diffusion, the squares of equal steps (Song et al. 2021, DDIM, arXiv
// 2010.02502, appendix D.2).
func quadraticGrid(lo, hi float64, k, n int, _ path.Path) float64 {
	left := float64(n-k) / float64(n)
	return lo + (hi-lo)*(1-left*left)
}

// lambdaGrid has equal steps of λ between 10⁻³ and 1 − 10⁻³. What of the run lies
// outside is one step at either end; two steps in all meet at the middle λ.
func lambdaGrid(lo, hi float64, k, n int, p path.Path) float64 {
	from, to := max(lo, gridEnd), min(hi, 1-gridEnd)
	if from > lo {
		k, n = k-1, n-1
	}
	if to < hi {
		n--
	}
	part := 0.5
	if n > 0 {
		part = float64(k) / float64(n)
	}
	a, b := p.At(from).Lambda(), p.At(to).Lambda()
	return timeAt(p, a+part*(b-a), from, to)
}

// timeAt returns the time between lo and hi at which the path has that λ, by
// bisection to the last bit: λ increases with t.
func timeAt(p path.Path, lambda, lo, hi float64) float64 {
	for {
		mid := lo + (hi-lo)/2
		switch {
		case mid == lo || mid == hi:
			return closer(p, lambda, lo, hi)
		case p.At(mid).Lambda() < lambda:
			lo = mid
		default:
			hi = mid
		}
	}
}

// closer returns the one of two times whose λ is closer.
func closer(p path.Path, lambda, lo, hi float64) float64 {
	if lambda-p.At(lo).Lambda() < p.At(hi).Lambda()-lambda {
		return lo
	}
	return hi
}
