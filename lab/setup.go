package lab

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"fmlab/engine/ode"
	"fmlab/engine/path"
)

// Setup is the value of every knob: all that decides the bits of an experiment.
// It is plain data. [Setup.Set] is the way in for text and [Setup.Card] the way
// out. The zero value is not useful: start from [Default].
type Setup struct {
	Data      string  // name in dataset.All, or a .csv or .json file
	Path      string  // name in path.All, or poly:N, or custom
	Alpha     string  // α(t) of the custom path, a formula
	Sigma     string  // σ(t) of the custom path, a formula
	Model     string  // exact, learned, or a .safetensors file
	Net       string  // hidden layers, 64x3 or 128,64
	Act       string  // name in nn.Activations
	Batch     int     // pairs per training iteration
	Iters     int     // training iterations
	LR        float64 // peak learning rate
	Decay     string  // cosine, none
	EMA       float64 // decay of the averaged weights, 0 is off
	Optimizer string  // adam, adamw
	Predict   string  // what the network predicts: a name in path.Trainable
	Coupling  string  // which noise is paired with which data: a name in couple.All
	Reflow    int     // times to train anew on pairs (noise, where the flow so far takes it)
	LabelDrop float64 // chance that a row's label is hidden in training; 1 trains without labels
	Label     string  // class to sample: none, or a number from 0
	Guidance  float64 // weight w of v_∅ + w (v_c − v_∅); 1 is the class's own flow
	Route     string  // path to sample along: own, or another than that of the training
	Place     string  // the place z that the microscope looks at, x,y
	Read      string  // what a network is read as: a name in path.Kinds
	Claim     string  // the claim on trial: a name in Claims
	Seed      uint64  // of every random stream
	Threads   int     // training workers, 0 for all cores; changes no bit
	Solver    string  // name in ode.All
	NFE       int     // evaluations a fixed-step solver may spend
	Grid      string  // name in ode.Grids: where the steps of a fixed-step solver end
	Eta       float64 // noise dial of the sde: 0 is the ODE, 1 the reverse diffusion
	Rtol      float64 // relative tolerance of adaptive solvers
	Atol      float64 // absolute tolerance of adaptive solvers
	N         int     // points sampled; the first 2,000 of them are compared with as many of the data
	Direction string  // forward, or backward: the classic mistake
	Pitfall   string  // none, or the mistake made on purpose: a name in Pitfalls
	Code      string  // programs of the learner's in place of parts of the lab: none, or files with commas

	own *Own // these programs, while an experiment runs
}

// Default is the recipe chosen by measurement, of two learning rates on moons:
// over six seeds, after 4,000 iterations, the energy distance was 0.5 to 3 times
// the floor's median, 1.1 in the middle. Thin shapes want a larger rate.
func Default() Setup {
	return Setup{
		Data: "moons", Path: "linear", Alpha: "t", Sigma: "1 - t", Model: "exact",
		Net: "64x3", Act: "silu", Batch: 256, Iters: 4000, LR: 1e-2, Decay: "cosine",
		EMA: 0, Optimizer: "adam", Predict: "velocity", Coupling: independent, Reflow: 0,
		LabelDrop: 1, Label: noLabel, Guidance: 1, Route: ownRoute, Place: "0.3,0.2", Read: "velocity", Claim: "one-euler-step", Seed: 7, Threads: 0,
		Solver: "rk4", NFE: 32, Grid: "uniform", Eta: 1, Rtol: 1e-3, Atol: 1e-3, N: 2000, Direction: "forward", Pitfall: noPitfall, Code: noCode,
	}
}

// Set gives the knob of that key a value as typed. The error says what was
// found and what is allowed.
func (s *Setup) Set(key, value string) error {
	k, err := FindKnob(key)
	if err != nil {
		return err
	}
	if err := k.Set(s, value); err != nil {
		return fmt.Errorf("%s = %q: %w", key, value, err)
	}
	return nil
}

// Use gives a knob a value as Set does, in order to use it: a formula makes the path
// the custom one, and its two formulas must make a path. On error all is as before.
func (s *Setup) Use(key, value string) error {
	was := *s
	err := s.Set(key, value)
	if err == nil && (key == "alpha" || key == "sigma") {
		s.Path = customPath
		_, err = s.OnPath()
	}
	if err != nil {
		*s = was
	}
	return err
}

