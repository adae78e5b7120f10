package exercise

import (
	"fmt"
	"math"

	"fmlab/engine"
)

// trip is a run of the program's sampler on spiral.
type trip struct {
	steps int
	times []float64 // when it looked at the field
	error float64   // distance of the end from the solution, root mean square
	end   []float64
}

var departures = rows(engine.NewRand(25, 1), 5)

// trip samples with so many steps.
func (t *trial) trip(steps int) (trip, error) {
	v := &hosted{f: spiral}
	out, err := t.call("sample", v.fn(), points(departures), steps)
	if err != nil {
		return trip{}, err
	}
	z, err := array(fmt.Sprintf("what sample returns with %d steps", steps), out, len(departures)/2, 2)
	if err != nil {
		return trip{}, err
	}
	return trip{steps, v.times, rms(z.Data(), spiralEnd(departures, 1)), z.Data()}, nil
}

var sampleChecks = []check{
	{"order of time", func(t *trial) (string, error) {
		for _, n := range []int{4, 1, 10} {
			r, err := t.trip(n)
			if err == nil {
				err = r.forward()
			}
			if err != nil {
				return "", err
			}
		}
		return "from t = 0 forward, never beyond 1", nil
	}},
	{"evaluations", func(t *trial) (string, error) { return t.evaluations() }},
	{"end points", func(t *trial) (string, error) { return t.ends() }},
}

// forward checks that time runs from 0 to 1.
func (r trip) forward() error {
	const slack = 1e-12
	if len(r.times) == 0 {
		return fmt.Errorf("with %d steps v is never called: the field says where to go", r.steps)
	}
	if first := r.times[0]; math.Abs(first) > slack {
		if first > 1-2/float64(r.steps+1) && r.times[len(r.times)-1] < first {
			return fmt.Errorf("time runs backward, from t = %.3g to %.3g with %d steps: here noise is at 0 and data at 1, so start at 0", first, r.times[len(r.times)-1], r.steps)
		}
		return fmt.Errorf("the first look at the field is at t = %.4g: want 0, where the noise is", first)
	}
	for i, t := range r.times {
		if t > 1+slack || t < -slack {
			return fmt.Errorf("with %d steps the field is asked at t = %.6g: want times from 0 to 1. With steps of 1/steps the step number i begins at i / steps", r.steps, t)
		}
		if i > 0 && t < r.times[i-1]-slack {
			return fmt.Errorf("with %d steps time goes back from %.4g to %.4g: each step begins where the last one ended", r.steps, r.times[i-1], t)
		}
	}
	return nil
}

// evaluations checks that the cost is a whole number of looks a step.
func (t *trial) evaluations() (string, error) {
	each := 0
	for _, n := range []int{1, 3, 8, 10, 49} {
		r, err := t.trip(n)
		if err != nil {
			return "", err
		}
		got := len(r.times)
		if each == 0 {
			each = got
		}
		switch {
		case got == each*n:
		case got == 1:
			return "", fmt.Errorf("with %d steps v is called once: the way from 0 to 1 is to be cut into that many steps", n)
		case got == each*(n-1):
			return "", fmt.Errorf("with %d steps v is called %d times: one step is missing. range(steps) counts 0 … steps − 1, which is all of them", n, got)
		case got == each*(n+1):
			return "", fmt.Errorf("with %d steps v is called %d times: one step too many. A sum of 1/steps may fall short of 1 by a rounding, so count steps, not time", n, got)
		default:
			return "", fmt.Errorf("with 1 step v is called %d times and with %d steps %d: want %d. Every step costs the same", each, n, got, each*n)
		}
	}
	return fmt.Sprintf("%d a step", each), nil
}

// ends checks that the end points tend to the exact ones as steps grow.
func (t *trial) ends() (string, error) {
	var h, errs []float64
	var last trip
	for _, n := range []int{8, 16, 32, 64} {
		r, err := t.trip(n)
		if err != nil {
			return "", err
		}
		h, errs, last = append(h, 1/float64(n)), append(errs, max(r.error, 1e-15)), r
	}
	order := slope(h, errs)
	if hint := last.astray(); hint != "" {
		return "", fmt.Errorf("with 64 steps the end points are %.2g off (order %.1f): %s", last.error, order, hint)
	}
	if !(order > 0.8) && last.error > 1e-9 || last.error > 0.1 {
		return "", fmt.Errorf("with 64 steps the end points are %.2g off, and the error shrinks as h to the power %.2f: want 1 or more. Try one step by hand, z + h v(z, t); Euler is 0.03 off", last.error, order)
	}
	return fmt.Sprintf("%.1g off with 64 steps, order %.1f", last.error, order), nil
}

// astray is what the sampler did instead, if that is known.
func (r trip) astray() string {
	h := 1 / float64(r.steps)
	euler := func(size, sign float64, time func(i int) float64, n int) []float64 {
		z := departures
		for i := range n {
			z = axpy(z, sign*size, spiral(z, time(i)))
		}
		return z
	}
	onTime := func(i int) float64 { return float64(i) * h }
	for _, m := range []struct {
		hint string
		end  []float64
	}{
		{"these are the points as they were", departures},
		{"the sign is wrong, z − h v: forward in time it is z + h v", euler(h, -1, onTime, r.steps)},
		{"the step size is missing, z + v: with n steps h is 1 / n", euler(1, 1, onTime, r.steps)},
		{"v is always asked at t = 0: time goes on, t = i / steps", euler(h, 1, func(int) float64 { return 0 }, r.steps)},
		{"only the last step is taken: carry z on from step to step", axpy(departures, h, spiral(departures, 1-h))},
		{"only one step of size 1 / steps has an effect: carry z on from step to step", axpy(departures, h, spiral(departures, 0))},
		{"the step size is 1: with n steps h is 1 / n", euler(1, 1, func(i int) float64 { return float64(i) * h }, r.steps)},
		{"the steps are too long, 1 / (steps − 1) each: n steps of 1 / n make 1", euler(1/float64(r.steps-1), 1, onTime, r.steps)},
		{"the steps are too long, 1 / (steps − 1) each: n steps of 1 / n make 1", euler(1/float64(r.steps-1), 1, func(i int) float64 { return float64(i) / float64(r.steps-1) }, r.steps)},
		{"the steps are too short, 1 / (steps + 1) each: n steps of 1 / n make 1", euler(1/float64(r.steps+1), 1, func(i int) float64 { return float64(i) / float64(r.steps+1) }, r.steps)},
	} {
		if rms(r.end, m.end) < 1e-9 {
			return m.hint
		}
	}
	return ""
}
