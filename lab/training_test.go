package lab

import (
	"bytes"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/path"
)

// short is a training of a second at most.
func short() Setup {
	s := Default()
	s.Data, s.Net, s.Iters, s.Batch = "2gaussians", "32x2", 300, 128
	return s
}

func trained(t *testing.T, s Setup) *Training {
	t.Helper()
	tr, err := NewTraining(s, opened(t, s.Data, false, s.Seed))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tr.Close)
	for tr.Step() {
	}
	if tr.Err() != nil {
		t.Fatal(tr.Err())
	}
	return tr
}

func ends(t *testing.T, m *Model, s Setup, n int) engine.Points {
	t.Helper()
	f, err := m.Flow(s)
	if err != nil {
		t.Fatal(err)
	}
	return arrived(t, f, s, Noise(n, 1)).Z()
}

// A network learns the same flow whatever it is told to predict: its field is
// nearer to the exact one than another path's field is.
func TestEveryPredictionIsAFlow(t *testing.T) {
	notInShort(t)
	for _, kind := range path.Trainable {
		s := short()
		s.Predict, s.Path, s.Solver = kind.Name, "vp", "dpm++2m"
		m := trained(t, s).Model()
		target := opened(t, s.Data, false, s.Seed)
		z := ends(t, m, s, 500)
		inside := 0
		for i := range z.Len() {
			if x, y := z.At(i); target.Mixture.LogDensity(x, y) > -5 {
				inside++
			}
		}
		if inside < 450 {
			t.Errorf("%s: got %d of 500 samples where data are, want at least 450", kind.Name, inside)
		}
	}
}

// A label leads to its class, none to all of them, and a weight beyond 1 farther
// from the other class. Guidance is the price of two calls.
func TestLabelsLeadToTheirClass(t *testing.T) {
	s := short()
	s.LabelDrop, s.NFE = 0.2, 32
	m := trained(t, s).Model()
	if m.Classes() != 2 || len(m.Means) != 2 {
		t.Fatalf("got %d classes with means %v want 2", m.Classes(), m.Means)
	}
	right := func(label string, w float64) (share, along float64) {
		s := s
		s.Label, s.Guidance = label, w
		z := ends(t, m, s, 400)
		for i := range z.Len() {
			x, y := z.At(i)
			along += (x + y) / 400
			if x+y > 0 {
				share += 1. / 400
			}
		}
		return share, along
	}
	if all, _ := right("none", 1); all < 0.4 || all > 0.6 {
		t.Errorf("no label: got %.2f of the samples at (1, 1) want about half", all)
	}
	zero, _ := right("0", 1)
	one, plain := right("1", 1)
	if zero > 0.1 || one < 0.9 {
		t.Errorf("labels 0 and 1: got %.2f and %.2f of the samples at (1, 1) want almost none and almost all", zero, one)
	}
	if _, guided := right("1", 3); guided < plain+0.05 {
		t.Errorf("w = 3: got x + y = %.3f on average, want clearly more than %.3f with w = 1", guided, plain)
	}
	s.Label, s.Guidance = "1", 3
	f, err := m.Flow(s)
	if err != nil {
		t.Fatal(err)
	}
	if trip := arrived(t, f, s, Noise(4, 1)); trip.Steps() != 4 || trip.NFE() != 32 {
		t.Errorf("guided rk4 with NFE 32: got %d steps, %d NFE want 4 and 32", trip.Steps(), trip.NFE())
	}
	s.Solver = "sde"
	if _, err := NewTrip(f, s, Noise(4, 1)); err == nil || !strings.Contains(err.Error(), "score") {
		t.Errorf("guided sde: got %v want an error that says it needs the score", err)
	}
}

