package metric

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"fmlab/engine"
)

// gaussians returns n standard normal points, moved by (dx, dy).
func gaussians(n int, seed uint64, dx, dy float64) engine.Points {
	p := engine.NewPoints(n)
	engine.Gaussian{}.Sample(p, engine.NewRand(seed, 0))
	for i := range n {
		x, y := p.At(i)
		p.Set(i, x+dx, y+dy)
	}
	return p
}

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: got %.15g want %.15g within %g", what, got, want, tol)
	}
}

// Reference numbers made with numpy and scipy in float64: testdata/metrics.json.
func TestReferenceNumbers(t *testing.T) {
	raw, err := os.ReadFile("testdata/metrics.json")
	if err != nil {
		t.Fatal(err)
	}
	var ref struct {
		X, Y     [][2]float64
		EnergyV  float64 `json:"energy_distance_squared_v"`
		EnergyU  float64 `json:"energy_distance_squared_u"`
		W2       float64 `json:"w2"`
		SlicedW2 float64 `json:"sliced_w2_64_even_angles"`
		MMD2     float64 `json:"mmd2_rbf_sigma1_v"`
	}
	if err := json.Unmarshal(raw, &ref); err != nil {
		t.Fatal(err)
	}
	flat := func(rows [][2]float64) (p engine.Points) {
		for _, r := range rows {
			p = append(p, r[0], r[1])
		}
		return p
	}
	want := map[string]float64{
		"energy_distance2_v": ref.EnergyV, "energy_distance2_u": ref.EnergyU,
		"sliced_w2": ref.SlicedW2, "w2": ref.W2, "mmd2": ref.MMD2,
	}
	for _, m := range All {
		w, ok := want[m.Name]
		if !ok || w == 0 {
			t.Fatalf("%s: got no reference number", m.Name)
		}
		near(t, m.Name, m.Of(flat(ref.X), flat(ref.Y)), w, 1e-10)
	}
}

// All but the U-statistic are 0 from a set to itself; all are symmetric, do not
// mind the order of points, and see a set that moves away as farther.
func TestAxioms(t *testing.T) {
	x, y := gaussians(150, 1, 0, 0), gaussians(150, 2, 0.5, 0)
	reversed := engine.NewPoints(x.Len())
	for i := range x.Len() {
		a, b := x.At(x.Len() - 1 - i)
		reversed.Set(i, a, b)
	}
	for _, m := range All {
		if m.Name != "energy_distance2_u" {
			near(t, m.Name+" to itself", m.Of(x, x), 0, 1e-13)
			near(t, m.Name+" to itself reversed", m.Of(x, reversed), 0, 1e-13)
		}
		near(t, m.Name+" swapped", m.Of(y, x), m.Of(x, y), 1e-13)
		near(t, m.Name+" reversed", m.Of(reversed, y), m.Of(x, y), 1e-13)
		last := m.Of(x, gaussians(150, 2, 0, 0))
		for _, d := range []float64{1, 2, 3} {
			far := m.Of(x, gaussians(150, 2, 0.6*d, 0.8*d))
			if !(far > last) {
				t.Errorf("%s: got %g at shift %g want more than %g nearer by", m.Name, far, d, last)
			}
			last = far
		}
	}
}

// V-statistics of a negative-definite and of a positive-definite kernel are
// squared norms: never below 0, for sets of any size.
func TestVStatisticsAreNotNegative(t *testing.T) {
	for seed := range uint64(200) {
		x, y := gaussians(1+int(seed%7), seed, 0, 0), gaussians(1+int(seed%11), seed+1000, 0, 0)
		if d := EnergyV(x, y); !(d >= -1e-14) {
			t.Errorf("seed %d: got EnergyV %g want 0 or more", seed, d)
		}
		if d := MMD2(x, y, 0.7); !(d >= -1e-14) {
			t.Errorf("seed %d: got MMD2 %g want 0 or more", seed, d)
		}
	}
}

// One point against one point, worked out by hand.
func TestOnePointEach(t *testing.T) {
	x, y := engine.Points{0, 0}, engine.Points{3, 4}
	near(t, "EnergyV", EnergyV(x, y), 10, 1e-14)
	near(t, "MMD2", MMD2(x, y, 5), 2-2*math.Exp(-0.5), 1e-14)
	near(t, "RMS", RMS(x, y), 5, 1e-14)
	w2, err := W2(x, y)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "W2", w2, 5, 1e-14)
	// The mean of cos² over 64 even angles is exactly a half.
	near(t, "SlicedW2", SlicedW2(x, y), 5/math.Sqrt2, 1e-14)
}

