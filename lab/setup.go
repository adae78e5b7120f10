package lab

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"
)

// Setup is the value of every knob: all that decides the bits of an experiment.
// It is plain data. [Setup.Set] is the way in for text and [Setup.Card] the way
// out. The zero value is not useful: start from [Default].
type Setup struct {
	Data      string  // name in dataset.All, or a .csv or .json file
	Path      string  // name in path.All, or poly:N
	Model     string  // exact, learned, or a .safetensors file
	Net       string  // hidden layers, 64x3 or 128,64
	Act       string  // name in nn.Activations
	Batch     int     // pairs per training iteration
	Iters     int     // training iterations
	LR        float64 // peak learning rate
	Decay     string  // cosine, none
	EMA       float64 // decay of the averaged weights, 0 is off
	Optimizer string  // adam, adamw
	Seed      uint64  // of every random stream
	Threads   int     // training workers, 0 for all cores; changes no bit
	Solver    string  // name in ode.All
	NFE       int     // evaluations a fixed-step solver may spend
	Rtol      float64 // relative tolerance of adaptive solvers
	Atol      float64 // absolute tolerance of adaptive solvers
	N         int     // points sampled, and compared with as many of the data
	Direction string  // forward, or backward: the classic mistake
}

// Default is the recipe chosen by measurement: moons within twice the floor
// after 4,000 iterations.
func Default() Setup {
	return Setup{
		Data: "moons", Path: "linear", Model: "exact",
		Net: "64x3", Act: "silu", Batch: 256, Iters: 4000, LR: 1e-2, Decay: "cosine",
		EMA: 0, Optimizer: "adam", Seed: 7, Threads: 0,
		Solver: "rk4", NFE: 32, Rtol: 1e-3, Atol: 1e-3, N: 2000, Direction: "forward",
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
	if isFile(s.Data, ".csv", ".json") {
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
