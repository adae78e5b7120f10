package plot

import (
	"fmt"
	"math"
	"slices"

	"fmlab/engine"
	"fmlab/lab"
)

// near is how close to a point of the data a sample is said to be at it. The data
// has unit variance: 0.2 is about the width of a pen stroke in the moons.
const near = 0.2

// carried are the labels of points that a flow carries to the data.
var carried = []string{"samples", "noise"}

// nearData says which share of the samples has a point of the data close by, and
// whether the picture shows both.
func nearData(p *lab.Plane) (share string, ok bool) {
	var data, samples engine.Points
	label := ""
	for _, l := range p.Layers {
		switch {
		case l.Kind != lab.Scatter:
		case l.Role == lab.RoleData:
			data = append(data, l.Points...)
		case slices.Contains(carried, l.Label):
			samples, label = append(samples, l.Points...), l.Label
		}
	}
	if data.Len() == 0 || samples.Len() == 0 {
		return "", false
	}
	n := 0
	for i := range samples.Len() {
		if x, y := samples.At(i); closeBy(data, x, y) {
			n++
		}
	}
	return fmt.Sprintf("%.0f %% of the %s", 100*float64(n)/float64(samples.Len()), label), true
}

func closeBy(data engine.Points, x, y float64) bool {
	for i := range data.Len() {
		if a, b := data.At(i); math.Hypot(a-x, b-y) <= near {
			return true
		}
	}
	return false
}
