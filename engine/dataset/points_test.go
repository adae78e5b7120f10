package dataset

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
)

func TestStandardise(t *testing.T) {
	p := engine.NewPoints(500)
	engine.Gaussian{}.Sample(p, engine.NewRand(1, 1))
	for i := range p {
		p[i] = 1e6*float64(1+i%2) + 1e-3*p[i] // far from the origin, close together
	}
	std, shift, scale, err := Standardise(p)
	if err != nil {
		t.Fatal(err)
	}
	m := exact.Points(std)
	mean, cov := m.Mean(), m.Cov()
	if math.Hypot(mean[0], mean[1]) > 1e-6 || math.Abs(cov[0]+cov[2]-2) > 1e-6 {
		t.Errorf("got mean %v and variances %g, %g want 0 and a mean of 1", mean, cov[0], cov[2])
	}
	for i := range p {
		if back := shift[i%2] + scale*std[i]; math.Abs(back-p[i]) > 1e-9 {
			t.Errorf("round trip: got %.12g want %.12g", back, p[i])
		}
	}
}

func TestStandardiseRefuses(t *testing.T) {
	for name, p := range map[string]engine.Points{
		"none":     {},
		"one":      {1, 2},
		"the same": {1, 2, 1, 2},
		"too wide": {1e308, 0, -1e308, 0},
	} {
		if _, _, _, err := Standardise(p); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}

func TestCloud(t *testing.T) {
	p := engine.Points{1, 10, 2, 20, 3, 30}
	draws := engine.NewPoints(3000)
	Cloud(p).Sample(draws, engine.NewRand(1, 1))
	count := map[float64]int{}
	for i := range draws.Len() {
		x, y := draws.At(i)
		if y != 10*x {
			t.Fatalf("draw %d: got (%g, %g) want a row of the cloud", i, x, y)
		}
		count[x]++
	}
	for _, x := range []float64{1, 2, 3} {
		if n := count[x]; math.Abs(float64(n)-1000) > 4*math.Sqrt(1000*2/3.) {
			t.Errorf("row %g: got %d draws want about 1000", x, n)
		}
	}
}

func TestHold(t *testing.T) {
	for _, n := range []int{2, 3, 4, 7, 100} {
		p := engine.NewPoints(n)
		for i := range n {
			p.Set(i, float64(i), -float64(i))
		}
		train, held := Hold(p, engine.NewRand(1, 1))
		if want := max(1, n/4); held.Len() != want || train.Len() != n-want {
			t.Errorf("%d points: got %d and %d want %d and %d", n, train.Len(), held.Len(), n-want, want)
		}
		var seen []float64
		for _, part := range []engine.Points{train, held} {
			for i := range part.Len() {
				x, y := part.At(i)
				if y != -x {
					t.Errorf("got (%g, %g) want a row of the set", x, y)
				}
				seen = append(seen, x)
			}
		}
		slices.Sort(seen)
		for i, x := range seen {
			if x != float64(i) {
				t.Fatalf("%d points: got %v want every row once", n, seen)
			}
		}
		again, _ := Hold(p, engine.NewRand(1, 1))
		if other, _ := Hold(p, engine.NewRand(2, 1)); fmt.Sprint(again) != fmt.Sprint(train) || n == 100 && fmt.Sprint(other) == fmt.Sprint(train) {
			t.Errorf("%d points: the seed does not decide the split", n)
		}
	}
}
