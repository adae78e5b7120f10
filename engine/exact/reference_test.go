package exact

import (
	"encoding/json"
	"os"
	"testing"

	"fmlab/engine"
	"fmlab/engine/path"
)

// Reference numbers made with numpy/scipy/torch in float64. Divergences there are
// central differences, good to about 1e-7.
func TestReferenceNumbers(t *testing.T) {
	for _, file := range []string{"exact_mixture", "exact_points"} {
		t.Run(file, func(t *testing.T) { checkReference(t, "testdata/"+file+".json") })
	}
}

type reference struct {
	Mixture *struct {
		Weights []float64
		Means   [][2]float64
		Covs    [][2][2]float64
	}
	Data [][2]float64
	Rows []struct {
		Path                        string
		T                           float64
		Points, Velocity, X1, Score [][2]float64
		Logp, Divergence            []float64
	}
}

func (r *reference) mixture() *Mixture {
	if r.Mixture == nil {
		return Points(flat(r.Data))
	}
	m := &Mixture{Weights: r.Mixture.Weights, Means: flat(r.Mixture.Means)}
	for _, c := range r.Mixture.Covs {
		m.Covs = append(m.Covs, [3]float64{c[0][0], c[0][1], c[1][1]})
	}
	return m
}

func flat(rows [][2]float64) (p engine.Points) {
	for _, r := range rows {
		p = append(p, r[0], r[1])
	}
	return p
}

func checkReference(t *testing.T, file string) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var ref reference
	if err := json.Unmarshal(text, &ref); err != nil {
		t.Fatal(err)
	}
	m := ref.mixture()
	if err := m.Validate(); err != nil {
		t.Fatal(err)
	}
	if len(ref.Rows) != 28 {
		t.Fatalf("got %d rows want 28", len(ref.Rows))
	}
	for _, row := range ref.Rows {
		p, err := path.Parse(row.Path)
		if err != nil {
			t.Fatal(err)
		}
		g, z := New(m, p), flat(row.Points)
		compare := func(name string, got, want []float64, tol float64) {
			t.Helper()
			if len(want) != len(got) {
				t.Fatalf("%s %s: got %d numbers want %d", row.Path, name, len(got), len(want))
			}
			for i := range want {
				if !near(got[i], want[i], tol) {
					t.Errorf("%s t=%g %s[%d]: got %.12g want %.12g", row.Path, row.T, name, i, got[i], want[i])
				}
			}
		}
		dst, num := engine.NewPoints(z.Len()), make([]float64, z.Len())
		g.Velocity(dst, z, row.T)
		compare("velocity", dst, flat(row.Velocity), 1e-10)
		g.Data(dst, z, row.T)
		compare("x1", dst, flat(row.X1), 1e-10)
		g.Score(dst, z, row.T)
		compare("score", dst, flat(row.Score), 1e-10)
		g.LogDensity(num, z, row.T)
		compare("logp", num, row.Logp, 1e-10)
		if row.Divergence != nil {
			g.Divergence(num, z, row.T)
			compare("divergence", num, row.Divergence, 1e-6)
		}
	}
}
