package lab

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fmlab/engine"
)

// ringFile writes n points of a noisy ring to a file, stretched and shifted.
func ringFile(t *testing.T, n int) string {
	t.Helper()
	var b strings.Builder
	rng := engine.NewRand(3, 1)
	for range n {
		a := 2 * math.Pi * rng.Float64()
		fmt.Fprintf(&b, "%g,%g\n", 40+9*math.Cos(a)+0.6*rng.NormFloat64(), 5+9*math.Sin(a)+0.6*rng.NormFloat64())
	}
	name := filepath.Join(t.TempDir(), "ring.csv")
	if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestGaussNLL: of many points of a Gaussian it is the entropy of that Gaussian,
// whatever its covariance; points on a line have none.
func TestGaussNLL(t *testing.T) {
	rng := engine.NewRand(1, 1)
	draw := func(n int) engine.Points {
		p := engine.NewPoints(n)
		for i := range n {
			u, v := rng.NormFloat64(), rng.NormFloat64()
			p.Set(i, 3+2*u, -1+0.5*u+0.3*v) // det C = (2·0.3)²
		}
		return p
	}
	want := 1 + math.Log(2*math.Pi) + math.Log(0.6)
	if got := gaussNLL(draw(100_000), draw(100_000)); math.Abs(got-want) > 0.02 {
		t.Errorf("got %g, want the entropy %g", got, want)
	}
	line := engine.Points{0, 0, 1, 2, 2, 4, 3, 6}
	if got := gaussNLL(line, line); !math.IsNaN(got) {
		t.Errorf("points on a line: got %g, want NaN", got)
	}
}

// TestGain: a flow that hardly learned knows no more of a ring than a Gaussian, one
// that learned knows it better; a distribution that is no file has no such number.
func TestGain(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("trains for seconds")
	}
	s := Default()
	s.Data, s.Net, s.Batch, s.N = ringFile(t, 600), "32x2", 64, 300
	measured := func(iters int) float64 {
		s.Iters = iters
		sim, err := startTrain(s)
		if err != nil {
			t.Fatal(err)
		}
		defer sim.Close()
		for sim.Step() {
		}
		st, ok := sim.Frame(Look{Trip: 1}).Stat(GainKey)
		if !ok {
			t.Fatal("got no gain for a file")
		}
		return st.Value
	}
	if early := measured(5); !(early < 0.1) {
		t.Errorf("after 5 iterations: got a gain of %g, want none", early)
	}
	if late := measured(1500); !(late > 0.4) {
		t.Errorf("after 1,500 iterations: got a gain of %g, want more than 0.4", late)
	}
	s.Data, s.Iters = "2gaussians", 5
	sim, err := startTrain(s)
	if err != nil {
		t.Fatal(err)
	}
	defer sim.Close()
	if _, ok := sim.Frame(Look{Trip: 1}).Stat(GainKey); ok {
		t.Error("got a gain for a distribution, want it for files only")
	}
}
