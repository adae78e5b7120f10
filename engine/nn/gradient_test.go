package nn

import (
	"math"
	"testing"

	"fmlab/engine"
)

// shapes leave whole tiles, part tiles, blocks of a product and the thin paths.
var shapes = [][]int{{16, 24}, {5}, {70, 9, 12}}

// setup64 returns a float64 network of random parameters with one tile of random
// inputs on its tape, and targets.
func setup64(t testing.TB, cfg Config, rows int, seed uint64) (m *mlp[float64], tp *tape[float64], target []float64) {
	rng := engine.NewRand(seed, 9)
	net, err := New(cfg, rng)
	if err != nil {
		t.Fatal(err)
	}
	tp = newTape(net.core, true)
	target = make([]float64, rows*outputs)
	engine.Gaussian{}.Sample(tp.h[0], rng)
	engine.Gaussian{}.Sample(target, rng)
	return net.core, tp, target
}

func TestGradientMatchesDifferences(t *testing.T) {
	const rows, perNet = 11, 80
	checked := 0
	for _, act := range Activations {
		for seed, hidden := range shapes {
			m, tp, target := setup64(t, Config{Hidden: hidden, Act: act.Name}, rows, uint64(seed))
			loss := func() float64 {
				sum := 0.0
				for i, v := range m.forward(tp, rows) {
					sum += (v - target[i]) * (v - target[i])
				}
				return sum / 2
			}
			flat := make([]float64, len(m.params))
			m.forward(tp, rows)
			if got, want := m.backward(tp, rows, target, 1, m.views(flat)), 2*loss(); math.Abs(got-want) > 1e-12*want {
				t.Errorf("%s %v: got Σ(v−u)² = %.15g want %.15g", act.Name, hidden, got, want)
			}
			norm := norm2(flat)
			rng := engine.NewRand(uint64(seed), 10)
			for range perNet {
				i := rng.IntN(len(flat))
				want := difference(&m.params[i], loss)
				checked++
				// Relative to the coordinate, or where it is tiny to a typical one.
				size := max(math.Abs(want), norm/math.Sqrt(float64(len(flat))))
				if math.Abs(flat[i]-want) > 1e-6*size {
					t.Errorf("%s %v parameter %d: got ∂L = %.12g want %.12g", act.Name, hidden, i, flat[i], want)
				}
			}
		}
	}
	if checked < 1000 {
		t.Errorf("got %d coordinates checked, want at least 1000", checked)
	}
}

// difference returns the fourth-order central difference of f in x.
func difference(x *float64, f func() float64) float64 {
	at, h := *x, 1e-4
	value := func(s float64) float64 {
		*x = at + s*h
		return f()
	}
	d := (8*(value(1)-value(-1)) - (value(2) - value(-2))) / (12 * h)
	*x = at
	return d
}

func norm2(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x * x
	}
	return math.Sqrt(sum)
}

func TestSinglePrecisionGradient(t *testing.T) {
	for _, act := range Activations {
		for seed, hidden := range append(shapes, []int{64, 64, 64}) {
			m, tp, target := setup64(t, Config{Hidden: hidden, Act: act.Name}, tileRows, uint64(seed))
			s := newMLP(m.dims, m.act, single)
			stp, starget := newTape(s, true), make([]float32, len(target))
			convert(s.params, m.params)
			convert(stp.h[0], tp.h[0])
			convert(starget, target)
			// Both must see the same numbers, not ones rounded differently.
			convert(m.params, s.params)
			convert(tp.h[0], stp.h[0])
			convert(target, starget)

			want, got := make([]float64, len(m.params)), make([]float32, len(m.params))
			m.forward(tp, tileRows)
			m.backward(tp, tileRows, target, 1, m.views(want))
			s.forward(stp, tileRows)
			s.backward(stp, tileRows, starget, 1, s.views(got))
			diff := make([]float64, len(want))
			for i := range diff {
				diff[i] = float64(got[i]) - want[i]
			}
			if rel := norm2(diff) / norm2(want); !(rel <= 1e-6) {
				t.Errorf("%s %v: got relative L2 error %.2g want at most 1e-6", act.Name, hidden, rel)
			}
		}
	}
}

func TestActivationSlopes(t *testing.T) {
	for _, a := range Activations {
		for z := -6.05; z < 6; z += 0.1 {
			x := z
			want := difference(&x, func() float64 { return a.F(x) })
			if got := a.DF(z); math.Abs(got-want) > 1e-10 {
				t.Errorf("%s′(%.2f): got %.12g want %.12g", a.Name, z, got, want)
			}
		}
	}
}
