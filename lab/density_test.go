package lab

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fmlab/engine"
	"fmlab/engine/dataset"
)

// TestDensityIsTheExactOne: by integration of the exact flow it is the density in
// closed form, and its integral over the plane is 1.
func TestDensityIsTheExactOne(t *testing.T) {
	for _, path := range []string{"linear", "ddpm"} {
		sim := start(t, "density", "data", "2gaussians", "path", path)
		f := finish(t, sim)
		if got := stat(t, f, "integral").Value; !(math.Abs(got-1) < 1e-3) {
			t.Errorf("%s: integral of the density = %v, want 1 ± 1e-3", path, got)
		}
		if got := stat(t, f, "logp_error").Value; !(got < 1e-3) {
			t.Errorf("%s: RMS of log p = %v from the exact one, want below 1e-3", path, got)
		}
		flow, truth := f.Plane.Layers[0], sim.Frame(Look{Exact: true}).Plane.Layers[0]
		if flow.Kind != Heat || truth.Kind != Heat || truth.Role != RoleExact {
			t.Fatalf("got layers %v and %v, want two maps", flow.Kind, truth.Kind)
		}
		for i, p := range flow.Values {
			if want := truth.Values[i]; math.Abs(p-want) > 1e-3*want+1e-9 {
				t.Fatalf("%s: p in cell %d = %v, want %v", path, i, p, want)
			}
		}
		nll := stat(t, f, NLLKey) // mean over 500 points; the floor is the middle of 20 such
		if sd := nll.Q95 - nll.Floor; !(math.Abs(nll.Value-nll.Floor) < 4*sd) {
			t.Errorf("%s: NLL = %v, want its floor %v within 4 × %v", path, nll.Value, nll.Floor, sd)
		}
	}
}

// TestEveryDataSetFitsTheMap: the cells are small enough and the square is large
// enough for the sum of the exact density to be 1.
func TestEveryDataSetFitsTheMap(t *testing.T) {
	notInShort(t)
	for _, set := range dataset.All {
		flow := ExactFlow(set.Mixture(), mustPath(t, "linear"))
		m := newDensityMap(flow, nil, reach(set.Mixture()), len(mapBlocks), nil)
		for k := range m.LogP {
			m.LogP[k] = set.Mixture().LogDensity(m.x.At(k))
		}
		m.place(m.P, m.LogP)
		m.Done = len(m.LogP)
		if got := m.Integral(); !(math.Abs(got-1) < 1e-3) {
			t.Errorf("%s: sum of the exact density over the map = %v, want 1 ± 1e-3", set.Name, got)
		}
	}
}

// TestMapCells: every cell is computed once, and every order of blocks covers all.
func TestMapCells(t *testing.T) {
	for sizes := 1; sizes <= len(mapBlocks); sizes++ {
		middles, covered := map[[2]int]bool{}, 0
		for _, c := range mapCells(mapBlocks[:sizes]) {
			if middles[[2]int{c.col, c.row}] {
				t.Errorf("%d sizes: cell %d, %d is computed twice", sizes, c.col, c.row)
			}
			middles[[2]int{c.col, c.row}] = true
			if c.block == mapBlocks[0] {
				covered += c.block * c.block
			}
		}
		side := mapSide / mapBlocks[sizes-1]
		if len(middles) != side*side || covered != mapSide*mapSide {
			t.Errorf("%d sizes: got %d values, the first of which cover %d cells, want %d and %d", sizes, len(middles), covered, side*side, mapSide*mapSide)
		}
	}
}

// TestHutchinson: the estimate is right in the mean. Its difference has the
// standard error sd/√256 if all were independent; the 8 draws at a point are of two
// values only, so that 32 points are what there is: beyond 5 sd/√32 lies no more
// than one run in a million.
func TestHutchinson(t *testing.T) {
	f := finish(t, start(t, "density", "data", "2gaussians"))
	mean, sd := stat(t, f, "hutchinson_mean").Value, stat(t, f, "hutchinson_sd").Value
	if !(sd > 0.01) || !(math.Abs(mean) < 5*sd/math.Sqrt(signPoints)) {
		t.Errorf("got mean difference %v and standard deviation %v, want a spread and a mean about 0", mean, sd)
	}
}

