package lab

import (
	"fmt"
	"slices"
	"strings"

	"fmlab/engine"
	"fmlab/engine/path"
	"fmlab/engine/train"
)

// Pitfall is a mistake that is made on purpose, to see what comes of it. Most turn
// knobs for the time they are on; a few are made where no knob reaches.
type Pitfall struct {
	Name    string // as in lesson files and --pitfall
	Title   string // two or three words
	Label   string // said on screen while it is on: what is wrong, in half a sentence
	Symptom string // what is seen of it
	Cure    string // what puts it right

	Trained  bool           // it is made in training: without a network trained here there is nothing to see
	Holds    []Hold         // knobs that it holds, whatever they are turned to
	Mistakes train.Mistakes // made in training
	Target   bool           // the training target is that of another path, see another
	Reading  bool           // what the network says is read as if it were trained on another path
	Widen    float64        // the sampler starts from noise so many times as wide; 0 for as it should be
}

// Hold is a knob held at a value.
type Hold struct {
	Key string
	At  func(*Setup)
}

// noPitfall is the value of the knob that means nothing is wrong.
const noPitfall = "none"

// Pitfalls is every pitfall, in menu order: those of sampling, then those of training.
var Pitfalls = []Pitfall{
	{
		Name: "backward", Title: "backward time", Label: "the clock of the sampler runs from t = 1 to 0",
		Symptom: "samples are driven off the data, farther with every step; the training looks well",
		Cure:    "start from noise at t = 0 and let t grow to 1",
		Holds:   []Hold{{"direction", func(s *Setup) { s.Direction = "backward" }}},
	},
	{
		Name: "few-steps", Title: "too few steps", Label: "Euler, with 2 evaluations of the field",
		Symptom: "samples huddle short of the data, inside its shape; the training looks well",
		Cure:    "more steps, or a solver of higher order",
		Holds: []Hold{
			{"solver", func(s *Setup) { s.Solver = "euler" }},
			{"nfe", func(s *Setup) { s.NFE = 2 }},
			{"grid", func(s *Setup) { s.Grid = "uniform" }},
		},
	},
	{
		Name: "wrong-noise", Title: "wrong noise", Label: "samples start from N(0, 2²I), training from N(0, I)",
		Symptom: "the shape is there, with a spray of points far outside it; the training looks well",
		Cure:    "draw the start of sampling from the noise of the training",
		Widen:   2,
	},
	{
		Name: "ignored-schedule", Title: "ignored schedule", Label: "the sampler reads the network by another path's α and σ",
		Symptom: "samples of the wrong width, though the network is right about what it was taught",
		Cure:    "convert and sample with the schedule that the network was trained on",
		Reading: true,
	},
	{
		Name: "flipped-target", Title: "flipped target", Label: "trained on x0 − x1 for x1 − x0",
		Symptom: "a loss as good as any, at its floor; samples run away from the data, all in one cloud about its middle",
		Cure:    "u = x1 − x0: from noise to data",
		Trained: true, Mistakes: train.Mistakes{Flip: true},
	},
	{
		Name: "batch-mean", Title: "one target for all", Label: "trained on the batch mean of u, the same for every z",
		Symptom: "a loss near zero, far below the floor; samples are the noise, moved as one piece",
		Cure:    "each row has its own u; the mean over pairs that meet at z is the network's own work",
		Trained: true, Mistakes: train.Mistakes{Mean: true},
	},
	{
		Name: "other-path", Title: "target of another path", Label: "z mixed on one path, u the target of another",
		Symptom: "the shape is there, of the wrong width and out of focus; the loss keeps away from its floor",
		Cure:    "take u as the derivative of the z that you mix",
		Trained: true, Target: true,
	},
	{
		Name: "no-time", Title: "no time input", Label: "the network is shown t = 0, whatever the time is",
		Symptom: "one field for all times: samples crowd together and stop short; the loss stands above its floor",
		Cure:    "feed the t of each row, in training and in sampling",
		Trained: true, Mistakes: train.Mistakes{Timeless: true},
	},
	{
		Name: "high-rate", Title: "learning rate too high", Label: "the learning rate is 1",
		Symptom: "the loss leaps up in the first steps and never comes down to its floor",
		Cure:    "a rate a hundred times lower",
		Trained: true, Holds: []Hold{{"lr", func(s *Setup) { s.LR = 1 }}},
	},
	{
		Name: "tiny-batch", Title: "tiny batch", Label: "one pair an iteration",
		Symptom: "a loss that jumps about; samples near the data but ragged",
		Cure:    "more pairs an iteration, or far more iterations at a lower rate",
		Trained: true, Holds: []Hold{{"batch", func(s *Setup) { s.Batch = 1 }}},
	},
}

// FindPitfall returns a pitfall by name, the zero one for none; the error lists the
// known ones.
func FindPitfall(name string) (Pitfall, error) {
	for _, p := range Pitfalls {
		if p.Name == name {
			return p, nil
		}
	}
	if name == noPitfall {
		return Pitfall{}, nil
	}
	return Pitfall{}, fmt.Errorf("unknown pitfall %q: want one of %s", name, strings.Join(pitfallNames(), ", "))
}

