package lab

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"fmlab/engine/couple"
	"fmlab/engine/dataset"
	"fmlab/engine/exact"
	"fmlab/engine/formula"
	"fmlab/engine/nn"
	"fmlab/engine/ode"
	"fmlab/engine/path"
)

// Knob is one setting. Its key and legal values are the same on the screen, as
// --key on the command line, as key: value in a lesson file, and in a card.
type Knob struct {
	Key, Title, Help string
	Menu             func() []string // values to offer, in order; all legal ones for a choice
	Get              func(*Setup) string
	Set              func(*Setup, string) error
	Restarts         bool // a change starts the run anew from the same seed; else the model is kept
	File             bool // a file name is legal as well
}

// Knobs is every knob, in the order of the command line's help.
var Knobs = []Knob{
	choice("data", "data", "data set, or FILE.csv, a mixture FILE.json, or a program FILE.star that draws one", true,
		func(s *Setup) *string { return &s.Data }, dataNames, func(v string) error {
			if isFile(v, dataFiles...) {
				return nil
			}
			_, err := dataset.Get(v)
			if err != nil {
				err = fmt.Errorf("%w, or a file ending in .csv, .json or .star", err)
			}
			return err
		}).file(),
	choice("path", "path", "interpolation path z_t = alpha x1 + sigma x0", true,
		func(s *Setup) *string { return &s.Path }, pathNames, checkPath),
	choice("alpha", "alpha", "alpha(t) of the custom path, a formula in t", true,
		func(s *Setup) *string { return &s.Alpha }, fixed("t", "sin(pi*t/2)", "t^2", "3*t^2 - 2*t^3"), checkFormula),
	choice("sigma", "sigma", "sigma(t) of the custom path, a formula in t", true,
		func(s *Setup) *string { return &s.Sigma }, fixed("1 - t", "cos(pi*t/2)", "1 - t^2", "sqrt(1 - t^2)"), checkFormula),
	choice("model", "field", "exact (closed form), learned (trained now), or FILE.safetensors", true,
		func(s *Setup) *string { return &s.Model }, fixed("exact", "learned"), func(v string) error {
			if isFile(v, ".safetensors") {
				return nil
			}
			err := oneOf(v, "exact", "learned")
			if err != nil {
				err = fmt.Errorf("%w, or a file ending in .safetensors", err)
			}
			return err
		}).file(),
	choice("net", "network", "hidden layers: WIDTHxDEPTH, or widths with commas", true,
		func(s *Setup) *string { return &s.Net }, fixed("16x2", "32x2", "64x3", "128x3"), func(v string) error { _, err := nn.ParseShape(v); return err }),
	choice("act", "activation", "activation of the hidden layers", true,
		func(s *Setup) *string { return &s.Act }, actNames, func(v string) error { return oneOf(v, actNames()...) }),
	integer("batch", "batch", "pairs per training iteration", true,
		func(s *Setup) *int { return &s.Batch }, 1, 1<<16, 16, 64, 256, 1024),
	integer("iters", "iterations", "training iterations", true,
		func(s *Setup) *int { return &s.Iters }, 1, 10_000_000, 500, 1000, 2000, 4000, 8000),
	real("lr", "learning rate", "peak learning rate", true,
		func(s *Setup) *float64 { return &s.LR }, 0, 1e30, false, 1e-4, 1e-3, 2e-3, 5e-3, 1e-2, 1e-1),
	choice("decay", "decay", "learning-rate decay over the run", true,
		func(s *Setup) *string { return &s.Decay }, fixed("cosine", "none"), func(v string) error { return oneOf(v, "cosine", "none") }),
	real("ema", "averaging", "decay of the exponential moving average of the weights, 0 is off", true,
		func(s *Setup) *float64 { return &s.EMA }, 0, 0.999999, true, 0, 0.99, 0.999),
	choice("optimizer", "optimizer", "optimizer", true,
		func(s *Setup) *string { return &s.Optimizer }, fixed("adam", "adamw"), func(v string) error { return oneOf(v, "adam", "adamw") }),
	choice("predict", "predict", "what the network is trained to predict", true,
		func(s *Setup) *string { return &s.Predict }, kindNames, func(v string) error { _, err := path.ParseKind(v, path.Trainable); return err }),
	choice("coupling", "coupling", "which noise is paired with which data in a batch", true,
		func(s *Setup) *string { return &s.Coupling }, couplingNames, func(v string) error { _, err := couple.Get(v); return err }),
	integer("reflow", "reflow", "times to train anew on pairs of noise and where the flow takes it", true,
		func(s *Setup) *int { return &s.Reflow }, 0, 4, 0, 1, 2),
	real("label-drop", "label drop", "chance that a label is hidden in training; 1 trains without labels", true,
		func(s *Setup) *float64 { return &s.LabelDrop }, 0, 1, true, 0, 0.1, 0.2, 0.5, 1),
	choice("label", "label", "class to sample: none (all of them), or its number from 0", false,
		func(s *Setup) *string { return &s.Label }, fixed(noLabel, "0", "1"), checkLabel),
	real("guidance", "guidance", "weight w of v_none + w (v_class - v_none); 1 is the class's own flow", false,
		func(s *Setup) *float64 { return &s.Guidance }, 0, 100, true, 0, 1, 2, 3, 5, 10),
	choice("route", "route", "path to sample along: own, or another than that of the training", false,
		func(s *Setup) *string { return &s.Route }, func() []string { return append([]string{ownRoute}, builtinPaths()...) }, checkRoute),
	choice("place", "place", "the place z that the microscope looks at: x,y", false,
		func(s *Setup) *string { return &s.Place }, fixed("0,0", "0.3,0.2", "1,0.5", "-1,0.5", "0,-1"), func(v string) error { _, _, err := parsePlace(v); return err }),
	choice("read", "reading", "what a network is read as, whatever it was trained to predict", false,
		func(s *Setup) *string { return &s.Read }, func() []string { return kindsOf(path.Kinds) }, func(v string) error { _, err := path.ParseKind(v, path.Kinds); return err }),
	choice("claim", "claim", "the claim on trial", true,
		func(s *Setup) *string { return &s.Claim }, ClaimNames, func(v string) error { _, err := FindClaim(v); return err }),
	{
		Key: "seed", Title: "seed", Help: "seed of every random stream", Restarts: true,
		Menu: fixed("1", "7", "42"),
		Get:  func(s *Setup) string { return strconv.FormatUint(s.Seed, 10) },
		Set: func(s *Setup, v string) error {
			n, err := strconv.ParseUint(v, 10, 64)
			if err != nil {
				return errors.New("want a whole number from 0 to 18446744073709551615")
			}
			s.Seed = n
			return nil
		},
	},
	integer("threads", "threads", "training workers, 0 for all cores (changes no bit of the result)", true,
		func(s *Setup) *int { return &s.Threads }, 0, 256, 0, 1, 2, 4),
	choice("solver", "solver", "ODE solver", false,
		func(s *Setup) *string { return &s.Solver }, solverNames, func(v string) error { _, err := ode.Get(v); return err }),
	integer("nfe", "NFE", "evaluations of the field a fixed-step solver may spend", false,
		func(s *Setup) *int { return &s.NFE }, 1, 1_000_000, 1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256, 512),
	choice("grid", "time grid", "where the steps of a fixed-step solver end", false,
		func(s *Setup) *string { return &s.Grid }, gridNames, func(v string) error { _, err := ode.GetGrid(v); return err }),
	real("eta", "noise", "noise dial of the sde: 0 is the ODE, 1 the reverse diffusion", false,
		func(s *Setup) *float64 { return &s.Eta }, 0, 10, true, 0, 0.25, 0.5, 1, 2),
	real("rtol", "rtol", "relative tolerance of adaptive solvers", false,
		func(s *Setup) *float64 { return &s.Rtol }, 0, 1, false, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6),
	real("atol", "atol", "absolute tolerance of adaptive solvers", false,
		func(s *Setup) *float64 { return &s.Atol }, 0, 1, false, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6),
	integer("n", "points", "points sampled", false,
		func(s *Setup) *int { return &s.N }, 1, 1_000_000, 250, 500, 1000, 2000, 5000),
	choice("direction", "direction", "forward (t from 0 to 1), or backward: the classic mistake", false,
		func(s *Setup) *string { return &s.Direction }, fixed("forward", "backward"), func(v string) error { return oneOf(v, "forward", "backward") }),
	choice("pitfall", "pitfall", "a mistake made on purpose, to see what comes of it", true,
		func(s *Setup) *string { return &s.Pitfall }, pitfallNames, func(v string) error { _, err := FindPitfall(v); return err }),
	choice("code", "code", "programs of your own in place of parts of the lab: FILE.star, or several with commas", true,
		func(s *Setup) *string { return &s.Code }, fixed(noCode), checkCode).file(),
}

