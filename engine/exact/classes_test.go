package exact

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/path"
)

// labelled gives the components of a mixture classes: 0, 1, 0, 1, …
func labelled(m *Mixture) *Mixture {
	for k := range m.Weights {
		m.Labels = append(m.Labels, k%2)
	}
	return m
}

// The classes put together are the whole: p_t = Σ P(c) p_t(·|c), and for every
// reading y_t = Σ P(c|z) y_t(·|c).
func TestClassesAddUpToTheWhole(t *testing.T) {
	each(t, func(t *testing.T, g *Marginal, z engine.Points, at float64) {
		m := labelled(bent())
		if g.end < 1 {
			m = labelled(cloud())
		}
		n := z.Len()
		logs, most := make([][]float64, m.Classes()), slices.Repeat([]float64{math.Inf(-1)}, n)
		for c := range logs {
			logs[c] = logp(New(m.Class(c), g.path), z, at)
			for i, l := range logs[c] {
				logs[c][i] = l + math.Log(m.Share(c))
				most[i] = max(most[i], logs[c][i])
			}
		}
		whole := logp(g, z, at)
		for i, want := range whole {
			sum := 0.0
			for c := range logs {
				sum += math.Exp(logs[c][i] - most[i])
			}
			if got := most[i] + math.Log(sum); !near(got, want, 1e-12) {
				t.Errorf("t=%g log p(z[%d]): got %.15g want %.15g", at, i, got, want)
			}
		}
		for _, kind := range path.Kinds {
			got, want, part := engine.NewPoints(n), engine.NewPoints(n), engine.NewPoints(n)
			g.Read(want, z, at, kind)
			for c := range logs {
				New(m.Class(c), g.path).Read(part, z, at, kind)
				for i := range got {
					got[i] += math.Exp(logs[c][i/2]-whole[i/2]) * part[i]
				}
			}
			for i := range got {
				if !near(got[i], want[i], 1e-12) {
					t.Errorf("t=%g %s[%d]: got %.15g want %.15g", at, kind.Name, i, got[i], want[i])
				}
			}
		}
	})
}

func TestClass(t *testing.T) {
	m := labelled(bent()) // weights 0.2, 0.5, 0.3 of classes 0, 1, 0
	if m.Classes() != 2 || !near(m.Share(0), 0.5, 1e-15) || m.Share(2) != 0 || bent().Classes() != 0 {
		t.Errorf("got %d classes, shares %g and %g, %d without labels want 2, 0.5, 0, 0", m.Classes(), m.Share(0), m.Share(2), bent().Classes())
	}
	c := m.Class(0)
	if err := c.Validate(); err != nil || c.Classes() != 0 {
		t.Fatalf("got %v and %d classes want a sound mixture without classes", err, c.Classes())
	}
	for k, from := range []int{0, 2} {
		x, y := c.Means.At(k)
		wx, wy := m.Means.At(from)
		if !near(c.Weights[k], m.Weights[from]/0.5, 1e-15) || x != wx || y != wy || c.Covs[k] != m.Covs[from] {
			t.Errorf("component %d: got %g (%g, %g) %v want that of component %d", k, c.Weights[k], x, y, c.Covs[k], from)
		}
	}
	if points := labelled(cloud()).Class(1); points.Covs != nil || points.Means.Len() != 2 {
		t.Errorf("points: got %+v want two bare points", points)
	}
	std, _, _ := m.Standardised()
	if !slices.Equal(std.Labels, m.Labels) {
		t.Errorf("standardised: got labels %v want %v", std.Labels, m.Labels)
	}
	for _, label := range []int{-1, 2} {
		if msg := panicOf(func() { m.Class(label) }); !strings.Contains(msg, "no component has that label") {
			t.Errorf("class %d: got %q want a panic that says why", label, msg)
		}
	}
}

// The labelled draws are the draws of Sample to the bit. Classes come as often as
// their share says (within 4 standard errors: one seed in 16,000 fails), and
// bare points with the label that is theirs.
func TestSampleLabelled(t *testing.T) {
	const n = 10000
	for name, m := range map[string]*Mixture{"mixture": labelled(bent()), "points": labelled(cloud())} {
		want, got, labels := draw(n, m, engine.NewRand(4, 4)), engine.NewPoints(n), make([]int, n)
		m.SampleLabelled(got, labels, engine.NewRand(4, 4))
		if !slices.Equal(got, want) {
			t.Errorf("%s: got other draws than those of Sample", name)
		}
		ones := 0.0
		for i, label := range labels {
			ones += float64(label)
			k := slices.IndexFunc(m.Labels, func(l int) bool { return l == label })
			for ; m.Covs == nil && got[2*i] != m.Means[2*k]; k++ {
			}
			if m.Labels[k] != label {
				t.Fatalf("%s: draw %d is component %d with label %d, got %d", name, i, k, m.Labels[k], label)
			}
		}
		share := m.Share(1)
		if se := math.Sqrt(share * (1 - share) / n); math.Abs(ones/n-share) > 4*se {
			t.Errorf("%s: got class 1 in %g of the draws want %g ± %g", name, ones/n, share, se)
		}
	}
	labels := []int{7, 7}
	bent().SampleLabelled(engine.NewPoints(2), labels, engine.NewRand(1, 1))
	if !slices.Equal(labels, []int{-1, -1}) {
		t.Errorf("without classes: got labels %v want -1", labels)
	}
	if msg := panicOf(func() { bent().SampleLabelled(engine.NewPoints(2), nil, engine.NewRand(1, 1)) }); !strings.Contains(msg, "0 numbers for 2 points") {
		t.Errorf("no room for labels: got %q want a panic that says so", msg)
	}
}

func TestValidateLabels(t *testing.T) {
	for _, c := range []struct {
		labels []int
		want   string // in the message; empty when valid
	}{
		{nil, ""},
		{[]int{0, 0, 0}, ""},
		{[]int{2, 0, 1}, ""},
		{[]int{}, "found 0 labels for 3 components"},
		{[]int{0, 1}, "found 2 labels for 3 components"},
		{[]int{0, -1, 1}, "labels[1] is -1: want a whole number from 0 to 63"},
		{[]int{0, 1, 64}, "labels[2] is 64: want a whole number from 0 to 63"},
		{[]int{1, 2, 1}, "found labels up to 2 but none that is 0"},
		{[]int{0, 3, 1}, "found labels up to 3 but none that is 2: want 0, 1, … without a gap"},
	} {
		m := bent()
		m.Labels = c.labels
		err := m.Validate()
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%v: got %v want %q", c.labels, err, c.want)
		}
	}
}
