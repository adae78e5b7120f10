package couple

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"fmlab/engine"
)

// kinds are families of costs: generic, with many ties, of either sign and very
// different sizes, and the squared distances that the lab assigns.
var kinds = []struct {
	name string
	fill func(cost []float64, n int, rng *rand.Rand)
}{
	{"uniform", func(cost []float64, n int, rng *rand.Rand) {
		for k := range cost {
			cost[k] = rng.Float64()
		}
	}},
	{"ties", func(cost []float64, n int, rng *rand.Rand) {
		for k := range cost {
			cost[k] = float64(rng.IntN(3))
		}
	}},
	{"wide", func(cost []float64, n int, rng *rand.Rand) {
		for k := range cost {
			cost[k] = rng.NormFloat64() * math.Exp(5*rng.NormFloat64())
		}
	}},
	{"product", func(cost []float64, n int, rng *rand.Rand) { // the classic hard case
		for k := range cost {
			cost[k] = float64((k/n + 1) * (k%n + 1))
		}
	}},
	{"plane", func(cost []float64, n int, rng *rand.Rand) {
		x, y := engine.NewPoints(n), engine.NewPoints(n)
		engine.Gaussian{}.Sample(x, rng)
		engine.Gaussian{}.Sample(y, rng)
		for k := range cost {
			dx, dy := x[2*(k/n)]-y[2*(k%n)], x[2*(k/n)+1]-y[2*(k%n)+1]
			cost[k] = dx*dx + dy*dy
		}
	}},
}

func TestAgainstEveryPermutation(t *testing.T) {
	rng := engine.NewRand(1, 0)
	for _, kind := range kinds {
		for n := range 8 {
			for range 20 {
				cost, dst := make([]float64, n*n), make([]int, n)
				kind.fill(cost, n, rng)
				got := Assign(dst, cost, n)
				want := cheapest(cost, n, 0, make([]bool, n))
				if math.Abs(got-want) > 1e-12*math.Max(1, math.Abs(want)) {
					t.Fatalf("%s n=%d: got total %v want %v for costs %v", kind.name, n, got, want, cost)
				}
				checkPermutation(t, dst, cost, n, got)
			}
		}
	}
}

// cheapest tries every permutation of the rows from i on.
func cheapest(cost []float64, n, i int, taken []bool) float64 {
	if i == n {
		return 0
	}
	best := math.Inf(1)
	for j := range n {
		if !taken[j] {
			taken[j] = true
			best = min(best, cost[i*n+j]+cheapest(cost, n, i+1, taken))
			taken[j] = false
		}
	}
	return best
}

func checkPermutation(t *testing.T, dst []int, cost []float64, n int, total float64) {
	t.Helper()
	sum := 0.0
	for i, j := range dst {
		sum += cost[i*n+j]
	}
	if sum != total {
		t.Fatalf("n=%d: got total %v want the sum over the pairs %v", n, total, sum)
	}
	sorted := slices.Sorted(slices.Values(dst))
	for j := range sorted {
		if sorted[j] != j {
			t.Fatalf("n=%d: got %v want a permutation", n, dst)
		}
	}
}

// Weak duality: if no reduced cost is below 0, every pairing costs at least
// Σ u + Σ v. So prices that are feasible and sum to the total prove it least.
func TestPricesProveTheOptimum(t *testing.T) {
	rng := engine.NewRand(2, 0)
	var s Solver
	for _, kind := range kinds {
		for _, n := range []int{1, 2, 17, 300, 100} { // 100 after 300: in a used work space
			cost, dst := make([]float64, n*n), make([]int, n)
			kind.fill(cost, n, rng)
			total := s.Assign(dst, cost, n)
			checkPermutation(t, dst, cost, n, total)

			scale, dual, largest := 0.0, 0.0, 0.0
			for i := range n {
				scale += math.Abs(cost[i*n+dst[i]])
				dual += s.u[i] + s.v[i]
			}
			if gap := math.Abs(total - dual); gap > 1e-9*scale {
				t.Errorf("%s n=%d: got duality gap %g want at most 1e-9 of %g", kind.name, n, gap, scale)
			}
			for _, c := range cost {
				largest = max(largest, math.Abs(c))
			}
			for k, c := range cost { // prices are sums of costs, and round as the largest does
				if r := c - s.u[k/n] - s.v[k%n]; r < -1e-14*largest {
					t.Fatalf("%s n=%d: got reduced cost %g at row %d, column %d, want 0 or more", kind.name, n, r, k/n, k%n)
				}
			}
		}
	}
}

// Adding a number to a row or a column changes the total by it and no pairing.
func TestShiftsOfRowsAndColumns(t *testing.T) {
	const n = 60
	rng := engine.NewRand(3, 0)
	cost, a, b := make([]float64, n*n), make([]int, n), make([]int, n)
	kinds[0].fill(cost, n, rng)
	before := Assign(a, cost, n)
	for k := range cost {
		cost[k] += float64(k/n) - 3*float64(k%n)
	}
	after := Assign(b, cost, n)
	if want := before + (1-3)*n*(n-1)/2; math.Abs(after-want) > 1e-9 {
		t.Errorf("got total %v after the shifts, want %v", after, want)
	}
	if !slices.Equal(a, b) {
		t.Errorf("got pairs %v after the shifts, want %v", b, a)
	}
}

func TestWorkspaceIsReused(t *testing.T) {
	const n = 50
	cost, dst := make([]float64, n*n), make([]int, n)
	kinds[0].fill(cost, n, engine.NewRand(4, 0))
	var s Solver
	s.Assign(dst, cost, n)
	if got := testing.AllocsPerRun(10, func() { s.Assign(dst, cost, n) }); got != 0 {
		t.Errorf("got %v allocations in a used work space, want 0", got)
	}
}

func TestMisusePanics(t *testing.T) {
	for name, call := range map[string]func(){
		"short cost": func() { Assign(make([]int, 2), make([]float64, 3), 2) },
		"short dst":  func() { Assign(make([]int, 1), make([]float64, 4), 2) },
		"NaN":        func() { Assign(make([]int, 1), []float64{math.NaN()}, 1) },
		"infinity":   func() { Assign(make([]int, 1), []float64{math.Inf(1)}, 1) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: got no panic, want one", name)
				}
			}()
			call()
		}()
	}
}

func ExampleAssign() {
	cost := []float64{
		4, 1, 3,
		2, 0, 5,
		3, 2, 2,
	}
	column := make([]int, 3)
	total := Assign(column, cost, 3)
	fmt.Println(total, column)
	// Output: 5 [1 0 2]
}

func BenchmarkAssign(b *testing.B) {
	for _, n := range []int{256, 500, 2000} {
		for _, kind := range kinds {
			b.Run(fmt.Sprintf("%s/n=%d", kind.name, n), func(b *testing.B) {
				cost, dst := make([]float64, n*n), make([]int, n)
				kind.fill(cost, n, engine.NewRand(5, 0))
				var s Solver
				for b.Loop() {
					s.Assign(dst, cost, n)
				}
			})
		}
	}
}
