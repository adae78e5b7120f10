package lessons

import (
	"fmt"
	"math"

	"fmlab/lab"
	"fmlab/lessons/progress"
)

// capstoneRecord is what a goal says whose run the log keeps:
//
//	record: capstone
const capstoneRecord = "capstone"

func (g *Goal) setRecord(value string) error {
	if g.Final = value == capstoneRecord; !g.Final {
		return fmt.Errorf("record %q: want %s", value, capstoneRecord)
	}
	return nil
}

// FinalRun is the run of a capstone that a frame shows, if it reached the target
// and is better than the one that is kept. The card is that of the frame's run.
func (b *Body) FinalRun(f *lab.Frame, knob func(key string) string, card string, kept progress.Final) (run progress.Final, ok bool) {
	for _, g := range b.Play.Goals {
		if !g.Final {
			continue
		}
		if reached, _ := g.When.Holds(f, knob); !reached {
			continue
		}
		distance, _ := f.Stat("energy_distance2")
		nfe, _ := f.Stat("nfe")
		if math.IsNaN(distance.Value) || math.IsNaN(nfe.Value) {
			continue
		}
		run = progress.Final{Card: card, Distance: distance.Value, Floor: distance.Floor, Q95: distance.Q95, NFE: int(nfe.Value), Beaten: true}
		return run, run.Better(kept)
	}
	return run, false
}
