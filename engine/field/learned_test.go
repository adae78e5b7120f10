package field

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/nn"
	"fmlab/engine/path"
)

// bent is a mixture with nothing special about it: unequal weights, off-centre,
// correlated, one component nearly flat.
func bent() *exact.Mixture {
	return &exact.Mixture{
		Weights: []float64{0.2, 0.5, 0.3},
		Means:   engine.Points{-1, 0.5, 0.75, -0.25, 0.5, 1.5},
		Covs:    [][3]float64{{0.3, 0.1, 0.2}, {0.05, -0.02, 0.4}, {0.5, 0.49, 0.5}},
	}
}

// perfect is a network that has learned one reading of a marginal exactly.
type perfect struct {
	*exact.Marginal
	path path.Path
	kind path.Kind
}

func (p perfect) Predict(dst, z engine.Points, t float64) { p.Read(dst, z, t, p.kind) }

// Divergence is that of y = a v + b z.
func (p perfect) Divergence(dst []float64, z engine.Points, t float64) {
	a, b, _ := p.path.At(t).Weights(path.Velocity, p.kind)
	p.Marginal.Divergence(dst, z, t)
	for i := range dst {
		dst[i] = a*dst[i] + 2*b
	}
}

func (p perfect) Hutchinson(dst []float64, z, e engine.Points, t float64) {
	for i := range dst {
		dst[i] = form(func(dst, z engine.Points) { p.Predict(dst, z, t) }, z, e, i)
	}
}

// form is e·(∂y/∂z) e at point i by a fourth-order central difference.
func form(read func(dst, z engine.Points), z, e engine.Points, i int) float64 {
	ex, ey := e.At(i)
	return slope(1e-3, func(h float64) float64 {
		x, y := z.At(i)
		dst := engine.NewPoints(1)
		read(dst, engine.Points{x + h*ex, y + h*ey})
		return dst[0]*ex + dst[1]*ey
	})
}

// slope is a fourth-order central difference at 0.
func slope(h float64, f func(float64) float64) float64 {
	return (8*(f(h)-f(-h)) - (f(2*h) - f(-2*h))) / (12 * h)
}

// cloud draws points that a flow meets at t.
func cloud(m *exact.Mixture, p path.Path, n int, t float64) engine.Points {
	rng := engine.NewRand(4, 1)
	z, x0 := engine.NewPoints(n), engine.NewPoints(n)
	m.Sample(z, rng)
	engine.Gaussian{}.Sample(x0, rng)
	p.Interpolate(z, x0, z, t)
	return z
}

func compare(t *testing.T, what string, got, want []float64, tol float64) {
	t.Helper()
	for i := range want {
		if !(math.Abs(got[i]-want[i]) <= tol*(1+math.Abs(want[i]))) {
			t.Errorf("%s [%d]: got %.15g want %.15g to %g", what, i, got[i], want[i], tol)
			return
		}
	}
}

func panicOf(f func()) (msg string) {
	defer func() {
		if r := recover(); r != nil {
			msg = fmt.Sprint(r)
		}
	}()
	f()
	return ""
}

// readings are all that a flow says of the points z at t, in one row of numbers.
func readings(f engine.Flow, z engine.Points, t float64) map[string][]float64 {
	v, x, d := engine.NewPoints(z.Len()), engine.NewPoints(z.Len()), make([]float64, z.Len())
	f.Velocity(v, z, t)
	f.Data(x, z, t)
	f.Divergence(d, z, t)
	return map[string][]float64{"velocity": v, "data": x, "divergence": d}
}

