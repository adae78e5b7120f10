package nn

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"testing"

	"fmlab/engine"
)

// reference is a network worked through by torch in float64: outputs, loss,
// gradient and three steps of each optimizer on the same batch. Parameters are
// W_0, b_0, W_1, b_1, …; a W is a list of rows.
type reference struct {
	Activation    string
	Dims          []int
	Params, Grads []json.RawMessage
	Input         [][]float64
	Target        [][]float64
	Output        [][]float64
	Jacobian      [][][]float64 `json:"jacobian_xy_first3"` // ∂v/∂(x, y) at the first inputs
	Loss          float64
	Optimizers    map[string]struct {
		LR          float64           `json:"lr"`
		WeightDecay float64           `json:"weight_decay"`
		Losses      []float64         `json:"losses"`
		ParamsAfter []json.RawMessage `json:"params_after"`
	}
}

func references(t *testing.T) []reference {
	var file struct{ Cases []reference }
	data, err := os.ReadFile("testdata/network.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) != len(Activations) {
		t.Fatalf("got %d reference networks want one for each of %d activations", len(file.Cases), len(Activations))
	}
	return file.Cases
}

// flatten joins nested lists of numbers.
func flatten(t *testing.T, lists []json.RawMessage) (flat []float64) {
	for _, raw := range lists {
		var rows [][]float64
		if json.Unmarshal(raw, &rows) != nil {
			rows = make([][]float64, 1)
			if err := json.Unmarshal(raw, &rows[0]); err != nil {
				t.Fatal(err)
			}
		}
		flat = append(flat, join(rows)...)
	}
	return flat
}

func join(rows [][]float64) (flat []float64) {
	for _, r := range rows {
		flat = append(flat, r...)
	}
	return flat
}

func compare(t *testing.T, what string, got, want []float64, tol float64) {
	t.Helper()
	if len(got) != len(want) || len(want) == 0 {
		t.Fatalf("%s: got %d numbers want %d", what, len(got), len(want))
	}
	for i := range got {
		if !(math.Abs(got[i]-want[i]) <= tol*(1+math.Abs(want[i]))) {
			t.Errorf("%s, entry %d: got %.15g want %.15g", what, i, got[i], want[i])
			return
		}
	}
}

// network builds the reference's network through the exported layers.
func (r reference) network(t *testing.T) *Net {
	flat := flatten(t, r.Params)
	var layers []Layer
	for i, in := range r.Dims[:len(r.Dims)-1] {
		out := r.Dims[i+1]
		layers = append(layers, Layer{In: in, Out: out, Weight: flat[:in*out], Bias: flat[in*out : in*out+out]})
		flat = flat[in*out+out:]
	}
	net, err := FromLayers(r.Activation, layers)
	if err != nil {
		t.Fatal(err)
	}
	return net
}

// Reference numbers made with torch in float64.
func TestReferenceOutputs(t *testing.T) {
	for _, r := range references(t) {
		net := r.network(t)
		for i, row := range r.Input {
			got := engine.NewPoints(1)
			net.Predict(got, engine.Points(row[:2]), row[2])
			compare(t, fmt.Sprintf("%s, output %d", r.Activation, i), got, r.Output[i], 1e-12)
		}
	}
}

func TestReferenceGradients(t *testing.T) {
	for _, r := range references(t) {
		m, rows, target := r.network(t).core, len(r.Input), join(r.Target)
		loss, grad := lossAndGradient(m, join(r.Input), target, rows)
		compare(t, r.Activation+" loss", []float64{loss}, []float64{r.Loss}, 1e-12)
		compare(t, r.Activation+" gradient", grad, flatten(t, r.Grads), 1e-12)
	}
}

func lossAndGradient(m *mlp[float64], in, target []float64, rows int) (float64, []float64) {
	tp, grad := newTape(m, true), make([]float64, len(m.params))
	copy(tp.h[0], in)
	m.forward(tp, rows)
	entries := float64(rows * outputs)
	sum := m.backward(tp, rows, target, 2/entries, m.views(grad))
	return sum / entries, grad
}

func TestReferenceOptimizers(t *testing.T) {
	for _, r := range references(t) {
		for name, want := range r.Optimizers {
			opt, err := ParseOptim(name)
			if err != nil {
				t.Fatal(err)
			}
			opt.WeightDecay = want.WeightDecay
			m, rows := r.network(t).core, len(r.Input)
			adam := newAdam[float64](opt, len(m.params))
			var losses []float64
			for range want.Losses {
				loss, grad := lossAndGradient(m, join(r.Input), join(r.Target), rows)
				losses = append(losses, loss)
				adam.step(m.params, grad, want.LR)
			}
			compare(t, r.Activation+" "+name+" losses", losses, want.Losses, 1e-10)
			compare(t, r.Activation+" "+name+" parameters", m.params, flatten(t, want.ParamsAfter), 1e-10)
		}
	}
}

// The float32 learner takes the same three steps, to the accuracy it has.
func TestReferenceLearner(t *testing.T) {
	for _, r := range references(t) {
		for name, want := range r.Optimizers {
			opt, err := ParseOptim(name)
			if err != nil {
				t.Fatal(err)
			}
			opt.WeightDecay = want.WeightDecay
			l := NewLearner(r.network(t), LearnerOptions{Optim: opt, Batch: len(r.Input), Workers: 1})
			defer l.Close()
			var losses []float64
			for range want.Losses {
				loss, ok := l.Step(join(r.Input), join(r.Target), want.LR)
				if !ok {
					t.Fatalf("%s %s: got a divergence", r.Activation, name)
				}
				losses = append(losses, loss)
			}
			compare(t, r.Activation+" "+name+" losses", losses, want.Losses, 1e-6)
			compare(t, r.Activation+" "+name+" parameters", l.Net().core.params, flatten(t, want.ParamsAfter), 1e-5)
		}
	}
}
