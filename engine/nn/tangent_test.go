package nn

import (
	"fmt"
	"math"
	"testing"

	"fmlab/engine"
)

// eachNet calls f with networks of every activation in many shapes, with labels and
// without, and more points than a tile.
func eachNet(t *testing.T, f func(name string, net *Net, z engine.Points)) {
	const n = tileRows + 9
	for _, act := range Activations {
		for seed, hidden := range shapes {
			rng := engine.NewRand(uint64(seed), 11)
			cfg := Config{Hidden: hidden, Act: act.Name, Labels: 4 * (seed % 2)}
			net, err := New(cfg, rng)
			if err != nil {
				t.Fatal(err)
			}
			z := engine.NewPoints(n)
			engine.Gaussian{}.Sample(z, rng)
			f(fmt.Sprintf("%s %v, %d labels", act.Name, hidden, cfg.Labels), net.Labelled(cfg.Labels-1), z)
		}
	}
}

// jacobian writes J's columns, the tangents along the axes.
func jacobian(net *Net, z engine.Points, t float64) (x, y engine.Points) {
	x, y = z.Clone(), z.Clone()
	ex, ey := engine.NewPoints(z.Len()), engine.NewPoints(z.Len())
	for i := range z.Len() {
		ex.Set(i, 1, 0)
		ey.Set(i, 0, 1)
	}
	net.Tangent(x, z, ex, t)
	net.Tangent(y, z, ey, t)
	return x, y
}

// Reference numbers made with torch in float64.
func TestReferenceJacobians(t *testing.T) {
	for _, r := range references(t) {
		net := r.network(t)
		for i, want := range r.Jacobian {
			dx, dy := jacobian(net, r.Input[i][:2], r.Input[i][2])
			got := []float64{dx[0], dy[0], dx[1], dy[1]}
			compare(t, fmt.Sprintf("%s, Jacobian %d", r.Activation, i), got, join(want), 1e-12)
		}
		if len(r.Jacobian) == 0 {
			t.Errorf("%s: got no reference Jacobian", r.Activation)
		}
	}
}

// A tangent is the derivative of the output along its direction. At a kink of relu,
// and of selu's slope, a difference sees both sides: such points are few.
func TestTangentMatchesDifferences(t *testing.T) {
	eachNet(t, func(name string, net *Net, z engine.Points) {
		const at = 0.3
		e, got, v := z.Clone(), z.Clone(), z.Clone()
		engine.Gaussian{}.Sample(e, engine.NewRand(1, 12))
		net.Tangent(got, z, e, at)
		off := 0
		for i := range z {
			move := 0.0
			want := difference(&move, func() float64 {
				moved := z.Clone()
				for j := range moved {
					moved[j] += move * e[j]
				}
				net.Predict(v, moved, at)
				return v[i]
			})
			if math.Abs(got[i]-want) > 1e-8*(1+math.Abs(want)) {
				off++
			}
		}
		smooth := net.core.act.Name != "relu" && net.core.act.Name != "selu"
		if off > 0 && smooth || off > len(z)/20 {
			t.Errorf("%s: got %d of %d entries that are not the derivative", name, off, len(z))
		}
	})
}

func TestDivergenceIsTheTrace(t *testing.T) {
	eachNet(t, func(name string, net *Net, z engine.Points) {
		got, want := make([]float64, z.Len()), make([]float64, z.Len())
		dx, dy := jacobian(net, z, 0.6)
		for i := range want {
			want[i] = dx[2*i] + dy[2*i+1]
		}
		net.Divergence(got, z, 0.6)
		compare(t, name, got, want, 1e-14)
	})
}

// E eᵀJe = tr J when the entries of e are independent signs: over all four pairs of
// signs the mean is the divergence, since the mixed terms cancel.
func TestHutchinsonHasTheDivergenceAsItsMean(t *testing.T) {
	eachNet(t, func(name string, net *Net, z engine.Points) {
		one, mean, want := make([]float64, z.Len()), make([]float64, z.Len()), make([]float64, z.Len())
		e, spread := z.Clone(), 0.0
		net.Divergence(want, z, 0.6)
		for signs := range 4 {
			for i := range z.Len() {
				e.Set(i, float64(2*(signs&1)-1), float64(signs&2-1))
			}
			net.Hutchinson(one, z, e, 0.6)
			for i, v := range one {
				mean[i] += v / 4
				spread = max(spread, math.Abs(v-want[i]))
			}
		}
		compare(t, name, mean, want, 1e-14)
		if spread < 1e-6 {
			t.Errorf("%s: got estimates that never differ from the divergence, want them to", name)
		}
	})
}

func TestTangentsAllocateNothing(t *testing.T) {
	eachNet(t, func(name string, net *Net, z engine.Points) {
		dst, div := z.Clone(), make([]float64, z.Len())
		for what, call := range map[string]func(){
			"Tangent":    func() { net.Tangent(dst, z, z, 0.5) },
			"Divergence": func() { net.Divergence(div, z, 0.5) },
			"Hutchinson": func() { net.Hutchinson(div, z, z, 0.5) },
		} {
			if got := testing.AllocsPerRun(3, call); got != 0 {
				t.Errorf("%s: %s: got %g allocations want 0", name, what, got)
			}
		}
	})
}

func TestTangentsRefuseOtherLengths(t *testing.T) {
	net, err := New(Config{Hidden: []int{4}, Act: "silu"}, engine.NewRand(1, 1))
	if err != nil {
		t.Fatal(err)
	}
	two, three := engine.NewPoints(2), engine.NewPoints(3)
	for want, call := range map[string]func(){
		"nn: Tangent: 3 points against 2":               func() { net.Tangent(three, two, two, 0) },
		"nn: Tangent: 2 points against 3":               func() { net.Tangent(three, three, two, 0) },
		"nn: Divergence: 3 numbers for 2 points":        func() { net.Divergence(make([]float64, 3), two, 0) },
		"nn: Hutchinson: 3 numbers for 2 points":        func() { net.Hutchinson(make([]float64, 3), two, two, 0) },
		"nn: Hutchinson: 3 points against 2":            func() { net.Hutchinson(make([]float64, 2), two, three, 0) },
		"nn: Labelled: label 0 of a network with 0: wa": func() { net.Labelled(0) },
	} {
		refuses(t, want, call)
	}
}
