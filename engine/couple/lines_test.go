package couple

import (
	"math"
	"testing"

	"fmlab/engine"
)

func TestCrossings(t *testing.T) {
	for _, c := range []struct {
		name   string
		x0, x1 engine.Points
		want   int
	}{
		{"no segment", nil, nil, 0},
		{"one segment", engine.Points{0, 0}, engine.Points{1, 1}, 0},
		{"an X", engine.Points{0, 0, 0, 1}, engine.Points{1, 1, 1, 0}, 1},
		{"an X, one way round", engine.Points{0, 0, 1, 0}, engine.Points{1, 1, 0, 1}, 1},
		{"parallel", engine.Points{0, 0, 0, 1}, engine.Points{1, 0, 1, 1}, 0},
		{"lines cross, segments do not", engine.Points{0, 0, 3, 1}, engine.Points{1, 0, 3, 2}, 0},
		{"a T touches", engine.Points{0, 0, 1, 0}, engine.Points{2, 0, 1, 1}, 0},
		{"a common end", engine.Points{0, 0, 0, 0}, engine.Points{1, 1, 1, 0}, 0},
		{"one in the other", engine.Points{0, 0, 1, 0}, engine.Points{3, 0, 2, 0}, 0},
		{"a star of three", engine.Points{-1, 0, 0, -1, -1, -2}, engine.Points{1, 0, 0, 1, 1, 1.5}, 3},
	} {
		if got := Crossings(c.x0, c.x1); got != c.want {
			t.Errorf("%s: got %d want %d", c.name, got, c.want)
		}
	}
}

// Chords of a circle cross when their ends alternate round it: two chords of four
// random places do so with probability 1/3. The count, of n(n−1)/2 = 19,900, has a
// standard deviation of 19,900 √(4 Var(h)/n) = 420, h = 2φ(1−φ) being the chance that
// a chord over the part φ of the circle crosses another, and Var h = 1/45: 5 of those
// are a false alarm of 6·10⁻⁷.
func TestCrossingsOfRandomChords(t *testing.T) {
	const n = 200
	rng := engine.NewRand(1, 3)
	ends := func() engine.Points {
		x := engine.NewPoints(n)
		for i := range n {
			s, c := math.Sincos(2 * math.Pi * rng.Float64())
			x.Set(i, c, s)
		}
		return x
	}
	got, want := Crossings(ends(), ends()), n*(n-1)/6.0
	if math.Abs(float64(got)-want) > 5*420 {
		t.Errorf("got %d crossings want %.0f", got, want)
	}
}

// Of the pairs (x0, x0 + c) it is ‖c‖², and of independent ones E‖x0‖² + E‖x1‖² less
// 2 E[x0]·E[x1].
func TestEnergy(t *testing.T) {
	if got := Energy(nil, nil); got != 0 {
		t.Errorf("of no pairs: got %g want 0", got)
	}
	if got := Energy(engine.Points{1, 2, 3, 4}, engine.Points{2, 4, 3, 5}); got != (1+4+0+1)/2.0 {
		t.Errorf("got %g want 3", got)
	}
	x0, x1 := draw(4000, 8, clouds[0].fill)
	// ‖x1 − x0‖² is 2χ²(2), of mean 4 and variance 16: 5 standard errors, 6·10⁻⁷.
	if got := Energy(x0, x1); math.Abs(got-4) > 5*4/math.Sqrt(4000) {
		t.Errorf("of two standard normals: got %g want 4", got)
	}
}

func TestPairs(t *testing.T) {
	const n, draws = 20, 4000
	p := Pairs{X0: engine.NewPoints(n), X1: engine.NewPoints(n)}
	for i := range n {
		p.X0.Set(i, float64(i), -1)
		p.X1.Set(i, float64(i)+0.5, 7)
	}
	if err := p.Check(); err != nil || p.Len() != n {
		t.Fatalf("got %v, n = %d want no error and %d", err, p.Len(), n)
	}
	x0, x1, seen := engine.NewPoints(draws), engine.NewPoints(draws), make([]int, n)
	p.Sample(x0, x1, engine.NewRand(2, 3))
	for i := range draws {
		if x1[2*i]-x0[2*i] != 0.5 || x0[2*i+1] != -1 || x1[2*i+1] != 7 {
			t.Fatalf("got (%v, %v) paired with (%v, %v), which is no row", x0[2*i], x0[2*i+1], x1[2*i], x1[2*i+1])
		}
		seen[int(x0[2*i])]++
	}
	for i, count := range seen { // 200 expected; 5 standard deviations, 6·10⁻⁷ for each of 20
		if math.Abs(float64(count)-draws/n) > 5*math.Sqrt(draws/n) {
			t.Errorf("row %d: got %d of %d draws want about %d", i, count, draws, draws/n)
		}
	}
	for _, bad := range []Pairs{{}, {X0: p.X0}, {X0: p.X0, X1: p.X1.Slice(0, 3)}} {
		if bad.Check() == nil {
			t.Errorf("%d and %d points: got no error, want one", bad.X0.Len(), bad.X1.Len())
		}
	}
}