// Get returns the value of a knob as it would be typed.
func (s *Setup) Get(key string) string {
	k, err := FindKnob(key)
	if err != nil {
		panic("lab: " + err.Error())
	}
	return k.Get(s)
}

// Card is the command line that reproduces a setup: the command and the value of
// each knob named, defaults too, so that a card outlives a change of defaults.
func (s *Setup) Card(command string, keys []string) string {
	var b strings.Builder
	b.WriteString("fmlab " + command)
	for _, key := range keys {
		if !s.Matters(key) {
			continue
		}
		b.WriteString(" --" + key + " " + shellWord(s.Get(key)))
	}
	return b.String()
}

// shellWord quotes a value for a POSIX shell when it needs it.
func shellWord(v string) string {
	plain := func(r rune) bool {
		return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || strings.ContainsRune("_-.,:/+=@", r)
	}
	if v != "" && strings.IndexFunc(v, func(r rune) bool { return !plain(r) }) < 0 {
		return v
	}
	return "'" + strings.ReplaceAll(v, "'", `'\''`) + "'"
}

// OnPath returns the path of a setup: by name, or made of its two formulas.
func (s *Setup) OnPath() (path.Path, error) {
	if s.Path == customPath && s.own.schedule() {
		return path.Sampled(ownSchedule, s.own.Schedule[0], s.own.Schedule[1])
	}
	return pathOf(s.Path, s.Alpha, s.Sigma)
}

func pathOf(name, alpha, sigma string) (path.Path, error) {
	if name == customPath {
		return path.Custom(alpha, sigma)
	}
	return path.Parse(name)
}

// customPath is the name of the path that is typed as two formulas.
const customPath = "custom"

// Values of knobs that mean nothing special is done.
const (
	independent = "independent" // coupling: as drawn
	noLabel     = "none"        // label: all classes
	ownRoute    = "own"         // route: the path of the training
)

// Matters says whether a knob decides any bit of the setup: formulas do on a
// custom path only, the noise dial for a solver with noise, the guidance for one
// class, and none that a pitfall holds.
func (s *Setup) Matters(key string) bool {
	if s.pitfall().holds(key) {
		return false
	}
	switch key {
	case "alpha", "sigma":
		return s.Path == customPath
	case "code":
		return s.Code != noCode
	case "guidance":
		return s.Label != noLabel
	case "eta":
		m, err := ode.Get(s.Solver)
		return err == nil && m.Noise
	}
	return true
}

// Only returns the setup with the knobs that are not named, or do not matter, at
// their defaults: in an experiment that has not got them they decide nothing.
func (s Setup) Only(keys []string) Setup {
	d := Default()
	d.Threads = s.Threads // changes no bit
	if slices.Contains(keys, "code") {
		d.own = s.own
	}
	for _, key := range keys {
		if !s.Matters(key) {
			continue
		}
		if err := d.Set(key, s.Get(key)); err != nil {
			panic("lab: " + err.Error()) // a Setup holds only legal values
		}
	}
	return d
}

// guided says whether samples are those of no class as it is: it is exaggerated, or
// asked for by half.
func (s *Setup) guided() bool { return s.Label != noLabel && s.Guidance != 1 }

// workers is the number of training workers a setup asks for.
func (s *Setup) workers() int {
	if s.Threads > 0 {
		return s.Threads
	}
	return runtime.NumCPU()
}

// num formats a knob's number as one would type it.
func num(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// Check tries what a setup names that lies outside the program, its files, so
// that a mistake is told before anything starts.
func Check(s Setup) error {
	if end, err := s.Open(); err != nil {
		return err
	} else {
		end()
	}
	if isFile(s.Data, dataFiles...) {
		if _, err := OpenTarget(s.Data, false, s.Seed); err != nil {
			return err
		}
	}
	if isFile(s.Model, ".safetensors") {
		if _, err := OpenModel(s.Model); err != nil {
			return err
		}
	}
	return nil
}
