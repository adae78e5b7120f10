package path

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"fmlab/engine"
)

// schedules is every path, and one that nobody built in.
func schedules(t *testing.T) []Path {
	return append(every(t), custom(t, "tanh(3*t)/tanh(3)", "pow(1 - t, 1 + t)"))
}

// pair draws x0 and x1 and returns them with the point z between them and a
// function that says any kind of it.
func pair(c Coeffs) (x0, x1, z engine.Points, says func(Kind) engine.Points) {
	const n = 40
	x0, x1, z = engine.NewPoints(n), engine.NewPoints(n), engine.NewPoints(n)
	engine.Gaussian{}.Sample(x0, engine.NewRand(1, 1))
	engine.Gaussian{}.Sample(x1, engine.NewRand(1, 2))
	for i := range z {
		z[i] = c.Alpha*x1[i] + c.Sigma*x0[i]
	}
	return x0, x1, z, func(k Kind) engine.Points {
		p, q, _ := c.Combination(k)
		y := engine.NewPoints(n)
		for i := range y {
			y[i] = p*x1[i] + q*x0[i]
		}
		return y
	}
}

// The four readings as math has them, on any path: u = α̇ x1 + σ̇ x0, and so on.
func TestKindsAreTheirFormulas(t *testing.T) {
	for _, p := range schedules(t) {
		for _, time := range []float64{0.01, 0.3, 0.9, 0.999} {
			c := p.At(time)
			x0, x1, _, says := pair(c)
			for name, want := range map[string]func(i int) float64{
				"velocity": func(i int) float64 { return c.DAlpha*x1[i] + c.DSigma*x0[i] },
				"data":     func(i int) float64 { return x1[i] },
				"noise":    func(i int) float64 { return x0[i] },
				"score":    func(i int) float64 { return -x0[i] / c.Sigma },
			} {
				k, err := ParseKind(name, Kinds)
				if err != nil {
					t.Fatal(err)
				}
				compare(t, fmt.Sprintf("%s at %g: %s", p.Name, time, name), says(k), want, 1e-14)
				_, q, qs := c.Combination(k)
				if math.Abs(qs-q*c.Sigma) > 1e-13*(1+math.Abs(qs)) {
					t.Errorf("%s at %g, %s: got qσ = %.17g want %.17g", p.Name, time, name, qs, q*c.Sigma)
				}
			}
		}
	}
}

func compare(t *testing.T, what string, got engine.Points, want func(i int) float64, tolerance float64) {
	t.Helper()
	for i := range got {
		if w := want(i); !(math.Abs(got[i]-w) <= tolerance*(1+math.Abs(w))) {
			t.Fatalf("%s: got %.17g want %.17g", what, got[i], w)
		}
	}
}

// Convert, from any kind to any other, says what is true of the pair, and back.
func TestRoundTripsOfKinds(t *testing.T) {
	for _, p := range schedules(t) {
		for _, time := range []float64{0.02, 0.1, 0.37, 0.5, 0.8, 0.98} {
			c := p.At(time)
			_, _, z, says := pair(c)
			for _, from := range Kinds {
				for _, to := range Kinds {
					what := fmt.Sprintf("%s at %g: %s to %s", p.Name, time, from.Name, to.Name)
					y, truth := says(from), says(to)
					got := engine.NewPoints(z.Len())
					c.Convert(got, z, y, from, to)
					compare(t, what, got, func(i int) float64 { return truth[i] }, 1e-10)
					c.Convert(got, z, got, to, from) // dst may be y
					compare(t, what+" and back", got, func(i int) float64 { return y[i] }, 1e-10)
					over := z.Clone() // and dst may be z
					c.Convert(over, over, y, from, to)
					compare(t, what+" over z", over, func(i int) float64 { return truth[i] }, 1e-10)
				}
			}
		}
	}
}

