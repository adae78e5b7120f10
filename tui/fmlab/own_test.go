package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fmlab/lessons/exercise"
)

// program keeps the solution of an exercise, or another program in its place, as the
// learner's desk would.
func program(t *testing.T, id, text string) string {
	t.Helper()
	e, err := exercise.Get(id)
	if err != nil {
		t.Fatal(err)
	}
	if text == "" {
		text = e.Solution
	}
	name := filepath.Join(t.TempDir(), id+".star")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestTrainByOwnCode: it is said that the learner's code was at work, on the card too.
func TestTrainByOwnCode(t *testing.T) {
	files := program(t, "2.1-pair", "") + "," + program(t, "2.5-sample", "")
	args := []string{"train", "--data", "moons", "--iters", "20", "--batch", "16", "--net", "8x1", "-n", "50", "--json", "--code", files}
	got := parsed[map[string]any](t, fine(t, args...))
	if got["own"] != "your sample, training_pair" || !strings.Contains(got["card"].(string), "--code "+files) {
		t.Errorf("got own %v and card %v", got["own"], got["card"])
	}
	if got := parsed[map[string]any](t, fine(t, args[:len(args)-2]...)); got["own"] != nil || strings.Contains(got["card"].(string), "--code") {
		t.Errorf("without code: got own %v and card %v", got["own"], got["card"])
	}
}

// TestSampleByOwnCode: the solution of RK4 ends where the lab's does.
func TestSampleByOwnCode(t *testing.T) {
	args := []string{"sample", "--exact", "--data", "moons", "-n", "20", "--solver", "rk4", "--nfe", "16"}
	want := fine(t, args...)
	own := fine(t, append(args, "--code", program(t, "2.5-rk4", ""))...)
	if nineDigits(want) != nineDigits(own) {
		t.Errorf("got\n%s\nwant\n%s", nineDigits(own), nineDigits(want))
	}
}

// nineDigits is rows of numbers to nine digits.
func nineDigits(csv string) string {
	var b strings.Builder
	for _, cell := range strings.FieldsFunc(csv, func(r rune) bool { return r == ',' || r == '\n' }) {
		b.WriteString(cell[:min(len(cell), 10)] + "\n")
	}
	return b.String()
}

func TestOwnCodeThatFails(t *testing.T) {
	train := []string{"train", "--iters", "20", "--batch", "16", "--net", "8x1", "-n", "50", "--code"}
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"no file":     {append(train, "/nowhere.star"), 2, "no such file"},
		"not a .star": {append(train, "words"), 2, "ending in .star"},
		"in training": {append(train, program(t, "2.1-pair", "def training_pair(x0, x1, t):\n    return x0")), 2, "your training_pair"},
		"in sampling": {[]string{"sample", "--exact", "--data", "moons", "-n", "5", "--code", program(t, "2.5-rk4", "def rk4_step(v, z, t, h):\n    return z[:1]")}, 2, "your rk4_step"},
		"a schedule":  {append(train, program(t, "2.4-schedule", ""), "--path", "custom", "--out", filepath.Join(t.TempDir(), "m.safetensors")), 2, "type the schedule as formulas"},
	} {
		if a := fmlab(c.args...); a.code != c.code || !strings.Contains(a.words, c.want) {
			t.Errorf("%s: got exit %d and %q, want %d and %q", name, a.code, a.words, c.code, c.want)
		}
	}
}
