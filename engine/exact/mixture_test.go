package exact

import (
	"math"
	"strings"
	"testing"

	"fmlab/engine"
)

func TestValidate(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name string
		m    Mixture
		want string // in the message; empty when valid
	}{
		{"none", Mixture{}, "found 0 weights"},
		{"means missing", Mixture{Weights: []float64{1}}, "1 weights, 0 means"},
		{"covs missing", Mixture{Weights: []float64{1, 1}, Means: engine.NewPoints(2), Covs: make([][3]float64, 1)}, "1 covs"},
		{"zero weight", Mixture{Weights: []float64{1, 0}, Means: engine.NewPoints(2)}, "weights[1] is 0"},
		{"negative weight", Mixture{Weights: []float64{-1}, Means: engine.NewPoints(1)}, "weights[0] is -1"},
		{"NaN weight", Mixture{Weights: []float64{nan}, Means: engine.NewPoints(1)}, "weights[0] is NaN"},
		{"infinite mean", Mixture{Weights: []float64{1}, Means: engine.Points{0, math.Inf(1)}}, "means[0] is [0, +Inf]"},
		{"NaN covariance", Mixture{Weights: []float64{1}, Means: engine.NewPoints(1), Covs: [][3]float64{{1, nan, 1}}}, "covs[0]"},
		{"negative variance", Mixture{Weights: []float64{1}, Means: engine.NewPoints(1), Covs: [][3]float64{{-1, 0, 1}}}, "covs[0]"},
		{"indefinite", Mixture{Weights: []float64{1}, Means: engine.NewPoints(1), Covs: [][3]float64{{1, 2, 1}}}, "covs[0] is [[1, 2], [2, 1]]"},
		{"zero variance, nonzero covariance", Mixture{Weights: []float64{1}, Means: engine.NewPoints(1), Covs: [][3]float64{{0, 0.1, 1}}}, "covs[0]"},
		{"singular is allowed", Mixture{Weights: []float64{1}, Means: engine.NewPoints(1), Covs: [][3]float64{{0.1, 0.3, 0.9}}}, ""},
		{"points", *cloud(), ""},
		{"whole", *bent(), ""},
	} {
		err := c.m.Validate()
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: got %v want none", c.name, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: got %v want %q", c.name, err, c.want)
		}
	}
}

func TestValidateNormalisesWeights(t *testing.T) {
	m := &Mixture{Weights: []float64{1, 3}, Means: engine.NewPoints(2)}
	if err := m.Validate(); err != nil || m.Weights[0] != 0.25 || m.Weights[1] != 0.75 {
		t.Errorf("got %v, %v want [0.25 0.75]", m.Weights, err)
	}
}

func TestSingular(t *testing.T) {
	flat := bent()
	flat.Covs[2] = [3]float64{0.1, 0.3, 0.9} // perfectly correlated
	thin := bent()
	thin.Covs[1] = [3]float64{1, 0, 1e-14} // flat but of full rank
	for name, c := range map[string]struct {
		m    *Mixture
		want int
	}{"full": {bent(), -1}, "points": {cloud(), 0}, "line": {flat, 2}, "thin": {thin, -1}} {
		if got := c.m.Singular(); got != c.want {
			t.Errorf("%s: got %d want %d", name, got, c.want)
		}
	}
}

// The eigenvalues and vectors give the covariance back.
func TestComponentSpectrum(t *testing.T) {
	m := bent()
	for k, want := range m.Covs {
		c := newComponent(m, k)
		got := [3]float64{
			c.hi*c.cos*c.cos + c.lo*c.sin*c.sin,
			(c.hi - c.lo) * c.cos * c.sin,
			c.hi*c.sin*c.sin + c.lo*c.cos*c.cos,
		}
		for i := range want {
			if !near(got[i], want[i], 1e-14) {
				t.Errorf("component %d: got %v want %v", k, got, want)
			}
		}
	}
}

func TestSampleMoments(t *testing.T) {
	const n = 200000
	line := &Mixture{Weights: []float64{1}, Means: engine.Points{2, -1}, Covs: [][3]float64{{0.1, 0.3, 0.9}}}
	for name, m := range map[string]*Mixture{"full": bent(), "points": cloud(), "line": line} {
		got := Points(draw(n, m, engine.NewRand(6, 1)))
		mean, cov := got.Mean(), got.Cov()
		for d, want := range m.Mean() {
			if math.Abs(mean[d]-want) > 4/math.Sqrt(n) {
				t.Errorf("%s mean[%d]: got %g want %g", name, d, mean[d], want)
			}
		}
		for d, want := range m.Cov() {
			if math.Abs(cov[d]-want) > 8/math.Sqrt(n) {
				t.Errorf("%s cov[%d]: got %g want %g", name, d, cov[d], want)
			}
		}
	}
}

func TestLogDensityIntegratesToOne(t *testing.T) {
	m := bent()
	const h = 0.02
	sum := 0.0
	for x := -6.0; x < 7; x += h {
		for y := -6.0; y < 7; y += h {
			sum += h * h * math.Exp(m.LogDensity(x, y))
		}
	}
	if !near(sum, 1, 1e-6) {
		t.Errorf("got %g want 1", sum)
	}
}

func TestLogDensityOfOneGaussian(t *testing.T) {
	m := &Mixture{Weights: []float64{1}, Means: engine.Points{1, 2}, Covs: [][3]float64{{4, 0, 0.25}}}
	if got, want := m.LogDensity(3, 1), -math.Log(2*math.Pi)-0.5-2; !near(got, want, 1e-15) {
		t.Errorf("got %g want %g", got, want)
	}
	if got := m.LogDensity(1e8, 0); math.IsInf(got, 0) || math.IsNaN(got) {
		t.Errorf("far away: got %g want a finite number", got)
	}
	if got := m.LogDensity(0, math.NaN()); !math.IsNaN(got) {
		t.Errorf("nowhere: got %g want NaN", got)
	}
	if msg := panicOf(func() { cloud().LogDensity(0, 0) }); !strings.Contains(msg, "no density") {
		t.Errorf("points: got %q want a panic about no density", msg)
	}
}

func TestStandardised(t *testing.T) {
	for name, m := range map[string]*Mixture{"full": bent(), "points": cloud()} {
		std, shift, scale := m.Standardised()
		mean, cov := std.Mean(), std.Cov()
		if math.Hypot(mean[0], mean[1]) > 1e-15 || !near(cov[0]+cov[2], 2, 1e-15) {
			t.Errorf("%s: got mean %v and variances %g, %g want 0 and a mean of 1", name, mean, cov[0], cov[2])
		}
		for i, v := range std.Means {
			if back := shift[i%2] + scale*v; !near(back, m.Means[i], 1e-15) {
				t.Errorf("%s round trip: got %g want %g", name, back, m.Means[i])
			}
		}
		if name == "full" { // densities change by the area factor scale²
			got := std.LogDensity((0.3-shift[0])/scale, (0.1-shift[1])/scale)
			if want := m.LogDensity(0.3, 0.1) + 2*math.Log(scale); !near(got, want, 1e-13) {
				t.Errorf("density: got %g want %g", got, want)
			}
		}
	}
	if msg := panicOf(func() { Points(engine.Points{1, 1, 1, 1}).Standardised() }); msg == "" {
		t.Error("one point twice: got no panic")
	}
}
