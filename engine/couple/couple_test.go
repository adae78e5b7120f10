package couple

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"fmlab/engine"
)

// clouds are what noise is paired with: a Gaussian, and two narrow heaps, where
// many rows want the same columns.
var clouds = []struct {
	name string
	fill func(x engine.Points, seed uint64)
}{
	{"gaussian", func(x engine.Points, seed uint64) { engine.Gaussian{}.Sample(x, engine.NewRand(seed, 2)) }},
	{"heaps", func(x engine.Points, seed uint64) {
		engine.Gaussian{}.Sample(x, engine.NewRand(seed, 2))
		for i := range x.Len() {
			x.Set(i, float64(2*(i%2)-1)+0.2*x[2*i], 0.2*x[2*i+1])
		}
	}},
}

// draw returns n points of noise and n of a cloud.
func draw(n int, seed uint64, fill func(engine.Points, uint64)) (x0, x1 engine.Points) {
	x0, x1 = engine.NewPoints(n), engine.NewPoints(n)
	engine.Gaussian{}.Sample(x0, engine.NewRand(seed, 1))
	fill(x1, seed)
	return x0, x1
}

// arranged returns the rows of x in the order of a plan.
func arranged(x engine.Points, plan []int) engine.Points {
	y := engine.NewPoints(len(plan))
	for i, j := range plan {
		y[2*i], y[2*i+1] = x.At(j)
	}
	return y
}

func TestPairIsAPermutation(t *testing.T) {
	var w Work
	for _, c := range append(All, Coupling{}) {
		for _, n := range []int{0, 1, 2, 15, 16, 17, 300, 100} { // 100 after 300: in a used work space
			for _, cloud := range clouds {
				x0, x1 := draw(n, 1, cloud.fill)
				plan := make([]int, n)
				c.Pair(plan, x0, x1, &w)
				for want, got := range slices.Sorted(slices.Values(plan)) {
					if got != want {
						t.Fatalf("%s %s n=%d: got %v want a permutation", c.Name, cloud.name, n, plan)
					}
					if c.Name != OT.Name && plan[want] != want {
						t.Fatalf("%s n=%d: got %v want the rows as drawn", c.Name, n, plan)
					}
				}
			}
		}
	}
}

// What optimal transport is: of the pairs (x0, x1), no two gain by exchanging their
// ends, nor three in a ring (cyclic monotonicity); so that on their straight lines
// two are never nearer than √((1−t)²‖a‖² + t²‖b‖²), a and b apart at the ends; and
// the lines are no longer, in the mean square, than those of another pairing.
func TestOptimalTransport(t *testing.T) {
	const n = 120
	var w Work
	for _, cloud := range clouds {
		x0, x1 := draw(n, 3, cloud.fill)
		plan := make([]int, n)
		OT.Pair(plan, x0, x1, &w)
		best := arranged(x1, plan)
		if got, most := Crossings(x0, best), Crossings(x0, x1); !(got < most/5) {
			t.Errorf("%s: got %d crossings want far fewer than the %d of random pairs", cloud.name, got, most)
		}
		if got := nearest(x0, best); got < 1-1e-12 {
			t.Errorf("%s: got two pairs that pass at %g of the least distance", cloud.name, got)
		}
		if got := nearest(x0, x1); got > 0.5 {
			t.Errorf("%s: got random pairs that pass no nearer than %g of that distance", cloud.name, got)
		}
		if got, most := Energy(x0, best), Energy(x0, x1); !(got < most) {
			t.Errorf("%s: got energy %g want less than that of random pairs, %g", cloud.name, got, most)
		}
		at := func(i, j int) float64 {
			return math.Pow(x0[2*i]-best[2*j], 2) + math.Pow(x0[2*i+1]-best[2*j+1], 2)
		}
		for i := range n {
			for j := range n {
				if gain := at(i, i) + at(j, j) - at(i, j) - at(j, i); gain > 1e-12 {
					t.Fatalf("%s: got a gain of %g by exchanging the ends of %d and %d", cloud.name, gain, i, j)
				}
				k := (i + 7*j + 1) % n
				if gain := at(i, i) + at(j, j) + at(k, k) - at(i, j) - at(j, k) - at(k, i); gain > 1e-12 {
					t.Fatalf("%s: got a gain of %g by passing on the ends of %d, %d and %d", cloud.name, gain, i, j, k)
				}
			}
		}
	}
}

