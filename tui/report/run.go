package report

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fmlab/engine/nn"
	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// run is one experiment to compute figures of.
type run struct {
	name, title string
	card        string         // the learner's own, or
	scene       *lessons.Scene // that of the lesson; neither: nothing to compute
	trained     bool           // a training run may be made for it
	into        *Pictures
}

// Limits of a run, so that a report is made in seconds.
const (
	mostPoints = 1000
	mostNFE    = 256
	mostIters  = 1500 // of a network of 64x3 and a batch of 256, or as much work
	mostTime   = 20 * time.Second
)

// runOf is what is computed of a lesson: the scene as the learner left it, and
// where they left none the scene with the first goal reached.
func runOf(l *Lesson, s *progress.State) run {
	r := run{name: l.ID, title: l.ID + " " + l.Title, card: s.Cards[l.ID], into: &l.Pictures}
	for _, p := range l.Parts {
		r.trained = r.trained || p.Complete()
		if p.Part == lessons.PartPlay && p.Done > 0 && r.card == "" {
			r.scene = solved(l)
		}
	}
	return r
}

// solved is the lesson's scene with its first goal reached.
func solved(l *Lesson) *lessons.Scene {
	b, err := l.Body()
	if err != nil || b.Play.Scene == nil || len(b.Play.Goals) == 0 {
		return nil
	}
	ofAuthors := func(c lessons.Setting) bool { // a file that lies beside the lesson, and not at the learner's
		k, err := lab.FindKnob(c.Key)
		return err == nil && lab.IsFile(k, c.Value)
	}
	scene, err := b.Play.Scene.With(slices.DeleteFunc(slices.Clone(b.Play.Goals[0].Solve), ofAuthors))
	if err != nil {
		return nil // the linter keeps the lessons sound
	}
	return &scene
}

// compute makes the figures of all runs. What cannot be computed is said in the
// place of its figures: a report is not lost for it.
func compute(ctx context.Context, runs []run, tell func(done, of int, computing string)) error {
	for i, r := range runs {
		if tell != nil {
			tell(i, len(runs), r.title)
		}
		if r.card == "" && r.scene == nil {
			continue
		}
		if err := r.compute(ctx); err != nil {
			r.into.Note = "No figure: " + err.Error() + "."
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	if tell != nil {
		tell(len(runs), len(runs), "done")
	}
	return ctx.Err()
}

func (r run) compute(ctx context.Context) error {
	exp, setup, trip, err := r.setting()
	if err != nil {
		return err
	}
	if exp.Name == "claim" {
		return fmt.Errorf("a trial takes minutes; fmlab claim %s makes it again", setup.Claim)
	}
	if trains(exp, setup) && !r.trained {
		return fmt.Errorf("this setting trains a network, and no part of the lesson is done yet")
	}
	said := limited(exp, &setup)
	sim, err := exp.Start(setup.Only(exp.Knobs))
	if err != nil {
		return err
	}
	defer sim.Close()
	if lab.Advance(ctx, sim, mostTime) && ctx.Err() == nil {
		said = append(said, fmt.Sprintf("Stopped after %.0f s, before everything was measured.", mostTime.Seconds()))
	}
	card := fmt.Sprintf("%s --t %.2f --kernel %s", setup.Card("play --experiment "+exp.Name, exp.Knobs), trip, lab.Kernel)
	r.into.Figures = picturesOf(r, exp, sim.Frame(lab.Look{Trip: trip, Trails: exp.Name != "particles"}), strings.Join(said, " "), card)
	return nil
}

// setting is the experiment with its knobs, and the time shown: where samples are
// measured, that of the data.
func (r run) setting() (exp lab.Experiment, s lab.Setup, trip float64, err error) {
	if r.card != "" {
		exp, s, trip, err = lab.ReadCard(r.card)
	} else {
		trip = r.scene.T
		if exp, err = lab.FindExperiment(r.scene.Experiment); err == nil {
			s, err = r.scene.Setup()
		}
	}
	switch exp.Name {
	case "particles", "train", "solvers", "free":
		trip = 1
	}
	return exp, s, trip, err
}

// trains says whether an experiment trains a network.
func trains(exp lab.Experiment, s lab.Setup) bool {
	if !slices.Contains(exp.Knobs, "iters") {
		return false
	}
	return s.Model == "learned" || !slices.Contains(exp.Knobs, "model") // some always do
}

// limited takes from a setup what would take long, and says so where it matters.
func limited(exp lab.Experiment, s *lab.Setup) (said []string) {
	most := func(knob string, n *int, most int, words string) {
		if *n > most && slices.Contains(exp.Knobs, knob) {
			said = append(said, fmt.Sprintf(words, most, *n))
			*n = most
		}
	}
	most("n", &s.N, mostPoints, "Computed with %d points, where the setting had %d.")
	most("nfe", &s.NFE, mostNFE, "Computed with %d NFE, where the setting had %d.")
	if trains(exp, *s) {
		most("iters", &s.Iters, affordable(*s), "Trained for %d iterations, where the setting had %d.")
	}
	return said
}

// affordable is the number of iterations that are as much work as mostIters of the
// default network and batch.
func affordable(s lab.Setup) int {
	return max(1, int(mostIters*work(lab.Default())/work(s)))
}

// work is that of one iteration, with its reflows.
func work(s lab.Setup) float64 {
	hidden, err := nn.ParseShape(s.Net)
	if err != nil {
		panic("report: " + err.Error()) // a Setup holds only legal values
	}
	weights, in := 0, 3
	for _, out := range append(hidden, 2) {
		weights, in = weights+in*out, out
	}
	return float64(weights) * float64(s.Batch) * float64(s.Reflow+1)
}