// The conversions as they are written in books, D = α̇σ − ασ̇: x̂1 = (σv − σ̇z)/D,
// ε̂ = (α̇z − αv)/D, score = −ε̂/σ, and back; on linear x̂1 = z + (1−t)v,
// ε̂ = z − tv, score = (tv − z)/(1−t).
func TestConversionsAreTheirFormulas(t *testing.T) {
	type formula struct {
		from, to Kind
		is       func(c Coeffs, y, z float64) float64
	}
	general := []formula{
		{Velocity, Data, func(c Coeffs, v, z float64) float64 { return (c.Sigma*v - c.DSigma*z) / c.D() }},
		{Velocity, Noise, func(c Coeffs, v, z float64) float64 { return (c.DAlpha*z - c.Alpha*v) / c.D() }},
		{Velocity, Score, func(c Coeffs, v, z float64) float64 { return -(c.DAlpha*z - c.Alpha*v) / c.D() / c.Sigma }},
		{Data, Velocity, func(c Coeffs, x, z float64) float64 { return c.DAlpha*x + c.DSigma*(z-c.Alpha*x)/c.Sigma }},
		{Noise, Velocity, func(c Coeffs, e, z float64) float64 { return c.DSigma*e + c.DAlpha*(z-c.Sigma*e)/c.Alpha }},
		{Noise, Score, func(c Coeffs, e, _ float64) float64 { return -e / c.Sigma }},
		{Data, Score, func(c Coeffs, x, z float64) float64 { return -(z - c.Alpha*x) / (c.Sigma * c.Sigma) }},
	}
	linear := []formula{
		{Velocity, Data, func(c Coeffs, v, z float64) float64 { return z + (1-c.T)*v }},
		{Velocity, Noise, func(c Coeffs, v, z float64) float64 { return z - c.T*v }},
		{Velocity, Score, func(c Coeffs, v, z float64) float64 { return (c.T*v - z) / (1 - c.T) }},
	}
	rng := engine.NewRand(2, 1)
	for _, p := range schedules(t) {
		formulas := general
		if p.Name == "linear" {
			formulas = slices.Concat(general, linear)
		}
		for range 20 {
			c := p.At(0.02 + 0.96*rng.Float64())
			z, y := engine.Points{3 * rng.NormFloat64(), 0}, engine.Points{3 * rng.NormFloat64(), 1}
			got := engine.NewPoints(1)
			for _, f := range formulas {
				c.Convert(got, z, y, f.from, f.to)
				compare(t, fmt.Sprintf("%s at %g: %s from %s", p.Name, c.T, f.to.Name, f.from.Name), got,
					func(i int) float64 { return f.is(c, y[i], z[i]) }, 1e-10)
			}
		}
	}
}

// Where the ends leave something open, what it is, and what z alone tells there.
func TestKindsAtTheEnds(t *testing.T) {
	for _, x := range []struct {
		path     string
		t        float64
		from, to Kind
		ok       bool
		a, b     float64
	}{
		{"cubic", 0, Velocity, Data, false, 0, 0}, // D = 0
		{"poly:2", 0, Velocity, Data, false, 0, 0},
		{"poly:1.5", 0, Velocity, Data, false, 0, 0},
		{"cubic", 0, Velocity, Noise, true, 0, 1}, // z = x0
		{"cubic", 0, Data, Velocity, true, 0, 0},  // v = 0
		{"linear", 0, Velocity, Data, true, 1, 1},
		{"linear", 0, Velocity, Score, true, 0, -1},
		{"linear", 0, Noise, Data, false, 0, 0}, // α = 0
		{"linear", 0, Score, Data, false, 0, 0},
		{"linear", 0, Noise, Velocity, false, 0, 0},
		{"vp", 0, Noise, Velocity, false, 0, 0},
		{"linear", 0, Noise, Score, true, 0, -1},
		{"linear", 0, Score, Noise, true, 0, 1},
		{"linear", 0, Data, Noise, true, 0, 1},
		{"linear", 1, Data, Noise, false, 0, 0}, // σ = 0
		{"linear", 1, Data, Velocity, false, 0, 0},
		{"linear", 1, Data, Score, false, 0, 0},
		{"linear", 1, Noise, Score, false, 0, 0},
		{"linear", 1, Velocity, Noise, true, -1, 1},
		{"linear", 1, Velocity, Data, true, 0, 1},
		{"cubic", 1, Velocity, Data, true, 0, 1},
		{"cubic", 1, Velocity, Noise, false, 0, 0}, // D = 0
		{"linear-vp", 1, Velocity, Data, true, 0, 1},
		{"linear-vp", 1, Velocity, Noise, false, 0, 0}, // σ̇ = −∞
		{"linear-vp", 1, Data, Velocity, false, 0, 0},
		{"ddpm", 1, Noise, Data, true, 0, 1},
		{"ddpm", 1, Noise, Velocity, false, 0, 0},
		{"linear", 1, Score, Score, true, 1, 0},
	} {
		p, err := Parse(x.path)
		if err != nil {
			t.Fatal(err)
		}
		a, b, ok := p.At(x.t).Weights(x.from, x.to)
		if ok != x.ok || ok && (math.Abs(a-x.a) > 1e-15 || math.Abs(b-x.b) > 1e-15) {
			t.Errorf("%s at t = %g, %s to %s: got %g, %g, %v want %g, %g, %v", x.path, x.t, x.from.Name, x.to.Name, a, b, ok, x.a, x.b, x.ok)
		}
	}
	start, err := Parse("ddpm")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, ok := start.At(0).Weights(Noise, Data); !ok {
		t.Error("ddpm at t = 0, where α is not 0: got an open data prediction want one")
	}
}

