package tui

import (
	"errors"
	"strings"
	"testing"

	"fmlab/lab"
	"fmlab/tui/term"
)

// inLab opens the free lab on an experiment with cheap knobs, and those given as
// key, value, key, value.
func inLab(t *testing.T, experiment string, turns ...string) *learner {
	t.Helper()
	o := quick()
	for i := 0; i < len(turns); i += 2 {
		if err := o.Setup.Set(turns[i], turns[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	o.Experiment, o.Trip = experiment, 1
	return begin(t, "", o)
}

func (l *learner) stat(key string) float64 {
	l.t.Helper()
	s, ok := l.live().frame.Stat(key)
	if !ok {
		l.t.Fatalf("got no stat %s", key)
	}
	return s.Value
}

// TestKnobsWhileTraining: solver, path and data are turned while the engine
// works. The solver keeps the trained model, path and data start anew from the
// same seed, and undo leads back.
func TestKnobsWhileTraining(t *testing.T) {
	l := inLab(t, "free", "model", "learned", "iters", "3000")
	in := l.free
	trained := func(n int) func() bool {
		return func() bool { return in.training() && l.stat("iter") >= float64(n) }
	}
	l.until("training", trained(20))

	at := l.stat("iter")
	l.press("s")
	l.sees("solver: dopri5 (was rk4; u undoes)")
	l.picture()
	if got := l.stat("iter"); got < at || in.setup.Solver != "dopri5" {
		t.Errorf("after s: got iteration %g with %s, want at least %g with dopri5", got, in.setup.Solver, at)
	}

	for knob, press := range map[string]string{"path": "p", "data": "d", "seed": "R"} {
		l.until("training", trained(20))
		before, seed := in.setup.Get(knob), in.setup.Seed
		l.press(press)
		l.picture()
		if in.setup.Get(knob) == before || l.stat("iter") >= 20 || knob != "seed" && in.setup.Seed != seed {
			t.Errorf("after %s: got %s %s, iteration %g, seed %d; want another and a start from seed %d", press, knob, in.setup.Get(knob), l.stat("iter"), in.setup.Seed, seed)
		}
		l.press("u")
		l.picture()
		if got := in.setup.Get(knob); got != before {
			t.Errorf("after u: got %s %s, want %s", knob, got, before)
		}
	}
}

// TestSolverKeepsTheModel: the trained network is the same to the last bit under
// another solver, and a new start from the same seed trains the same one.
func TestSolverKeepsTheModel(t *testing.T) {
	l := inLab(t, "particles", "model", "learned")
	l.settle()
	field, energy := l.stat("field_error"), l.stat("energy_distance2")
	l.drive("s")
	if got := l.stat("field_error"); got != field {
		t.Errorf("field error under another solver: got %v, want %v", got, field)
	}
	if got := l.stat("energy_distance2"); got == energy {
		t.Errorf("energy distance under another solver: got %v again", got)
	}
	l.drive("u", "p")
	if got := l.stat("field_error"); got == field {
		t.Errorf("field error on another path: got %v again", got)
	}
	l.drive("u")
	if got := l.stat("energy_distance2"); got != energy || l.stat("field_error") != field {
		t.Errorf("after p and u: got energy distance %v, want %v", got, energy)
	}
	l.drive("r")
	if got := l.stat("energy_distance2"); got != energy {
		t.Errorf("after r: got energy distance %v, want %v", got, energy)
	}
	l.drive("R")
	if got := l.stat("energy_distance2"); got == energy || l.free.setup.Seed != 8 {
		t.Errorf("after R: got energy distance %v with seed %d, want another with 8", got, l.free.setup.Seed)
	}
}

// TestOnePhotoAtATime: a photo of an older run is not shown and judges nothing.
func TestOnePhotoAtATime(t *testing.T) {
	l := inLab(t, "particles")
	l.settle()
	in := l.free
	old := photo{slot: slotFree, run: in.run, sim: in.sim, exp: in.exp, setup: in.setup, frame: &lab.Frame{Say: "old"}}
	in.restart()
	if current, err := in.arrive(old); current || err != nil || in.frame.Say == "old" {
		t.Errorf("a photo taken before the restart: got current %v, shown %v, want it refused", current, in.frame.Say == "old")
	}
	l.press("t")
	l.settle()
	if in.arrive(old); in.frame.Say == "old" {
		t.Errorf("a photo of an older run: got it shown, want it refused")
	}
	in.want = changeTune
	old.run = in.run
	if current, _ := in.arrive(old); current || in.frame.Say != "old" {
		t.Errorf("a photo of knobs as they were: got current %v, shown %v, want it shown and not judged", current, in.frame.Say == "old")
	}
	in.want = changeNone
	if current, err := in.arrive(photo{slot: slotFree, run: in.run, sim: in.sim, err: errors.New("refused")}); current || err == nil {
		t.Errorf("a refusal: got current %v, error %v", current, err)
	}
}

// TestStepAndPause: n takes one step and stands, space stands and goes on,
// ctrl+c stops at once.
func TestStepAndPause(t *testing.T) {
	l := inLab(t, "train", "iters", "100000")
	in := l.free
	l.until("training", func() bool { return in.training() && l.stat("iter") > 5 })
	l.press("n")
	l.settle()
	for range 20 {
		at := l.stat("iter")
		l.press("n")
		l.settle()
		if got := l.stat("iter"); got != at && got != at+1 { // a step may be of the preview
			t.Fatalf("n: got iteration %g after %g", got, at)
		}
	}
	l.sees("paused: space goes on")
	at := l.stat("iter")
	l.press("left", "f")
	l.settle()
	if l.stat("iter") != at || in.look.Trip != 0.95 || !in.look.Field {
		t.Errorf("paused: got iteration %g, t %g, field %v, want %g, 0.95, true", l.stat("iter"), in.look.Trip, in.look.Field, at)
	}
	l.press(" ")
	l.until("going on", func() bool { return l.stat("iter") > at+5 })
	l.press("ctrl+c")
	l.sees("stopped; space goes on")
	l.settle()
	if !in.training() || l.left {
		t.Errorf("ctrl+c: want the run to stand, and the app")
	}
	l.press("ctrl+c")
	l.sees("A training run would be lost. Quit?")
	l.press("n")
	l.settle()
	if l.left || l.ask != nil {
		t.Errorf("n: want to stay")
	}
	l.drive("ctrl+c", "ctrl+c")
	if !l.left {
		t.Errorf("ctrl+c twice: want the end")
	}
}

// TestTrainingGoesOn: a run in Play goes on behind the pages, the map and the
// free lab; leaving asks; another lesson's Play asks.
func TestTrainingGoesOn(t *testing.T) {
	o := quick()
	o.Lesson = "2.1"
	o.Setup.Iters = 1_000_000
	l := begin(t, "", o)
	l.press("2")
	in := l.play
	iter := func() float64 {
		s, _ := in.frame.Stat("iter")
		return s.Value
	}
	l.until("training", func() bool { return in.training() && iter() > 3 })
	for _, key := range []string{"1", "esc", "l"} {
		at := iter()
		l.press(key)
		l.until("more training after "+key, func() bool { return iter() > at+3 })
	}
	l.press("esc")
	l.enterLesson("2.1")
	l.press("2")
	if l.play.frame == nil || iter() < 10 {
		t.Errorf("back in Play: want the run that went on")
	}
	l.press("q")
	l.sees("A training run would be lost. Quit?")
	l.press("esc")

	l.enterLesson("2.2")
	l.press("2")
	l.sees("The training run of 2.1 would be lost")
	l.press("n")
	if l.played.ID != "2.1" || l.lesson.tab != 0 {
		t.Errorf("n: want 2.1 in Play, and the page on screen")
	}
	l.press("2", "y")
	l.until("another start", func() bool { return l.played.ID == "2.2" && in.training() && iter() < 10 })
	l.press("1", "ctrl+c") // stops the page's run and the one behind
	if !l.play.paused {
		t.Errorf("ctrl+c: want the run behind the page stopped too")
	}
}

// TestABAndZoom: A keeps a picture beside the next run; z shows panel by panel.
func TestABAndZoom(t *testing.T) {
	l := inLab(t, "free")
	l.settle()
	l.drive("A")
	l.sees("pinned as A")
	was := l.free.pinned.frame
	l.drive("d")
	l.hush()
	l.sees("A: data 2gaussians", "B: data 8gaussians")
	if l.free.pinned.frame != was || was == l.free.frame {
		t.Errorf("got the pinned picture changed, or the same twice")
	}
	l.drive("A")
	if l.free.pinned != nil || strings.Contains(l.screen(), "A: ") {
		t.Errorf("A again: got it still pinned")
	}
	seen := map[string]bool{}
	n := len(panels(l.free.frame, l.free.show))
	for range n {
		l.drive("z")
		seen[l.screen()] = true
	}
	if len(seen) != n || n < 3 {
		t.Errorf("z: got %d pictures of %d panels", len(seen), n)
	}
	l.drive("esc")
	if l.zoom != 0 || l.at != screenLab {
		t.Errorf("esc: want all panels, in the lab")
	}
	l.drive("z", "z")
	for range n - 1 {
		l.drive("z")
	}
	if l.zoom != 0 {
		t.Errorf("z after the last panel: got zoom %d, want all panels", l.zoom)
	}
}

// TestTrip: space plays the trip once, arrows scrub it between its ends, and e
// and t and y do what they say.
func TestTrip(t *testing.T) {
	l := inLab(t, "particles", "model", "learned")
	l.settle()
	times := map[float64]bool{}
	l.press(" ")
	for l.step() {
		times[l.free.frame.T] = true
	}
	if l.free.look.Trip != 1 || l.free.play || len(times) < 100 {
		t.Errorf("space: got t %g after %d pictures", l.free.look.Trip, len(times))
	}
	for range 25 {
		l.press("left")
	}
	l.settle()
	if l.free.frame.T != 0 {
		t.Errorf("←: got t %g, want 0", l.free.frame.T)
	}
	l.drive("right", "e")
	if got := l.free.frame.Plane.Layers[0]; got.Role != lab.RoleExact {
		t.Errorf("e: got arrows of role %d, want the exact field", got.Role)
	}
	l.drive("e")
	if got := l.free.frame.Plane.Layers[0]; got.Role != lab.RoleField {
		t.Errorf("e again: got arrows of role %d, want the learned field", got.Role)
	}
	copied := l.opts.Clipboard.(*strings.Builder)
	l.drive("y")
	var want strings.Builder
	if err := term.Copy(&want, l.free.card()); err != nil || copied.String() != want.String() {
		t.Errorf("y: got %q copied, want %q", copied, want.String())
	}
	l.sees("copied: fmlab play --experiment particles")
	exp, setup, trip, err := lab.ReadCard(l.free.card())
	if err != nil || exp.Name != "particles" || setup.Solver != l.free.setup.Solver || trip != 0.05 {
		t.Errorf("card %s: got %v at %g, %v", l.free.card(), setup, trip, err)
	}
}
