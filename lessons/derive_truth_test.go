package lessons

import (
	"math"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/path"
	"fmlab/lessons/derivation"
)

// symbols are the values of a blank's symbols at one point.
type symbols map[string]float64

// slope is the derivative of f at x by a central difference.
func slope(f func(float64) float64, x float64) float64 {
	const h = 1e-4
	return (8*(f(x+h)-f(x-h)) - (f(x+2*h) - f(x-2*h))) / (12 * h)
}

// root solves a linear equation f(x) = 0.
func root(f func(float64) float64) float64 { return -f(0) / (f(1) - f(0)) }

// stretched is the area to which a linear map brings the unit square.
func stretched(f func(x, y float64) (float64, float64)) float64 {
	ax, ay := f(1, 0)
	bx, by := f(0, 1)
	return ax*by - ay*bx
}

// step is one Euler step of the linear field A z.
func (v symbols) step(h float64) float64 {
	return stretched(func(x, y float64) (float64, float64) {
		return x + h*(v["a11"]*x+v["a12"]*y), y + h*(v["a21"]*x+v["a22"]*y)
	})
}

func normal(x, mean, std float64) float64 {
	return math.Exp(-(x-mean)*(x-mean)/(2*std*std)) / (std * math.Sqrt(2*math.Pi))
}

// loss is the conditional loss of v for two targets.
func (v symbols) loss(at float64) float64 {
	return v["w"]*(at-v["c1"])*(at-v["c1"]) + (1-v["w"])*(at-v["c2"])*(at-v["c2"])
}

// velocityBehind is the velocity of the pair that is at z, found from its way.
func (v symbols) velocityBehind(alpha, sigma func(t float64) float64) float64 {
	way := func(x0, t float64) float64 { return alpha(t)*v["x1"] + sigma(t)*x0 }
	x0 := root(func(x0 float64) float64 { return way(x0, v["t"]) - v["z"] })
	return slope(func(t float64) float64 { return way(x0, t) }, v["t"])
}

// noise solves z = a x1 + s x0, v = da x1 + ds x0 for x0 by Cramer's rule.
func (v symbols) noise() float64 {
	return (v["a"]*v["v"] - v["z"]*v["da"]) / (v["a"]*v["ds"] - v["s"]*v["da"])
}

func square(t float64) float64 { return t * t }
func left(t float64) float64   { return (1 - t) * (1 - t) }

