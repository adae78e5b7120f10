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
	Cloud{Points: p}.Sample(draws, engine.NewRand(1, 1))
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
		train, held := Hold(Cloud{Points: p}, engine.NewRand(1, 1))
		if want := max(1, n/4); held.Points.Len() != want || train.Points.Len() != n-want {
			t.Errorf("%d points: got %d and %d want %d and %d", n, train.Points.Len(), held.Points.Len(), n-want, want)
		}
		var seen []float64
		for _, part := range []engine.Points{train.Points, held.Points} {
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
		again, _ := Hold(Cloud{Points: p}, engine.NewRand(1, 1))
		if other, _ := Hold(Cloud{Points: p}, engine.NewRand(2, 1)); fmt.Sprint(again) != fmt.Sprint(train) || n == 100 && fmt.Sprint(other) == fmt.Sprint(train) {
			t.Errorf("%d points: the seed does not decide the split", n)
		}
	}
}

// labelled returns n points whose label can be read off them.
func labelled(n, classes int) Cloud {
	c := Cloud{Points: engine.NewPoints(n)}
	for i := range n {
		c.Points.Set(i, float64(i), float64(i%classes))
		c.Labels = append(c.Labels, i%classes)
	}
	return c
}

// The labelled draws are the draws of Sample to the bit, each with its row's label.
func TestCloudLabels(t *testing.T) {
	c := labelled(30, 3)
	want, got, labels := engine.NewPoints(500), engine.NewPoints(500), make([]int, 500)
	c.Sample(want, engine.NewRand(1, 1))
	c.SampleLabelled(got, labels, engine.NewRand(1, 1))
	if !slices.Equal(got, want) {
		t.Error("got other draws than those of Sample")
	}
	for i, label := range labels {
		if float64(label) != got[2*i+1] {
			t.Fatalf("draw %d: got label %d want %g", i, label, got[2*i+1])
		}
	}
	Cloud{Points: c.Points}.SampleLabelled(got, labels, engine.NewRand(1, 1))
	if !slices.Equal(got, want) || slices.Max(labels) != -1 || slices.Min(labels) != -1 {
		t.Errorf("without labels: got other draws, or labels other than -1: %v", labels[:9])
	}
	m := c.Slice(3, 9).Mixture()
	if err := m.Validate(); err != nil || m.Classes() != 3 || m.Means.Len() != 6 || m.Means[0] != 3 || math.Abs(m.Share(1)-1./3) > 1e-15 {
		t.Errorf("mixture of 6 rows: got %v, %+v", err, m)
	}
}

// Labels stay with their rows, and the first of the rows to train on know every
// class, however rare.
func TestHoldKeepsLabels(t *testing.T) {
	c := labelled(400, 4)
	for i := range 398 { // classes 4 and 5 have a row each
		c.Points[2*i+1], c.Labels[i] = float64(i%4), i%4
	}
	for i := 398; i < 400; i++ {
		c.Points[2*i+1], c.Labels[i] = float64(i-394), i-394
	}
	for seed := range uint64(20) {
		train, held := Hold(c, engine.NewRand(seed, 1))
		if train.Points.Len() != 300 || len(train.Labels) != 300 || held.Points.Len() != 100 || len(held.Labels) != 100 {
			t.Fatalf("got %d rows with %d labels, %d with %d held back", train.Points.Len(), len(train.Labels), held.Points.Len(), len(held.Labels))
		}
		var seen []float64
		for _, part := range []Cloud{train, held} {
			for i, label := range part.Labels {
				x, y := part.Points.At(i)
				if y != float64(label) {
					t.Fatalf("row %g: got label %d want %g", x, label, y)
				}
				seen = append(seen, x)
			}
		}
		slices.Sort(seen)
		if len(slices.Compact(seen)) != 400 {
			t.Fatal("got rows twice")
		}
		first := slices.Sorted(slices.Values(train.Labels[:6]))
		if !slices.Equal(first, []int{0, 1, 2, 3, 4, 5}) {
			t.Errorf("seed %d: got %v as the first classes want each once", seed, first)
		}
	}
}
