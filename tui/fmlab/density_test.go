package main

import (
	"context"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/density"
	"fmlab/engine/ode"
	"fmlab/engine/path"
	"fmlab/lab"
)

// likelihoods are the answer of fmlab density --json.
type likelihoods struct {
	Schema, NFE int
	Rows        []struct {
		X, Y, LogP        float64
		Exact, Hutchinson *float64
	}
}

// goldenDensity is the file of reference numbers of the density, made with numpy,
// scipy and torch in float64.
type goldenDensity struct {
	Mixture json.RawMessage
	Points  [][2]float64
	Logp    []float64
}

// TestDensityReference: the integral of the flow is the density, on every path.
func TestDensityReference(t *testing.T) {
	g := reference[goldenDensity](t, "likelihood.json")
	mix, at := file(t, "mix.json", string(g.Mixture)), file(t, "at.csv", "x,y\n"+csvOf(g.Points))
	for _, p := range []string{"linear", "vp", "cubic", "linear-vp", "ddpm", "poly:2", "poly:1.5"} {
		got := decoded[likelihoods](t, "density", "--exact", "--json", "--rtol", "1e-8", "--atol", "1e-8", "--data", mix, "--path", p, "--at", at)
		if got.Schema != 1 || len(got.Rows) != 6 || got.NFE < 50 {
			t.Fatalf("%s: got schema %d, %d rows and NFE %d, want 1, 6 and more than 50", p, got.Schema, len(got.Rows), got.NFE)
		}
		for i, r := range got.Rows {
			near(t, p+" logp", r.LogP, g.Logp[i], 1e-4)
			relative(t, p+" exact", r.Exact, g.Logp[i], 1e-9)
			if r.LogP == *r.Exact {
				t.Errorf("%s: got the same bits %v from the integral and the closed form: it was looked up", p, r.LogP)
			}
			if r.X != g.Points[i][0] || r.Y != g.Points[i][1] || r.Hutchinson != nil {
				t.Errorf("%s: got %+v, want the point asked for and no estimate", p, r)
			}
		}
	}
}

// TestDensityDefaultTolerance: what is printed without flags is right to what is
// seen in a table, where densities are not tiny.
func TestDensityDefaultTolerance(t *testing.T) {
	at := file(t, "at.csv", "0,0\n1,1\n-1,0.5\n0.3,-0.4\n")
	for _, p := range []string{"linear", "vp", "ddpm"} {
		for _, r := range decoded[likelihoods](t, "density", "--exact", "--json", "--data", "testdata/mix.json", "--path", p, "--at", at).Rows {
			near(t, p, r.LogP, *r.Exact, 1e-3)
		}
	}
	if help := fine(t, "density", "--help"); strings.Count(help, "(default 1e-06)") != 2 {
		t.Errorf("got %s, want the default tolerances in it", help)
	}
}

// TestDensityOfOneClass: the flow of a class has the density of the class.
func TestDensityOfOneClass(t *testing.T) {
	at := file(t, "at.csv", "1,0\n-1,0.2\n")
	all := decoded[likelihoods](t, "density", "--exact", "--json", "--data", "2gaussians", "--at", at)
	one := decoded[likelihoods](t, "density", "--exact", "--json", "--data", "2gaussians", "--label", "0", "--at", at)
	for i, r := range one.Rows {
		near(t, "class 0", r.LogP, *r.Exact, 1e-3*(1+math.Abs(*r.Exact)))
		if *r.Exact == *all.Rows[i].Exact {
			t.Errorf("got %v for the class and for all, want two densities", *r.Exact)
		}
	}
}