// truths compute every blank from what it means: by areas, differences, solving
// equations and adding up cases, not by the formula.
var truths = map[string]func(v symbols) float64{
	"1.2-continuity/wall": func(v symbols) float64 {
		return v["p"] * stretched(func(x, y float64) (float64, float64) { // the strip that crosses
			return x * v["u"] * v["dt"], x*v["w"]*v["dt"] + y*v["k"]
		})
	},
	"1.2-continuity/pair": func(v symbols) float64 {
		flux := func(x float64) float64 { return v["f"] + v["fx"]*x }
		return flux(-v["h"]/2)*v["k"] - flux(v["h"]/2)*v["k"]
	},
	"1.2-continuity/walls": func(v symbols) float64 {
		f, g := func(x float64) float64 { return 1 + v["fx"]*x }, func(y float64) float64 { return 2 + v["gy"]*y }
		return (f(-v["h"]/2)-f(v["h"]/2))*v["k"] + (g(-v["k"]/2)-g(v["k"]/2))*v["h"]
	},
	"1.2-continuity/expand": func(v symbols) float64 {
		p := func(x, y float64) float64 { return v["p"] + v["px"]*x + v["py"]*y }
		pu := func(x float64) float64 { return p(x, 0) * (v["u"] + v["ux"]*x) }
		pw := func(y float64) float64 { return p(0, y) * (v["w"] + v["wy"]*y) }
		return -slope(pu, 0) - slope(pw, 0)
	},
	"1.2-continuity/widen": func(v symbols) float64 { // a normal crowd, as wide as makes p the density at 0
		std := 1 / math.Sqrt(2*math.Pi*v["p"]) / v["s"]
		return slope(func(t float64) float64 { return square(normal(0, 0, std*(v["s"]+v["ds"]*t))) }, 0)
	},
	"1.3-logp/determinant": func(v symbols) float64 { return v.step(v["h"]) },
	"1.3-logp/trace":       func(v symbols) float64 { return slope(v.step, 0) },
	"1.3-logp/linear": func(v symbols) float64 { // the same mass on the area after a short step
		return slope(func(h float64) float64 { return -math.Log(v.step(h)) }, 0)
	},
	"1.3-logp/scaling": func(v symbols) float64 {
		std := math.Exp(v["k"])
		return math.Log(normal(v["x"], 0, std) * normal(v["y"], 0, std))
	},
	"1.4-cfm/cross": func(v symbols) float64 { return v["w"]*(v["v"]*v["c1"]) + (1-v["w"])*(v["v"]*v["c2"]) },
	"1.4-cfm/gradient": func(v symbols) float64 {
		return slope(v.loss, v["v"])
	},
	"1.4-cfm/floor": func(v symbols) float64 {
		return v.loss(root(func(at float64) float64 { return slope(v.loss, at) }))
	},
	"1.4-cfm/posterior": func(v symbols) float64 {
		of := func(x1 float64) float64 { return normal(v["z"], v["t"]*x1, 1-v["t"]) }
		return of(v["m"]) / (of(v["m"]) + of(-v["m"]))
	},
	"1.4-cfm/two-points": func(v symbols) float64 {
		const z = 0.3 // does not matter
		of := symbols{"w": v["w"], "c1": (v["m"] - z) / (1 - v["t"]), "c2": (-v["m"] - z) / (1 - v["t"])}
		return of.loss(of["w"]*of["c1"] + (1-of["w"])*of["c2"])
	},
	"1.5-target/derivatives": func(v symbols) float64 { return slope(left, v["t"]) },
	"1.5-target/pair": func(v symbols) float64 {
		return slope(func(t float64) float64 { return t*t*v["x1"] + left(t)*v["x0"] }, v["t"])
	},
	"1.5-target/noise": func(v symbols) float64 {
		return root(func(x0 float64) float64 { return square(v["t"])*v["x1"] + left(v["t"])*x0 - v["z"] })
	},
	"1.5-target/conditional": func(v symbols) float64 { return v.velocityBehind(square, left) },
	"1.5-target/root": func(v symbols) float64 {
		return v.velocityBehind(func(t float64) float64 { return t }, func(t float64) float64 { return math.Sqrt(1 - t) })
	},
	"1.6-score/cloud": func(v symbols) float64 {
		return slope(func(z float64) float64 { return -square(z-v["a"]*v["x1"]) / (2 * square(v["s"])) }, v["z"])
	},
	"1.6-score/noise":   symbols.noise,
	"1.6-score/general": func(v symbols) float64 { return -v.noise() / v["s"] },
	"1.6-score/linear": func(v symbols) float64 {
		return -symbols{"a": v["t"], "s": 1 - v["t"], "da": 1, "ds": -1, "z": v["z"], "v": v["v"]}.noise() / (1 - v["t"])
	},
	"1.6-score/back": func(v symbols) float64 {
		return root(func(u float64) float64 {
			return -symbols{"a": v["a"], "s": v["s"], "da": v["da"], "ds": v["ds"], "z": v["z"], "v": u}.noise()/v["s"] - v["g"]
		})
	},
}

// TestAnswersAreTrue compares every answer with what it means.
func TestAnswersAreTrue(t *testing.T) {
	n := 0
	eachBlank(t, func(t *testing.T, b *derivation.Blank, name string) {
		truth, ok := truths[name]
		if !ok {
			t.Fatalf("%s: nothing to compare it with", name)
		}
		n++
		rng := engine.NewRand(12, 1)
		for range 200 {
			at, v := draw(b, rng), symbols{}
			for i, s := range b.Symbols {
				v[s.Name] = at[i]
			}
			if got, want := b.Answer.Eval(at...), truth(v); !(math.Abs(got-want) <= 1e-6*(1+math.Abs(want))) {
				t.Fatalf("%s at %v: got %.9g, want %.9g", name, v, got, want)
			}
		}
	})
	if n != len(truths) {
		t.Errorf("%d blanks and %d truths", n, len(truths))
	}
}