// The closed form obeys the same knobs: a class, guided or not, on any route.
func TestTargetFlowObeysTheKnobs(t *testing.T) {
	s := Default()
	s.Data, s.Solver, s.Rtol, s.Atol = "moons", "dopri5", 1e-9, 1e-9
	m, linear := opened(t, s.Data, false, 1).Mixture, mustPath(t, "linear")
	ends := func(s Setup) engine.Points {
		f, err := TargetFlow(s, m, linear)
		if err != nil {
			t.Fatal(err)
		}
		return arrived(t, f, s, Noise(20, 1)).Z()
	}
	s.Label = "1"
	class := ends(s)
	want := arrived(t, ExactFlow(m.Class(1), linear), s, Noise(20, 1)).Z()
	if !same(class, want) {
		t.Error("label 1: got other end points than those of the class by itself")
	}
	s.Guidance = 0 // v_∅
	if none := ends(s); !same(none, arrived(t, ExactFlow(m, linear), s, Noise(20, 1)).Z()) {
		t.Error("guidance 0: got other end points than those without a label")
	}
	s.Guidance = 1
	for _, route := range []string{"vp", "cubic", "linear-vp", "poly:2"} {
		s.Route = route
		// The swapped flow ends with a data prediction at 0.999, from points about σ away.
		if got := ends(s); apart(got, class) > mustPath(t, route).At(0.999).Sigma {
			t.Errorf("route %s: got end points %g away, want the same destination", route, apart(got, class))
		}
	}
	for key, value := range map[string]string{"label": "2", "route": "custom"} {
		s := Default()
		if err := s.Set(key, value); err == nil {
			if _, err = TargetFlow(s, m, linear); err == nil {
				t.Errorf("%s %s: got no error", key, value)
			}
		}
	}
}

func apart(x, y engine.Points) (worst float64) {
	for i := range x {
		worst = max(worst, math.Abs(x[i]-y[i]))
	}
	return worst
}

// Straightened once, a flow keeps its ends and loses its bends: one Euler step
// lands nearer to where many do.
func TestReflowStraightens(t *testing.T) {
	notInShort(t)
	t.Parallel()
	s := short()
	s.Iters = 600
	bend := func(reflow int) float64 {
		s := s
		s.Reflow = reflow
		tr := trained(t, s)
		if tr.Iter() != (reflow+1)*s.Iters || tr.Iters() != tr.Iter() || tr.Round() != reflow || tr.Busy() {
			t.Errorf("reflow %d: got %d of %d iterations, round %d", reflow, tr.Iter(), tr.Iters(), tr.Round())
		}
		m := tr.Model()
		if m.Truthful() != (reflow == 0) {
			t.Errorf("reflow %d: got truthful %v", reflow, m.Truthful())
		}
		one, many := s, s
		one.Solver, one.NFE, many.NFE = "euler", 1, 64
		return apart(ends(t, m, one, 200), ends(t, m, many, 200))
	}
	if before, after := bend(0), bend(1); after > before/2 {
		t.Errorf("one Euler step against many: got %.3g before and %.3g after reflow, want less than half", before, after)
	}
}

// The loss floor of a network with labels is that of the two questions it answers.
func TestLossFloorWithLabels(t *testing.T) {
	s := short()
	target, linear := opened(t, s.Data, false, 1), mustPath(t, "linear")
	all, se := LossFloor(s, target, linear, path.Velocity)
	s.LabelDrop = 0
	classes, se2 := LossFloor(s, target, linear, path.Velocity)
	s.LabelDrop = 0.25
	mixed, _ := LossFloor(s, target, linear, path.Velocity)
	if want := 0.25*all + 0.75*classes; math.Abs(mixed-want) > 1e-12 {
		t.Errorf("label drop 0.25: got %g want %g", mixed, want)
	}
	// The two classes are mirror images: either has the floor of both.
	one, _ := exact.Floor(target.Mixture.Class(0), linear, path.Velocity, floorDraws, engine.NewRand(s.Seed, streamLoss))
	if math.Abs(one-classes) > 4*math.Hypot(se, se2) || classes > all-0.1 {
		t.Errorf("got %g with labels and %g without; one class alone has %g", classes, all, one)
	}
}

func TestTrainingSaysWhatCannotBe(t *testing.T) {
	for want, knobs := range map[string][2]string{
		"checkerboard has no classes": {"label-drop", "0.5"},
		"want label-drop 1":           {"reflow", "1"},
		"followed by a velocity":      {"predict", "noise"},
	} {
		s := short()
		switch knobs[0] {
		case "label-drop":
			s.Data = "checkerboard"
		case "reflow":
			s.LabelDrop = 0
		case "predict":
			s.Reflow = 1
		}
		if err := s.Set(knobs[0], knobs[1]); err != nil {
			t.Fatal(err)
		}
		if _, err := NewTraining(s, opened(t, s.Data, false, 1)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: got %v want an error with %q", knobs, err, want)
		}
	}
	s := short()
	s.Coupling, s.Solver = "ot", "sde"
	tr, err := NewTraining(s, opened(t, s.Data, false, 1))
	if err != nil {
		t.Fatal(err)
	}
	defer tr.Close()
	if err := tr.CheckSampling(); err == nil || !strings.Contains(err.Error(), "score") {
		t.Errorf("sde under ot: got %v want an error before the training that says it needs the score", err)
	}
}

