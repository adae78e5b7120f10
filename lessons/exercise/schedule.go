package exercise

import (
	"errors"
	"fmt"
	"math"
)

// curve is α or σ of a program, at times asked for.
type curve func(times []float64) ([]float64, error)

// curve makes one of a function of the program.
func (t *trial) curve(name string) curve {
	return func(times []float64) ([]float64, error) {
		y, odd, err := t.Each(t.ctx, name, times)
		switch {
		case err != nil:
			return nil, err
		case y == nil:
			return nil, fmt.Errorf("what %s(t) returns is %s: want one number", name, describe(odd))
		}
		for i, v := range y {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, fmt.Errorf("%s(%.4g) is %g: want a finite number", name, times[i], v)
			}
		}
		return y, nil
	}
}

// schedule is a path on a grid of times.
type schedule struct{ t, alpha, sigma []float64 }

const gridSteps = 1000

// schedule reads both functions from t = 0 to t = 1.
func (t *trial) schedule() (s schedule, err error) {
	for i := range gridSteps + 1 {
		s.t = append(s.t, float64(i)/gridSteps)
	}
	if s.alpha, err = t.curve("alpha")(s.t); err == nil {
		s.sigma, err = t.curve("sigma")(s.t)
	}
	return s, err
}

// route is a known path, right or wrong.
type route struct {
	hint         string
	alpha, sigma func(t float64) float64
}

const quarter = math.Pi / 2

func sinQuarter(t float64) float64 { return math.Sin(quarter * t) }
func cosQuarter(t float64) float64 { return math.Cos(quarter * t) }

// isOn says whether a schedule is that route.
func (s schedule) isOn(r route) bool {
	for i, t := range s.t {
		if !near(s.alpha[i], r.alpha(t)) || !near(s.sigma[i], r.sigma(t)) {
			return false
		}
	}
	return true
}

var wrongRoutes = []route{
	{"alpha and sigma are swapped: alpha is the share of the data and grows, sigma that of the noise and falls", cosQuarter, sinQuarter},
	{"This is sin(πt) and cos(πt), half a turn: a quarter turn is enough, πt/2", func(t float64) float64 { return math.Sin(math.Pi * t) }, func(t float64) float64 { return math.Cos(math.Pi * t) }},
	{"This is sin(t) and cos(t): sin counts in radians, and a quarter turn is π/2, so sin(pi * t / 2)", math.Sin, math.Cos},
	{"This is sin(90 t) and cos(90 t): sin counts in radians, not degrees, and a quarter turn is π/2", func(t float64) float64 { return math.Sin(90 * t) }, func(t float64) float64 { return math.Cos(90 * t) }},
	{"alpha and sigma are the same function: sigma is the share of the noise and falls, cos(pi * t / 2)", sinQuarter, sinQuarter},
	{"sigma is 1 all the way: the noise must be gone at t = 1", sinQuarter, func(float64) float64 { return 1 }},
}

var scheduleChecks = []check{
	{"ends", func(t *trial) (string, error) {
		s, err := t.schedule()
		if err != nil {
			return "", err
		}
		for _, r := range wrongRoutes {
			if s.isOn(r) {
				return "", errors.New(r.hint)
			}
		}
		return s.ends()
	}},
	{"positive", func(t *trial) (string, error) {
		s, err := t.schedule()
		if err != nil {
			return "", err
		}
		return s.positive()
	}},
	{"smooth", func(t *trial) (string, error) {
		s, err := t.schedule()
		if err != nil {
			return "", err
		}
		for name, y := range map[string][]float64{"alpha": s.alpha, "sigma": s.sigma} {
			if at, jump, err := leap(t.curve(name), s.t, y); err != nil || jump {
				return "", errors.Join(err, fmt.Errorf("%s jumps at t = %.6g: a velocity is its derivative, so it must go in one piece", name, at))
			}
		}
		return t.slopes()
	}},
	{"derivative", func(t *trial) (string, error) {
		s, err := t.schedule()
		if err != nil {
			return "", err
		}
		return s.increases()
	}},
}

