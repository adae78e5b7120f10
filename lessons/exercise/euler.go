package exercise

// eulerStep is z + h v(z, t).
func eulerStep(s step) []float64 { return axpy(s.z, s.h, bent(s.z, s.t)) }

var eulerQuestion = question[step]{
	right: eulerStep,
	mistakes: []mistake[step]{
		{"This is z + v(z, t): the step size h is missing. A velocity times a time is a distance", func(s step) []float64 { return axpy(s.z, 1, bent(s.z, s.t)) }},
		{"This goes backward, z − h v: the sign is wrong. From noise (t = 0) to data (t = 1) time grows and we follow v", func(s step) []float64 { return axpy(s.z, -s.h, bent(s.z, s.t)) }},
		{"This is h v(z, t) alone, the way gone: add it to where you are, z", func(s step) []float64 { return axpy(make([]float64, len(s.z)), s.h, bent(s.z, s.t)) }},
		{"This is z + t v(z, t): the time t stands where the step size h belongs", func(s step) []float64 { return axpy(s.z, s.t, bent(s.z, s.t)) }},
		{"This evaluates v at the end of the step, t + h: Euler looks only at where it is, at t", func(s step) []float64 { return axpy(s.z, s.h, bent(s.z, s.t+s.h)) }},
		{"This evaluates v at time 0 whatever t is: pass t on", func(s step) []float64 { return axpy(s.z, s.h, bent(s.z, 0)) }},
		{"This evaluates v at time h: pass t on, the time now", func(s step) []float64 { return axpy(s.z, s.h, bent(s.z, s.h)) }},
		{"This evaluates v at 1 − t: here time runs from noise (0) to data (1), so t is right as it is", func(s step) []float64 { return axpy(s.z, s.h, bent(s.z, 1-s.t)) }},
		{"This is z as it was: nothing has moved", func(s step) []float64 { return s.z }},
		{"This is z + h z: move along the velocity v(z, t), not along the position", func(s step) []float64 { return axpy(s.z, s.h, s.z) }},
		{"This is the midpoint method, which is better but not Euler: one evaluation, at (z, t)", func(s step) []float64 {
			return axpy(s.z, s.h, bent(axpy(s.z, s.h/2, bent(s.z, s.t)), s.t+s.h/2))
		}},
		{"This is Heun's method, which is better but not Euler: one evaluation, at (z, t)", heunStep},
	},
}

// heunStep is z + h/2 (k1 + k2).
func heunStep(s step) []float64 {
	k1 := bent(s.z, s.t)
	k2 := bent(axpy(s.z, s.h, k1), s.t+s.h)
	return axpy(axpy(s.z, s.h/2, k1), s.h/2, k2)
}

var eulerChecks = []check{
	{"one step", func(t *trial) (string, error) { return takes(t, "euler_step", eulerQuestion) }},
	costs("euler_step", 1, "One velocity is enough: keep it in a variable if you need it twice"),
	converges("euler_step", 1, 0.1, 128),
}
