package lab

import (
	"math"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/path"
)

// TestReadingsOfTheExactModel have no error, and come back from every reading.
func TestReadingsOfTheExactModel(t *testing.T) {
	for _, p := range path.All {
		sim := start(t, "readings", "data", "2gaussians", "path", p.Name, "n", "50")
		finish(t, sim)
		for _, trip := range []float64{0, 0.3, 1} {
			f := sim.Frame(Look{Trip: trip})
			for _, kind := range path.Kinds {
				if got := stat(t, f, "error_"+kind.Name).Value; got != 0 {
					t.Errorf("%s at %v: error as %s = %v, want 0", p.Name, trip, kind.Name, got)
				}
			}
			if got := stat(t, f, "round_trip").Value; !(got < 1e-10) {
				t.Errorf("%s: round trip = %v, want at most 1e-10", p.Name, got)
			}
			if len(f.Table.Rows) != len(path.Kinds) {
				t.Errorf("got %d rows, want one a reading", len(f.Table.Rows))
			}
		}
	}
}

// TestOneNetworkFourReadings: on the linear path the errors of a network's readings
// are those of its prediction times known factors, x̂1 = z + (1−t) v and so on,
// whatever it was trained to.
func TestOneNetworkFourReadings(t *testing.T) {
	for _, predict := range path.Trainable {
		sim := start(t, "readings", "data", "2gaussians", "model", "learned", "predict", predict.Name, "net", "8x1", "iters", "30", "batch", "64", "n", "50")
		finish(t, sim)
		f := sim.Frame(Look{Trip: 0.4})
		const at = 0.4
		v := stat(t, f, "error_velocity").Value
		for kind, factor := range map[string]float64{"data": 1 - at, "noise": at, "score": at / (1 - at)} {
			if got, want := stat(t, f, "error_"+kind).Value, factor*factor*v; !(math.Abs(got-want) < 1e-9*want) || v == 0 {
				t.Errorf("trained to predict the %s: error as %s = %v, want %v", predict.Name, kind, got, want)
			}
		}
		if got := stat(t, f, "round_trip").Value; !(got < 1e-10) {
			t.Errorf("trained to predict the %s: round trip = %v, want at most 1e-10", predict.Name, got)
		}
		if f.Chart("readings") == nil || f.Chart("loss") == nil {
			t.Error("no chart of the errors or of the loss")
		}
		if told := strings.Contains(f.Say, "trained to predict the "+predict.Name); told == (predict.Name == "velocity") {
			t.Errorf("trained to predict the %s, read as the velocity: got %q", predict.Name, f.Say)
		}
	}
}

// TestReadingsAsArrows: what is drawn is the chosen reading; turning it keeps the
// trips.
func TestReadingsAsArrows(t *testing.T) {
	sim := start(t, "readings", "data", "2gaussians", "n", "50")
	finish(t, sim)
	s := Default()
	s.Data, s.N = "2gaussians", 50
	set, err := OpenTarget("2gaussians", false, 1)
	if err != nil {
		t.Fatal(err)
	}
	flow, c := ExactFlow(set.Mixture, mustPath(t, "linear")), mustPath(t, "linear").At(0.5)
	for _, kind := range path.Kinds {
		s.Read = kind.Name
		if err := sim.Retune(s); err != nil {
			t.Fatal(err)
		}
		if sim.Step() {
			t.Errorf("%s: another reading left work to do", kind.Name)
		}
		l := sim.Frame(Look{Trip: 0.5, Field: true}).Plane.Layers[0]
		v, want := engine.NewPoints(l.Points.Len()), engine.NewPoints(l.Points.Len())
		flow.Velocity(v, l.Points, 0.5)
		c.Convert(want, l.Points, v, path.Velocity, kind)
		for i := range want {
			if kind.Name == "data" || kind.Name == "noise" {
				want[i] -= l.Points[i]
			}
			if math.Abs(l.Vectors[i]-want[i]) > 1e-9 {
				t.Fatalf("%s: entry %d of the arrows = %v, want %v", kind.Name, i, l.Vectors[i], want[i])
			}
		}
	}
}

