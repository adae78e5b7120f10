package lessons

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"fmlab/lab"
)

// The promises of the texts, kept with the real lab: every picture of a page can
// be had, no goal of a Play scene is met by doing nothing and each is met by its
// solution, and every prediction has one right answer, whatever the seed.

// seeds are those at which predictions are asked: the lab's own and two others.
var seeds = []uint64{lab.Default().Seed, 1, 42}

// margin is how far apart the best and the next best value of a prediction must
// be, as a share: nobody should be told wrong by a hair.
const margin = 0.05

// TestReach asks the scenes that train no network: the pictures until they stand,
// the predictions at the lab's own seed. TestReachAll asks more.
func TestReach(t *testing.T) {
	notInShort(t)
	reach(t, false, seeds[:1], stands)
}

// alwaysTrain are the experiments that train whatever their knobs say.
var alwaysTrain = []string{"train", "anatomy", "difference", "schedules"}

// reach asks everything of the scenes that train a network, which takes seconds
// each, or of those that do not: predictions at these seeds, and the pictures of
// pages until enough, or to their end.
func reach(t *testing.T, training bool, asked []uint64, enough func(*lab.Frame) bool) {
	eachReady(t, func(t *testing.T, l *Lesson, b *Body) {
		t.Parallel()
		w := &workshop{t: t}
		trains := func(s *Scene) bool {
			setup := w.setup(*s)
			return slices.Contains(alwaysTrain, s.Experiment) || setup.Model == "learned"
		}
		if trains(b.Play.Scene) == training {
			w.reachGoals(*b.Play.Scene, b.Play.Goals)
		}
		for _, p := range b.Pages {
			if trains(p.Scene) == training {
				w.turn(*p.Scene, w.setup(*p.Scene)).finish(t, enough)
			}
		}
		for i := range b.Predicts {
			if p := &b.Predicts[i]; trains(p.Scene) == training {
				w.reachAnswer(p, asked)
			}
		}
	})
}

// reachGoals leaves the scene alone, then turns the knobs of each solution.
func (w *workshop) reachGoals(scene Scene, goals []Goal) {
	asGiven := w.setup(scene)
	w.start(scene, asGiven).finish(w.t, func(f *lab.Frame) bool {
		for _, g := range goals {
			if ok, measured := g.When.Holds(f, asGiven.Get); ok {
				w.t.Errorf("%s:%d: goal %s is met by doing nothing: %s", scene.File, g.Line, g.Slug, measured)
				return true
			}
		}
		return false
	})
	for _, g := range goals {
		solved := w.with(scene, g.Solve)
		setup := w.setup(solved)
		frame := w.turn(solved, setup).finish(w.t, func(f *lab.Frame) bool { // the app looks all the time
			ok, _ := g.When.Holds(f, setup.Get)
			return ok
		})
		ok, measured := g.When.Holds(frame, setup.Get)
		w.t.Logf("goal %s: %s", g.Slug, measured)
		if !ok {
			w.t.Errorf("%s:%d: the solution of goal %s does not meet it: %s", scene.File, g.Line, g.Slug, measured)
		}
	}
}

// reachAnswer asks a prediction at every one of the seeds.
func (w *workshop) reachAnswer(p *Predict, seeds []uint64) {
	answers := map[int]bool{}
	for _, seed := range seeds {
		right, measured := w.answer(p, seed)
		w.t.Logf("prediction %s, seed %d: option %d of %d: %s", p.Slug, seed, right+1, len(p.Options), measured)
		if right < 0 {
			w.t.Errorf("%s:%d: no single right answer at seed %d: %s", p.Scene.File, p.Line, seed, measured)
		}
		answers[right] = true
	}
	if len(answers) != 1 {
		w.t.Errorf("%s:%d: the right answer depends on the seed", p.Scene.File, p.Line)
	}
}

// answer returns which option is right at a seed, −1 for none or too close a
// call, and what was measured.
func (w *workshop) answer(p *Predict, seed uint64) (right int, measured string) {
	if p.Pick == "" {
		frame, setup := w.ask(p, p.Run, seed)
		return p.Judge(frame, setup.Get), fmt.Sprintf("%.4g", value(frame, p.Stat))
	}
	values := make([]float64, len(p.Options))
	for i, o := range p.Options {
		frame, _ := w.ask(p, o.Set, seed)
		values[i] = value(frame, p.Stat)
	}
	right = p.Best(values)
	for i, v := range values {
		if right >= 0 && i != right && math.Abs(v-values[right]) < margin*math.Abs(v) {
			return -1, fmt.Sprintf("%.4g is too close a call", values)
		}
	}
	return right, fmt.Sprintf("%.4g", values)
}

