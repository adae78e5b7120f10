package path

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
)

// every returns All and some more powers, since a table is not a proof for poly:N.
func every(t *testing.T) []Path {
	paths := slices.Clone(All)
	for _, name := range []string{"poly:1", "poly:1.5", "poly:3"} {
		p, err := Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, p)
	}
	return paths
}

func TestDerivativesMatchDifferences(t *testing.T) {
	const h = 1e-5
	for _, p := range every(t) {
		for time := 0.02; time < 0.985; time += 0.02 {
			c, lo, hi := p.At(time), p.At(time-h), p.At(time+h)
			for _, d := range []struct {
				name      string
				got, want float64
			}{
				{"α̇", c.DAlpha, (hi.Alpha - lo.Alpha) / (2 * h)},
				{"σ̇", c.DSigma, (hi.Sigma - lo.Sigma) / (2 * h)},
				{"σσ̇", c.SigmaDSigma, (hi.Sigma*hi.Sigma - lo.Sigma*lo.Sigma) / (4 * h)},
				{"dλ/dt", c.D() / (c.Alpha * c.Sigma), (hi.Lambda() - lo.Lambda()) / (2 * h)},
			} {
				if math.Abs(d.got-d.want) > 1e-6*(1+math.Abs(d.want)) {
					t.Errorf("%s t=%.2f %s: got %.12g want %.12g", p.Name, time, d.name, d.got, d.want)
				}
			}
		}
	}
}

func TestEndsAreExact(t *testing.T) {
	for _, p := range every(t) {
		start, end := p.At(0), p.At(1)
		if end.Alpha != 1 || end.Sigma != 0 || !math.IsInf(end.Lambda(), 1) {
			t.Errorf("%s at t=1: got α=%g σ=%g λ=%g want 1 0 +Inf", p.Name, end.Alpha, end.Sigma, end.Lambda())
		}
		if p.Name == "ddpm" {
			continue // it starts at α = exp(−B(1)/2), see the reference numbers
		}
		if start.Alpha != 0 || start.Sigma != 1 || !math.IsInf(start.Lambda(), -1) {
			t.Errorf("%s at t=0: got α=%g σ=%g λ=%g want 0 1 -Inf", p.Name, start.Alpha, start.Sigma, start.Lambda())
		}
	}
}

func TestDeterminantIsPositiveInside(t *testing.T) {
	for _, p := range every(t) {
		for i := 1; i < 1000; i++ {
			if c := p.At(float64(i) / 1000); !(c.D() > 0) {
				t.Errorf("%s t=%g: got D=%g want above 0", p.Name, c.T, c.D())
			}
		}
	}
}

func TestSigmaDSigmaIsTheProduct(t *testing.T) {
	for _, p := range every(t) {
		for i := range 1001 {
			c := p.At(float64(i) / 1000)
			if math.IsInf(c.SigmaDSigma, 0) || math.IsNaN(c.SigmaDSigma) {
				t.Errorf("%s t=%g: got σσ̇=%g want a finite number", p.Name, c.T, c.SigmaDSigma)
			}
			if got, want := c.SigmaDSigma, c.Sigma*c.DSigma; i < 1000 && math.Abs(got-want) > 1e-13*(1+math.Abs(want)) {
				t.Errorf("%s t=%g: got σσ̇=%g want %g", p.Name, c.T, got, want)
			}
		}
	}
}

func TestVariancePreserving(t *testing.T) {
	for _, name := range []string{"vp", "ddpm", "linear-vp"} {
		p, err := Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 1001 {
			c := p.At(float64(i) / 1000)
			if sum := c.Alpha*c.Alpha + c.Sigma*c.Sigma; math.Abs(sum-1) > 1e-14 {
				t.Errorf("%s t=%g: got α²+σ²=1%+g want 1", name, c.T, sum-1)
			}
		}
	}
}

func TestTrainEndIsWhereTheTargetIsFinite(t *testing.T) {
	for _, p := range every(t) {
		if infinite := math.IsInf(p.At(1).DSigma, -1); infinite != (p.TrainEnd < 1) {
			t.Errorf("%s: got TrainEnd %g with σ̇(1) = %g", p.Name, p.TrainEnd, p.At(1).DSigma)
		}
		if c := p.At(p.TrainEnd); math.IsInf(c.DSigma, 0) || math.IsInf(c.DAlpha, 0) {
			t.Errorf("%s at TrainEnd: got α̇=%g σ̇=%g want finite numbers", p.Name, c.DAlpha, c.DSigma)
		}
	}
}