// FindKnob returns the knob of a key; the error lists the known keys.
func FindKnob(key string) (*Knob, error) {
	for i := range Knobs {
		if Knobs[i].Key == key {
			return &Knobs[i], nil
		}
	}
	return nil, fmt.Errorf("unknown knob %q: want one of %s", key, strings.Join(KnobKeys(), ", "))
}

// KnobKeys returns the keys of all knobs in order.
func KnobKeys() []string {
	keys := make([]string, len(Knobs))
	for i := range Knobs {
		keys[i] = Knobs[i].Key
	}
	return keys
}

// Turn moves the knob by dir places in its menu (+1, -1), round and round for a
// choice. A number stops at the ends, and one that stands between two values of
// the menu goes to the next in that direction. Tolerances go from coarse to fine.
func (k *Knob) Turn(s *Setup, dir int) error {
	menu := k.Menu()
	if k.numeric() {
		return k.Set(s, nextNumber(menu, k.Get(s), dir))
	}
	i := slices.Index(menu, k.Get(s))
	if i < 0 && dir < 0 {
		i = 0
	}
	return k.Set(s, menu[((i+dir)%len(menu)+len(menu))%len(menu)])
}

// Restart says whether turning the knob from one setup to another starts the run
// anew. A pitfall does only where a training is concerned.
func (k *Knob) Restart(from, to *Setup) bool {
	if k.Key == "pitfall" && !from.pitfall().Trained && !to.pitfall().Trained {
		return false
	}
	return k.Restarts && k.Get(from) != k.Get(to)
}