// What a model is comes back from its file: kind, coupling, rounds, classes.
func TestModelKeepsItsKind(t *testing.T) {
	s := short()
	s.Iters, s.Predict, s.Coupling, s.LabelDrop = 3, "noise", "ot", 0.1
	m := trained(t, s).Model()
	var b bytes.Buffer
	if err := m.Write(&b, "test"); err != nil {
		t.Fatal(err)
	}
	got, err := ReadModel(&b, "m")
	if err != nil {
		t.Fatal(err)
	}
	if got.Predict.Name != "noise" || got.Coupling != "ot" || got.Reflow != 0 || got.Classes() != 2 || !slices.Equal(got.Means, m.Means) || got.Truthful() {
		t.Errorf("got %+v want %+v", got, m)
	}
	s.Label = "1"
	if !same(ends(t, got, s, 10), ends(t, m, s, 10)) {
		t.Error("got other samples from the file")
	}
}

// Every measure of a report has its floor, and the likelihood of a trained flow
// comes near the entropy of the data.
func TestReportHasEveryMeasure(t *testing.T) {
	s := short()
	s.N = 200
	m := trained(t, s).Model()
	r, err := Judge(t.Context(), s, opened(t, s.Data, false, 1), m)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, st := range r.Scores {
		keys = append(keys, st.Key)
		if !(st.Floor <= st.Q95) || math.IsNaN(st.Value) {
			t.Errorf("%s: got %g, floor %g to %g", st.Key, st.Value, st.Floor, st.Q95)
		}
	}
	if want := []string{"energy_distance2", "sliced_w2", "w2", "mmd2", "nll"}; !slices.Equal(keys, want) {
		t.Errorf("got %v want %v", keys, want)
	}
	if l := r.Scores[4]; l.Value < l.Floor-0.3 || l.Value > l.Floor+0.5 {
		t.Errorf("NLL: got %g want it near the entropy, %g", l.Value, l.Floor)
	}
}

// Under each loss curve lies its floor, with its standard error said, for every data
// set, path and prediction; where the pairs are not independent there is none, and
// that is said.
func TestFloorUnderEveryLossCurve(t *testing.T) {
	notInShort(t)
	loss := func(knobs ...string) *Chart {
		sim := start(t, "train", append(knobs, "net", "4x1", "batch", "16", "iters", "2", "n", "20")...)
		for sim.Frame(Look{}).Progress.Done < 1 {
			sim.Step()
		}
		return sim.Frame(Look{}).Chart("loss")
	}
	drawn := func(c *Chart) bool {
		return slices.ContainsFunc(c.Curves, func(c Curve) bool { return c.Role == RoleFloor && len(c.Y) == 2 && c.Y[0] > 0 && c.Y[0] == c.Y[1] })
	}
	said := regexp.MustCompile(`^floor \d+\.\d+ ± \d+\.\d+`)
	check := func(knobs ...string) {
		if c := loss(knobs...); !drawn(c) || !said.MatchString(c.Note) {
			t.Errorf("%v: got %q under the loss, want its floor drawn, and said with its error", knobs, c.Note)
		}
	}
	for _, data := range dataNames() {
		check("data", data)
	}
	for _, on := range builtinPaths() {
		for _, kind := range kindNames() {
			check("data", "2gaussians", "path", on, "predict", kind)
		}
	}
	check("data", csvFile(t, twoBlobs()))
	check("path", "custom", "alpha", "t^2")
	if c := loss("coupling", "ot"); drawn(c) || !strings.Contains(c.Note, "no floor in closed form: the pairs are not independent") {
		t.Errorf("coupling ot: got %q under the loss, want no floor, and why", c.Note)
	}
}
