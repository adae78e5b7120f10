package path

import (
	"fmt"
	"math"
	"strings"

	"fmlab/engine/formula"
)

const (
	exactEnd = 1e-12 // an end this near to 0 or 1 is 0 or 1: cos(π/2) is 6e-17
	nearEnd  = 1e-2  // an end must be this near
	steep    = 1e6   // a derivative above this is taken for infinite
	trainTo  = 1e3   // training stops short of a |σ̇| above this at t = 1
)

// Custom returns the path of two formulas in t, such as "sin(pi*t/2)" and
// "cos(pi*t/2)", with exact derivatives. It is legal when, on 1,001 times from 0
// to 1, α, σ, α̇ and σσ̇ are finite, α_0 and σ_1 are 0 to 0.01, α_1 and σ_0 are 1 to
// ± 0.01, and between the ends σ > 0 and α̇σ − ασ̇ > 0: then α/σ increases from 0 to
// infinity. Otherwise the error says what fails first, where, and the value there;
// in a formula that cannot be read, the column.
// σ̇ may be −Inf at t = 1 as it is for sqrt(1 - t^2); the path is then trained to
// 1 − 10⁻³ only.
func Custom(alpha, sigma string) (Path, error) {
	c, err := newCurves(alpha, sigma)
	if err != nil {
		return Path{}, fmt.Errorf("custom path: %w", err)
	}
	p := Path{
		Name: "custom", Title: "custom, two formulas in t",
		Alpha: oneLine(alpha), Sigma: oneLine(sigma), TrainEnd: 1, at: c.at,
	}
	if err := p.check(); err != nil {
		return Path{}, fmt.Errorf("custom path α = %s, σ = %s: %w", p.Alpha, p.Sigma, err)
	}
	if !(math.Abs(p.At(1).DSigma) <= trainTo) {
		p.TrainEnd = nearlyOne
	}
	return p, nil
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// curves are the two formulas of a custom path, and σ² for σσ̇ = ½ dσ²/dt.
type curves struct{ alpha, sigma, variance *formula.Expr }

func newCurves(alpha, sigma string) (c curves, err error) {
	if c.alpha, err = formula.Parse(alpha, "t"); err != nil {
		return c, fmt.Errorf("α: %w", err)
	}
	if c.sigma, err = formula.Parse(sigma, "t"); err != nil {
		return c, fmt.Errorf("σ: %w", err)
	}
	c.variance = c.sigma.Square()
	return c, nil
}

func (c curves) at(t float64) Coeffs {
	var k Coeffs
	k.Alpha, k.DAlpha = read(c.alpha, t)
	k.Sigma, k.DSigma = read(c.sigma, t)
	switch {
	case t == 0:
		k.Alpha, k.Sigma = snap(k.Alpha, 0), snap(k.Sigma, 1)
	case t == 1:
		k.Alpha, k.Sigma = snap(k.Alpha, 1), snap(k.Sigma, 0)
	case k.Alpha < 0: // rounding, beside t = 0
		k.Alpha = snap(k.Alpha, 0)
	case k.Sigma < 0: // rounding, beside t = 1
		k.Sigma = snap(k.Sigma, 0)
	}
	k.SigmaDSigma = k.Sigma * k.DSigma
	if !(math.Abs(k.DSigma) <= steep) {
		_, slope := read(c.variance, t)
		k.SigmaDSigma = slope / 2
	}
	return k
}

func snap(x, end float64) float64 {
	if math.Abs(x-end) < exactEnd {
		return end
	}
	return x
}

// read returns the value and the derivative at t: from the right, at t = 1 from
// the left. A derivative that is undetermined at t, see [formula.Expr.Deriv], is
// read close by: 10⁻³⁰ beside t = 0, 10⁻¹⁰ beside another t, which leaves the
// limit good to about 10⁻⁵; it is infinite if it still grows there.
func read(e *formula.Expr, t float64) (value, derivative float64) {
	direction, step := 1.0, 0x1p-33
	switch t {
	case 0:
		step = 0x1p-100
	case 1:
		direction = -1
	}
	along := func(t float64) (float64, float64) {
		v, d := e.Deriv([]float64{t}, []float64{direction})
		return v, float64(direction * d)
	}
	value, derivative = along(t)
	if math.IsNaN(derivative) && !math.IsNaN(value) {
		_, near := along(t + float64(direction*step))
		_, far := along(t + float64(direction*8*step))
		derivative = near
		if math.Abs(near-far) > 1e-3*(1+math.Abs(far)) {
			derivative = math.Copysign(math.Inf(1), near)
		}
	}
	return value, derivative
}

// condition is one thing that makes a path legal.
type condition struct {
	name  string
	value func(Coeffs) float64
	holds func(x float64) bool
	want  string
	at    func(t float64) bool
}

// conditions in the order in which they are checked.
var conditions = []condition{
	{"α", alphaOf, finite, "a finite number", everywhere},
	{"σ", sigmaOf, finite, "a finite number", everywhere},
	{"α", alphaOf, nearZero, "0 at t = 0 (0 to 0.01)", start},
	{"α", alphaOf, nearOne, "1 at t = 1 (± 0.01)", end},
	{"σ", sigmaOf, nearOne, "1 at t = 0 (± 0.01)", start},
	{"σ", sigmaOf, nearZero, "0 at t = 1 (0 to 0.01)", end},
	{"σ", sigmaOf, positive, "above 0 before t = 1", inside},
	{"α̇", func(c Coeffs) float64 { return c.DAlpha }, tame, "at most 1e6 in size, or the velocity is infinite", everywhere},
	{"σσ̇", func(c Coeffs) float64 { return c.SigmaDSigma }, tame, "at most 1e6 in size, or the velocity is infinite", everywhere},
	{"α̇σ − ασ̇", Coeffs.D, positive, "above 0 between the ends, so that α/σ increases", inside},
}

func alphaOf(c Coeffs) float64 { return c.Alpha }
func sigmaOf(c Coeffs) float64 { return c.Sigma }

func finite(x float64) bool   { return !math.IsNaN(x) && !math.IsInf(x, 0) }
func tame(x float64) bool     { return math.Abs(x) <= steep }
func nearZero(x float64) bool { return 0 <= x && x <= nearEnd }
func nearOne(x float64) bool  { return math.Abs(x-1) <= nearEnd }
func positive(x float64) bool { return x > 0 }

func everywhere(float64) bool { return true }
func start(t float64) bool    { return t == 0 }
func end(t float64) bool      { return t == 1 }
func inside(t float64) bool   { return 0 < t && t < 1 }

// check returns what is illegal about a path, on 1,001 times.
func (p Path) check() error {
	var grid [1001]Coeffs
	for i := range grid {
		grid[i] = p.At(float64(i) / float64(len(grid)-1))
	}
	for _, c := range conditions {
		for _, k := range grid {
			if x := c.value(k); c.at(k.T) && !c.holds(x) {
				return fmt.Errorf("%s = %.4g at t = %g: want %s", c.name, x, k.T, c.want)
			}
		}
	}
	return nil
}