// answer is the answer of a blank by name.
func answer(t *testing.T, name string) func(v symbols) float64 {
	t.Helper()
	var f func(v symbols) float64
	eachBlank(t, func(t *testing.T, b *derivation.Blank, n string) {
		if n != name {
			return
		}
		f = func(v symbols) float64 {
			at := make([]float64, len(b.Symbols))
			for i, s := range b.Symbols {
				at[i] = v[s.Name]
			}
			return b.Answer.Eval(at...)
		}
	})
	if f == nil {
		t.Fatalf("no blank %s", name)
	}
	return f
}

// TestScoreOfExactField turns the exact velocity of three points into their exact
// score and back, on every path, by the formulas of 1.6.
func TestScoreOfExactField(t *testing.T) {
	general, back, linear := answer(t, "1.6-score/general"), answer(t, "1.6-score/back"), answer(t, "1.6-score/linear")
	data := exact.Points(engine.Points{-1, 0.5, 1.2, 0.3, 0.1, -1.4})
	z := engine.Points{0.4, -0.7, -1.3, 0.2}
	velocity, score := engine.NewPoints(2), engine.NewPoints(2)
	for _, p := range path.All {
		field := exact.New(data, p)
		for _, at := range []float64{0.2, 0.5, 0.8} {
			field.Velocity(velocity, z, at)
			field.Score(score, z, at)
			c := p.At(at)
			for i := range z {
				v := symbols{"t": at, "z": z[i], "v": velocity[i], "g": score[i], "a": c.Alpha, "s": c.Sigma, "da": c.DAlpha, "ds": c.DSigma}
				if got, want := general(v), score[i]; math.Abs(got-want) > 1e-9*(1+math.Abs(want)) {
					t.Errorf("%s at t = %g: got score %.12g, want %.12g", p.Name, at, got, want)
				}
				if got, want := back(v), velocity[i]; math.Abs(got-want) > 1e-9*(1+math.Abs(want)) {
					t.Errorf("%s at t = %g: got velocity %.12g, want %.12g", p.Name, at, got, want)
				}
				if got, want := linear(v), score[i]; p.Name == "linear" && math.Abs(got-want) > 1e-9*(1+math.Abs(want)) {
					t.Errorf("linear at t = %g: got score %.12g, want %.12g", at, got, want)
				}
			}
		}
	}
}

// TestFloorOfTwoPoints averages the floor of 1.4 over z and t and compares it with
// the floor that the lab draws. The data are ±m on the first axis, so the lab's
// mean over two entries is half of it.
func TestFloorOfTwoPoints(t *testing.T) {
	const m = 1.2
	who, floor := answer(t, "1.4-cfm/posterior"), answer(t, "1.4-cfm/two-points")
	linear, err := path.Parse("linear")
	if err != nil {
		t.Fatal(err)
	}
	const nt, nz = 400, 800
	sum := 0.0
	for i := range nt {
		at := (float64(i) + 0.5) / nt
		for j := range nz { // over z given +m; −m is its mirror image
			x0 := -6 + 12*(float64(j)+0.5)/nz
			v := symbols{"t": at, "m": m, "z": at*m + (1-at)*x0}
			v["w"] = who(v)
			sum += floor(v) * normal(x0, 0, 1) * 12 / nz / nt
		}
	}
	want, stderr := exact.Floor(exact.Points(engine.Points{m, 0, -m, 0}), linear, path.Velocity, 20000, engine.NewRand(1, 1))
	if got := sum / 2; math.Abs(got-want) > 5*stderr { // false alarm: 6e-7
		t.Errorf("got floor %.4f by the formula, want %.4f ± %.4f as the lab has it", got, want, stderr)
	}
	t.Logf("floor %.4f by the formula, %.4f ± %.4f by the lab", sum/2, want, stderr)
}
