package exercise

import (
	"fmt"
	"math"

	"fmlab/engine"
	"fmlab/lessons/exercise/vec"
)

// pairing is a batch: the arguments of training_pair.
type pairing struct{ x0, x1, t []float64 }

// pairings are random ones; the second holds the ends t = 0 and t = 1.
func pairings() []pairing {
	rng := engine.NewRand(21, 1)
	all := []pairing{}
	for _, n := range []int{7, 4, 64} {
		p := pairing{rows(rng, n), rows(rng, n), make([]float64, n)}
		for i := range p.t {
			p.t[i] = rng.Float64()
		}
		all = append(all, p)
	}
	all[1].t[0], all[1].t[3] = 0, 1
	return all
}

func (p pairing) show(k int) string {
	n := len(p.x0)
	i := k % n
	return fmt.Sprintf("in row %d of %s, where t = %.4g, x0 = (%.4g, %.4g), x1 = (%.4g, %.4g), coordinate %s",
		i/2, []string{"z", "u"}[k/n], p.t[i/2], p.x0[i&^1], p.x0[i|1], p.x1[i&^1], p.x1[i|1], "xy"[i&1:i&1+1])
}

// entry is z and u of one coordinate of one row.
type entry func(x0, x1, t float64) (z, u float64)

// all are z and then u, by an entry.
func (e entry) all(p pairing) []float64 {
	n := len(p.x0)
	out := make([]float64, 2*n)
	for i := range n {
		out[i], out[n+i] = e(p.x0[i], p.x1[i], p.t[i/2])
	}
	return out
}

func onLine(x0, x1, t float64) float64 { return (1-t)*x0 + t*x1 }

var pairQuestion = question[pairing]{
	right: entry(func(x0, x1, t float64) (float64, float64) { return onLine(x0, x1, t), x1 - x0 }).all,
	show:  pairing.show,
	mistakes: []mistake[pairing]{
		{"u is x0 − x1 here: the sign is wrong. Time runs from noise x0 to data x1, so the velocity is x1 − x0",
			entry(func(x0, x1, t float64) (float64, float64) { return onLine(x0, x1, t), x0 - x1 }).all},
		{"Noise and data are swapped in z, t x0 + (1 − t) x1: z is noise x0 at t = 0 and data x1 at t = 1",
			entry(func(x0, x1, t float64) (float64, float64) { return onLine(x1, x0, t), x1 - x0 }).all},
		{"Noise and data are swapped throughout: z is noise x0 at t = 0 and data x1 at t = 1, and u points from x0 to x1",
			entry(func(x0, x1, t float64) (float64, float64) { return onLine(x1, x0, t), x0 - x1 }).all},
		{"z and u are returned in the wrong order: return z, u",
			entry(func(x0, x1, t float64) (float64, float64) { return x1 - x0, onLine(x0, x1, t) }).all},
		{"u is x1 here, which is what a network that predicts the data learns: the velocity is dz/dt",
			entry(func(x0, x1, t float64) (float64, float64) { return onLine(x0, x1, t), x1 }).all},
		{"u is x0 here, which is what a network that predicts the noise learns: the velocity is dz/dt",
			entry(func(x0, x1, t float64) (float64, float64) { return onLine(x0, x1, t), x0 }).all},
		{"z is x1 here, the data itself: the network must see the point on the way, (1 − t) x0 + t x1",
			entry(func(x0, x1, t float64) (float64, float64) { return x1, x1 - x0 }).all},
		{"u is x1 − z here, what is left of the way: the velocity is that divided by the time left, 1 − t, and so x1 − x0",
			entry(func(x0, x1, t float64) (float64, float64) { return onLine(x0, x1, t), x1 - onLine(x0, x1, t) }).all},
		{"u is t (x1 − x0) here: that is the way gone. Its derivative by t is x1 − x0",
			entry(func(x0, x1, t float64) (float64, float64) { return onLine(x0, x1, t), t * (x1 - x0) }).all},
		{"z is x0 + t x1 here: the noise must fade as the data comes in, (1 − t) x0",
			entry(func(x0, x1, t float64) (float64, float64) { return x0 + t*x1, x1 - x0 }).all},
		{"u belongs to z = x0 + t x1, and so does z: the noise must fade as the data comes in, (1 − t) x0",
			entry(func(x0, x1, t float64) (float64, float64) { return x0 + t*x1, x1 }).all},
		{"One t is used for all rows here, that of the first: t has one for each row, and broadcasts by itself", func(p pairing) []float64 {
			return pairQuestionRight(p, p.t[0])
		}},
		{"One t is used for all rows here, their mean: t has one for each row, and broadcasts by itself", func(p pairing) []float64 {
			mean := 0.0
			for _, t := range p.t {
				mean += t / float64(len(p.t))
			}
			return pairQuestionRight(p, mean)
		}},
		{"This is the trigonometric path, sin and cos of πt/2: here the straight line is wanted", vpPair},
		{"z is right, but u is that of the trigonometric path: on the straight line it is x1 − x0", func(p pairing) []float64 {
			n := len(p.x0)
			return append(entry(func(x0, x1, t float64) (float64, float64) { return onLine(x0, x1, t), 0 }).all(p)[:n:n], vpPair(p)[n:]...)
		}},
	},
}

// pairQuestionRight is the right answer for one time in all rows.
func pairQuestionRight(p pairing, t float64) []float64 {
	return entry(func(x0, x1, _ float64) (float64, float64) { return onLine(x0, x1, t), x1 - x0 }).all(p)
}

var pairChecks = []check{
	{"z and u", func(t *trial) (string, error) {
		args := pairings()
		var got [][]float64
		for _, p := range args {
			out, err := t.pair(p)
			if err != nil {
				return "", err
			}
			got = append(got, out)
		}
		return pairQuestion.judge(args, got)
	}},
}

// pair calls training_pair and returns z and then u.
func (t *trial) pair(p pairing) ([]float64, error) {
	n := len(p.t)
	out, err := t.call("training_pair", points(p.x0), points(p.x1), vec.New(p.t, n, 1))
	if err != nil {
		return nil, err
	}
	return pairOf(out, n)
}

// pairOf reads what training_pair returns: z, and u behind it.
func pairOf(out any, n int) ([]float64, error) {
	both, err := parts("what training_pair returns", out, "z", "u")
	if err != nil {
		return nil, err
	}
	z, err := array("z", both[0], n, 2)
	if err != nil {
		return nil, err
	}
	u, err := array("u", both[1], n, 2)
	if err != nil {
		return nil, err
	}
	return append(append([]float64{}, z.Data()...), u.Data()...), nil
}

// vpPair are z and u on the path α = sin(πt/2), σ = cos(πt/2).
func vpPair(p pairing) []float64 {
	return entry(func(x0, x1, t float64) (float64, float64) {
		const w = math.Pi / 2
		s, c := math.Sin(w*t), math.Cos(w*t)
		return s*x1 + c*x0, w * (c*x1 - s*x0)
	}).all(p)
}
