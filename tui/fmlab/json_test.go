package main

import (
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"
)

// TestJSONKeys holds the keys that scripts rely on. A dot goes into an object,
// [] into the first entry of a list.
func TestJSONKeys(t *testing.T) {
	model := filepath.Join(t.TempDir(), "m.safetensors")
	fine(t, append(small, "--out", model)...)
	for args, keys := range map[string]string{
		"schedule --path vp --at 0,0.5,1":                   "path rows[].t rows[].alpha rows[].sigma rows[].dalpha rows[].dsigma rows[].lambda",
		"sample --exact -n 3":                               "solver steps nfe points[]",
		"sample --model " + model + " -n 3 --solver dopri5": "solver steps nfe points[]",
		"metric testdata/x.csv testdata/y.csv":              "energy_distance2_v energy_distance2_u sliced_w2 w2 mmd2",
		strings.Join(small, " "): "card iters seconds iters_per_second final_loss loss_floor loss_floor_stderr field_error metrics.energy_distance2 metrics.energy_distance2_floor " +
			"metrics.sliced_w2 metrics.sliced_w2_floor model status",
		"compare --exact --data moons --solvers euler,rk4 --nfe 8 -n 50": "rows[].solver rows[].nfe rows[].steps rows[].rms_error rows[].sliced_w2 rows[].sliced_w2_floor",
		"compare --model " + model + " --solvers euler --nfe 8 -n 50":    "rows[].solver rows[].nfe rows[].steps rows[].rms_error rows[].sliced_w2 rows[].sliced_w2_floor",
		"lessons": "phases[].id phases[].title phases[].lessons[].id phases[].lessons[].title phases[].lessons[].minutes phases[].lessons[].concepts[] " +
			"phases[].lessons[].parts[] phases[].lessons[].quiz_items phases[].lessons[].ready phases[].lessons[].done",
		"progress":       "phases[].lessons[].done concepts[].name concepts[].right concepts[].wrong",
		"progress check": "path events damaged sound",
		"version":        "version kernel",
	} {
		text := fine(t, append(strings.Fields(args), "--json")...)
		if !strings.HasPrefix(text, `{"schema":1,`) || strings.Count(text, "\n") != 1 || strings.Contains(text, "NaN") {
			t.Errorf("fmlab %s --json: got %q, want one line of one object that begins with the schema", args, text)
		}
		v := parsed[any](t, text)
		for _, key := range strings.Fields(keys) {
			if err := has(v, key); err != nil {
				t.Errorf("fmlab %s --json: %s: %v", args, key, err)
			}
		}
	}
}

// has looks a key path up.
func has(v any, key string) error {
	for _, name := range strings.Split(key, ".") {
		name, list := strings.CutSuffix(name, "[]")
		object, _ := v.(map[string]any)
		found, ok := object[name]
		if !ok {
			return fmt.Errorf("got no %s", name)
		}
		if v = found; list {
			entries, _ := found.([]any)
			if len(entries) == 0 {
				return fmt.Errorf("got %v for %s, want a list", found, name)
			}
			v = entries[0]
		}
	}
	return nil
}

func TestNumbersInJSON(t *testing.T) {
	for _, c := range []struct {
		v    float64
		want string
	}{
		{math.NaN(), "null"}, {math.Inf(1), `"inf"`}, {math.Inf(-1), `"-inf"`}, {math.Copysign(0, -1), "0"}, {0.1, "0.1"}, {-1e-300, "-1e-300"},
	} {
		if got, err := json.Marshal(number(c.v)); err != nil || string(got) != c.want {
			t.Errorf("%v: got %s (%v), want %s", c.v, got, err, c.want)
		}
	}
}

// TestFewPointsAreJudged: the smallest samples give answers, or null, never NaN.
func TestFewPointsAreJudged(t *testing.T) {
	two := file(t, "two.csv", "1,2\n3,4\n")
	sixteen := file(t, "sixteen.csv", strings.Repeat("1,2\n3,4\n", 8))
	for _, args := range []string{
		"train --iters 1 --net 4x1 --batch 1 -n 1 --json",
		"train --iters 2 --net 4x1 --batch 2 -n 1 --json --data " + sixteen,
		"compare --exact -n 1 --solvers euler --nfe 1 --json",
		"compare --exact --data " + two + " -n 5 --solvers rk4 --nfe 8 --json",
		"metric " + two + " " + two + " --json",
	} {
		if text := fine(t, strings.Fields(args)...); strings.Contains(text, "NaN") {
			t.Errorf("fmlab %s: got %s, want no NaN", args, text)
		}
	}
	if a := fmlab("train", "--data", two); a.code != 2 || !strings.Contains(a.words, "at least 16") {
		t.Errorf("training on two points: got exit %d and %q, want 2 and that 16 are needed", a.code, a.words)
	}
}
