package ode

import (
	"math"
	"strings"
	"testing"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: got %.17g want %.17g within %g", what, got, want, tol)
	}
}

// tableaus are the methods that a tableau describes, which need no path.
func tableaus() (ms []Method) {
	for _, m := range All {
		if !m.NeedsPath() {
			ms = append(ms, m)
		}
	}
	return ms
}

func TestTableausSum(t *testing.T) {
	for _, m := range tableaus() {
		if len(m.A) != len(m.B) || len(m.C) != len(m.B) || m.Adaptive() && len(m.E) != len(m.B) {
			t.Fatalf("%s: got rows of A, B, C, E %d, %d, %d, %d want one size", m.Name, len(m.A), len(m.B), len(m.C), len(m.E))
		}
		for i, row := range m.A {
			if len(row) != i {
				t.Errorf("%s: got %d numbers in row %d of A want %d: explicit methods only", m.Name, len(row), i, i)
			}
			near(t, m.Name+" row of A against c", sum(row), m.C[i], 1e-15*(1+sumAbs(row)))
		}
		near(t, m.Name+" Σ b", sum(m.B), 1, 1e-15)
		near(t, m.Name+" Σ e", sum(m.E), 0, 1e-15)
	}
}

func sum(v []float64) (s float64) {
	for _, x := range v {
		s += x
	}
	return s
}

func sumAbs(v []float64) (s float64) {
	for _, x := range v {
		s += math.Abs(x)
	}
	return s
}

// tree is a rooted tree, the list of its branches. A method has order p when
// Σ_i b_i Φ_i(τ) = 1/γ(τ) for every tree τ of up to p nodes (Hairer, Nørsett,
// Wanner, theorem II.2.13).
type tree []tree

func (τ tree) nodes() int {
	n := 1
	for _, b := range τ {
		n += b.nodes()
	}
	return n
}

// gamma is γ(τ), the product of the sizes of all its subtrees.
func (τ tree) gamma() float64 {
	g := float64(τ.nodes())
	for _, b := range τ {
		g *= b.gamma()
	}
	return g
}

// weight is Φ_i(τ) = Π over branches β of Σ_j a_ij Φ_j(β).
func (τ tree) weight(m Method, i int) float64 {
	w := 1.0
	for _, b := range τ {
		s := 0.0
		for j, a := range m.A[i] {
			s += a * b.weight(m, j)
		}
		w *= s
	}
	return w
}

// forests returns every multiset of trees with n nodes in all, no tree being
// larger in the order of enumeration than the one before.
func forests(n int, trees []tree) (fs []tree) {
	if n == 0 {
		return []tree{{}}
	}
	for k, b := range trees {
		if b.nodes() <= n {
			for _, rest := range forests(n-b.nodes(), trees[:k+1]) {
				fs = append(fs, append(tree{b}, rest...))
			}
		}
	}
	return fs
}

// treesTo returns every rooted tree of up to n nodes.
func treesTo(n int) (trees []tree) {
	for size := 1; size <= n; size++ {
		trees = append(trees, forests(size-1, trees)...)
	}
	return trees
}

func TestOrderConditions(t *testing.T) {
	trees := treesTo(6)
	if len(trees) != 1+1+2+4+9+20 {
		t.Fatalf("got %d trees of up to 6 nodes want 37", len(trees))
	}
	for _, m := range tableaus() {
		met := defect(m, m.B, trees, m.Order)
		if met > 1e-14 {
			t.Errorf("%s: got a defect of %g in the conditions of order %d want 0", m.Name, met, m.Order)
		}
		if next := defect(m, m.B, trees, m.Order+1); next < 1e-4 {
			t.Errorf("%s: got the conditions of order %d met too, to %g", m.Name, m.Order+1, next)
		}
		if !m.Adaptive() {
			continue
		}
		embedded := make([]float64, len(m.B))
		for i := range embedded {
			embedded[i] = m.B[i] - m.E[i]
		}
		if met := defect(m, embedded, trees, m.Order-1); met > 1e-14 {
			t.Errorf("%s: got a defect of %g in order %d of the embedded method want 0", m.Name, met, m.Order-1)
		}
		if next := defect(m, embedded, trees, m.Order); next < 1e-4 {
			t.Errorf("%s: got an embedded method of order %d too, to %g: it estimates nothing", m.Name, m.Order, next)
		}
	}
}

// defect is the largest |Σ b_i Φ_i(τ) − 1/γ(τ)| over trees of up to order nodes.
func defect(m Method, b []float64, trees []tree, order int) (worst float64) {
	for _, τ := range trees {
		if τ.nodes() > order {
			continue
		}
		s := 0.0
		for i := range b {
			s += b[i] * τ.weight(m, i)
		}
		worst = max(worst, math.Abs(s-1/τ.gamma()))
	}
	return worst
}

func TestCosts(t *testing.T) {
	for _, c := range []struct {
		name          string
		stages        int
		adaptive, fsl bool
	}{
		{"euler", 1, false, false}, {"midpoint", 2, false, false}, {"heun", 2, false, false},
		{"rk4", 4, false, false}, {"dopri5", 6, true, true},
		{"dpm1", 1, false, false}, {"dpm2", 2, false, false}, {"dpm++2m", 1, false, false}, {"sde", 1, false, false},
	} {
		m, err := Get(c.name)
		if err != nil {
			t.Fatal(err)
		}
		if m.Stages() != c.stages || m.Adaptive() != c.adaptive || m.FSAL() != c.fsl {
			t.Errorf("%s: got stages %d, adaptive %v, FSAL %v want %+v", c.name, m.Stages(), m.Adaptive(), m.FSAL(), c)
		}
		for _, nfe := range []int{0, 1, 11, 12, 13} {
			if got, want := StepsFor(m, nfe), nfe/c.stages; got != want {
				t.Errorf("%s: got %d steps for %d evaluations want %d", c.name, got, nfe, want)
			}
		}
	}
}

func TestUnknownNameListsTheKnown(t *testing.T) {
	_, err := Get("rk5")
	if want := `unknown solver "rk5": want one of euler, midpoint, heun, rk4, dopri5, dpm1, dpm2, dpm++2m, sde`; err == nil || err.Error() != want {
		t.Errorf("got %v want %s", err, want)
	}
	for _, m := range All {
		if m.Title == "" || strings.ContainsAny(m.Name, " \t") {
			t.Errorf("got name %q, title %q", m.Name, m.Title)
		}
	}
}
