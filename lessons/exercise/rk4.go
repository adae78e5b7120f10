package exercise

// runge is a step with four evaluations in a row, as a table: k_i is evaluated at
// z + h a_i k_{i−1} and t + c_i h, and the result is z + h Σ b_i k_i.
type runge struct{ a, c, b [4]float64 }

func (r runge) step(s step) []float64 {
	z, k := s.z, s.z
	for i := range 4 {
		k = bent(axpy(s.z, s.h*r.a[i], k), s.t+s.h*r.c[i])
		z = axpy(z, s.h*r.b[i], k)
	}
	return z
}

// classic is the method of Kutta 1901.
var classic = runge{
	a: [4]float64{0, 0.5, 0.5, 1},
	c: [4]float64{0, 0.5, 0.5, 1},
	b: [4]float64{1. / 6, 2. / 6, 2. / 6, 1. / 6},
}

// but returns the classic method with something changed.
func but(change func(*runge)) func(step) []float64 {
	r := classic
	change(&r)
	return r.step
}

var rk4Question = question[step]{
	right: classic.step,
	mistakes: []mistake[step]{
		{"The four slopes have equal weights here: they are 1, 2, 2, 1 (over 6), since the two in the middle tell more", but(func(r *runge) { r.b = [4]float64{0.25, 0.25, 0.25, 0.25} })},
		{"The weights are 2, 1, 1, 2 here: it is the two in the middle that count twice, 1, 2, 2, 1", but(func(r *runge) { r.b = [4]float64{2. / 6, 1. / 6, 1. / 6, 2. / 6} })},
		{"k2 and k3 are evaluated at time t here: half a step on it is t + h / 2, for a field that changes with time", but(func(r *runge) { r.c = [4]float64{0, 0, 0, 1} })},
		{"k2 is evaluated at time t here: it belongs to t + h / 2, like its point", but(func(r *runge) { r.c[1] = 0 })},
		{"All four slopes are evaluated at time t here: they belong to t, t + h / 2, t + h / 2 and t + h", but(func(r *runge) { r.c = [4]float64{} })},
		{"k4 is evaluated at time t + h / 2 here: it belongs to the end, t + h", but(func(r *runge) { r.c[3] = 0.5 })},
		{"k4 goes only half a step here: it belongs to z + h k3, the end", but(func(r *runge) { r.a[3] = 0.5 })},
		{"k2 and k3 go a whole step here: they belong to the middle, z + h / 2 · k", but(func(r *runge) { r.a = [4]float64{0, 1, 1, 1} })},
		{"The step size h is missing from the points of k2, k3 and k4: z + h / 2 · k, and z + h k3", func(s step) []float64 {
			r := classic
			for i := range r.a {
				r.a[i] /= s.h
			}
			return r.step(s)
		}},
		{"The sum is not divided by 6: the weights 1/6, 2/6, 2/6, 1/6 add up to 1", but(func(r *runge) { r.b = [4]float64{1, 2, 2, 1} })},
		{"The sum is not multiplied by h: a mean velocity times a time is a distance", func(s step) []float64 {
			r := classic
			for i := range r.b {
				r.b[i] /= s.h
			}
			return r.step(s)
		}},
		{"k3 is made from k1 here: each slope builds on the one before, so from k2", func(s step) []float64 {
			k1 := bent(s.z, s.t)
			k2 := bent(axpy(s.z, s.h/2, k1), s.t+s.h/2)
			k4 := bent(axpy(s.z, s.h, k2), s.t+s.h)
			return mean4(s, k1, k2, k2, k4)
		}},
		{"k4 is made from k2 here: each slope builds on the one before, so from k3", func(s step) []float64 {
			k1 := bent(s.z, s.t)
			k2 := bent(axpy(s.z, s.h/2, k1), s.t+s.h/2)
			k3 := bent(axpy(s.z, s.h/2, k2), s.t+s.h/2)
			k4 := bent(axpy(s.z, s.h, k2), s.t+s.h)
			return mean4(s, k1, k2, k3, k4)
		}},
		{"The signs are wrong, this goes backward in time: z plus h times the mean slope", func(s step) []float64 {
			return axpy(s.z, -1, axpy(classic.step(s), -1, s.z))
		}},
		{"This is the way gone alone: add it to where you are, z", func(s step) []float64 { return axpy(classic.step(s), -1, s.z) }},
		{"This is the 3/8 rule: also of order 4, but here the classic one is wanted, with slopes at 0, 1/2, 1/2 and 1", threeEighths},
		{"This is Euler's method: RK4 looks three more times before it steps", eulerStep},
		{"This is Heun's method: RK4 looks four times", heunStep},
		{"This is the midpoint method: k3 and k4 are missing", but(func(r *runge) { r.b = [4]float64{0, 1, 0, 0} })},
		{"This is z as it was: nothing has moved", func(s step) []float64 { return s.z }},
	},
}

// mean4 is z + h/6 (k1 + 2 k2 + 2 k3 + k4).
func mean4(s step, k1, k2, k3, k4 []float64) []float64 {
	z := axpy(axpy(s.z, s.h/6, k1), s.h/3, k2)
	return axpy(axpy(z, s.h/3, k3), s.h/6, k4)
}

// threeEighths is the other method of Kutta's paper.
func threeEighths(s step) []float64 {
	k1 := bent(s.z, s.t)
	k2 := bent(axpy(s.z, s.h/3, k1), s.t+s.h/3)
	k3 := bent(axpy(axpy(s.z, -s.h/3, k1), s.h, k2), s.t+s.h*2/3)
	k4 := bent(axpy(axpy(axpy(s.z, s.h, k1), -s.h, k2), s.h, k3), s.t+s.h)
	z := axpy(axpy(s.z, s.h/8, k1), 3*s.h/8, k2)
	return axpy(axpy(z, 3*s.h/8, k3), s.h/8, k4)
}

var rk4Checks = []check{
	{"one step", func(t *trial) (string, error) { return takes(t, "rk4_step", rk4Question) }},
	costs("rk4_step", 4, "Keep each slope in a variable: k1, k2, k3, k4"),
	converges("rk4_step", 4, 0.3, 32),
}
