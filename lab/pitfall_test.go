package lab

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/path"
)

// sick is what a run shows of itself.
type sick struct {
	loss, floor, field, distance, spread float64
	jumps                                float64 // of the loss late in training: standard deviation over mean
	nfe                                  float64
}

// examine trains a small network to the end with a pitfall on, and measures.
func examine(t *testing.T, name string, turn func(*Setup)) sick {
	t.Helper()
	p, err := FindPitfall(name)
	if err != nil {
		t.Fatal(err)
	}
	s := Default()
	s.Model, s.Net, s.Iters, s.N, s.NFE = "learned", "32x2", 400, 200, 16
	turn(&s)
	sim, err := startTrain(p.Into(s))
	if err != nil {
		t.Fatal(err)
	}
	defer sim.Close()
	for sim.Step() && sim.(*bench).straight == nil { // which comes last, and is not asked for
	}
	f := sim.Frame(Look{Trip: 1})
	if f.Err != nil {
		t.Fatalf("%s: %v", name, f.Err)
	}
	get := func(key string) float64 {
		st, ok := f.Stat(key)
		if !ok {
			return math.NaN()
		}
		return st.Value
	}
	samples := f.Plane.Layers[len(f.Plane.Layers)-1]
	r := sick{get("loss"), get("loss_floor"), get("field_error"), get("energy_distance2"), 0, 0, get("nfe")}
	for _, x := range samples.Points {
		r.spread += x * x / float64(len(samples.Points))
	}
	r.jumps = roughness(f.Chart("loss").Curves[0].Y[200:])
	return r
}

// roughness is the standard deviation over the mean.
func roughness(y []float64) float64 {
	var mean, square float64
	for _, v := range y {
		mean += v / float64(len(y))
		square += v * v / float64(len(y))
	}
	return math.Sqrt(square-mean*mean) / mean
}

// Each pitfall makes the symptom that the table promises, beside the same run without
// it. The numbers are far from the bounds: see what -v prints.
func TestPitfallsMakeTheirSymptom(t *testing.T) {
	notInShort(t)
	t.Parallel()
	as := func(*Setup) {}
	noise := func(s *Setup) { s.Predict = path.Noise.Name }
	well, wellNoise := examine(t, "none", as), examine(t, "none", noise)
	t.Logf("well              %+.3v", well)
	t.Logf("well, noise       %+.3v", wellNoise)
	check := map[string]func(p sick) bool{
		"backward":  func(p sick) bool { return p.field == well.field && p.distance > 8*well.distance },
		"few-steps": func(p sick) bool { return p.field == well.field && p.nfe == 2 && p.spread < 0.5*well.spread },
		"wrong-noise": func(p sick) bool {
			return p.field == well.field && p.spread > 1.3*well.spread && p.distance > 3*well.distance
		},
		"ignored-schedule": func(p sick) bool {
			return p.loss == wellNoise.loss && p.spread < 0.75*wellNoise.spread && p.distance > 3*wellNoise.distance
		},
		"flipped-target": func(p sick) bool {
			return math.Abs(p.loss-well.loss) < 0.03 && p.field > 10*well.field && p.distance > 8*well.distance
		},
		"batch-mean": func(p sick) bool {
			return p.loss < 0.05*well.floor && p.field > 3*well.field && p.distance > 2*well.distance
		},
		"other-path": func(p sick) bool {
			return p.loss > 1.3*well.loss && p.field > 2*well.field && p.distance > 1.2*well.distance
		},
		"no-time":    func(p sick) bool { return p.loss > well.loss+0.15 && p.field > 2*well.field },
		"high-rate":  func(p sick) bool { return p.loss > well.loss+0.4 && p.field > 3*well.field },
		"tiny-batch": func(p sick) bool { return p.jumps > 5*well.jumps && p.field > 2*well.field },
	}
	for _, p := range Pitfalls {
		got := examine(t, p.Name, as)
		t.Logf("%-17s %+.3v", p.Name, got)
		if see := check[p.Name]; see == nil || !see(got) {
			t.Errorf("%s: want %s; got %+v, well %+v", p.Name, p.Symptom, got, well)
		}
		if p.mistaught() != math.IsNaN(got.floor) {
			t.Errorf("%s: got loss floor %v: want one exactly where the target is right", p.Name, got.floor)
		}
	}
}