// Whatever one reading of the exact marginal a network knows, it knows them all.
func TestEveryKindIsTheExactFlow(t *testing.T) {
	m := bent()
	for _, p := range path.All {
		g := exact.New(m, p)
		for _, kind := range path.Kinds {
			l := &Learned{Net: perfect{g, p, kind}, Kind: kind, Path: p, Mean: m.Mean()}
			for _, at := range []float64{0.05, 0.3, 0.6, 0.95} {
				if p.At(at).Alpha < silent {
					t.Fatalf("%s at %g is too near the noise for a noise prediction to tell", p.Name, at)
				}
				z := cloud(m, p, 20, at)
				want := readings(g, z, at)
				for name, got := range readings(l, z, at) {
					compare(t, fmt.Sprintf("%s, %s from %s at t = %g", p.Name, name, kind.Name, at), got, want[name], 1e-9)
				}
				for _, to := range path.Kinds {
					got, want := engine.NewPoints(z.Len()), engine.NewPoints(z.Len())
					l.Read(got, z, at, to)
					g.Read(want, z, at, to)
					compare(t, fmt.Sprintf("%s, %s from %s at t = %g", p.Name, to.Name, kind.Name, at), got, want, 1e-9)
				}
			}
		}
	}
}

// From one reading to another and back nothing is lost.
func TestRoundTrips(t *testing.T) {
	rng := engine.NewRand(5, 1)
	z, y := engine.NewPoints(20), engine.NewPoints(20)
	engine.Gaussian{}.Sample(z, rng)
	engine.Gaussian{}.Sample(y, rng)
	for _, p := range path.All {
		for _, at := range []float64{0.05, 0.2, 0.5, 0.8, 0.95} {
			c := p.At(at)
			for _, from := range path.Kinds {
				for _, to := range path.Kinds {
					got := engine.NewPoints(20)
					c.Convert(got, z, y, from, to)
					c.Convert(got, z, got, to, from)
					compare(t, fmt.Sprintf("%s at t = %g: %s, %s and back", p.Name, at, from.Name, to.Name), got, y, 1e-10)
				}
			}
		}
	}
}

// A network of random weights is no marginal's: what it says of divergence must
// come from its own velocity.
func TestDivergenceIsTraceOfJacobian(t *testing.T) {
	net, err := nn.New(nn.Config{Hidden: []int{16, 16}, Act: "silu"}, engine.NewRand(1, 1))
	if err != nil {
		t.Fatal(err)
	}
	const n = 10
	axes := [2]engine.Points{engine.NewPoints(n), engine.NewPoints(n)}
	for i := range n {
		axes[0].Set(i, 1, 0)
		axes[1].Set(i, 0, 1)
	}
	for _, p := range path.All {
		for _, kind := range path.Trainable {
			l := &Learned{Net: net, Kind: kind, Path: p, Mean: [2]float64{0.3, -0.2}}
			for _, at := range []float64{0, 1e-5, 0.05, 0.5, 0.95} {
				what := fmt.Sprintf("%s from %s at t = %g", p.Name, kind.Name, at)
				z := cloud(bent(), p, n, at)
				div, probed := make([]float64, n), make([]float64, n)
				l.Divergence(div, z, at)
				sum, slopes := make([]float64, n), make([]float64, n)
				for _, e := range axes {
					l.Hutchinson(probed, z, e, at)
					for i := range n {
						sum[i] += probed[i]
						slopes[i] += form(func(dst, z engine.Points) { l.Velocity(dst, z, at) }, z, e, i)
					}
				}
				compare(t, what+": divergence against differences of the velocity", div, slopes, 1e-8)
				compare(t, what+": sum of Hutchinson's form along the axes", sum, div, 1e-12)
			}
		}
	}
}

// says is a network that says the same everywhere.
type says [2]float64

func (s says) Predict(dst, z engine.Points, _ float64) {
	for i := range dst {
		dst[i] = s[i%2]
	}
}
func (says) Divergence(dst []float64, _ engine.Points, _ float64)    { clear(dst) }
func (says) Hutchinson(dst []float64, _, _ engine.Points, _ float64) { clear(dst) }

