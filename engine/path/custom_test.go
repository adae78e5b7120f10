package path

import (
	"errors"
	"math"
	"strings"
	"testing"

	"fmlab/engine/formula"
)

func custom(t *testing.T, alpha, sigma string) Path {
	t.Helper()
	p, err := Custom(alpha, sigma)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Every built-in path, typed as the formulas it shows, is itself.
func TestCustomIsTheBuiltIn(t *testing.T) {
	for _, p := range every(t) {
		c := custom(t, p.Alpha, p.Sigma)
		if c.Name != "custom" || c.Alpha != p.Alpha || c.Sigma != p.Sigma || c.TrainEnd != p.TrainEnd {
			t.Errorf("%s: got %q, α=%q σ=%q TrainEnd=%g want custom, %q %q %g", p.Name, c.Name, c.Alpha, c.Sigma, c.TrainEnd, p.Alpha, p.Sigma, p.TrainEnd)
		}
		for i := range 2001 {
			got, want := c.At(float64(i)/2000), p.At(float64(i)/2000)
			for _, x := range []struct {
				name      string
				got, want float64
			}{
				{"α", got.Alpha, want.Alpha}, {"α̇", got.DAlpha, want.DAlpha},
				{"σ", got.Sigma, want.Sigma}, {"σ̇", got.DSigma, want.DSigma},
				{"σσ̇", got.SigmaDSigma, want.SigmaDSigma},
			} {
				if x.got != x.want && !(math.Abs(x.got-x.want) <= 1e-12*(1+math.Abs(x.want))) {
					t.Errorf("%s t=%g %s: got %.17g want %.17g", p.Name, got.T, x.name, x.got, x.want)
				}
			}
		}
		for _, end := range []float64{0, 1} {
			if got, want := c.At(end), p.At(end); got.Alpha != want.Alpha || math.Abs(got.Sigma-want.Sigma) > 1e-15 || (got.Sigma == 0) != (want.Sigma == 0) {
				t.Errorf("%s: got ends α=%g σ=%g want %g %g", p.Name, got.Alpha, got.Sigma, want.Alpha, want.Sigma)
			}
		}
	}
}

// cos(π/2) is 6e-17 in floating point, and rounding makes σ = 1 − 3t² + 2t³ negative
// just before t = 1, and some α just after 0; the solvers divide by both.
func TestCustomEndsAreExact(t *testing.T) {
	for _, f := range [][2]string{{"sin(pi*t/2)", "cos(pi*t/2)"}, {"1 - cos(pi*t/2)", "cos(pi*t/2)"}, {"sin(pi*t/2)^2", "cos(pi*t/2)^2"}, {"tan(pi*t/4)", "1 - tan(pi*t/4)"}} {
		p := custom(t, f[0], f[1])
		if a, b := p.At(0), p.At(1); a.Alpha != 0 || a.Sigma != 1 || b.Alpha != 1 || b.Sigma != 0 {
			t.Errorf("%v: got α %g to %g, σ %g to %g want 0 to 1, 1 to 0", f, a.Alpha, b.Alpha, a.Sigma, b.Sigma)
		}
	}
	p := custom(t, "3*t^2 - 2*t^3", "1 - 3*t^2 + 2*t^3")
	for i := range 1000 {
		if c := p.At(1 - float64(i)*0x1p-53); !(c.Sigma >= 0) {
			t.Fatalf("cubic at 1 - %g: got σ = %g want at least 0", 1-c.T, c.Sigma)
		}
	}
	p = custom(t, "(1 + t)^2 - 1 - 2*t", "1 - t")
	for i := range 1000 {
		if c := p.At(float64(i) * 1e-11); !(c.Alpha >= 0) {
			t.Fatalf("(1 + t)² − 1 − 2t at %g: got α = %g want at least 0", c.T, c.Alpha)
		}
	}
}

// The ends of σσ̇, σ̇ and α̇ in closed form, at ends that dual numbers of the
// formulas alone cannot reach.
func TestCustomLimits(t *testing.T) {
	inf := math.Inf(1)
	for _, x := range []struct {
		alpha, sigma        string
		t                   float64
		dalpha, dsigma, sds float64
		tolerance, trainEnd float64
	}{
		{"t", "sqrt(1 - t^2)", 1, 1, -inf, -1, 0, nearlyOne},
		{"t", "sqrt(1 - t)", 1, 1, -inf, -0.5, 0, nearlyOne},
		{"t", "(1 - t)^0.5", 1, 1, -inf, -0.5, 0, nearlyOne},
		{"t", "2*sqrt(1 - t)/(1 + sqrt(1 - t))", 1, 1, -inf, -2, 1e-4, nearlyOne},
		{"t", "sqrt(1 - t)*sqrt(1 + t)", 1, 1, -inf, -1, 0, nearlyOne},
		{"t", "1 - t*sqrt(t)", 1, 1, -1.5, 0, 0, 1},
		{"t", "sqrt(1 - t)*sqrt(1 - t)", 1, 1, -1, 0, 1e-5, 1},
		{"t", "sqrt((1 - t)^2)", 1, 1, -1, 0, 0, 1},
		{"t", "abs(t - 1)", 1, 1, -1, 0, 0, 1},
		{"t", "(1 - t)*sqrt(1 - t)", 1, 1, 0, 0, 0, 1},
		{"t", "1 - t^900", 1, 1, -900, 0, 0, 1},
		{"t", "1 - t^5000", 1, 1, -5000, 0, 0, nearlyOne},
		{"t*sqrt(t)", "1 - t", 0, 0, -1, -1, 0, 1},
		{"sqrt(t^3)", "1 - t", 0, 0, -1, -1, 1e-12, 1},
		{"t^1.5", "1 - t^1.5", 0, 0, 0, 0, 0, 1},
		{"1 - cos(sqrt(t)*pi/2)", "1 - t", 0, math.Pi * math.Pi / 8, -1, -1, 1e-12, 1},
	} {
		p := custom(t, x.alpha, x.sigma)
		c := p.At(x.t)
		for _, y := range []struct {
			name      string
			got, want float64
		}{{"α̇", c.DAlpha, x.dalpha}, {"σ̇", c.DSigma, x.dsigma}, {"σσ̇", c.SigmaDSigma, x.sds}} {
			if y.got != y.want && !(math.Abs(y.got-y.want) <= x.tolerance) {
				t.Errorf("α = %s, σ = %s at t=%g: got %s = %g want %g", x.alpha, x.sigma, x.t, y.name, y.got, y.want)
			}
		}
		if p.TrainEnd != x.trainEnd {
			t.Errorf("σ = %s: got TrainEnd %g want %g", x.sigma, p.TrainEnd, x.trainEnd)
		}
	}
}

// Custom paths keep the theorems that the built-in ones keep.
func TestCustomDerivativesMatchDifferences(t *testing.T) {
	const h = 1e-5
	for _, f := range [][2]string{
		{"tanh(3*t)/tanh(3)", "1 - tanh(3*t)/tanh(3)"},
		{"(e^(2*t) - 1)/(e^2 - 1)", "pow(1 - t, 1 + t)"},
		{"log(1 + t)/log(2)", "sqrt(1 - t)*exp(-t)"},
		{"t^(2 - t)", "(1 - t)^(1 + t^2)"},
	} {
		p := custom(t, f[0], f[1])
		for time := 0.02; time < 0.985; time += 0.02 {
			c, lo, hi := p.At(time), p.At(time-h), p.At(time+h)
			for _, d := range []struct {
				name      string
				got, want float64
			}{
				{"α̇", c.DAlpha, (hi.Alpha - lo.Alpha) / (2 * h)},
				{"σ̇", c.DSigma, (hi.Sigma - lo.Sigma) / (2 * h)},
				{"σσ̇", c.SigmaDSigma, (hi.Sigma*hi.Sigma - lo.Sigma*lo.Sigma) / (4 * h)},
			} {
				if math.Abs(d.got-d.want) > 1e-6*(1+math.Abs(d.want)) {
					t.Errorf("%v t=%.2f %s: got %.12g want %.12g", f, time, d.name, d.got, d.want)
				}
			}
		}
	}
}

func TestCustomRefuses(t *testing.T) {
	for _, x := range []struct{ alpha, sigma, want string }{
		{"t + 0.5", "1 - t", "α = 0.5 at t = 0: want 0"},
		{"t - 0.005", "1 - t", "α = -0.005 at t = 0: want 0"},
		{"t/2", "1 - t", "α = 0.5 at t = 1: want 1"},
		{"t*1.02", "1 - t", "α = 1.02 at t = 1: want 1"},
		{"t", "2 - 2*t", "σ = 2 at t = 0: want 1"},
		{"t", "1 - t/2", "σ = 0.5 at t = 1: want 0"},
		{"t", "t", "σ = 0 at t = 0: want 1"},
		{"t", "0.995 - t", "σ = -0.005 at t = 1: want 0"},
		{"t", "(1 - t)*(1 - 2*t)", "σ = 0 at t = 0.5: want above 0"},
		{"t", "cos(2.5*pi*t)", "σ = -0.007854 at t = 0.201: want above 0"}, // cos(π/2) is above 0
		{"t + sin(2*pi*t)", "1 - t", "α̇σ − ασ̇ = -0.01064 at t = 0.324: want above 0 between the ends"},
		{"t^2*(4*t - 3)", "1 - t", "α̇σ − ασ̇ = -0.005985 at t = 0.001: want above 0"},
		{"t", "cos(1.5*pi*t)^2", "α̇σ − ασ̇ = -0.009879 at t = 0.334: want above 0"},
		{"sqrt(t)", "sqrt(1 - t)", "α̇ = +Inf at t = 0: want at most 1e6"},
		{"1 - sqrt(1 - t)", "1 - t", "α̇ = +Inf at t = 1: want at most 1e6"},
		{"sin(t^0.1)*t^0.5/sin(1)", "1 - t", "α̇ = +Inf at t = 0: want at most 1e6"},
		{"t + 0.1*t*(1 - t)*sqrt(abs(t - 0.5))", "1 - t", "α̇ = +Inf at t = 0.5: want at most 1e6"},
		{"t", "1 - t^0.5", "σσ̇ = -Inf at t = 0: want at most 1e6"},
		{"t", "(1 - t)^(1/3)", "σσ̇ = -Inf at t = 1: want at most 1e6"},
		{"1/t - 1", "1 - t", "α = +Inf at t = 0: want a finite number"},
		{"sin(t)/t", "1 - t", "α = NaN at t = 0: want a finite number"},
		{"t", "sqrt(0.5 - t)", "σ = NaN at t = 0.501: want a finite number"},
		{"t", "1/(t - 0.25)", "σ = +Inf at t = 0.25: want a finite number"},
	} {
		_, err := Custom(x.alpha, x.sigma)
		if err == nil || !strings.Contains(err.Error(), x.want) || !strings.Contains(err.Error(), "α = "+x.alpha+", σ = "+x.sigma) {
			t.Errorf("α = %s, σ = %s: got %v want %q", x.alpha, x.sigma, err, x.want)
		}
	}
}

// What is not a formula is refused with its name and column.
func TestCustomRefusesWhatItCannotRead(t *testing.T) {
	for _, x := range []struct {
		alpha, sigma, want string
		column             int
	}{
		{"2t", "1 - t", "custom path: α: column 2: ", 2},
		{"t", "1 - x", "custom path: σ: column 5: ", 5},
		{"", "1 - t", "custom path: α: column 1: ", 1},
	} {
		_, err := Custom(x.alpha, x.sigma)
		var at *formula.Error
		if !errors.As(err, &at) || at.Column != x.column || !strings.Contains(err.Error(), x.want) {
			t.Errorf("α = %s, σ = %s: got %v want %q", x.alpha, x.sigma, err, x.want)
		}
	}
}

func TestCustomText(t *testing.T) {
	if p := custom(t, "  t *\n t", "1 -\tt*t "); p.Alpha != "t * t" || p.Sigma != "1 - t*t" {
		t.Errorf("got %q, %q want one line each", p.Alpha, p.Sigma)
	}
}

func BenchmarkCustom(b *testing.B) {
	for b.Loop() {
		if _, err := Custom("sin(pi*t/2)", "cos(pi*t/2)"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAt(b *testing.B) {
	for _, p := range All {
		c, err := Custom(p.Alpha, p.Sigma)
		if err != nil {
			b.Fatal(err)
		}
		for _, q := range []Path{p, c} {
			b.Run(p.Name+"/"+q.Name, func(b *testing.B) {
				for b.Loop() {
					q.At(0.3)
				}
			})
		}
	}
}