// ask runs the setting of a prediction, with these knobs turned, until what it
// asks for is measured and no work is under way that would change it.
func (w *workshop) ask(p *Predict, turned []Setting, seed uint64) (*lab.Frame, lab.Setup) {
	scene := w.with(*p.Scene, turned)
	setup := w.setup(scene)
	setup.Seed = seed
	return w.turn(scene, setup).finish(w.t, func(f *lab.Frame) bool {
		st, _ := f.Stat(p.Stat)
		return stands(f) && !math.IsNaN(st.Value) && (p.Pick != "" || !math.IsNaN(st.Floor))
	}), setup
}

// stands says whether no work is under way that would change what is seen, but for
// comparisons beside it.
func stands(f *lab.Frame) bool { return f.Progress.What == "" || f.Progress.What == "comparing" }

// value is a stat of a photograph, NaN if it has none of that name.
func value(f *lab.Frame, stat string) float64 {
	if st, ok := f.Stat(stat); ok {
		return st.Value
	}
	return math.NaN()
}

// rig is a scene on the bench.
type rig struct {
	scene Scene
	setup lab.Setup
	sim   lab.Sim
}

// finish works until nothing is left to do, or a photograph is what is waited
// for, and returns the last one.
func (r *rig) finish(t *testing.T, enough func(*lab.Frame) bool) *lab.Frame {
	t.Helper()
	for more := true; ; {
		f := r.sim.Frame(lab.Look{Trip: r.scene.T})
		if f.Err != nil {
			t.Fatalf("%s:%d: %v", r.scene.File, r.scene.Line, f.Err)
		}
		if !more || enough != nil && enough(f) {
			return f
		}
		more = lab.Advance(context.Background(), r.sim, 20*time.Millisecond)
	}
}

// workshop keeps the rigs of a lesson.
type workshop struct {
	t    *testing.T
	rigs []*rig
}

func (w *workshop) setup(s Scene) lab.Setup {
	w.t.Helper()
	setup, err := s.Setup()
	if err != nil {
		w.t.Fatal(err)
	}
	return setup
}

func (w *workshop) with(s Scene, turned []Setting) Scene {
	w.t.Helper()
	s, err := s.With(turned)
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

func (w *workshop) start(s Scene, setup lab.Setup) *rig {
	w.t.Helper()
	e, err := lab.FindExperiment(s.Experiment)
	if err != nil {
		w.t.Fatal(err)
	}
	sim, err := e.Start(setup)
	if err != nil {
		w.t.Fatalf("%s:%d: %v", s.File, s.Line, err)
	}
	w.t.Cleanup(sim.Close)
	r := &rig{s, setup, sim}
	w.rigs = append(w.rigs, r)
	return r
}

// turn goes to a scene as a learner does by turning knobs: a run that can be
// kept is retuned, else it starts anew.
func (w *workshop) turn(s Scene, setup lab.Setup) *rig {
	w.t.Helper()
	for _, r := range w.rigs {
		if s.Experiment != r.scene.Experiment || !keeps(r.setup, setup) {
			continue
		}
		if err := r.sim.Retune(setup); err != nil {
			w.t.Fatalf("%s:%d: %v", s.File, s.Line, err)
		}
		r.scene, r.setup = s, setup
		return r
	}
	return w.start(s, setup)
}

// keeps says whether a run may go on from one setup to another.
func keeps(a, b lab.Setup) bool {
	for _, k := range lab.Knobs {
		if k.Restart(&a, &b) {
			return false
		}
	}
	return true
}

// notInShort leaves out of go test -short, and so of the race detector, a test that
// computes for seconds without anything that runs at once.
func notInShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("computes for seconds")
	}
}

// TestPar: every hole is played in par by its stored solution, and is not finished
// by doing nothing.
func TestPar(t *testing.T) {
	notInShort(t)
	eachReady(t, func(t *testing.T, _ *Lesson, b *Body) {
		t.Parallel()
		w := &workshop{t: t}
		for _, g := range b.Play.Golf {
			asGiven := w.setup(*b.Play.Scene)
			if _, done, words := g.Round(w.start(*b.Play.Scene, asGiven).finish(t, settledRace), asGiven); done {
				t.Errorf("%s:%d: hole %s is played by doing nothing: %s", b.Play.Scene.File, g.Line, g.Slug, words)
			}
			solved := w.with(*b.Play.Scene, g.Solve)
			setup := w.setup(solved)
			r, done, words := g.Round(w.turn(solved, setup).finish(t, settledRace), setup)
			t.Logf("hole %s: %s", g.Slug, words)
			if !done || r.NFE != g.Par {
				t.Errorf("%s:%d: the solution of hole %s: got %v with %d evaluations, %s, want par, %d", b.Play.Scene.File, g.Line, g.Slug, done, r.NFE, words, g.Par)
			}
		}
	})
}

// settledRace says whether the chosen solver is measured.
func settledRace(f *lab.Frame) bool {
	return f.Progress.What == "comparing" && !math.IsNaN(value(f, "rms_error")) && !math.IsNaN(value(f, "nfe"))
}