func (k *Knob) numeric() bool {
	_, err := strconv.ParseFloat(k.Menu()[0], 64)
	return err == nil
}

// nextNumber is the first value after now, the way of dir through a menu that
// rises or falls.
func nextNumber(menu []string, now string, dir int) string {
	value := func(text string) float64 { v, _ := strconv.ParseFloat(text, 64); return v }
	if dir < 0 {
		menu = slices.Clone(menu)
		slices.Reverse(menu)
	}
	rises := value(menu[len(menu)-1]) > value(menu[0])
	for _, m := range menu {
		if d := value(m) - value(now); d > 0 && rises || d < 0 && !rises {
			return m
		}
	}
	return now
}

func choice(key, title, help string, restarts bool, field func(*Setup) *string, menu func() []string, check func(string) error) Knob {
	return Knob{
		Key: key, Title: title, Help: help, Restarts: restarts, Menu: menu,
		Get: func(s *Setup) string { return *field(s) },
		Set: func(s *Setup, v string) error {
			if err := check(v); err != nil {
				return err
			}
			*field(s) = v
			return nil
		},
	}
}

func (k Knob) file() Knob { k.File = true; return k }

func integer(key, title, help string, restarts bool, field func(*Setup) *int, lo, hi int, menu ...int) Knob {
	return Knob{
		Key: key, Title: title, Help: help, Restarts: restarts,
		Menu: func() []string {
			names := make([]string, len(menu))
			for i, v := range menu {
				names[i] = strconv.Itoa(v)
			}
			return names
		},
		Get: func(s *Setup) string { return strconv.Itoa(*field(s)) },
		Set: func(s *Setup, v string) error {
			n, err := strconv.Atoi(v)
			if err != nil || n < lo || n > hi {
				return fmt.Errorf("want a whole number from %d to %d", lo, hi)
			}
			*field(s) = n
			return nil
		},
	}
}

