package nn

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fmlab/engine"
)

func TestParseShape(t *testing.T) {
	for text, want := range map[string][]int{
		"64x3": {64, 64, 64}, "128,64": {128, 64}, "7": {7}, "1024x8": slices.Repeat([]int{1024}, 8),
	} {
		if got, err := ParseShape(text); err != nil || !slices.Equal(got, want) {
			t.Errorf("ParseShape(%q): got %v, %v want %v", text, got, err, want)
		}
	}
	for text, part := range map[string]string{
		"": "64x3", "x": "64x3", "64x": "64x3", "64,,64": "64x3", "a": "64x3", "64x3x2": "64x3", "6.4": "64x3",
		"0x2": "1 to 1024", "1025": "1 to 1024", "64,-1": "1 to 1024",
		"64x0": "1 to 8", "64x9": "1 to 8", "64x-1": "1 to 8", "64x999999999": "1 to 8", "1,1,1,1,1,1,1,1,1": "1 to 8",
	} {
		if got, err := ParseShape(text); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("ParseShape(%q): got %v, %v want an error with %q", text, got, err, part)
		}
	}
}

func TestNewIsUniformByFanIn(t *testing.T) {
	net, err := New(Config{Hidden: []int{400, 300}, Act: "silu"}, engine.NewRand(1, 1))
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range net.Layers() {
		bound, sum2, largest := 1/math.Sqrt(float64(l.In)), 0.0, 0.0
		all := slices.Concat(l.Weight, l.Bias)
		for _, v := range all {
			sum2 += v * v
			largest = max(largest, math.Abs(v))
		}
		if largest > bound || largest < 0.95*bound {
			t.Errorf("layer %d: got largest |w| %g want just below %g", i, largest, bound)
		}
		// The variance of U(±b) is b²/3; 4.5 of its standard errors.
		if rel := sum2 / float64(len(all)) / (bound * bound / 3); math.Abs(rel-1) > 4.5*math.Sqrt(0.8/float64(len(all))) {
			t.Errorf("layer %d: got variance %g times that of U(±1/√n)", i, rel)
		}
	}
	if got, want := net.Params(), 3*400+400+400*300+300+300*2+2; got != want {
		t.Errorf("Params: got %d want %d", got, want)
	}
	if got := net.Config(); !slices.Equal(got.Hidden, []int{400, 300}) || got.Act != "silu" {
		t.Errorf("Config: got %v", got)
	}
}

func TestPredictDoesNotDependOnTheBatch(t *testing.T) {
	net, err := New(Config{Hidden: []int{30, 70}, Act: "gelu"}, engine.NewRand(2, 1))
	if err != nil {
		t.Fatal(err)
	}
	const n = 3*tileRows + 5
	z, all, one := engine.NewPoints(n), engine.NewPoints(n), engine.NewPoints(1)
	engine.Gaussian{}.Sample(z, engine.NewRand(2, 2))
	net.Predict(all, z, 0.3)
	twin := net.Labelled(noLabel)
	for i := range n {
		twin.Predict(one, z.Slice(i, i+1), 0.3)
		compare(t, "velocity", one, all.Slice(i, i+1), 1e-13)
	}
	if got := testing.AllocsPerRun(5, func() { net.Predict(all, z, 0.3) }); got != 0 {
		t.Errorf("Predict: got %g allocations want 0", got)
	}
}

func TestLayersRoundTrip(t *testing.T) {
	net, err := New(Config{Hidden: []int{6, 5}, Act: "tanh"}, engine.NewRand(3, 1))
	if err != nil {
		t.Fatal(err)
	}
	back, err := FromLayers("tanh", net.Layers())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(back.core.params, net.core.params) {
		t.Error("got other parameters after Layers and FromLayers")
	}
	net.Layers()[0].Weight[0] = 99
	if net.core.params[0] > 1 {
		t.Errorf("got parameter %g, want copies to be copies", net.core.params[0])
	}
}

func TestFromLayersSaysWhatDoesNotFit(t *testing.T) {
	good := func() []Layer {
		return []Layer{
			{3, 4, make([]float64, 12), make([]float64, 4)},
			{4, 2, make([]float64, 8), make([]float64, 2)},
		}
	}
	if _, err := FromLayers("silu", good()); err != nil {
		t.Fatal(err)
	}
	for want, spoil := range map[string]func([]Layer) []Layer{
		"layer 0: 2 inputs: want 3":      func(l []Layer) []Layer { l[0].In = 2; return l },
		"layer 1: 5 inputs: want 4":      func(l []Layer) []Layer { l[1].In = 5; return l },
		"layer 1: 8 weights: want 3×4":   func(l []Layer) []Layer { l[1].Out = 3; return l },
		"layer 0: 3 biases: want 4":      func(l []Layer) []Layer { l[0].Bias = l[0].Bias[:3]; return l },
		"layer 1: a parameter is NaN":    func(l []Layer) []Layer { l[1].Weight[3] = math.NaN(); return l },
		"ending in 4 outputs: want 2":    func(l []Layer) []Layer { return l[:1] },
		"0 layers":                       func(l []Layer) []Layer { return nil },
		"0 hidden layers: want 1 to 8":   func(l []Layer) []Layer { return []Layer{{3, 2, make([]float64, 6), make([]float64, 2)}} },
		"a hidden layer 0 wide: want 1 ": func(l []Layer) []Layer { return []Layer{{3, 0, nil, nil}, {0, 2, nil, make([]float64, 2)}} },
	} {
		if _, err := FromLayers("silu", spoil(good())); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v want an error with %q", err, want)
		}
	}
	if _, err := FromLayers("sine", good()); err == nil || !strings.Contains(err.Error(), "silu, relu, selu, gelu, tanh") {
		t.Errorf("got %v want an error that lists the activations", err)
	}
	if _, err := ParseOptim("sgd"); err == nil || !strings.Contains(err.Error(), "adam, adamw") {
		t.Errorf("got %v want an error that lists the optimizers", err)
	}
}
