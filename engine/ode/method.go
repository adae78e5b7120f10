// Package ode integrates dz/dt = v(z, t): explicit Runge–Kutta methods as
// tables of numbers, the DPM-Solver family, which knows the path that the field
// belongs to, and Euler–Maruyama for the stochastic equation of the same
// marginals; and one loop that steps any of them.
//
// Advance, then look: [New] makes a [Solver], each [Solver.Step] takes one step,
// and between steps the state, the time and the count of evaluations are read.
// Time may run either way, so the same solver carries noise to data and back.
//
// The cost of a run is its NFE, the number of evaluations of the field, counted
// in one place whatever the evaluation was for. Solvers are compared at equal
// NFE: two steps of one method are not the price of two of another.
package ode

import (
	"fmt"
	"slices"
	"strings"
)

// Method is an explicit Runge–Kutta method, given by its Butcher tableau, or one
// that works on a path and has a step of its own. With a tableau of s rows, a
// step of size h from t is
//
//	k_i = v(z + h Σ_{j<i} a_ij k_j, t + c_i h),  i = 1 … s
//	z(t+h) ≈ z + h Σ_i b_i k_i
type Method struct {
	Name  string      // as typed: euler, rk4, dpm++2m
	Title string      // as read: "Euler", "Runge–Kutta 4"
	Order int         // p: the error at the end of a run shrinks as hᵖ
	A     [][]float64 // a_ij: row i holds its i numbers left of the diagonal
	B     []float64   // b_i
	C     []float64   // c_i
	E     []float64   // b_i − b̂_i, so that h Σ e_i k_i estimates the error of a step; nil when there is no estimate

	Noise bool // draws random numbers, by Options.Eta and Rand

	step  func(s *Solver, to float64) // proposes s.next, the state at to; nil is by the tableau
	calls int                         // evaluations of the field in such a step
	given bool                        // such a step knows nothing of a path
}

// All is every method, in menu order.
var All = []Method{
	{
		Name: "euler", Title: "Euler", Order: 1,
		A: [][]float64{{}},
		B: []float64{1},
		C: []float64{0},
	},
	{
		Name: "midpoint", Title: "midpoint", Order: 2,
		A: [][]float64{{}, {1. / 2}},
		B: []float64{0, 1},
		C: []float64{0, 1. / 2},
	},
	{
		Name: "heun", Title: "Heun", Order: 2,
		A: [][]float64{{}, {1}},
		B: []float64{1. / 2, 1. / 2},
		C: []float64{0, 1},
	},
	{
		Name: "rk4", Title: "Runge–Kutta 4", Order: 4,
		A: [][]float64{{}, {1. / 2}, {0, 1. / 2}, {0, 0, 1}},
		B: []float64{1. / 6, 1. / 3, 1. / 3, 1. / 6},
		C: []float64{0, 1. / 2, 1. / 2, 1},
	},
	{
		// Dormand and Prince 1980, as in Hairer, Nørsett, Wanner, "Solving
		// Ordinary Differential Equations I", 2nd ed., table II.5.2.
		Name: "dopri5", Title: "Dormand–Prince 5(4)", Order: 5,
		A: [][]float64{
			{},
			{1. / 5},
			{3. / 40, 9. / 40},
			{44. / 45, -56. / 15, 32. / 9},
			{19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729},
			{9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656},
			{35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84},
		},
		B: []float64{35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84, 0},
		C: []float64{0, 1. / 5, 3. / 10, 4. / 5, 8. / 9, 1, 1},
		E: []float64{71. / 57600, 0, -71. / 16695, 71. / 1920, -17253. / 339200, 22. / 525, -1. / 40},
	},
	{Name: "dpm1", Title: "DPM-Solver-1 (DDIM)", Order: 1, step: (*Solver).dpm1, calls: 1},
	{Name: "dpm2", Title: "DPM-Solver-2", Order: 2, step: (*Solver).dpm2, calls: 2},
	{Name: "dpm++2m", Title: "DPM-Solver++(2M)", Order: 2, step: (*Solver).dpm2M, calls: 1},
	{Name: "sde", Title: "Euler–Maruyama (SDE)", Order: 1, Noise: true, step: (*Solver).eulerMaruyama, calls: 1},
}

// Get returns the method of a name; the error lists the known ones.
func Get(name string) (Method, error) {
	var known []string
	for _, m := range All {
		if m.Name == name {
			return m, nil
		}
		known = append(known, m.Name)
	}
	return Method{}, fmt.Errorf("unknown solver %q: want one of %s", name, strings.Join(known, ", "))
}

// NeedsPath says whether the method uses the path of the field, Options.Path.
func (m Method) NeedsPath() bool { return m.step != nil && !m.given }

// Adaptive says whether the method estimates its error and so can choose its steps.
func (m Method) Adaptive() bool { return m.E != nil }

// FSAL says whether the first evaluation of a step is the same as the last of
// the step before: the last row of the tableau is the step itself, taken to c = 1.
func (m Method) FSAL() bool {
	last := len(m.B) - 1
	return last >= 0 && m.C[last] == 1 && m.B[last] == 0 && slices.Equal(m.A[last], m.B[:last])
}

// Stages returns the evaluations of the field that a step costs at most. An
// evaluation shared with the next step is counted once: Dormand–Prince has 7 rows
// and costs 6. The DPM family saves some at the ends of the path, where a
// prediction is known without the field or only order 1 is left.
func (m Method) Stages() int {
	switch {
	case m.step != nil:
		return m.calls
	case m.FSAL():
		return len(m.B) - 1
	}
	return len(m.B)
}

// StepsFor returns the steps that nfe evaluations pay for, ⌊nfe/stages⌋.
func StepsFor(m Method, nfe int) int { return nfe / m.Stages() }