// The table says of every pitfall what it does: it is one of training exactly if it
// takes a training to see it, it does something, and it has all its words.
func TestPitfallsAreWhole(t *testing.T) {
	for _, p := range Pitfalls {
		restarts := slices.ContainsFunc(p.Holds, func(h Hold) bool {
			k, err := FindKnob(h.Key)
			if err != nil {
				t.Fatalf("%s: %v", p.Name, err)
			}
			return k.Restarts
		})
		if teaches := p.mistaught() || p.Mistakes.Timeless || restarts; teaches != p.Trained {
			t.Errorf("%s: Trained is %v", p.Name, p.Trained)
		}
		for _, words := range []string{p.Title, p.Label, p.Symptom, p.Cure} {
			if words == "" || strings.HasSuffix(words, ".") {
				t.Errorf("%s: got words %q want half a sentence", p.Name, words)
			}
		}
		before := Default()
		before.Pitfall = p.Name
		after := before.played()
		for _, h := range p.Holds {
			if before.Get(h.Key) == after.Get(h.Key) && h.Key != "grid" || before.Matters(h.Key) {
				t.Errorf("%s: %s is not held", p.Name, h.Key)
			}
		}
		if again := after.played(); again != after {
			t.Errorf("%s: played twice is another setup", p.Name)
		}
		if len(p.Holds) == 0 && !p.mistaught() && !p.Mistakes.Timeless && !p.Reading && p.Widen == 0 {
			t.Errorf("%s: does nothing", p.Name)
		}
	}
}

// A pitfall goes into every setup that a menu offers it in, whatever it was, and a
// setup that cannot have it says what it wants.
func TestPitfallsGoIn(t *testing.T) {
	fewer(t, 60)
	for _, name := range []string{"particles", "train", "solvers", "free", "difference", "density", "ledger", "readings", "distances"} {
		e, err := FindExperiment(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range []string{"velocity", "noise"} {
			for _, p := range append([]Pitfall{{}}, Pitfalls...) {
				if p.WhyNot(e) != "" {
					continue
				}
				s := Default()
				s.Data, s.Net, s.Iters, s.N, s.Predict = "2gaussians", "8x1", 2, 60, kind
				sim, err := e.Start(p.Into(s).Only(e.Knobs))
				if err != nil {
					t.Errorf("%s: %s with predict %s: %v", name, p.Name, kind, err)
					continue
				}
				for range 30 {
					sim.Step()
				}
				if f := sim.Frame(Look{Trip: 1}); f.Pitfall != p.Says() || (f.Pitfall == "") != (p.Name == "") {
					t.Errorf("%s: %s: the frame says %q", name, p.Name, f.Pitfall)
				}
				sim.Close()
			}
		}
	}
	for _, c := range []struct{ pitfall, experiment, model, kind, says string }{
		{"no-time", "particles", "exact", "velocity", "want model learned"},
		{"other-path", "particles", "learned", "noise", "want predict velocity"},
		{"ignored-schedule", "particles", "exact", "noise", "want a trained model"},
		{"ignored-schedule", "train", "learned", "velocity", "want predict data or noise"},
		{"backward", "difference", "learned", "velocity", "here are only those of training"},
	} {
		e, err := FindExperiment(c.experiment)
		if err != nil {
			t.Fatal(err)
		}
		s := Default()
		s.Pitfall, s.Model, s.Predict = c.pitfall, c.model, c.kind
		if _, err := e.Start(s); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s in %s: got %v want an error that says %q", c.pitfall, c.experiment, err, c.says)
		}
	}
}

// A pitfall of sampling comes and goes with the trained model kept.
func TestPitfallsOfSamplingKeepTheModel(t *testing.T) {
	s := Default()
	s.Model, s.Data, s.Net, s.Iters, s.N = "learned", "2gaussians", "16x1", 40, 100
	sim, err := startParticles(s)
	if err != nil {
		t.Fatal(err)
	}
	defer sim.Close()
	ends := func() engine.Points {
		for sim.Step() {
		}
		layers := sim.Frame(Look{Trip: 1}).Plane.Layers
		return layers[len(layers)-1].Points
	}
	well := ends()
	k, err := FindKnob("pitfall")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"backward", "few-steps", "wrong-noise"} {
		sick := s
		sick.Pitfall = name
		if k.Restart(&s, &sick) {
			t.Errorf("%s starts the run anew", name)
		}
		if err := sim.Retune(sick); err != nil {
			t.Fatal(err)
		}
		if slices.Equal(ends(), well) {
			t.Errorf("%s: got the samples of the run without it", name)
		}
		if err := sim.Retune(s); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(ends(), well) {
			t.Errorf("%s: got other samples after it than before", name)
		}
	}
	if taught := (Setup{Pitfall: "no-time"}); !k.Restart(&s, &taught) || !k.Restart(&taught, &s) {
		t.Error("a pitfall of training comes or goes without training anew")
	}
}
