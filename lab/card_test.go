package lab

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"fmlab/engine"
)

// anySetup turns every knob to a random legal value.
func anySetup(t *testing.T, rng *rand.Rand) Setup {
	t.Helper()
	s := Default()
	for _, k := range Knobs {
		menu := k.Menu()
		value := menu[rng.IntN(len(menu))]
		switch {
		case k.File && rng.IntN(2) == 0:
			value = anyFileName(rng) + map[string]string{"data": ".csv", "model": ".safetensors", "code": ".star"}[k.Key]
		case k.Key == "path" && rng.IntN(3) == 0:
			value = "poly:" + num(1+rng.ExpFloat64())
		case k.Key == "seed":
			value = strconv.FormatUint(rng.Uint64(), 10)
		case k.Key == "lr" || k.Key == "rtol":
			value = num(math.Exp(-20 * rng.Float64()))
		case k.Key == "iters" || k.Key == "n":
			value = strconv.Itoa(1 + rng.IntN(100_000))
		}
		if err := s.Set(k.Key, value); err != nil {
			t.Fatal(err)
		}
	}
	for _, k := range Knobs { // what decides no bit is on no card
		if !s.Matters(k.Key) {
			d := Default()
			if err := s.Set(k.Key, d.Get(k.Key)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return s
}

func anyFileName(rng *rand.Rand) string {
	letters := []rune("ab/ '\"\\$`~*?!#&;|<>(){}\t\n-=é点%")
	name := make([]rune, rng.IntN(12))
	for i := range name {
		name[i] = letters[rng.IntN(len(letters))]
	}
	return string(name)
}

// TestCardRoundTrip: what a card says is what made it, whatever the file names.
func TestCardRoundTrip(t *testing.T) {
	rng := engine.NewRand(1, 1)
	for i := range 500 {
		want, exp := anySetup(t, rng), Experiments[i%len(Experiments)]
		card := fmt.Sprintf("%s --t 0.37 --kernel %s", want.Card("play --experiment "+exp.Name, KnobKeys()), Kernel)
		gotExp, got, trip, err := ReadCard(card)
		if err != nil || got != want || gotExp.Name != exp.Name || trip != 0.37 {
			t.Fatalf("%s:\ngot  %+v of %s at %v (%v)\nwant %+v of %s at 0.37", card, got, gotExp.Name, trip, err, want, exp.Name)
		}
	}
}

// TestCardOfAnExperiment carries the knobs that matter in it; the others keep
// their defaults.
func TestCardOfAnExperiment(t *testing.T) {
	s := Default()
	s.Data, s.Seed, s.NFE = "my points.csv", 11, 5
	card := s.Card("play --experiment paths", []string{"path", "data", "seed"})
	if want := "fmlab play --experiment paths --path linear --data 'my points.csv' --seed 11"; card != want {
		t.Errorf("got %s, want %s", card, want)
	}
	s.NFE = Default().NFE
	if _, got, trip, err := ReadCard(card); err != nil || got != s || trip != 1 {
		t.Errorf("got %+v at %v (%v), want %+v at the end", got, trip, err, s)
	}
}

func TestBadCards(t *testing.T) {
	for card, want := range map[string]string{
		"":                                           "want fmlab play",
		"fmlab train --data moons":                   "want fmlab play",
		"fmlab play":                                 "names no experiment",
		"fmlab play --data moons":                    "names no experiment",
		"fmlab play --experiment chess":              "particles",
		"fmlab play --experiment free --data":        "--knob value",
		"fmlab play --experiment free moons 1":       "--knob value",
		"fmlab play --experiment free --speed 3":     "unknown knob",
		"fmlab play --experiment free --solver rk5":  "midpoint",
		"fmlab play --experiment free --t NaN":       "0 to 1",
		"fmlab play --experiment free --t 1.5":       "0 to 1",
		"fmlab play --experiment free --t half":      "0 to 1",
		"fmlab play --experiment free --kernel cuda": "go",
	} {
		if _, _, _, err := ReadCard(card); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want an error that says %q", card, err, want)
		}
	}
}

// TestCardsReproduce: of the experiments that keep to their knobs, the card is all
// that decides the bits: another setup that says the same on the card shows the
// same.
func TestCardsReproduce(t *testing.T) {
	notInShort(t)
	fewer(t, 100)
	for _, name := range []string{"density", "distances", "ledger", "readings", "couplings"} {
		exp, err := FindExperiment(name)
		if err != nil {
			t.Fatal(err)
		}
		for seed := range uint64(2) {
			s := anySetup(t, engine.NewRand(seed, 9))
			s.Data, s.Path, s.Model, s.Net, s.Iters, s.Batch = "2gaussians", []string{"linear", "custom"}[seed], "learned", "8x1", 10, 64
			s.Act, s.Alpha, s.Sigma, s.LR, s.N, s.Rtol, s.Coupling = "silu", "t", "1 - t", 1e-3, 50, 1e-3, "independent"
			s.Reflow, s.LabelDrop, s.Label, s.Solver, s.NFE, s.Predict, s.Pitfall = 0, 0.5, "none", "dopri5", 16, "noise", noPitfall
			if seed == 1 {
				s.Solver, s.Label = "sde", "1"
			}
			if name != "density" {
				s.LabelDrop, s.Label = 1, "none"
			}
			card := s.Card("play --experiment "+name, exp.Knobs)
			_, again, _, err := ReadCard(card)
			if err != nil {
				t.Fatal(err)
			}
			got, want := finish(t, started(t, exp, again)), finish(t, started(t, exp, s))
			if shown(got) != shown(want) || want.Err != nil {
				t.Errorf("%s: shows something else than it was made from (%v)", card, want.Err)
			}
		}
	}
}