// real is a knob over (lo, hi], or [lo, hi] when lo itself is legal.
func real(key, title, help string, restarts bool, field func(*Setup) *float64, lo, hi float64, closed bool, menu ...float64) Knob {
	return Knob{
		Key: key, Title: title, Help: help, Restarts: restarts,
		Menu: func() []string {
			names := make([]string, len(menu))
			for i, v := range menu {
				names[i] = num(v)
			}
			return names
		},
		Get: func(s *Setup) string { return num(*field(s)) },
		Set: func(s *Setup, v string) error {
			x, err := strconv.ParseFloat(v, 64)
			if err != nil || !(x > lo || closed && x == lo) || x > hi {
				if closed {
					return fmt.Errorf("want a number from %g to %g", lo, hi)
				}
				return fmt.Errorf("want a number above %g, at most %.4g", lo, hi)
			}
			*field(s) = x
			return nil
		},
	}
}

func fixed(names ...string) func() []string { return func() []string { return names } }

func oneOf(v string, names ...string) error {
	if slices.Contains(names, v) {
		return nil
	}
	return fmt.Errorf("want one of %s", strings.Join(names, ", "))
}

// IsFile says whether a value of a knob names a file.
func IsFile(k *Knob, v string) bool {
	switch {
	case !k.File || v == "-":
		return false
	case k.Key == "model":
		return isFile(v, ".safetensors")
	case k.Key == "code":
		return isFile(v, ".star")
	}
	return isFile(v, dataFiles...)
}

// dataFiles are the endings of files of data.
var dataFiles = []string{".csv", ".json", ".star"}

// isFile says whether a value means a file: it ends as one, or is standard input.
func isFile(v string, exts ...string) bool {
	for _, ext := range exts {
		if strings.HasSuffix(strings.ToLower(v), ext) {
			return true
		}
	}
	return v == "-" || strings.ContainsRune(v, os.PathSeparator)
}

func dataNames() []string {
	var names []string
	for _, d := range dataset.All {
		names = append(names, d.Name)
	}
	return names
}

func pathNames() []string { return append(builtinPaths(), customPath) }

func builtinPaths() []string {
	var names []string
	for _, p := range path.All {
		names = append(names, p.Name)
	}
	return names
}

// checkRoute takes paths that have a name: the formulas are those of the training.
func checkRoute(v string) error {
	if v == ownRoute {
		return nil
	}
	if _, err := path.Parse(v); err != nil {
		return fmt.Errorf("%w, or %s", err, ownRoute)
	}
	return nil
}

func checkLabel(v string) error {
	if n, err := strconv.Atoi(v); v != noLabel && (err != nil || n < 0 || n >= exact.MaxClasses || strconv.Itoa(n) != v) {
		return fmt.Errorf("want %s, or a whole number from 0 to %d", noLabel, exact.MaxClasses-1)
	}
	return nil
}

func kindNames() []string { return kindsOf(path.Trainable) }

func kindsOf(kinds []path.Kind) []string {
	var names []string
	for _, k := range kinds {
		names = append(names, k.Name)
	}
	return names
}

func couplingNames() []string {
	var names []string
	for _, c := range couple.All {
		names = append(names, c.Name)
	}
	return names
}

func checkPath(v string) error {
	if v == customPath {
		return nil
	}
	_, err := path.Parse(v)
	if err != nil {
		err = fmt.Errorf("%w, or %s with two formulas", err, customPath)
	}
	return err
}

// checkFormula reads one formula; whether the two make a path is told when they
// are used together.
func checkFormula(v string) error {
	_, err := formula.Parse(v, "t")
	return err
}

func solverNames() []string {
	var names []string
	for _, m := range ode.All {
		names = append(names, m.Name)
	}
	return names
}

func gridNames() []string {
	var names []string
	for _, g := range ode.Grids {
		names = append(names, g.Name)
	}
	return names
}

func actNames() []string {
	var names []string
	for _, a := range nn.Activations {
		names = append(names, a.Name)
	}
	return names
}
