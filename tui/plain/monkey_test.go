package plain

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// TestMonkey types anything anywhere in the theory: there is always a next prompt,
// and what is said is always plain.
func TestMonkey(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 1))
	o := quick()
	o.Lesson = "1.1"
	k := begin(t, "", o)
	deadline := time.Now().Add(2 * time.Second)
	n := 0
	for ; n < 400 && time.Now().Before(deadline); n++ {
		k.types(anything(rng))
	}
	t.Logf("%d lines", n)
	k.hears("Phase 1", "map")
}

// chatter is words that lead about. Those that take many lines have tests of their
// own.
var chatter = strings.Fields("next back ? look play quiz do read again knobs undo f e t left right goals hint check show reset step glossary progress lab " +
	"scene break D . restart seed card + - s p m place sure think guess notation language why 1.2 1.5 set t")

func anything(rng *rand.Rand) string {
	switch rng.IntN(8) {
	case 0:
		return fmt.Sprint(rng.IntN(5))
	case 1:
		return "set " + []string{"nfe 4", "solver euler", "data 2gaussians", "n 30", "path vp", "nfe -1", "t"}[rng.IntN(7)]
	case 2:
		return string([]rune{rune(' ' + rng.IntN(0x3000)), 0x1b, '[', rune('A' + rng.IntN(26))})
	case 3:
		return fmt.Sprintf("t %g", rng.Float64())
	case 4:
		return "."
	}
	return chatter[rng.IntN(len(chatter))]
}