// The best transport of a translation is the translation: W2(x, x+a) = ‖a‖, and
// on lines its projections, so ‖a‖/√2 sliced.
func TestTranslation(t *testing.T) {
	const dx, dy = -0.3, 0.4
	x, moved := gaussians(200, 5, 0, 0), gaussians(200, 5, dx, dy)
	w2, err := W2(x, moved)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "W2", w2, 0.5, 1e-12)
	near(t, "SlicedW2", SlicedW2(x, moved), 0.5/math.Sqrt2, 1e-12)
	near(t, "RMS", RMS(x, moved), 0.5, 1e-12)
}

// A set and the same set with every point repeated are the same distribution, so
// a distance does not see the difference: the theorem that fixes unequal sizes.
func TestRepeatedPointsChangeNothing(t *testing.T) {
	repeat := func(p engine.Points, times int) (r engine.Points) {
		for range times {
			r = append(r, p...)
		}
		return r
	}
	x, y := gaussians(40, 6, 0, 0), gaussians(30, 7, 1, 0)
	for _, m := range All {
		if m.Name == "energy_distance2_u" || m.Name == "w2" { // not a distance of distributions; equal sizes only
			continue
		}
		near(t, m.Name, m.Of(repeat(x, 3), repeat(y, 4)), m.Of(x, y), 1e-12)
	}
	w2, err := W2(repeat(x, 3), repeat(y, 4))
	if err != nil {
		t.Fatal(err)
	}
	if s := SlicedW2(x, y); !(s <= w2) {
		t.Errorf("got sliced %g above exact %g want below: projections only shorten", s, w2)
	}
}

// The U-statistic is unbiased: its mean over 400 pairs of sets of one law lies
// within 4.5 standard errors of 0, which a right one misses once in 100,000 seeds.
// The V-statistic of the same pairs does not: its bias is E‖X−X′‖ (1/n + 1/m).
func TestBias(t *testing.T) {
	const repeats, n, m = 400, 20, 30
	var sumU, sumU2, sumV float64
	for r := range uint64(repeats) {
		x, y := gaussians(n, 2*r, 0, 0), gaussians(m, 2*r+1, 0, 0)
		u := EnergyU(x, y)
		sumU, sumU2, sumV = sumU+u, sumU2+u*u, sumV+EnergyV(x, y)
	}
	mean := sumU / repeats
	bound := 4.5 * math.Sqrt((sumU2/repeats-mean*mean)/repeats)
	near(t, "mean of EnergyU", mean, 0, bound)
	bias := math.Sqrt(math.Pi) * (1./n + 1./m) // E‖X−X′‖ = √π for N(0, I) in the plane
	near(t, "mean of EnergyV", sumV/repeats, bias, bound)
	if bias < 3*bound {
		t.Errorf("got bias %g against a bound %g: the test tells nothing", bias, bound)
	}
}

func TestNatureIsReported(t *testing.T) {
	x := gaussians(5, 8, 0, 0)
	for _, m := range All {
		for name, y := range map[string]engine.Points{"NaN": {math.NaN(), 0, 1, 1, 2, 2, 3, 3, 4, 4}, "no": nil} {
			if d := m.Of(x, y); !math.IsNaN(d) {
				t.Errorf("%s of %s points: got %g want NaN", m.Name, name, d)
			}
		}
	}
	for _, c := range []struct {
		y    engine.Points
		says string
	}{
		{gaussians(6, 9, 0, 0), "5 points against 6"},
		{engine.Points{0, 0, 1, 1, 2, 2, 1e200, 3, 4, 4}, "points 0 and 3"},
	} {
		if _, err := W2(x, c.y); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("W2: got error %v want one that says %q", err, c.says)
		}
	}
}

func ExampleEnergyV() {
	data := engine.Points{0, 0, 1, 0, 0, 1, 1, 1}
	fmt.Printf("itself    %.3f\n", EnergyV(data, data))
	fmt.Printf("collapsed %.3f\n", EnergyV(data, engine.Points{0.5, 0.5}))
	fmt.Printf("far away  %.3f\n", EnergyV(data, engine.Points{10, 0, 11, 0, 10, 1, 11, 1}))
	// Output:
	// itself    0.000
	// collapsed 0.561
	// far away  18.343
}

func BenchmarkAll(b *testing.B) {
	for _, m := range All {
		for _, n := range []int{500, 1000, 2000} {
			x, y := gaussians(n, 1, 0, 0), gaussians(n, 2, 0, 0)
			b.Run(fmt.Sprintf("%s/n=%d", m.Name, n), func(b *testing.B) {
				for b.Loop() {
					m.Of(x, y)
				}
			})
		}
	}
}
