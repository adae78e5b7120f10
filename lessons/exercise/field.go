package exercise

import (
	"fmt"
	"math"
	"math/rand/v2"

	"fmlab/engine"
	"fmlab/lessons/exercise/sandbox"
	"fmlab/lessons/exercise/vec"
)

// velocity is a field of points as rows of two numbers.
type velocity func(z []float64, t float64) []float64

// bent is a field with nothing to hold on to: every mistake shows.
func bent(z []float64, t float64) []float64 {
	v := make([]float64, len(z))
	for i := 0; i < len(z); i += 2 {
		x, y := z[i], z[i+1]
		v[i] = math.Sin(y+3*t) + t*x - 0.3*x*y
		v[i+1] = math.Cos(2*x-t) - 0.5*y + t*t
	}
	return v
}

// spiral is the field dz/dt = (cos 2t + J) z, J the quarter turn, whose solution is
// known: see spiralEnd.
func spiral(z []float64, t float64) []float64 {
	v, c := make([]float64, len(z)), math.Cos(2*t)
	for i := 0; i < len(z); i += 2 {
		v[i], v[i+1] = c*z[i]-z[i+1], c*z[i+1]+z[i]
	}
	return v
}

// spiralEnd is where spiral takes points from t = 0 to t: z(t) = e^(sin(2t)/2) R(t) z(0).
func spiralEnd(z []float64, t float64) []float64 {
	end := make([]float64, len(z))
	g, s, c := math.Exp(math.Sin(2*t)/2), math.Sin(t), math.Cos(t)
	for i := 0; i < len(z); i += 2 {
		end[i], end[i+1] = g*(c*z[i]-s*z[i+1]), g*(s*z[i]+c*z[i+1])
	}
	return end
}

// hosted is a field that a program may call as v(z, t), and when it did.
type hosted struct {
	f     velocity
	times []float64
}

func (h *hosted) fn() sandbox.Func { return sandbox.Func{Name: "v(z, t)", Call: h.call} }

func (h *hosted) call(args []any) (any, error) {
	z, t, err := asked(args)
	if err != nil {
		return nil, err
	}
	h.times = append(h.times, t)
	return vec.New(h.f(z.Data(), t), z.Dims()...), nil
}

// asked reads the arguments with which a program calls v.
func asked(args []any) (z *vec.Vec, t float64, err error) {
	if len(args) != 2 {
		return nil, 0, fmt.Errorf("got %d arguments: want the points and the time", len(args))
	}
	z, isVec := args[0].(*vec.Vec)
	t, err = number("the time", args[1])
	switch _, swapped := args[1].(*vec.Vec); {
	case !isVec && swapped:
		return nil, 0, fmt.Errorf("got the time first: want the points, then the time")
	case !isVec || len(z.Dims()) != 2 || z.Dims()[1] != 2:
		return nil, 0, fmt.Errorf("the points are %s: want a vec of shape (n, 2)", describe(args[0]))
	case err != nil:
		return nil, 0, err
	}
	return z, t, nil
}

// rows gives n random points.
func rows(rng *rand.Rand, n int) []float64 {
	z := engine.NewPoints(n)
	engine.Gaussian{}.Sample(z, rng)
	return z
}

// points makes a vec of points.
func points(z []float64) *vec.Vec { return vec.New(z, len(z)/2, 2) }

// axpy is z + h v, row by row.
func axpy(z []float64, h float64, v []float64) []float64 {
	out := make([]float64, len(z))
	for i := range z {
		out[i] = z[i] + h*v[i]
	}
	return out
}

// slope fits log y = a + slope · log x.
func slope(x, y []float64) float64 {
	var mx, my, xx, xy float64
	for i := range x {
		mx += math.Log(x[i]) / float64(len(x))
		my += math.Log(y[i]) / float64(len(x))
	}
	for i := range x {
		dx := math.Log(x[i]) - mx
		xx += dx * dx
		xy += dx * (math.Log(y[i]) - my)
	}
	return xy / xx
}

// rms is the root mean square of a − b.
func rms(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += (a[i] - b[i]) * (a[i] - b[i])
	}
	return math.Sqrt(sum / float64(len(a)))
}
