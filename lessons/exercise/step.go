package exercise

import (
	"fmt"
	"math"

	"fmlab/engine"
)

// step is a step of a solver under check: the arguments of euler_step and rk4_step.
type step struct {
	z    []float64
	t, h float64
}

// steps are random ones, on points about the origin.
func steps(n int) []step {
	rng := engine.NewRand(12, 1)
	var all []step
	for range n {
		all = append(all, step{rows(rng, 4), 0.8 * rng.Float64(), 0.02 + 0.3*rng.Float64()})
	}
	return all
}

func (s step) show(k int) string {
	return fmt.Sprintf("from z = (%.4g, %.4g) at t = %.4g with h = %.4g, coordinate %s", s.z[k&^1], s.z[k|1], s.t, s.h, "xy"[k&1:k&1+1])
}

// takes tries a step function on bent and judges what it
// returns.
func takes(t *trial, name string, q question[step]) (string, error) {
	args := steps(12)
	var got [][]float64
	for _, s := range args {
		v := &hosted{f: bent}
		z, err := t.step(name, v, s)
		if err != nil {
			return "", err
		}
		got = append(got, z)
	}
	q.show = step.show
	return q.judge(args, got)
}

// step takes one step by the function of the program.
func (t *trial) step(name string, v *hosted, s step) ([]float64, error) {
	out, err := t.call(name, v.fn(), points(s.z), s.t, s.h)
	if err != nil {
		return nil, err
	}
	z, err := array("what "+name+" returns", out, len(s.z)/2, 2)
	if err != nil {
		return nil, err
	}
	return z.Data(), nil
}

// costs checks how often a step evaluates the field.
func costs(name string, want int, hint string) check {
	return check{evaluations(want), func(t *trial) (string, error) {
		v := &hosted{f: bent}
		if _, err := t.step(name, v, steps(1)[0]); err != nil {
			return "", err
		}
		if got := len(v.times); got != want {
			return "", fmt.Errorf("a step costs %s: want %d. %s", evaluations(got), want, hint)
		}
		return evaluations(want) + " a step", nil
	}}
}

func evaluations(n int) string {
	if n == 1 {
		return "1 evaluation"
	}
	return fmt.Sprintf("%d evaluations", n)
}

// converges checks the order of a step function: the error at t = 1 against the step
// size, where it divides the interval and where it does not.
func converges(name string, order float64, margin float64, most int) check {
	return check{fmt.Sprintf("order %g", order), func(t *trial) (string, error) {
		for _, stretch := range []float64{1, 1.13} {
			var hs, errs []float64
			for n := 8; n <= most; n *= 2 {
				h := stretch / float64(n)
				e, err := t.error(name, h)
				if err != nil {
					return "", err
				}
				hs, errs = append(hs, h), append(errs, e)
			}
			got := slope(hs, errs)
			if !(math.Abs(got-order) <= margin) {
				return "", fmt.Errorf("the error at t = 1 shrinks as h to the power %.2f for h = %.3g … %.3g: want %g", got, hs[0], hs[len(hs)-1], order)
			}
			if stretch != 1 {
				return fmt.Sprintf("the error at t = 1 shrinks as h to the power %.2f", got), nil
			}
		}
		return "", nil
	}}
}

// error goes from 0 to 1 on spiral in steps of h, the last one shorter, and returns
// how far from the solution that ends.
func (t *trial) error(name string, h float64) (float64, error) {
	z0 := rows(engine.NewRand(12, 2), 3)
	z, v := z0, &hosted{f: spiral}
	for at := 0.0; at < 1-1e-12; {
		s := step{z, at, min(h, 1-at)}
		var err error
		if z, err = t.step(name, v, s); err != nil {
			return 0, err
		}
		at += s.h
	}
	return rms(z, spiralEnd(z0, 1)), nil
}