// TestDensityOfAModel: in units of its data an area is scale² times that of the
// lab, and there is no closed form. A model that predicts the data ends at 0.999.
func TestDensityOfAModel(t *testing.T) {
	for _, kind := range path.Trainable {
		m, name := writeNet(t, kind, "linear", 2)
		flow := lab.LearnedFlow(m)
		z := engine.Points{0.3, -0.7, -0.1, 0.4}
		s, err := density.New(flow.Flow, z, density.Options{Ode: ode.Options{From: flow.End, Rtol: 1e-9, Atol: 1e-9}})
		if err != nil {
			t.Fatal(err)
		}
		for s.Step() {
		}
		want := make([]float64, 2)
		s.LogDensity(want)
		at := file(t, "at.csv", csvOf([][2]float64{{50 + 4*z[0], -30 + 4*z[1]}, {50 + 4*z[2], -30 + 4*z[3]}}))
		got := decoded[likelihoods](t, "density", "--json", "--rtol", "1e-9", "--atol", "1e-9", "--model", name, "--at", at)
		for i, r := range got.Rows {
			near(t, kind.Name, r.LogP, want[i]-2*math.Log(4), 1e-7)
			if r.Exact != nil {
				t.Errorf("%s: got %v in closed form, want null", kind.Name, *r.Exact)
			}
		}
		guided := decoded[likelihoods](t, "density", "--json", "--model", name, "--label", "1", "--guidance", "2", "--at", at)
		if guided.NFE%2 != 0 || guided.Rows[0].LogP == got.Rows[0].LogP {
			t.Errorf("%s guided: got NFE %d and the density %v, want two calls an evaluation and another density", kind.Name, guided.NFE, guided.Rows[0].LogP)
		}
	}
}

// TestHutchinsonIsUnbiased: the mean of the estimates of many seeds is the log
// density, to 5 standard errors (a false alarm once in a million), and each seed
// says the same twice.
func TestHutchinsonIsUnbiased(t *testing.T) {
	const n = 400
	at := file(t, "at.csv", strings.Repeat("0.4,0.9\n", n)) // each its own signs
	_, model := writeNet(t, path.Velocity, "linear", 0)
	for _, field := range []string{"--exact --data testdata/mix.json", "--model " + model} {
		args := strings.Fields("density --json --hutchinson --seed 3 " + field + " --at " + at)
		got := decoded[likelihoods](t, args...)
		var mean, square float64
		for _, r := range got.Rows {
			d := *r.Hutchinson - r.LogP
			mean += d / n
			square += d * d / n
		}
		if !(square > 1e-9) {
			t.Fatalf("%s: got a mean square error %g of the estimates, want them to differ", field, square)
		}
		near(t, field+": mean of the estimates less the density", mean, 0, 5*math.Sqrt(square/n))
		if again := fine(t, args...); again != fine(t, args...) {
			t.Errorf("%s: got another answer for the same seed", field)
		}
	}
}

func TestDensityTable(t *testing.T) {
	at := file(t, "at.csv", "0,0\n1,1\n")
	for args, columns := range map[string]int{"": 4, " --hutchinson": 5} {
		lines := strings.Split(strings.TrimSuffix(fine(t, strings.Fields("density --exact --data 2gaussians --at "+at+args)...), "\n"), "\n")
		if len(lines) != 4 || len(strings.Fields(lines[1])) != columns || !strings.HasPrefix(lines[3], "NFE ") {
			t.Errorf("got %q, want a heading, two lines of %d columns and the NFE", lines, columns)
		}
	}
}

func TestDensityWrongUse(t *testing.T) {
	points := file(t, "points.csv", "0,0\n1,1\n")
	good := file(t, "at.csv", "0,0\n")
	for _, c := range []struct {
		args string
		want []string
	}{
		{"density --at " + good, []string{"--exact", "--model"}},
		{"density --exact", []string{"no points", "--at", "x,y"}},
		{"density --exact --data - --at -", []string{"standard input", "once"}},
		{"density --exact --data " + points + " --at " + good, []string{points, "set of points has no density", "mixture", "--model"}},
		{"density --exact --at " + file(t, "bad.csv", "0,0\n1,oops\n"), []string{"bad.csv:2:3", `"oops"`}},
		{"density --exact --rtol 0 --at " + good, []string{"rtol", "above 0"}},
		{"density --exact --solver rk4 --at " + good, []string{"--solver", "density --help"}},
	} {
		a := fmlab(strings.Fields(c.args)...)
		if a.code != 2 || a.out != "" {
			t.Errorf("fmlab %s: got exit %d and output %q, want 2 and none", c.args, a.code, a.out)
		}
		for _, want := range c.want {
			if !strings.Contains(a.words, want) {
				t.Errorf("fmlab %s: got %q, want it to say %q", c.args, a.words, want)
			}
		}
	}
}

// TestDensityStops at once when it is interrupted.
func TestDensityStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	a := fmlabUntil(ctx, "density", "--exact", "--at", file(t, "at.csv", "0,0\n"))
	if a.code != 130 || a.out != "" || !strings.Contains(a.words, "stopped") {
		t.Errorf("got exit %d, output %q and %q, want 130, none, and that it stopped", a.code, a.out, a.words)
	}
}