// Where a prediction leaves the data open, they are where their mean is; where it
// does not, they are what it says.
func TestNoiseEnd(t *testing.T) {
	mean := [2]float64{0.3, -0.2}
	z := engine.Points{1, 2, -0.5, 0.25}
	for _, c := range []struct {
		kind, path string
		at         float64
		silent     bool
	}{
		{"noise", "linear", 0, true}, {"noise", "linear", 0.9e-3, true}, {"noise", "linear", 1.1e-3, false},
		{"score", "vp", 0, true}, {"score", "linear", 0.9e-3, true}, {"score", "linear", 1.1e-3, false},
		{"noise", "ddpm", 0, false}, {"velocity", "linear", 0, false}, {"velocity", "ddpm", 0, false},
		{"velocity", "cubic", 0, true}, {"velocity", "poly:2", 0, true}, {"velocity", "cubic", 1e-3, false},
		{"data", "linear", 0, false}, {"data", "cubic", 0, false},
	} {
		p, err := path.Parse(c.path)
		if err != nil {
			t.Fatal(err)
		}
		kind, err := path.ParseKind(c.kind, path.Kinds)
		if err != nil {
			t.Fatal(err)
		}
		what := fmt.Sprintf("%s on %s at t = %g", c.kind, c.path, c.at)
		l := &Learned{Net: says{0.7, 0.1}, Kind: kind, Path: p, Mean: mean}
		got := engine.NewPoints(2)
		l.Data(got, z, c.at)
		if isMean := got[0] == mean[0] && got[1] == mean[1] && got[2] == mean[0] && got[3] == mean[1]; isMean != c.silent {
			t.Errorf("%s: got data %v: want the mean %v: %v", what, got, mean, c.silent)
		}
		if !c.silent || c.kind == "velocity" {
			continue
		}
		// Velocity and divergence are those of the mean, too.
		numbers := p.At(c.at)
		x1, want := engine.Points{mean[0], mean[1], mean[0], mean[1]}, engine.NewPoints(2)
		numbers.Convert(want, z, x1, path.Data, path.Velocity)
		l.Velocity(got, z, c.at)
		compare(t, what+": velocity", got, want, 1e-15)
		div := make([]float64, 2)
		l.Divergence(div, z, c.at)
		compare(t, what+": divergence", div, []float64{2 * numbers.DSigma / numbers.Sigma, 2 * numbers.DSigma / numbers.Sigma}, 1e-14)
	}
}

// At σ = 0 the data are the points; what is infinite there is refused by name.
func TestDataEnd(t *testing.T) {
	z := engine.Points{1, 2, -0.5, 0.25}
	got := engine.NewPoints(2)
	for _, p := range path.All {
		for _, kind := range []path.Kind{path.Velocity, path.Noise} {
			l := &Learned{Net: says{0.7, 0.1}, Kind: kind, Path: p}
			l.Data(got, z, 1)
			compare(t, p.Name+": data at 1 from "+kind.Name, got, z, 1e-15)
			if msg := panicOf(func() { l.Read(got, z, 1, path.Score) }); !strings.Contains(msg, "does not determine the score") {
				t.Errorf("%s: score at 1 from %s: got %q want a panic that says so", p.Name, kind.Name, msg)
			}
		}
		l := &Learned{Net: says{0.7, 0.1}, Kind: path.Velocity, Path: p}
		l.Velocity(got, z, 1)
		compare(t, p.Name+": velocity at 1", got, engine.Points{0.7, 0.1, 0.7, 0.1}, 0)
		if p.Name == "cubic" {
			continue // which comes to rest: there the velocity is 0 whatever the data
		}
		l.Kind = path.Data
		for name, f := range map[string]func(){
			"velocity":   func() { l.Velocity(got, z, 1) },
			"divergence": func() { l.Divergence(make([]float64, 2), z, 1) },
			"Hutchinson": func() { l.Hutchinson(make([]float64, 2), z, z, 1) },
		} {
			if msg := panicOf(f); !strings.Contains(msg, "does not determine the velocity") {
				t.Errorf("%s: %s at 1 from data: got %q want a panic that says so", p.Name, name, msg)
			}
		}
	}
}

func TestMisuse(t *testing.T) {
	l := &Learned{Net: says{}, Kind: path.Velocity, Path: path.All[0]}
	if msg := panicOf(func() { l.Velocity(engine.NewPoints(1), engine.NewPoints(2), 0.5) }); !strings.HasPrefix(msg, "field: ") {
		t.Errorf("one point for two: got %q want a panic of this package", msg)
	}
}