// nearest returns the least distance of two pairs on their straight lines, over the
// times 0.1 … 0.9, relative to √((1−t)²‖a‖² + t²‖b‖²).
func nearest(x0, x1 engine.Points) float64 {
	least := math.Inf(1)
	for i := range x0.Len() {
		for j := range i {
			ax, ay := x0[2*i]-x0[2*j], x0[2*i+1]-x0[2*j+1]
			bx, by := x1[2*i]-x1[2*j], x1[2*i+1]-x1[2*j+1]
			for t := 0.1; t < 0.95; t += 0.1 {
				s := 1 - t
				least = min(least, math.Hypot(s*ax+t*bx, s*ay+t*by)/math.Hypot(s*math.Hypot(ax, ay), t*math.Hypot(bx, by)))
			}
		}
	}
	return least
}

// The lines of optimal pairs may cross, at different times: the second point starts
// ahead and passes the crossing first.
func TestOptimalPairsMayCross(t *testing.T) {
	x0, x1 := engine.Points{0, 0, 0.5, -0.1}, engine.Points{2, 0, 2.5, 0.1}
	plan := make([]int, 2)
	OT.Pair(plan, x0, x1, new(Work))
	if !slices.Equal(plan, []int{0, 1}) || Crossings(x0, x1) != 1 {
		t.Errorf("got pairs %v and %d crossing want [0 1] and 1", plan, Crossings(x0, x1))
	}
}

// A translation is optimal (it is the gradient of a convex function): the plan
// finds each point's own image, at the energy of the way.
func TestTransportOfATranslation(t *testing.T) {
	const n = 100
	x0, _ := draw(n, 4, clouds[0].fill)
	x1, own := engine.NewPoints(n), engine.NewRand(5, 0).Perm(n)
	for i, j := range own {
		x1.Set(j, x0[2*i]+3, x0[2*i+1]-4)
	}
	plan := make([]int, n)
	OT.Pair(plan, x0, x1, new(Work))
	if !slices.Equal(plan, own) {
		t.Errorf("got %v want each point's own image %v", plan, own)
	}
	if got := Energy(x0, arranged(x1, plan)); math.Abs(got-25) > 1e-12 {
		t.Errorf("got energy %.15g want 3² + 4² = 25", got)
	}
}

// Reference numbers made with scipy in float64.
func TestReferenceTransport(t *testing.T) {
	var ref struct {
		X, Y   [][]float64
		Energy float64
	}
	data, err := os.ReadFile("testdata/plane.json")
	if err == nil {
		err = json.Unmarshal(data, &ref)
	}
	if err != nil {
		t.Fatal(err)
	}
	x, y, plan := engine.Points(slices.Concat(ref.X...)), engine.Points(slices.Concat(ref.Y...)), make([]int, len(ref.X))
	OT.Pair(plan, x, y, new(Work))
	if got := Energy(x, arranged(y, plan)); math.Abs(got-ref.Energy) > 1e-13 {
		t.Errorf("got energy %.16g want %.16g", got, ref.Energy)
	}
}

func TestPairAllocatesNothing(t *testing.T) {
	var w Work
	x0, x1 := draw(100, 6, clouds[0].fill)
	plan := make([]int, 100)
	for _, c := range All {
		c.Pair(plan, x0, x1, &w)
		if got := testing.AllocsPerRun(10, func() { c.Pair(plan, x0, x1, &w) }); got != 0 {
			t.Errorf("%s: got %g allocations in a used work space, want 0", c.Name, got)
		}
	}
}

func TestGet(t *testing.T) {
	for _, c := range All {
		if got, err := Get(c.Name); err != nil || got.Title != c.Title {
			t.Errorf("Get(%q): got %q, %v want %q", c.Name, got.Title, err, c.Title)
		}
	}
	want := `coupling "sinkhorn": want one of independent, ot`
	if _, err := Get("sinkhorn"); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v want an error with %q", err, want)
	}
}

// Optimal pairs do not cross, and their way is shorter.
func ExampleCoupling_Pair() {
	x0 := engine.Points{0, 0, 0, 1}
	x1 := engine.Points{2, 1, 2, 0}
	plan := make([]int, 2)
	for _, c := range All {
		c.Pair(plan, x0, x1, new(Work))
		ends := engine.Points{x1[2*plan[0]], x1[2*plan[0]+1], x1[2*plan[1]], x1[2*plan[1]+1]}
		fmt.Printf("%s: %d crossing, energy %g\n", c.Name, Crossings(x0, ends), Energy(x0, ends))
	}
	// Output:
	// independent: 1 crossing, energy 5
	// ot: 0 crossing, energy 4
}

func BenchmarkPair(b *testing.B) {
	for _, cloud := range clouds {
		for _, n := range []int{256, 512, 2048} {
			b.Run(fmt.Sprintf("%s/n=%d", cloud.name, n), func(b *testing.B) {
				var w Work
				x0, x1 := draw(n, 7, cloud.fill)
				plan := make([]int, n)
				for b.Loop() {
					OT.Pair(plan, x0, x1, &w)
				}
			})
		}
	}
}
