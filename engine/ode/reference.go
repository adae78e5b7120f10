package ode

import "fmlab/engine"

// Reference integrates as exactly as comparisons need and returns the state at
// to, in new storage: Dormand–Prince with rtol = atol = tol. A tolerance of
// 1e-10 suits fields in closed form, 1e-8 suits networks. The errors are those of
// [Solver.Err] and [New].
func Reference(f engine.Field, z0 engine.Points, from, to, tol float64) (engine.Points, error) {
	dopri5, err := Get("dopri5")
	if err != nil {
		panic("ode: " + err.Error())
	}
	s, err := New(dopri5, f, z0, Options{From: from, To: to, Rtol: tol, Atol: tol})
	if err != nil {
		return nil, err
	}
	for s.Step() {
	}
	return s.Z(), s.Err()
}
