package dataset

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"testing"
)

const soundMixture = `{"weights":[1,3],"means":[[0,0],[2,-1]],"covs":[[[1,0],[0,1]],[[0.5,0.2],[0.2,0.3]]]}`

func TestReadMixture(t *testing.T) {
	for name, text := range map[string]string{
		"plain":    soundMixture,
		"mark":     "\ufeff" + soundMixture,
		"order":    `{"covs":[[[1,0],[0,1]],[[5e-1,0.2],[0.2,0.3]]],"means":[[0,0],[2,-1]],"weights":[0.25,0.75]}`,
		"laid out": strings.NewReplacer(",", " ,\r\n\t", ":", " : ").Replace(soundMixture) + "\n",
	} {
		m, err := ReadMixture(strings.NewReader(text), "mix.json")
		if err != nil {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		if got, want := fmt.Sprint(*m), "{[0.25 0.75] [0 0 2 -1] [[1 0 1] [0.5 0.2 0.3]] []}"; got != want {
			t.Errorf("%s: got %s want %s", name, got, want)
		}
	}
}

func TestReadMixtureLabels(t *testing.T) {
	for labels, want := range map[string]string{"[0,1]": "[0 1]", "[1, 0]": "[1 0]", "[0,0]": "[0 0]"} {
		m, err := ReadMixture(strings.NewReader(withLabels(labels)), "mix.json")
		if err != nil || fmt.Sprint(m.Labels) != want {
			t.Errorf("%s: got %v, %v want %s", labels, m, err, want)
		}
	}
	for labels, want := range map[string]string{
		"[0]":         "mix.json: found 1 labels for 2 components: want as many, or no labels",
		"[]":          "mix.json: found 0 labels for 2 components",
		"null":        "mix.json: found 0 labels for 2 components",
		"[0,1,2]":     "mix.json: found 3 labels for 2 components",
		"[1,1]":       "mix.json: found labels up to 1 but none that is 0: want 0, 1, … without a gap",
		"[0,64]":      "mix.json: labels[1] is 64: want a whole number from 0 to 63",
		"[0,-1]":      "mix.json: labels[1] is -1: want a whole number",
		"[0,1.0]":     "mix.json: labels[1] is 1.0: want a whole number",
		`[0,"1"]`:     `mix.json: labels[1] is "1": want a whole number`,
		"[null,1]":    "mix.json: labels[0] is null: want a whole number",
		"[[0],[1]]":   "mix.json: labels[0] is [0]: want a whole number",
		"[0,1e999]":   "mix.json: labels[1] is 1e999: want a whole number",
		`{"first":0}`: `mix.json:1:86: found "labels" that is not a list`,
	} {
		m, err := ReadMixture(strings.NewReader(withLabels(labels)), "mix.json")
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: got %v, %v want %s", labels, m, err, want)
		}
	}
}

func withLabels(labels string) string {
	return strings.TrimSuffix(soundMixture, "}") + `,"labels":` + labels + "}"
}

// Reference numbers made with numpy/scipy/torch in float64: log densities of a
// mixture read from its file.
func TestReadReferenceMixture(t *testing.T) {
	text, err := os.ReadFile("testdata/likelihood.json")
	if err != nil {
		t.Fatal(err)
	}
	var ref struct {
		Mixture json.RawMessage
		Points  [][2]float64
		Logp    []float64
	}
	if err := json.Unmarshal(text, &ref); err != nil {
		t.Fatal(err)
	}
	m, err := ReadMixture(bytes.NewReader(ref.Mixture), "mix.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(ref.Logp) != 6 {
		t.Fatalf("got %d reference rows want 6", len(ref.Logp))
	}
	for i, want := range ref.Logp {
		if got := m.LogDensity(ref.Points[i][0], ref.Points[i][1]); math.Abs(got-want) > 1e-11*math.Abs(want) {
			t.Errorf("point %d: got %.14g want %.14g", i, got, want)
		}
	}
}

// with is a mixture of one component with one part replaced.
func with(weights, means, covs string) string {
	return fmt.Sprintf(`{"weights":%s,"means":%s,"covs":%s}`, weights, means, covs)
}

const oneMean, oneCov = "[[0,0]]", "[[[1,0],[0,1]]]"

