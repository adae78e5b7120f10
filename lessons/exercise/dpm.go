package exercise

import (
	"fmt"

	"fmlab/engine"
	"fmlab/engine/path"
)

// dpmStep is a step of DPM-Solver-1: the arguments of dpm_step.
type dpmStep struct {
	x1, z          []float64
	as, ss, at, st float64
	path           string
	from, to       float64
}

// dpmSteps are steps on several paths: within, and, when ends is true, from t = 0 and
// to t = 1.
func dpmSteps(ends bool) (all []dpmStep) {
	rng := engine.NewRand(26, 1)
	for _, name := range []string{"linear", "vp", "cubic"} {
		p, err := path.Parse(name)
		if err != nil {
			panic("exercise: " + err.Error())
		}
		times := [][2]float64{{0.2, 0.35}, {0.5, 0.9}, {0.01, 0.8}}
		if ends {
			times = [][2]float64{{0, 0.3}, {0.7, 1}, {0, 1}}
		}
		for _, w := range times {
			s, t := p.At(w[0]), p.At(w[1])
			all = append(all, dpmStep{rows(rng, 4), rows(rng, 4), s.Alpha, s.Sigma, t.Alpha, t.Sigma, name, w[0], w[1]})
		}
	}
	return all
}

func (s dpmStep) show(k int) string {
	return fmt.Sprintf("on %s from t = %g to %g (a_s = %.4g, s_s = %.4g, a_t = %.4g, s_t = %.4g), z = %.4g, x1 = %.4g",
		s.path, s.from, s.to, s.as, s.ss, s.at, s.st, s.z[k], s.x1[k])
}

// shares is z at the later time as c1 x1 + cz z.
type shares func(s dpmStep) (c1, cz float64)

func (c shares) all(s dpmStep) []float64 {
	c1, cz := c(s)
	out := make([]float64, len(s.z))
	for i := range out {
		out[i] = c1*s.x1[i] + cz*s.z[i]
	}
	return out
}

// decay is e^−h with h = λ_t − λ_s, written so that it is 0 at both ends.
func (s dpmStep) decay() float64 { return s.as * s.st / (s.ss * s.at) }

// z_t = (σ_t/σ_s) z_s + α_t (1 − e^−h) x̂1: Lu et al. 2022, arXiv 2211.01095, eq. 9 with
// x̂1 kept constant.
var dpmQuestion = question[dpmStep]{
	right: shares(func(s dpmStep) (float64, float64) { return s.at * (1 - s.decay()), s.st / s.ss }).all,
	show:  dpmStep.show,
	mistakes: []mistake[dpmStep]{
		{"The sign of h is wrong, 1 − e^h: h = λ_t − λ_s is above 0, and 1 − e^−h is between 0 and 1", shares(func(s dpmStep) (float64, float64) { return s.at * (1 - 1/s.decay()), s.st / s.ss }).all},
		{"x1 has the factor a_t alone: the noise that is kept brings a part of it along, so it is a_t (1 − e^−h)", shares(func(s dpmStep) (float64, float64) { return s.at, s.st / s.ss }).all},
		{"x1 has the factor a_s (1 − e^−h): it is a_t, the later time", shares(func(s dpmStep) (float64, float64) { return s.as * (1 - s.decay()), s.st / s.ss }).all},
		{"z has the factor a_t / a_s, which belongs to the form with the noise prediction: with x1 it is s_t / s_s", shares(func(s dpmStep) (float64, float64) { return s.at * (1 - s.decay()), s.at / s.as }).all},
		{"z has the factor s_s / s_t, upside down: the noise falls, so it is s_t / s_s", shares(func(s dpmStep) (float64, float64) { return s.at * (1 - s.decay()), s.ss / s.st }).all},
		{"z is kept whole: its noise falls from s_s to s_t, so it has the factor s_t / s_s", shares(func(s dpmStep) (float64, float64) { return s.at * (1 - s.decay()), 1 }).all},
		{"x1 has the factor a_t e^−h: it is a_t (1 − e^−h)", shares(func(s dpmStep) (float64, float64) { return s.at * s.decay(), s.st / s.ss }).all},
		{"x1 has the factor 1 − e^−h: a_t is missing", shares(func(s dpmStep) (float64, float64) { return 1 - s.decay(), s.st / s.ss }).all},
		{"x1 has the factor a_t (e^−h − 1): the sign is wrong, and z must move toward x1", shares(func(s dpmStep) (float64, float64) { return s.at * (s.decay() - 1), s.st / s.ss }).all},
		{"h is in units of log a here: λ = log(a / s), with the noise", shares(func(s dpmStep) (float64, float64) { return s.at * (1 - s.as/s.at), s.st / s.ss }).all},
		{"λ is log(a² / s²) here, twice too large: half of it, log(a / s)", shares(func(s dpmStep) (float64, float64) { return s.at * (1 - s.decay()*s.decay()), s.st / s.ss }).all},
		{"This is a_t x1 + s_t z: z is not the noise, it holds data too. (z − a_s x1) / s_s is the noise", shares(func(s dpmStep) (float64, float64) { return s.at, s.st }).all},
		{"x1 and z are swapped", shares(func(s dpmStep) (float64, float64) { return s.st / s.ss, s.at * (1 - s.decay()) }).all},
		{"The two times are swapped: s is the earlier, where z is, and t the later", shares(func(s dpmStep) (float64, float64) {
			return s.as * (1 - s.at*s.ss/(s.st*s.as)), s.ss / s.st
		}).all},
		{"This is the data prediction itself: a step goes only a part of the way", shares(func(dpmStep) (float64, float64) { return 1, 0 }).all},
		{"This is the noise (z − a_s x1) / s_s: put it together again at the later time, a_t x1 + s_t noise", shares(func(s dpmStep) (float64, float64) { return -s.as / s.ss, 1 / s.ss }).all},
	},
}

var dpmChecks = []check{
	{"within the path", func(t *trial) (string, error) { return t.dpm(dpmSteps(false)) }},
	{"both ends", func(t *trial) (string, error) {
		measured, err := t.dpm(dpmSteps(true))
		if err != nil {
			return "", fmt.Errorf("%w. At t = 0 a_s is 0 and at t = 1 s_t is 0, so λ is infinite: e^−h written as (a_s / s_s) * (s_t / a_t) needs no logarithm and no division by 0", err)
		}
		return measured, nil
	}},
}

func (t *trial) dpm(args []dpmStep) (string, error) {
	var got [][]float64
	for _, s := range args {
		out, err := t.call("dpm_step", points(s.x1), points(s.z), s.as, s.ss, s.at, s.st)
		if err != nil {
			return "", fmt.Errorf("from t = %g to %g: %w", s.from, s.to, err)
		}
		z, err := array("what dpm_step returns", out, len(s.z)/2, 2)
		if err != nil {
			return "", fmt.Errorf("from t = %g to %g: %w", s.from, s.to, err)
		}
		got = append(got, z.Data())
	}
	return dpmQuestion.judge(args, got)
}
