package ode

import (
	"fmt"
	"math"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/path"
)

// carry follows the exact flow of the mixture on a path.
func carry(t *testing.T, p path.Path, z engine.Points, from, to float64) engine.Points {
	t.Helper()
	end, err := Reference(exact.New(smooth, p), z, from, to, 1e-11)
	if err != nil {
		t.Fatal(err)
	}
	return end
}

func noise(n int) engine.Points {
	z := engine.NewPoints(n)
	engine.Gaussian{}.Sample(z, engine.NewRand(5, 1))
	return z
}

// exactEnds are paths that begin in noise alone and end in data alone.
func exactEnds(t *testing.T) (paths []path.Path) {
	for _, name := range []string{"linear", "vp", "cubic", "linear-vp", "poly:2", "poly:1.5"} {
		p, err := path.Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, p)
	}
	p, err := path.Custom("tanh(3*t)/tanh(3)", "(1 - t)^(1 + t)")
	if err != nil {
		t.Fatal(err)
	}
	return append(paths, p)
}

// A point z on one path is the point z σ̄/σ on any other, at the time of the same λ,
// and both flow along the same curve but for that scale. So every path with exact
// ends carries the same noise to the same data, and the data back to the noise.
func TestPathsShareOneMap(t *testing.T) {
	z0 := noise(100)
	paths := exactEnds(t)
	want := carry(t, paths[0], z0, 0, 1)
	for _, p := range paths {
		if d := furthest(carry(t, p, z0, 0, 1), want); !(d <= 1e-8) {
			t.Errorf("%s: got data %g from those of linear want 1e-8", p.Name, d)
		}
		if d := furthest(carry(t, p, want, 1, 0), z0); !(d <= 1e-8) {
			t.Errorf("%s: got noise %g from where it came from want 1e-8", p.Name, d)
		}
	}
}

// Half-way too: what the paths make of a point at equal λ differs by σ̄/σ only.
func TestPathsShareTheirCurvesInLambda(t *testing.T) {
	z0 := noise(20)
	paths := exactEnds(t)
	for _, lambda := range []float64{-2, 0, 1.5} {
		at := paths[0].AtLambda(lambda)
		want := carry(t, paths[0], z0, 0, at)
		for _, p := range paths {
			time := p.AtLambda(lambda)
			got := carry(t, p, z0, 0, time)
			for i := range got {
				near(t, fmt.Sprintf("%s at λ = %g", p.Name, lambda), got[i]/p.At(time).Sigma, want[i]/paths[0].At(at).Sigma, 1e-7)
			}
		}
	}
}

// ddpm begins at α_0 = 0.0066, with an exact p_0 that is not N(0, I). From equal λ
// it makes the same data of a point; from N(0, I), as it is used, others: 2·10⁻³
// away in the root mean square for one Gaussian, by the closed form.
func TestDDPMStartsLate(t *testing.T) {
	ddpm, err := path.Parse("ddpm")
	if err != nil {
		t.Fatal(err)
	}
	z0 := noise(100)
	ends := carry(t, ddpm, z0, 0, 1)
	start := ddpm.At(0)
	for _, p := range exactEnds(t) {
		c := p.At(p.AtLambda(start.Lambda()))
		z := z0.Clone()
		for i := range z {
			z[i] *= c.Sigma / start.Sigma
		}
		if d := furthest(carry(t, p, z, c.T, 1), ends); !(d <= 1e-8) {
			t.Errorf("%s from λ = %.3f: got data %g from those of ddpm want 1e-8", p.Name, start.Lambda(), d)
		}
	}
	off := math.Sqrt2 * rms(bellFlow(ddpm, z0, 0, 1), bellFlow(path.All[0], z0, 0, 1)) // by points, not coordinates
	if !(off > 1.5e-3 && off < 3e-3) {
		t.Errorf("from N(0, I): got a Gaussian's data %.2g from those of linear want 2e-3", off)
	}
}
