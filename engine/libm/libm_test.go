package libm

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

var functions = []struct {
	name       string
	ours, math func(float64) float64
	exact      func(*big.Float) *big.Float
	bound      float64      // ulps
	ranges     [][2]float64 // the first is the engine's
}{
	{"exp", Exp, math.Exp, bigExp, 0.52, [][2]float64{{-40, 5}, {-708, 709}, {-0.01, 0.01}}},
	{"exp, subnormal", Exp, math.Exp, bigExp, 1, [][2]float64{{-745, -708}}},
	{"expm1", Expm1, math.Expm1, bigExpm1, 1, [][2]float64{{-8, 1}, {-0.3, 0.3}, {-60, 709}}},
	{"log", Log, math.Log, bigLog, 1, [][2]float64{{0, 10}, {0.5, 1.5}, {0, math.MaxFloat64}}},
	{"log, subnormal", Log, Log, bigLog, 1, [][2]float64{{0, 0x1p-1022}}},
	{"log2", Log2, func(x float64) float64 { return math.Log(x) / math.Ln2 }, func(x *big.Float) *big.Float { return quo(bigLog(x), bigLog(number(2))) }, 2, [][2]float64{{0, 10}, {2, 1000}}},
	{"log10", Log10, func(x float64) float64 { return math.Log(x) / math.Ln10 }, func(x *big.Float) *big.Float { return quo(bigLog(x), bigLog(number(10))) }, 2, [][2]float64{{0, 10}, {2, 1000}}},
	{"sin", Sin, math.Sin, bigSin, 1.7, [][2]float64{{-10, 10}, {-1, 1}, {-100, 100}}},
	{"cos", Cos, math.Cos, bigCos, 1.7, [][2]float64{{-10, 10}, {-1, 1}, {-100, 100}}},
	{"tan", Tan, math.Tan, bigTan, 2.5, [][2]float64{{-10, 10}, {-1, 1}, {-100, 100}}},
	{"tanh", Tanh, math.Tanh, bigTanh, 1.5, [][2]float64{{-3, 3}, {-0.7, 0.7}, {-23, 23}}},
	{"erfc", Erfc, math.Erfc, bigErfc, 3, [][2]float64{{-3, 3}, {-7, 6}}},
	{"hypot(x, 1)", func(x float64) float64 { return Hypot(x, 1) }, func(x float64) float64 { return math.Hypot(x, 1) }, bigHypot1, 1.7, [][2]float64{{-5, 5}}},
	{"x^2.5", func(x float64) float64 { return Pow(x, 2.5) }, func(x float64) float64 { return math.Pow(x, 2.5) }, bigPow(2.5), 2, [][2]float64{{0, 2}}},
	{"x^0.2", func(x float64) float64 { return Pow(x, 0.2) }, func(x float64) float64 { return math.Pow(x, 0.2) }, bigPow(0.2), 2, [][2]float64{{0, 100}}},
	{"x^-7.1", func(x float64) float64 { return Pow(x, -7.1) }, func(x float64) float64 { return math.Pow(x, -7.1) }, bigPow(-7.1), 6, [][2]float64{{0, 10}}},
}

func TestErrorsAgainstManyDigits(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, f := range functions {
		for _, r := range f.ranges {
			worst, at, peer := 0.0, 0.0, 0.0
			for range 400 {
				x := r[0] + (r[1]-r[0])*rng.Float64()
				want := f.exact(number(x))
				if e := ulps(f.ours(x), want); e > worst || e != e {
					worst, at = e, x
				}
				peer = max(peer, ulps(f.math(x), want))
			}
			t.Logf("%-16s [%g, %g]: %.3f ulp, package math %.3f", f.name, r[0], r[1], worst, peer)
			if !(worst <= f.bound) {
				t.Errorf("%s(%v): got an error of %.3f ulp want %g", f.name, at, worst, f.bound)
			}
		}
	}
}

func TestNearPackageMath(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, f := range functions {
		for _, r := range f.ranges {
			for range 200_000 {
				x := r[0] + (r[1]-r[0])*rng.Float64()
				if got, want := f.ours(x), f.math(x); apart(got, want) > 2+2*f.bound {
					t.Errorf("%s(%v): got %v want %v", f.name, x, got, want)
					break
				}
			}
		}
	}
}

// apart returns how many float64 numbers a is from b.
func apart(a, b float64) float64 {
	if a == b || a != a && b != b {
		return 0
	}
	return math.Abs(float64(rank(a) - rank(b)))
}