// TestLearnedDensity: a map is made anew as training goes on, and at its end it is
// a density.
func TestLearnedDensity(t *testing.T) {
	notInShort(t)
	t.Parallel()
	sim := start(t, "density", "data", "2gaussians", "model", "learned", "net", "16x2", "iters", "200", "batch", "64")
	first := sim.Frame(Look{}).Plane.Layers[0]
	for sim.(*densities).busy() {
		sim.Step()
	}
	f := finish(t, sim)
	if got := stat(t, f, "integral").Value; !(math.Abs(got-1) < 0.02) {
		t.Errorf("integral of the learned density = %v, want 1 ± 0.02", got)
	}
	if got := stat(t, f, "logp_error").Value; !(got > 0.01 && got < 2) {
		t.Errorf("RMS of log p = %v, want off by something below 2", got)
	}
	if nll := stat(t, f, NLLKey); !(nll.Value > nll.Floor) {
		t.Errorf("NLL = %v, want above the entropy, floor %v", nll.Value, nll.Floor)
	}
	sum := 0.0
	for i, p := range f.Plane.Layers[0].Values {
		sum += math.Abs(p - first.Values[i])
	}
	if sum == 0 || f.Chart("loss") == nil {
		t.Error("the map is the one before training, or there is no loss curve")
	}
}

// twoBlobs are 64 points of two Gaussians.
func twoBlobs() engine.Points {
	set, _ := dataset.Get("2gaussians")
	p := engine.NewPoints(64)
	set.Mixture().Sample(p, engine.NewRand(1, 1))
	return p
}

// TestDensityOfPoints: a finite set has none, and that is said; a network trained
// on it has one, with nothing exact beside it.
func TestDensityOfPoints(t *testing.T) {
	file := csvFile(t, twoBlobs())
	f := finish(t, start(t, "density", "data", file))
	if !strings.Contains(f.Say, "no density") || !math.IsNaN(stat(t, f, "integral").Value) || len(f.Plane.Layers) != 1 {
		t.Errorf("%s: got %q with integral %v, want it said that there is no density", filepath.Base(file), f.Say, stat(t, f, "integral").Value)
	}
	f = finish(t, start(t, "density", "data", file, "model", "learned", "net", "8x1", "iters", "8"))
	if got := stat(t, f, "integral").Value; !(math.Abs(got-1) < 0.1) || !math.IsNaN(stat(t, f, "logp_error").Value) || f.Say == "" {
		t.Errorf("learned on a file: got integral %v, error %v, %q, want 1 ± 0.1, none, and what it means", got, stat(t, f, "logp_error").Value, f.Say)
	}
}

// TestDensityOfAClass: turning the label keeps the model and shows the class.
func TestDensityOfAClass(t *testing.T) {
	sim := start(t, "density", "data", "2gaussians")
	s := Default()
	s.Data, s.Label = "2gaussians", "1"
	if err := sim.Retune(s); err != nil {
		t.Fatal(err)
	}
	f := finish(t, sim)
	if got := stat(t, f, "logp_error").Value; !(got < 1e-3) || !strings.Contains(f.Say, "class 1") {
		t.Errorf("class 1: RMS of log p = %v, %q, want below 1e-3, and the class", got, f.Say)
	}
	s.Label = "2"
	if err := sim.Retune(s); err == nil {
		t.Error("label 2 of two classes: got no error")
	}
	if again := finish(t, sim); shown(again) != shown(f) {
		t.Error("a refused change changed the picture")
	}
}

// TestPhotographsAreQuick: the quickest of many takes less than 2 ms, whatever is
// under way; the others waited for something else on the machine.
func TestPhotographsAreQuick(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	for _, name := range []string{"density", "distances", "ledger", "couplings", "readings"} {
		s := Default()
		s.Model, s.Iters = "learned", 20
		exp, err := FindExperiment(name)
		if err != nil {
			t.Fatal(err)
		}
		sim := started(t, exp, s)
		for range 40 {
			sim.Step()
		}
		var took []float64
		for range 15 {
			began := time.Now()
			sim.Frame(Look{Trip: 0.6, Field: true, Exact: true, Trails: true})
			took = append(took, time.Since(began).Seconds())
		}
		sim.Close()
		if m := slices.Min(took); m > 2e-3 {
			t.Errorf("%s: a photograph takes %.1f ms, want at most 2", name, 1e3*m)
		}
	}
}
