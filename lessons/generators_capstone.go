package lessons

import (
	"math/rand/v2"

	"fmlab/engine"
	"fmlab/engine/dataset"
)

// judges splits a file as the lab does: a quarter is held back, half of that judges.
func judges(rng *rand.Rand) Problem {
	n := 80 * (2 + rng.IntN(30))
	_, held := dataset.Hold(dataset.Cloud{Points: engine.NewPoints(n)}, rng)
	return whole(held.Points.Len()/2, map[string]any{"n": n, "held": held.Points.Len()})
}
