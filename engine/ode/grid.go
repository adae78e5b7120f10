package ode

import (
	"fmt"
	"strings"

	"fmlab/engine/libm"
	"fmlab/engine/path"
)

// Grid says at which times the steps of a run end. Any method that does not
// choose its steps takes any grid; it matters as much as the order. A run
// backward takes the times of the run forward, last first.
//
// uniform is in t. lambda has equal steps of λ = log(α/σ) between t = 10⁻³ and
// 1 − 10⁻³ with the ends joined on; many steps begin and end further out, see
// [lambdaEnds]. quadratic takes the squares of equal steps in 1 − t.
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

// farEnd is the |λ| from which on a path is at its end but for rounding: α/σ or
// σ/α is below 2·10⁻⁹.
const farEnd = 20

// check says why the grid cannot be laid from o.From to o.To.
func (g Grid) check(o Options) error {
	if !g.path {
		return nil
	}
	if err := o.checkPath("the grid " + g.Name); err != nil {
		return err
	}
	first, last := lambdaEnds(o.Path, o.Steps)
	if lo, hi := min(o.From, o.To), max(o.From, o.To); lo != hi && (hi <= first || lo >= last) {
		return fmt.Errorf("ode: the grid %s from t = %g to %g: want a run that goes on between %g and %g", g.Name, o.From, o.To, first, last)
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
	return lo + float64((hi-lo)*(1-float64(left*left)))
}

// lambdaGrid has equal steps of λ between the times of [lambdaEnds]. What of the
// run lies outside is one step at either end; two steps in all meet at the middle λ.
func lambdaGrid(lo, hi float64, k, n int, p path.Path) float64 {
	first, last := lambdaEnds(p, n)
	from, to := max(lo, first), min(hi, last)
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
	return p.AtLambda(a + float64(part*(b-a)))
}

// lambdaEnds returns the times between which n steps are uniform in λ: 10⁻³ and
// 1 − 10⁻³, or beyond them, where |λ| = log n, when that is further out.
//
// The steps that join the ends on are of order 1 for the DPM family whatever the
// method, with an error of about ½(σ/α)² at the data and ½(α/σ)² at the noise.
// At 1 − 10⁻³ that is 5·10⁻⁷ on linear and 10⁻³ on linear-vp, 6·10⁻⁵ on ddpm: a
// floor that no number of steps would go below. With |λ| ≥ log n it is at most
// 1/(2n²), and falls as fast as the error of order 2. It matters from 23 steps on
// linear-vp, 96 on ddpm, 500 on poly:2, 637 on vp and 1,000 on linear.
//
// Nor do the times go beyond |λ| = 20, as from 10⁻³ they would on poly:3.
func lambdaEnds(p path.Path, n int) (first, last float64) {
	clip := func(t, side float64) float64 {
		l := side * p.At(t).Lambda()
		within := min(max(l, libm.Log(float64(n))), farEnd)
		if within == l {
			return t
		}
		return p.AtLambda(side * within)
	}
	return clip(gridEnd, -1), clip(1-gridEnd, 1)
}