// ends checks α = 0, σ = 1 at t = 0 and α = 1, σ = 0 at t = 1, to 0.01.
func (s schedule) ends() (string, error) {
	for _, e := range []struct {
		name string
		y    []float64
		i    int
		want float64
		why  string
	}{
		{"alpha", s.alpha, 0, 0, "at t = 0 there is only noise"},
		{"alpha", s.alpha, gridSteps, 1, "at t = 1 there is the data, whole"},
		{"sigma", s.sigma, 0, 1, "at t = 0 there is the noise, whole"},
		{"sigma", s.sigma, gridSteps, 0, "at t = 1 there is only data"},
	} {
		if got := e.y[e.i]; math.Abs(got-e.want) > 0.01 {
			return "", fmt.Errorf("%s(%g) is %.4g: want %g, for %s", e.name, s.t[e.i], got, e.want, e.why)
		}
	}
	return fmt.Sprintf("alpha %.3g to %.3g, sigma %.3g to %.3g", s.alpha[0], s.alpha[gridSteps], s.sigma[0], s.sigma[gridSteps]), nil
}

// positive checks σ > 0 between the ends.
func (s schedule) positive() (string, error) {
	for i := 1; i < gridSteps; i++ {
		if !(s.sigma[i] > 0) {
			return "", fmt.Errorf("sigma(%g) is %.4g: want more than 0 before t = 1, for z must keep some noise to flow", s.t[i], s.sigma[i])
		}
		if s.alpha[i] < -1e-12 {
			return "", fmt.Errorf("alpha(%g) is %.4g: want 0 or more, a share of the data", s.t[i], s.alpha[i])
		}
	}
	return "sigma is above 0 before t = 1", nil
}

// leap zooms into the steepest place of a curve; what stays there is a jump.
func leap(c curve, t, y []float64) (at float64, jump bool, err error) {
	lo, most := 0, 0.0
	for i := range y[1:] {
		if d := math.Abs(y[i+1] - y[i]); d > most {
			lo, most = i, d
		}
	}
	a, b := t[lo], t[lo+1]
	for range 30 {
		m := (a + b) / 2
		v, err := c([]float64{a, m, b})
		if err != nil {
			return 0, false, err
		}
		if math.Abs(v[1]-v[0]) > math.Abs(v[2]-v[1]) {
			b = m
		} else {
			a = m
		}
		if most = max(math.Abs(v[1]-v[0]), math.Abs(v[2]-v[1])); most < 1e-6 {
			return m, false, nil
		}
	}
	return a, true, nil
}

// slopes checks that the velocity is finite at the ends: α̇ at 0 and σσ̇ at 1.
func (t *trial) slopes() (string, error) {
	const h, steep = 1e-13, 1e6
	a, err := t.curve("alpha")([]float64{0, h})
	if err != nil {
		return "", err
	}
	s, err := t.curve("sigma")([]float64{1 - h, 1})
	if err != nil {
		return "", err
	}
	if d := (a[1] - a[0]) / h; math.Abs(d) > steep {
		return "", fmt.Errorf("alpha has an infinite slope at t = 0 (alpha(1e-13) is %.2g already): the velocity is infinite there. sqrt(t) does that", a[1])
	}
	if d := (s[1]*s[1] - s[0]*s[0]) / (2 * h); math.Abs(d) > steep {
		return "", fmt.Errorf("sigma² has an infinite slope at t = 1 (sigma just before is %.2g): the velocity is infinite there", s[0])
	}
	return "no jumps, and finite velocities at the ends", nil
}

// increases checks α̇σ − ασ̇ > 0 by differences: σ² times the slope of α/σ.
func (s schedule) increases() (string, error) {
	for i := 1; i < gridSteps; i++ {
		h := s.t[i+1] - s.t[i-1]
		da, ds := (s.alpha[i+1]-s.alpha[i-1])/h, (s.sigma[i+1]-s.sigma[i-1])/h
		if d := da*s.sigma[i] - s.alpha[i]*ds; !(d > 0) {
			return "", fmt.Errorf("alpha/sigma does not increase at t = %g (alpha' sigma − alpha sigma' is %.3g there): on the way from noise to data the share of the data must grow all the time", s.t[i], d)
		}
	}
	if s.isOn(route{alpha: sinQuarter, sigma: cosQuarter}) {
		return "alpha/sigma increases; this is the trigonometric variance-preserving path", nil
	}
	half := gridSteps / 2
	return fmt.Sprintf("alpha/sigma increases; a path of your own, with alpha(½) = %.3g and sigma(½) = %.3g", s.alpha[half], s.sigma[half]), nil
}