var hostileMixtures = []struct{ text, want string }{
	{"", "mix.json:1:1: not JSON"},
	{"x,y\n1,2\n", "mix.json:1:1: not JSON: invalid character 'x'"},
	{"\x89PNG\r\n", "mix.json:1:1: not JSON"},
	{"[]", `mix.json:1:1: found "[]": want an object with the keys weights, means, covs, maybe labels`},
	{"null", `mix.json:1:1: found "null": want an object`},
	{"{}", `mix.json:1:3: found no key "weights": want weights, means, covs`},
	{`{"weights":[1],"means":[[0,0]]}`, `mix.json:1:32: found no key "covs"`},
	{"{\n  \"Weights\": [1]}", `mix.json:2:3: found the key "Weights": want weights, means, covs`},
	{`{"weights":[1],"means":[[0,0]],"covs":[[[1,0],[0,1]]],"stds":[1]}`, `mix.json:1:55: found the key "stds"`},
	{"{\"weights\":[1],\n\"weights\":[2]}", `mix.json:2:1: found the key "weights" a second time`},
	{`{"weights":1}`, `mix.json:1:2: found "weights" that is not a list`},
	{`{"weights":{"a":1}}`, `mix.json:1:2: found "weights" that is not a list`},
	{"{\"weights\":[1,\n 2,,3]}", "mix.json:2:4: not JSON: invalid character ','"},
	{`{"weights":[NaN]}`, "mix.json:1:13: not JSON"},
	{soundMixture + " x", "mix.json:1:87: not JSON"},
	{soundMixture + soundMixture, "mix.json:1:86: not JSON"},
	{soundMixture[:40], "mix.json:1:40: not JSON: unexpected end"},
	{strings.Repeat("[", 20000), "mix.json:1:10001: not JSON: invalid character '[' exceeded max depth"},
	{with("[]", "[]", "[]"), "mix.json: found 0 weights, 0 means and 0 covs: want as many of each, at least one"},
	{with("null", "null", "null"), "mix.json: found 0 weights"},
	{with("[1,1]", oneMean, oneCov), "mix.json: found 2 weights, 1 means and 1 covs: want as many of each"},
	{with("[null]", oneMean, oneCov), "mix.json: weights[0] is null: want a positive number"},
	{with(`["1"]`, oneMean, oneCov), `mix.json: weights[0] is "1": want a positive number`},
	{with("[1e999]", oneMean, oneCov), "mix.json: weights[0] is 1e999: want a positive number"},
	{with("[0]", oneMean, oneCov), "mix.json: weights[0] is 0: want a positive number"},
	{with("[-0.5]", oneMean, oneCov), "mix.json: weights[0] is -0.5: want a positive number"},
	{with("[1]", "[[0]]", oneCov), "mix.json: means[0] is [0]: want two numbers, [x, y]"},
	{with("[1]", "[[0,0,0]]", oneCov), "mix.json: means[0] is [0,0,0]: want two numbers"},
	{with("[1]", "[0]", oneCov), "mix.json: means[0] is 0: want two numbers"},
	{with("[1]", "[[0,null]]", oneCov), "mix.json: means[0] is [0,null]: want two numbers"},
	{with("[1]", "[[0,1e200]]", oneCov), "mix.json: means[0] is [0, 1e+200]: want two numbers up to 1e+100"},
	{with("[1]", oneMean, "[1]"), "mix.json: covs[0] is 1: want a symmetric matrix of numbers"},
	{with("[1]", oneMean, "[[1,0,1]]"), "mix.json: covs[0] is [1,0,1]: want a symmetric matrix"},
	{with("[1]", oneMean, "[[[1,0],[0]]]"), "mix.json: covs[0] is [[1,0],[0]]: want a symmetric matrix"},
	{with("[1]", oneMean, "[[[1,0],[0,1],[0,0]]]"), "mix.json: covs[0] is [[1,0],[0,1],[0,0]]"},
	{with("[1]", oneMean, "[[[1,0.5],[0.2,1]]]"), "mix.json: covs[0] is [[1,0.5],[0.2,1]]: want a symmetric matrix"},
	{with("[1]", oneMean, "[[[1,2],[2,1]]]"), "mix.json: covs[0] is [[1, 2], [2, 1]]: want a matrix without a negative eigenvalue"},
	{with("[1]", oneMean, "[[[-1,0],[0,-1]]]"), "mix.json: covs[0] is [[-1, 0], [0, -1]]: want a matrix without a negative"},
	{with("[1]", oneMean, "[[[1,1],[1,1]]]"), "mix.json: covs[0] is [[1,1],[1,1]], which is singular: want a positive definite matrix"},
	{with("[1]", oneMean, "[[[0,0],[0,0]]]"), "mix.json: covs[0] is [[0,0],[0,0]], which is singular"},
	{with("[1]", oneMean, "[[[1e300,0],[0,1]]]"), "mix.json: covs[0] is [[1e+300, 0], [0, 1]]"},
	{with("[\"\u009b2J\"]", oneMean, oneCov), `mix.json: weights[0] is "?2J"`},
}

func TestReadMixtureRefuses(t *testing.T) {
	for _, c := range hostileMixtures {
		got, err := ReadMixture(strings.NewReader(c.text), "mix.json")
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%.60q: got %v, %v want %s", c.text, got, err, c.want)
		}
	}
	_, err := ReadMixture(io.MultiReader(strings.NewReader("{"), &endless{line: " "}), "mix.json")
	if err == nil || !strings.HasPrefix(err.Error(), "mix.json: found more than 4 MiB") {
		t.Errorf("endless: got %v", err)
	}
}

// Whatever is read is a sound mixture with a density.
func FuzzReadMixture(f *testing.F) {
	f.Add([]byte(soundMixture))
	f.Add([]byte(withLabels("[1,0]")))
	for _, c := range hostileMixtures {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := ReadMixture(bytes.NewReader(text), "mix.json")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "mix.json:") {
				t.Fatalf("got %v want the name first", err)
			}
			return
		}
		if err := m.Validate(); err != nil {
			t.Fatalf("got an unsound mixture: %v", err)
		}
		if l := m.LogDensity(m.Means.At(0)); math.IsNaN(l) || math.IsInf(l, 0) {
			t.Fatalf("got log density %g at a mean", l)
		}
	})
}
