package ode

import (
	"fmt"
	"math"
	"testing"

	"fmlab/engine/path"
)

// times are the ends of all steps, From first.
func times(o Options) []float64 {
	ts := []float64{o.From}
	for k := 1; k <= o.Steps; k++ {
		ts = append(ts, o.time(k))
	}
	return ts
}

// Every grid rises from From to To and meets both bit for bit; run backward it
// has the same times.
func TestGridsRise(t *testing.T) {
	for _, g := range Grids {
		for _, p := range path.All {
			for _, span := range [][2]float64{{0, 1}, {0, 1 - 1e-3}, {0.3, 1}, {0.02, 0.97}, {0, 1e-2}} {
				for _, n := range []int{1, 2, 3, 4, 31, 250} {
					o := Options{From: span[0], To: span[1], Steps: n, Grid: g, Path: p}
					there := times(o)
					o.From, o.To = o.To, o.From
					back := times(o)
					if there[n] != span[1] || back[n] != span[0] {
						t.Errorf("%s on %s: got ends %v and %v want %v", g.Name, p.Name, there[n], back[n], span)
					}
					for k := range n {
						if !(there[k] < there[k+1]) {
							t.Errorf("%s on %s, %v: got %v after %v", g.Name, p.Name, span, there[k+1], there[k])
						}
						near(t, g.Name+" on "+p.Name+": backward", back[n-k], there[k], 1e-15)
					}
				}
			}
		}
	}
}

// Between the ends λ goes in equal steps; the ends are one step each.
func TestLambdaGrid(t *testing.T) {
	g, err := GetGrid("lambda")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range path.All {
		for _, c := range []struct {
			from, to    float64
			first, last int // the equal steps
		}{{0, 1, 1, 11}, {0, 0.9, 1, 12}, {0.1, 1, 0, 11}, {0.1, 0.9, 0, 12}} {
			ts := times(Options{From: c.from, To: c.to, Steps: 12, Grid: g, Path: p})
			a, b := p.At(ts[c.first]).Lambda(), p.At(ts[c.last]).Lambda()
			for k := c.first; k <= c.last; k++ {
				near(t, fmt.Sprintf("%s, %v: λ of time %d", p.Name, c, k), p.At(ts[k]).Lambda(), a+(b-a)*float64(k-c.first)/float64(c.last-c.first), 1e-9)
			}
			near(t, p.Name+" first", ts[c.first], max(c.from, 1e-3), 1e-15)
			near(t, p.Name+" last", ts[c.last], min(c.to, 1-1e-3), 1e-15)
		}
		ts := times(Options{To: 1, Steps: 2, Grid: g, Path: p})
		near(t, p.Name+": two steps meet half-way in λ", p.At(ts[1]).Lambda(), (p.At(1e-3).Lambda()+p.At(1-1e-3).Lambda())/2, 1e-9)
	}
}

// The times that are uniform in λ begin at 10⁻³ and end at 1 − 10⁻³, bit for bit,
// unless many steps want |λ| = log n and that is further out, or |λ| = 20 is nearer.
func TestLambdaEnds(t *testing.T) {
	for _, c := range []struct {
		path        string
		n           int
		first, last float64 // as times, or as λ
		in          string  // which of the two is a λ
	}{
		{"linear", 1, 1e-3, 1 - 1e-3, ""}, {"linear", 999, 1e-3, 1 - 1e-3, ""}, {"linear", 1000, -math.Log(1000), math.Log(1000), "both"},
		{"vp", 636, 1e-3, 1 - 1e-3, ""}, {"vp", 637, -math.Log(637), math.Log(637), "both"},
		{"linear-vp", 22, 1e-3, 1 - 1e-3, ""}, {"linear-vp", 23, 1e-3, math.Log(23), "last"},
		{"ddpm", 95, 1e-3, 1 - 1e-3, ""}, {"ddpm", 96, 1e-3, math.Log(96), "last"}, {"ddpm", 200, 0, math.Log(200), "last"},
		{"poly:2", 499, 1e-3, 1 - 1e-3, ""}, {"poly:2", 500, 1e-3, math.Log(500), "last"},
		{"poly:3", 30, -20, 1 - 1e-3, "first"}, {"poly:200", 3, -20, 1 - 1e-3, "first"},
	} {
		p, err := path.Parse(c.path)
		if err != nil {
			t.Fatal(err)
		}
		first, last := lambdaEnds(p, c.n)
		for _, x := range []struct {
			name      string
			got, want float64
		}{{"first", first, c.first}, {"last", last, c.last}} {
			if c.in == x.name || c.in == "both" {
				near(t, fmt.Sprintf("%s, %d steps: %s λ", c.path, c.n, x.name), p.At(x.got).Lambda(), x.want, 1e-9)
			} else if x.got != x.want {
				t.Errorf("%s, %d steps: got %s time %v want %v", c.path, c.n, x.name, x.got, x.want)
			}
		}
	}
}

func TestQuadraticGrid(t *testing.T) {
	g, err := GetGrid("quadratic")
	if err != nil {
		t.Fatal(err)
	}
	ts := times(Options{From: -1, To: 3, Steps: 8, Grid: g})
	for k, at := range ts {
		near(t, fmt.Sprintf("time %d", k), math.Sqrt((3-at)/4), 1-float64(k)/8, 1e-15)
	}
}

// Methods with a tableau keep their order on a grid that is not uniform.
func TestTableausOnEveryGrid(t *testing.T) {
	p := problems[1] // within 0.1 and 0.87
	for _, g := range Grids {
		for _, m := range tableaus() {
			var logN, logErr []float64
			for _, n := range []int{31, 45, 67, 91} {
				s := run(t, m, p.v, start, Options{From: p.from, To: p.to, Steps: n, Grid: g, Path: path.All[1]})
				logN, logErr = append(logN, math.Log(float64(n))), append(logErr, math.Log(rms(s.Z(), p.exact(start, p.from, p.to))))
			}
			near(t, m.Name+" on "+g.Name+": order", -slope(logN, logErr), float64(m.Order), 0.4)
		}
	}
}

// A method that chooses its own steps does not look at the grid.
func TestChosenStepsHaveNoGrid(t *testing.T) {
	g, _ := GetGrid("lambda")
	o := Options{From: -1, To: 3, Rtol: 1e-6, Atol: 1e-6}
	plain := run(t, method(t, "dopri5"), problems[2].v, start, o)
	o.Grid = g
	if s := run(t, method(t, "dopri5"), problems[2].v, start, o); s.Err() != nil || furthest(s.Z(), plain.Z()) != 0 {
		t.Errorf("got %v, error %v want the same as without a grid", s.Z(), s.Err())
	}
}

func TestUnknownGridListsTheKnown(t *testing.T) {
	_, err := GetGrid("log")
	if want := `unknown grid "log": want one of uniform, lambda, quadratic`; err == nil || err.Error() != want {
		t.Errorf("got %v want %s", err, want)
	}
}
