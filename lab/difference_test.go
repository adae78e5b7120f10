package lab

import (
	"math"
	"testing"
)

// The map holds the difference of the two fields where points are, and nothing
// elsewhere; its mean over times is the field error of the witness, which draws its
// places at random; training makes both smaller.
func TestDifference(t *testing.T) {
	notInShort(t)
	s := short()
	s.Iters = 400
	sim, err := startDifference(s)
	if err != nil {
		t.Fatal(err)
	}
	defer sim.Close()
	d := sim.(*difference)
	for d.read < mapTimes {
		sim.Step()
	}
	first := stat(t, sim.Frame(Look{Trip: 0.5}), "field_error").Value
	for sim.Step() {
	}
	f := sim.Frame(Look{Trip: 0.5, Field: true})
	last := stat(t, f, "field_error").Value
	if !(last < first/5) {
		t.Errorf("got field error %g after training and %g before, want less than a fifth", last, first)
	}
	mean := 0.0
	for _, e := range d.errors {
		mean += e / mapTimes
	}
	if mean < last/3 || mean > 3*last {
		t.Errorf("got a mean of %g over the maps' times and %g from the witness, want about the same", mean, last)
	}
	heat := f.Plane.Layers[0]
	shown := 0
	for i, v := range heat.Values {
		x, y := d.at.At(i)
		if math.IsNaN(v) {
			continue
		}
		shown++
		if math.Hypot(x, y) > 4.2 { // corners
			t.Errorf("got a difference at (%.1f, %.1f), where nobody comes", x, y)
		}
	}
	if shown < len(heat.Values)/20 || shown == len(heat.Values) {
		t.Errorf("got %d of %d cells shown", shown, len(heat.Values))
	}
	// Few pairs pass the edges of the crowd, and there less is learned; the worst time
	// is the one whose error no other exceeds.
	if r := stat(t, f, "thin_ratio").Value; !(r > 1) {
		t.Errorf("got an error at the edges of %g times that in the thick, want more than once", r)
	}
	worst := stat(t, sim.Frame(Look{Trip: stat(t, f, "worst_t").Value}), "error_t").Value
	for k, e := range d.errors {
		if e > worst {
			t.Errorf("got error %g at time %d of %d, above %g at the worst", e, k, mapTimes, worst)
		}
	}
	// At the middle cell of the middle time the value is the difference itself.
	k := mapTimes / 2
	mid := len(heat.Values) / 2
	here, v := d.at.Slice(mid, mid+1), make([]float64, 2)
	d.flow.Velocity(v, here, d.slices[k].t)
	u := d.slices[k].u
	if want := math.Hypot(v[0]-u[2*mid], v[1]-u[2*mid+1]); !math.IsNaN(heat.Values[mid]) && math.Abs(heat.Values[mid]-want) > 1e-12 {
		t.Errorf("got %g in the middle want %g", heat.Values[mid], want)
	}
}

func TestDifferenceWithoutATruth(t *testing.T) {
	s := short()
	s.Iters, s.Coupling = 20, "ot"
	sim, err := startDifference(s)
	if err != nil {
		t.Fatal(err)
	}
	defer sim.Close()
	for sim.Step() {
	}
	f := sim.Frame(Look{Trip: 1})
	if !math.IsNaN(stat(t, f, "field_error").Value) || f.Say == "" {
		t.Errorf("got a field error and %q under ot, want none and why", f.Say)
	}
}
