package lab

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestMenusAreLegal: every value offered can be set, and is read back as typed.
func TestMenusAreLegal(t *testing.T) {
	for _, k := range Knobs {
		s := Default()
		for _, v := range k.Menu() {
			if err := s.Set(k.Key, v); err != nil || s.Get(k.Key) != v {
				t.Errorf("%s = %s: got %s (%v), want it back", k.Key, v, s.Get(k.Key), err)
			}
		}
		if k.Title == "" || k.Help == "" {
			t.Errorf("%s: got title %q and help %q, want both", k.Key, k.Title, k.Help)
		}
	}
}

// TestTurnWalksTheMenu: a choice goes round, a number stops at its ends, and
// turning back undoes it.
func TestTurnWalksTheMenu(t *testing.T) {
	for _, k := range Knobs {
		menu := k.Menu()
		_, err := strconv.ParseFloat(menu[0], 64)
		number := err == nil
		s := Default()
		turn := func(dir int, want string) {
			t.Helper()
			if err := k.Turn(&s, dir); err != nil || s.Get(k.Key) != want {
				t.Errorf("%s turned by %+d: got %s (%v), want %s", k.Key, dir, s.Get(k.Key), err, want)
			}
		}
		if err := s.Set(k.Key, menu[0]); err != nil {
			t.Fatal(err)
		}
		for _, v := range menu[1:] {
			turn(+1, v)
		}
		last := menu[len(menu)-1]
		if number {
			turn(+1, last)
		} else {
			turn(+1, menu[0])
			turn(-1, last)
		}
		for _, v := range slices.Backward(menu[:len(menu)-1]) {
			turn(-1, v)
		}
		if number {
			turn(-1, menu[0])
		}
	}
}

// TestTurnFromBetween: a typed value that the menu does not have goes to its
// neighbour, a typed name to an end of the menu.
func TestTurnFromBetween(t *testing.T) {
	for _, c := range []struct {
		key, typed string
		dir        int
		want       string
	}{
		{"nfe", "10", +1, "12"}, {"nfe", "10", -1, "8"}, {"nfe", "1000", +1, "1000"}, {"nfe", "1000", -1, "512"},
		{"rtol", "5e-3", +1, "0.001"}, {"rtol", "5e-3", -1, "0.01"},
		{"lr", "3e-3", +1, "0.005"}, {"lr", "3e-3", -1, "0.002"}, {"seed", "18446744073709551615", +1, "18446744073709551615"},
		{"path", "poly:3.5", +1, "linear"}, {"path", "poly:3.5", -1, "custom"}, {"data", "my.csv", +1, "moons"},
	} {
		s := Default()
		k, err := FindKnob(c.key)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Set(c.key, c.typed); err != nil {
			t.Fatal(err)
		}
		if err := k.Turn(&s, c.dir); err != nil || s.Get(c.key) != c.want {
			t.Errorf("%s from %s by %+d: got %s (%v), want %s", c.key, c.typed, c.dir, s.Get(c.key), err, c.want)
		}
	}
}

// TestKnobErrors say what was found and what is allowed, and leave the setup as
// it was.
func TestKnobErrors(t *testing.T) {
	for _, k := range Knobs {
		for _, bad := range []string{"", "zebra", "-5", "NaN", "1e400"} {
			if bad == "-5" && (k.Key == "alpha" || k.Key == "sigma") {
				continue // a formula; whether two of them make a path is told later
			}
			s := Default()
			err := s.Set(k.Key, bad)
			if err == nil || s != Default() {
				t.Errorf("%s = %q: got %v and %+v, want an error and no change", k.Key, bad, err, s)
				continue
			}
			if text := err.Error(); !strings.Contains(text, k.Key) || !strings.Contains(text, strconv.Quote(bad)) || !strings.Contains(text, "want") {
				t.Errorf("%s = %q: got %q, want the key, what was found and what is allowed", k.Key, bad, text)
			}
		}
	}
	for _, key := range []string{"data", "model", "act", "decay", "optimizer", "solver", "direction"} {
		s := Default()
		err := s.Set(key, "zebra")
		k, _ := FindKnob(key)
		for _, v := range k.Menu() {
			if err == nil || !strings.Contains(err.Error(), v) {
				t.Errorf("%s = zebra: got %v, want it to name %s", key, err, v)
			}
		}
	}
	for key, bad := range map[string][]string{
		"batch": {"0", "65537", "1.5"}, "iters": {"0"}, "lr": {"0", "1e31", "inf"}, "ema": {"1", "-0.1"}, "nfe": {"0"}, "rtol": {"0", "2"},
		"n": {"0", "1000001"}, "seed": {"-1", "1.5", "18446744073709551616"}, "threads": {"-1", "257"}, "path": {"poly:0.9", "poly:x"}, "net": {"0x2", "64x9", "2000x1"},
	} {
		for _, v := range bad {
			s := Default()
			if err := s.Set(key, v); err == nil {
				t.Errorf("%s = %s: got no error", key, v)
			}
		}
	}
	if _, err := FindKnob("sped"); err == nil || !strings.Contains(err.Error(), strings.Join(KnobKeys(), ", ")) {
		t.Errorf("unknown knob: got %v, want the known ones", err)
	}
}

// TestExperimentsNameKnobs: each once, and all there are.
func TestExperimentsNameKnobs(t *testing.T) {
	var names []string
	for _, e := range Experiments {
		names = append(names, e.Name)
		seen := map[string]bool{}
		for _, key := range e.Knobs {
			if _, err := FindKnob(key); err != nil || seen[key] {
				t.Errorf("%s: knob %s: got it twice or unknown (%v)", e.Name, key, err)
			}
			seen[key] = true
		}
	}
	if _, err := FindExperiment("chess"); err == nil || !strings.Contains(err.Error(), strings.Join(names, ", ")) {
		t.Errorf("unknown experiment: got %v, want the known ones", err)
	}
}

// TestUse: a formula is used at once, or refused whole.
func TestUse(t *testing.T) {
	s := Default()
	if err := s.Use("sigma", "t"); err == nil || s != Default() {
		t.Errorf("σ = t: got %v and %+v, want it refused and nothing changed", err, s)
	}
	if err := s.Use("sigma", "cos(pi*t/2)"); err != nil || s.Path != "custom" {
		t.Errorf("got %v and path %s, want the custom one", err, s.Path)
	}
}
