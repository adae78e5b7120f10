package density

import (
	"fmt"
	"math"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/field"
	"fmlab/engine/nn"
	"fmlab/engine/path"
)

// corners are the four sign vectors of the plane: as often each as the others.
var corners = [4][2]float64{{1, 1}, {1, -1}, {-1, 1}, {-1, -1}}

// everywhere is n times the same direction.
func everywhere(e [2]float64, n int) engine.Points {
	p := engine.NewPoints(n)
	for i := range n {
		p.Set(i, e[0], e[1])
	}
	return p
}

// flows are one that can be probed and one that is differentiated by differences.
func flows(t *testing.T, p path.Path) map[string]engine.Flow {
	t.Helper()
	m, _, _ := likelihood(t)
	net, err := nn.New(nn.Config{Hidden: []int{16, 16}, Act: "tanh"}, engine.NewRand(3, 1))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]engine.Flow{"exact": exact.New(m, p)}
	for _, kind := range path.Trainable {
		all["learned "+kind.Name] = &field.Learned{Net: net, Kind: kind, Path: p}
	}
	for name, f := range all {
		if _, ok := f.(Prober); ok == (name == "exact") {
			t.Fatalf("%s: probed: %v: the test does not see both ways", name, ok)
		}
	}
	return all
}

// Over the four sign vectors the mean of e·(∂v/∂z) e is the divergence: the terms
// off the diagonal change sign and go.
func TestMeanOverSignsIsTheDivergence(t *testing.T) {
	_, x, _ := likelihood(t)
	n := x.Len()
	for _, p := range path.All {
		for name, f := range flows(t, p) {
			for _, at := range []float64{0, 0.3, 0.7, 0.95} {
				want, mean, one := make([]float64, n), make([]float64, n), make([]float64, n)
				f.Divergence(want, x, at)
				for _, e := range corners {
					Hutchinson(one, f, x, everywhere(e, n), at)
					for i := range mean {
						mean[i] += one[i] / 4
					}
				}
				for i := range mean {
					if !(math.Abs(mean[i]-want[i]) <= 2e-8*(1+math.Abs(want[i]))) {
						t.Errorf("%s, %s at t = %g [%d]: got %.12g want %.12g", p.Name, name, at, i, mean[i], want[i])
					}
				}
			}
		}
	}
}

// The trajectory does not see the direction, so that the mean of the four estimates
// of a log density is the log density; each by itself is off.
func TestMeanOverSignsIsTheLogDensity(t *testing.T) {
	_, x, _ := likelihood(t)
	n := x.Len()
	for name, f := range flows(t, path.All[0]) {
		if name != "exact" && name != "learned velocity" {
			continue // whose velocity at t = 1 is not that of a marginal
		}
		_, want := back(t, f, x, whole(1e-8))
		mean, off := make([]float64, n), 0.0
		for _, e := range corners {
			o := whole(1e-8)
			o.Signs = everywhere(e, n)
			_, got := back(t, f, x, o)
			for i := range mean {
				mean[i] += got[i] / 4
				off = max(off, math.Abs(got[i]-want[i]))
			}
		}
		compare(t, name+": mean over the signs", mean, want, 1e-6)
		if !(off > 1e-3) {
			t.Errorf("%s: got estimates within %g of the truth want an estimate to be off", name, off)
		}
	}
}

func TestSigns(t *testing.T) {
	e := engine.NewPoints(2000)
	Signs(e, engine.NewRand(1, 1))
	seen := map[string]int{}
	for i := range e.Len() {
		x, y := e.At(i)
		seen[fmt.Sprint(x, " ", y)]++
	}
	if len(seen) != 4 {
		t.Fatalf("got %v want four sign vectors", seen)
	}
	for name, n := range seen {
		if !(math.Abs(float64(n)-500) < 100) { // 5 standard deviations: false alarm one in a million
			t.Errorf("%s: got %d of 2000 want about 500", name, n)
		}
	}
}