// TestDiffusionBothWays: a network that predicts the noise on ddpm is sampled by
// the ODE and by the reverse SDE, both to the data and not to the same ends.
func TestDiffusionBothWays(t *testing.T) {
	notInShort(t)
	t.Parallel()
	f := finish(t, start(t, "readings", "data", "2gaussians", "path", "ddpm", "model", "learned", "predict", "noise",
		"net", "16x2", "iters", "600", "batch", "128", "nfe", "64", "solver", "euler", "n", "500"))
	ode, sde := stat(t, f, "ode_energy_distance2"), stat(t, f, "sde_energy_distance2")
	for _, st := range []Stat{ode, sde} {
		if !(st.Value < 0.1 && st.Floor > 0 && st.Q95 > st.Floor) { // noise itself is at 0.22
			t.Errorf("%s = %v, floor %v to %v, want below 0.1 beside its floor", st.Key, st.Value, st.Floor, st.Q95)
		}
	}
	if ode.Value == sde.Value {
		t.Error("ODE and SDE ended alike")
	}
}

// TestNoScoreOfPairs: where noise and data were not paired independently there is
// no score, no SDE and nothing exact, and the rest is measured.
func TestNoScoreOfPairs(t *testing.T) {
	knobs := []string{"data", "2gaussians", "model", "learned", "coupling", "ot", "net", "8x1", "iters", "8", "batch", "32", "n", "50", "read", "score"}
	sim := start(t, "readings", knobs...)
	f := finish(t, sim)
	if !strings.Contains(f.Say, "no score") || !math.IsNaN(stat(t, f, "sde_energy_distance2").Value) || !math.IsNaN(stat(t, f, "error_velocity").Value) {
		t.Errorf("got %q, SDE %v, error %v, want it said and none of them", f.Say, stat(t, f, "sde_energy_distance2").Value, stat(t, f, "error_velocity").Value)
	}
	if got := stat(t, f, "ode_energy_distance2").Value; math.IsNaN(got) || stat(t, f, "round_trip").Value > 1e-10 {
		t.Errorf("ODE %v, round trip %v, want both measured", got, stat(t, f, "round_trip").Value)
	}
	s := sim.(*readout).setup
	s.Solver = "sde"
	if err := sim.Retune(s); err == nil || shown(finish(t, sim)) != shown(f) {
		t.Errorf("solver sde: got %v, want an error and no change", err)
	}
}

// TestReadingsOfAFile compares at fewer points.
func TestReadingsOfAFile(t *testing.T) {
	f := finish(t, start(t, "readings", "data", csvFile(t, twoBlobs()), "n", "20", "solver", "sde"))
	if sde := stat(t, f, "sde_energy_distance2"); !(sde.Value > 0 && sde.Floor > 0) {
		t.Errorf("SDE: energy distance² %v, floor %v, want both", sde.Value, sde.Floor)
	}
	if !strings.Contains(f.Say, "memorises") || stat(t, f, "error_velocity").Value != 0 {
		t.Errorf("got %q and error %v, want it said, and none", f.Say, stat(t, f, "error_velocity").Value)
	}
}

// TestReadingsBeforeTheFirstTrip: there is a picture at every moment, whichever of
// the two trips is the chosen one.
func TestReadingsBeforeTheFirstTrip(t *testing.T) {
	for _, solver := range []string{"sde", "rk4"} {
		sim := start(t, "readings", "data", "2gaussians", "n", "64", "solver", solver)
		for more := true; more; more = sim.Step() {
			if f := sim.Frame(Look{Trip: 1, Field: true, Trails: true}); f.Plane == nil {
				t.Fatalf("%s: got no picture", solver)
			}
		}
	}
}