// Reference numbers made with numpy in float64.
func TestReferenceSchedules(t *testing.T) {
	var golden struct {
		Rows []struct {
			Path         string
			T            float64
			Alpha, Sigma float64
			DAlpha       float64
			DSigma       any // −∞ is the string "-inf"
			Lambda       any
		}
	}
	data, err := os.ReadFile("testdata/schedules.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &golden); err != nil {
		t.Fatal(err)
	}
	if len(golden.Rows) == 0 {
		t.Fatal("no reference rows")
	}
	for _, r := range golden.Rows {
		p, err := Parse(r.Path)
		if err != nil {
			t.Fatal(err)
		}
		c := p.At(r.T)
		check := func(what string, got, want float64) {
			tol := 1e-12 * (1 + math.Abs(want))
			if what == "λ" && c.Sigma > 0 {
				tol += 1e-15 / c.Sigma // the reference has σ = 1 − α, which loses digits near t = 1
			}
			if got != want && !(math.Abs(got-want) <= tol) {
				t.Errorf("%s t=%g %s: got %.17g want %.17g", r.Path, r.T, what, got, want)
			}
		}
		check("α", c.Alpha, r.Alpha)
		check("σ", c.Sigma, r.Sigma)
		check("α̇", c.DAlpha, r.DAlpha)
		check("σ̇", c.DSigma, number(r.DSigma))
		check("λ", c.Lambda(), number(r.Lambda))
	}
}

func number(v any) float64 {
	switch v {
	case "inf":
		return math.Inf(1)
	case "-inf":
		return math.Inf(-1)
	}
	return v.(float64)
}

// AtLambda is the inverse of λ, to the last bit where λ tells times apart.
func TestAtLambda(t *testing.T) {
	inf := math.Inf(1)
	for _, p := range schedules(t) {
		for _, time := range []float64{1e-6, 1e-3, 0.1, 0.5, 0.9, 0.999, 1 - 1e-6} {
			c := p.At(time)
			got := p.AtLambda(c.Lambda())
			slope := c.D() / (c.Alpha * c.Sigma)                               // dλ/dt
			within := 0x1p-52 + 1e-15*(1+math.Abs(c.Lambda())+1/c.Sigma)/slope // what rounding of λ leaves open
			if math.Abs(got-time) > within {
				t.Errorf("%s: got the time of λ = %g off by %g want %g", p.Name, c.Lambda(), got-time, within)
			}
		}
		for _, end := range []float64{0, 1} {
			if got := p.AtLambda(p.At(end).Lambda()); got != end {
				t.Errorf("%s: got %g for λ at t = %g", p.Name, got, end)
			}
			if got := p.AtLambda(inf * (2*end - 1)); got != end {
				t.Errorf("%s: got %g for an infinite λ want %g", p.Name, got, end)
			}
		}
		for l := -30.0; l < 30; l++ {
			if a, b := p.AtLambda(l), p.AtLambda(l+1); !(a <= b && 0 <= a && b <= 1) {
				t.Errorf("%s: got times %g, %g for λ = %g, %g", p.Name, a, b, l, l+1)
			}
		}
	}
	ddpm, err := Parse("ddpm")
	if err != nil {
		t.Fatal(err)
	}
	if got := ddpm.AtLambda(-6); got != 0 {
		t.Errorf("ddpm, λ = -6 below its own %.2f: got %g want 0", ddpm.At(0).Lambda(), got)
	}
	if got := ddpm.At(ddpm.AtLambda(-5)).Lambda(); math.Abs(got+5) > 1e-13 {
		t.Errorf("ddpm: got λ = %g at the time of -5", got)
	}
	if got := panicOf(func() { ddpm.AtLambda(math.NaN()) }); got != "path: λ is not a number" {
		t.Errorf("got %q want a panic", got)
	}
}

func TestParse(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range All {
		got, err := Parse(p.Name)
		if err != nil || got.Name != p.Name || got.Title == "" || got.Alpha == "" || got.Sigma == "" {
			t.Errorf("Parse(%q): got %q, %q, %q, %v", p.Name, got.Name, got.Title, got.Alpha+got.Sigma, err)
		}
		if seen[p.Name] {
			t.Errorf("two paths are called %q", p.Name)
		}
		seen[p.Name] = true
	}
	if p, err := Parse("poly:2.50"); err != nil || p.Name != "poly:2.5" {
		t.Errorf(`Parse("poly:2.50"): got %q, %v want poly:2.5`, p.Name, err)
	}
	for _, bad := range []string{"", "lienar", "custom", "poly", "poly:", "poly:0.5", "poly:nan", "poly:inf", "poly:x"} {
		_, err := Parse(bad)
		if err == nil || !strings.Contains(err.Error(), "poly:N") {
			t.Errorf("Parse(%q): got %v want an error that says what is allowed", bad, err)
		}
	}
	if _, err := Parse("lienar"); err != nil {
		for _, p := range All[:len(All)-1] {
			if !strings.Contains(err.Error(), p.Name) {
				t.Errorf("got %q want it to list %s", err, p.Name)
			}
		}
	}
}
