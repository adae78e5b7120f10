package lab

import (
	"math"
	"testing"
)

// What the microscope says of a place holds: the pairs' mean is the field within
// its error, their variance that in closed form, and the field is what the flow
// asks. Early every pair is possible; late only those that end nearby.
func TestMicroscope(t *testing.T) {
	for _, name := range []string{"linear", "vp", "ddpm", "cubic"} {
		s := Default()
		s.Path = name
		sim, err := startMicroscope(s)
		if err != nil {
			t.Fatal(err)
		}
		defer sim.Close()
		if sim.Step() {
			t.Errorf("%s: got work to do, want none", name)
		}
		for _, at := range []float64{0, 0.3, 0.7, 1} {
			f := sim.Frame(Look{Trip: at})
			value := func(key string) float64 {
				st, ok := f.Stat(key)
				if !ok || math.IsNaN(st.Value) || math.IsInf(st.Value, 0) {
					t.Fatalf("%s t=%g: got %s = %v, %v want a number", name, at, key, st.Value, ok)
				}
				return st.Value
			}
			// 32 pairs, five standard errors: under one false alarm in 100,000 places.
			tol := 5*math.Sqrt(value("variance")/seen*2) + 1e-9
			if dx, dy := value("mean_x")-value("field_x"), value("mean_y")-value("field_y"); math.Hypot(dx, dy) > tol {
				t.Errorf("%s t=%g: got a mean %g, %g from the field, want within %g", name, at, dx, dy, tol)
			}
			if v, own := value("variance"), value("pair_variance"); own > 3*v+1e-6 || own < v/4-1e-6 {
				t.Errorf("%s t=%g: got variance %g of the pairs want about %g", name, at, own, v)
			}
		}
	}
	s := Default()
	if err := s.Set("place", "1"); err == nil {
		t.Error("place 1: got no error")
	}
}