// Spread is the determinant, and D for the velocity.
func TestSpread(t *testing.T) {
	for _, p := range schedules(t) {
		c := p.At(0.3)
		for k, want := range map[string]float64{"velocity": c.D(), "data": c.Sigma, "noise": -c.Alpha, "score": c.Alpha / c.Sigma} {
			kind, _ := ParseKind(k, Kinds)
			if got := c.Spread(kind); math.Abs(got-want) > 1e-15*(1+math.Abs(want)) {
				t.Errorf("%s, %s: got %.17g want %.17g", p.Name, k, got, want)
			}
		}
	}
}

func TestConvertRefusesWhatIsOpen(t *testing.T) {
	cubic, err := Parse("cubic")
	if err != nil {
		t.Fatal(err)
	}
	z := engine.NewPoints(2)
	for _, x := range []struct {
		do   func()
		want string
	}{
		{func() { cubic.At(0).Convert(z, z, z, Velocity, Data) }, "path: the velocity at t = 0 does not determine the data"},
		{func() { cubic.At(1).Convert(z, z, z, Data, Noise) }, "path: the data at t = 1 does not determine the noise"},
		{func() { cubic.At(0.5).Convert(z, z, z[:2], Data, Noise) }, "path: Convert: 2 points against 1"},
		{func() { cubic.At(0.5).Convert(z[:2], z, z, Data, Noise) }, "path: Convert: 1 points against 2"},
	} {
		if got := panicOf(x.do); got != x.want {
			t.Errorf("got %q want %q", got, x.want)
		}
	}
}

func panicOf(f func()) (message string) {
	defer func() { message, _ = recover().(string) }()
	f()
	return ""
}

func TestParseKind(t *testing.T) {
	for i, k := range Kinds {
		got, err := ParseKind(k.Name, Kinds)
		if err != nil || got.Name != k.Name || got.Title == "" {
			t.Errorf("%q: got %q, %q, %v", k.Name, got.Name, got.Title, err)
		}
		if _, err := ParseKind(k.Name, Trainable); (err == nil) != (i < 3) {
			t.Errorf("training to %q: got %v", k.Name, err)
		}
	}
	for _, x := range []struct {
		among []Kind
		want  string
	}{
		{Kinds, `prediction "x1": want one of velocity, data, noise, score`},
		{Trainable, `prediction "x1": want one of velocity, data, noise`},
	} {
		if _, err := ParseKind("x1", x.among); err == nil || err.Error() != x.want {
			t.Errorf("got %v want %s", err, x.want)
		}
	}
}