// rank numbers the floats in their order.
func rank(x float64) int64 {
	if i := int64(math.Float64bits(x)); i >= 0 {
		return i
	}
	return -int64(math.Float64bits(-x))
}

var specials = []float64{0, math.Copysign(0, -1), 5e-324, -5e-324, 1e-310, -1e-310, 0x1p-1022, 1e-300, -1e-300, 1e-20, -1e-9, 0.1, 0.25, -0.25,
	0.5, -0.5, 0.625, 0.84375, 1, -1, 1.25, 1.5, 2, -2, 3, -3, 6, -6, math.Pi, math.Pi / 2, 22, 28.1, -40, 700, 709, 709.79, 745, 1000, -708.3, -745.13, -745.14, -1000,
	1 << 29, 1<<29 - 1, 1e15, -1e15, 1 << 53, 1<<53 + 2, 1e22, 1 << 63, -1e300, 1e300, math.MaxFloat64, -math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN()}

func TestSpecialCasesAreThoseOfPackageMath(t *testing.T) {
	check := func(name string, x, y, got, want, bound float64) {
		if apart(got, want) > bound || got == 0 && math.Signbit(got) != math.Signbit(want) {
			t.Errorf("%s(%v, %v): got %v want %v", name, x, y, got, want)
		}
	}
	for _, x := range specials {
		subnormal := x != 0 && math.Abs(x) < 0x1p-1022 // where math.Log is wrong on amd64, by whole units
		for _, f := range functions {
			bound := 2 + 2*f.bound
			if math.Abs(x) >= 1<<29 {
				bound = 100 // angles cost package math digits; see TestHugeAngles for ours
			}
			if !subnormal {
				check(f.name, x, 0, f.ours(x), f.math(x), bound)
			}
		}
		sin, cos := Sincos(x)
		check("sincos", x, 0, sin, Sin(x), 0)
		check("sincos", x, 0, cos, Cos(x), 0)
		for _, y := range specials {
			check("hypot", x, y, Hypot(x, y), math.Hypot(x, y), 2)
			if want := math.Pow(x, y); !subnormal {
				check("pow", x, y, Pow(x, y), want, 2+math.Abs(math.Log(math.Abs(want))))
			}
		}
	}
}

// Far out, x·4/π must be right to the last bit in front of the point.
func TestHugeAngles(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 3))
	pi := bigPi()
	for range 300 {
		x := math.Ldexp(1+rng.Float64(), 29+rng.IntN(300))
		turns, _ := quo(number(x), mul(number(2), pi)).Int(nil)
		angle := sub(number(x), mul(mul(number(2), pi), new(big.Float).SetPrec(digits).SetInt(turns)))
		for _, f := range functions[7:10] {
			if e := ulps(f.ours(x), f.exact(angle)); !(e <= 2) {
				t.Fatalf("%s(%v): got an error of %.3g ulp want 2", f.name, x, e)
			}
		}
	}
}

// What is a power of 2 must stay one: the roots are right where they are exact.
func TestExactValues(t *testing.T) {
	for k := -1074; k < 1024; k++ {
		if got, want := Pow(2, float64(k)), math.Ldexp(1, k); got != want {
			t.Errorf("2^%d: got %v want %v", k, got, want)
		}
		if got := Log2(math.Ldexp(1, k)); got != float64(k) {
			t.Errorf("log2(2^%d): got %v", k, got)
		}
	}
	for n := range 30 {
		if got, want := Pow(3, float64(n)), float64(pow3(n)); got != want {
			t.Errorf("3^%d: got %v want %v", n, got, want)
		}
	}
	for _, c := range []struct{ got, want float64 }{
		{Exp(0), 1}, {Expm1(0), 0}, {Log(1), 0}, {Sin(0), 0}, {Cos(0), 1}, {Tan(0), 0}, {Tanh(0), 0}, {Erfc(0), 1},
		{Tanh(30), 1}, {Tanh(-30), -1}, {Hypot(3, 4), 5}, {Pow(7, 1), 7}, {Pow(7, 0), 1}, {Pow(4, 0.5), 2}, {Pow(4, -0.5), 0.5},
	} {
		if c.got != c.want {
			t.Errorf("got %v want %v", c.got, c.want)
		}
	}
}

func pow3(n int) int64 {
	p := int64(1)
	for range n {
		p *= 3
	}
	return p
}