func pitfallNames() []string {
	names := []string{noPitfall}
	for _, p := range Pitfalls {
		names = append(names, p.Name)
	}
	return names
}

// Says is what is said on screen while the pitfall is on, "" of none.
func (p Pitfall) Says() string {
	if p.Name == "" {
		return ""
	}
	return p.Title + " – " + p.Label
}

// mistaught says whether the network is taught another target than the right one.
func (p Pitfall) mistaught() bool { return p.Mistakes.Target() || p.Target }

// holds says whether the pitfall holds a knob.
func (p Pitfall) holds(key string) bool {
	return slices.ContainsFunc(p.Holds, func(h Hold) bool { return h.Key == key })
}

// Into is a setup with the pitfall on, turned as far as it must be for that.
func (p Pitfall) Into(s Setup) Setup {
	s.Pitfall = noPitfall
	if p.Name != "" {
		s.Pitfall = p.Name
	}
	if p.Trained || p.Reading {
		s.Model = "learned"
	}
	switch velocity := s.Predict == path.Velocity.Name; {
	case p.Target && !velocity:
		s.Predict = path.Velocity.Name
	case p.Reading && velocity:
		s.Predict = path.Noise.Name
	}
	return s
}

// WhyNot says why the pitfall makes no sense in an experiment, "" where it does.
func (p Pitfall) WhyNot(e Experiment) string {
	switch has := func(key string) bool { return slices.Contains(e.Knobs, key) }; {
	case !has("pitfall"):
		return "this scene takes no pitfall; others do, such as particles, train, solvers and free"
	case !p.Trained && p.Name != "" && !has("n"): // it draws no samples as one likes
		return "this scene takes those of training only"
	}
	return ""
}

// pitfall is the one that is on, the zero one for none.
func (s *Setup) pitfall() Pitfall {
	p, err := FindPitfall(s.Pitfall)
	if err != nil {
		panic("lab: " + err.Error()) // a Setup holds only legal values
	}
	return p
}

// played is the setup as it is run: with the knobs where the pitfall holds them.
func (s Setup) played() Setup {
	for _, h := range s.pitfall().Holds {
		h.At(&s)
	}
	return s
}

// checkPitfall says what the pitfall wants that the setup has not.
func (s *Setup) checkPitfall() error {
	p := s.pitfall()
	switch {
	case p.Trained && s.Model != "learned":
		return fmt.Errorf("pitfall %s is made in training, and model is %s: want model learned", p.Name, s.Model)
	case p.Target && s.Predict != path.Velocity.Name:
		return fmt.Errorf("pitfall %s with predict %s, which has the same target on every path: want predict %s", p.Name, s.Predict, path.Velocity.Name)
	case p.Reading && s.Model == "exact":
		return fmt.Errorf("pitfall %s: an exact field is not converted: want a trained model", p.Name)
	}
	return nil
}

// taughtPitfall refuses a pitfall of sampling.
func (s *Setup) taughtPitfall() error {
	if p := s.pitfall(); p.Name != "" && !p.Trained {
		return fmt.Errorf("pitfall %s is one of sampling: here are only those of training", p.Name)
	}
	return nil
}

// mistakes are those of the training on a path.
func (p Pitfall) mistakes(on path.Path) train.Mistakes {
	m := p.Mistakes
	if p.Target {
		m.Of = another(on)
	}
	return m
}

// misread is the path that a sampler takes a model on a path of a kind to be on.
func (p Pitfall) misread(on path.Path, kind path.Kind) (path.Path, error) {
	switch {
	case !p.Reading:
		return on, nil
	case kind.Name == path.Velocity.Name:
		return on, fmt.Errorf("pitfall %s with predict %s: a velocity is followed without any α and σ; want predict %s or %s",
			p.Name, kind.Name, path.Data.Name, path.Noise.Name)
	}
	return another(on), nil
}

// another is the path that is taken for p by mistake: linear, and for linear vp.
func another(p path.Path) path.Path {
	name := "linear"
	if p.Name == name {
		name = "vp"
	}
	q, err := path.Parse(name)
	if err != nil {
		panic("lab: " + err.Error())
	}
	return q
}

// Sampled is the setup as a sampler plays it. A pitfall of training is refused: a
// model has it from the start, or not at all.
func (s Setup) Sampled() (Setup, error) {
	if p := s.pitfall(); p.Trained {
		return s, fmt.Errorf("pitfall %s is made in training, and nothing is trained here", p.Name)
	}
	return s.played(), s.checkPitfall()
}

// Start is the noise that a sampler of the setup starts from: that of [Noise], but
// for a pitfall.
func (s *Setup) Start(n int) engine.Points {
	z := Noise(n, s.Seed)
	if w := s.pitfall().Widen; w != 0 {
		for i := range z {
			z[i] *= w
		}
	}
	return z
}
