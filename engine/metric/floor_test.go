package metric

import (
	"math"
	"testing"

	"fmlab/engine"
)

func TestQuantile(t *testing.T) {
	s := []float64{1, 2, 4, 8, 16}
	for _, c := range []struct{ q, want float64 }{{0, 1}, {0.5, 4}, {0.625, 6}, {0.95, 14.4}, {1, 16}} {
		near(t, "quantile", quantile(s, c.q), c.want, 1e-14)
	}
	near(t, "quantile of one", quantile(s[:1], 0.95), 1, 0)
}

// In pieces or at once, a floor is the same bits; it is NaN before the first pair.
func TestFloorInPieces(t *testing.T) {
	const n, pairs = 50, 7
	run := NewFloor(EnergyV, engine.Gaussian{}, n, pairs, engine.NewRand(1, 0))
	if f := run.Floor(); !math.IsNaN(f.Median) || !math.IsNaN(f.Q95) {
		t.Errorf("got %v before the first pair, want NaN", f)
	}
	steps := 0
	for run.Step() {
		steps++
		if f := run.Floor(); !(f.Median > 0 && f.Q95 >= f.Median) {
			t.Errorf("got %+v after %d pairs want 0 < median ≤ q95", f, steps)
		}
	}
	if steps != pairs || run.Step() {
		t.Errorf("got %d steps want %d and then none", steps, pairs)
	}
	if got, want := run.Floor(), FloorOf(EnergyV, engine.Gaussian{}, n, pairs, engine.NewRand(1, 0)); got != want {
		t.Errorf("got %+v in pieces want %+v", got, want)
	}
}

// The squared V-statistic of a perfect sampler has mean √π (1/n + 1/n) for the
// standard normal, and its median is a little below.
func TestFloorOfEnergy(t *testing.T) {
	const n = 40
	f := FloorOf(EnergyV, engine.Gaussian{}, n, 500, engine.NewRand(2, 0))
	mean := math.Sqrt(math.Pi) * 2 / n
	if !(f.Median > 0.7*mean && f.Median < mean && f.Q95 > mean && f.Q95 < 2.5*mean) {
		t.Errorf("got %+v want a median a little below the mean %g and a quantile above", f, mean)
	}
}

// Of fresh pairs of one law a twentieth score above the 95 % quantile of a floor.
// Of 1,000 that is 50 ± 9.7, the error of a quantile of 1,000 pairs included, so
// that 10 to 90 fails once in 25,000 seeds for each metric. A sampler that is off
// by one and a half standard deviations scores above it: 10,000 times of 10,000.
func TestFloorTellsPerfectFromShifted(t *testing.T) {
	const n = 50
	for _, m := range All {
		f := FloorOf(m.Of, engine.Gaussian{}, n, 1000, engine.NewRand(2, 0))
		above := 0
		for seed := range uint64(1000) {
			if m.Of(gaussians(n, 5000+2*seed, 0, 0), gaussians(n, 5001+2*seed, 0, 0)) > f.Q95 {
				above++
			}
		}
		if above < 10 || above > 90 {
			t.Errorf("%s: got %d of 1000 fresh pairs above the 95 %% quantile, want about 50", m.Name, above)
		}
		for seed := range uint64(20) {
			if d := m.Of(gaussians(n, 9000+2*seed, 1.2, -0.9), gaussians(n, 9001+2*seed, 0, 0)); !(d > f.Q95) {
				t.Errorf("%s, seed %d: got %g for a shifted sampler want above the floor %+v", m.Name, seed, d, f)
			}
		}
	}
}

// The halves of a split share no point and leave the set they came from alone.
func TestSplitHalvesAreDisjoint(t *testing.T) {
	for _, n := range []int{2, 3, 10, 11} {
		held := engine.NewPoints(n)
		for i := range n {
			held.Set(i, float64(i), -float64(i))
		}
		before := held.Clone()
		pairs := 0
		disjoint := func(x, y engine.Points) float64 {
			pairs++
			seen := map[float64]bool{}
			for i := range x.Len() {
				seen[x[2*i]] = true
				seen[y[2*i]] = true
				if x[2*i] != -x[2*i+1] || y[2*i] != -y[2*i+1] {
					t.Fatalf("n=%d: got torn points %v %v", n, x, y)
				}
			}
			if x.Len() != n/2 || y.Len() != n/2 || len(seen) != 2*(n/2) {
				t.Fatalf("n=%d: got halves %v and %v want %d different points each", n, x, y, n/2)
			}
			return x[0]
		}
		f := FloorOfSplit(disjoint, held, 20, engine.NewRand(3, 0))
		if pairs != 20 || f.Median == f.Q95 && n > 3 {
			t.Errorf("n=%d: got %d pairs and %+v want 20 different ones", n, pairs, f)
		}
		for i := range held {
			if held[i] != before[i] {
				t.Fatalf("n=%d: got the held-back set changed", n)
			}
		}
	}
}
