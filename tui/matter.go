package tui

import (
	"slices"

	"fmlab/lab"
)

// group is knobs that belong together.
type group struct {
	title string
	keys  []string
}

// groups are the knobs in the order of the list. A knob of no group is one of a
// few scenes, and stands first in theirs.
var groups = []group{
	{"data and path", []string{"data", "path", "alpha", "sigma", "seed"}},
	{"field and training", []string{"model", "predict", "net", "act", "batch", "iters", "lr", "decay", "ema", "optimizer", "threads"}},
	{"pairs and labels", []string{"coupling", "reflow", "label-drop", "label", "guidance"}},
	{"sampling", []string{"solver", "nfe", "grid", "eta", "rtol", "atol", "n", "direction", "route"}},
}

// ofTraining are the knobs that only the training of a network reads.
var ofTraining = []string{"predict", "net", "act", "batch", "iters", "lr", "decay", "ema", "optimizer", "coupling", "reflow", "label-drop"}

// grouped are the knobs of an experiment in their groups, those of its own first.
func grouped(exp lab.Experiment) []group {
	own := group{title: "this scene", keys: slices.Clone(exp.Knobs)}
	all := make([]group, 0, len(groups)+1)
	for _, g := range groups {
		has := group{title: g.title}
		for _, key := range g.keys {
			if i := slices.Index(own.keys, key); i >= 0 {
				has.keys, own.keys = append(has.keys, key), slices.Delete(own.keys, i, i+1)
			}
		}
		all = append(all, has)
	}
	all = append([]group{own}, all...)
	return slices.DeleteFunc(all, func(g group) bool { return len(g.keys) == 0 })
}

// idle says why a knob of an experiment changes nothing now, "" when it does.
func idle(exp lab.Experiment, s *lab.Setup, key string) string {
	trains := s.Model == "learned" || !slices.Contains(exp.Knobs, "model")
	switch {
	case !trains && slices.Contains(ofTraining, key) && s.Model == "exact":
		return "the field is exact: m trains a network"
	case !trains && slices.Contains(ofTraining, key):
		return "the network is read from a file"
	case s.Matters(key):
		return ""
	case key == "alpha" || key == "sigma":
		return "only on path custom"
	case key == "guidance":
		return "only for one class: label is none"
	case key == "eta":
		return "only for a solver with noise"
	}
	return "changes nothing here"
}

// own is a setup as an experiment takes it: knobs that it has not are as by
// default, so that its card says all.
func own(exp lab.Experiment, s lab.Setup) lab.Setup {
	t := lab.Default()
	t.Threads = s.Threads // changes no bit
	for _, key := range exp.Knobs {
		if err := t.Set(key, s.Get(key)); err != nil {
			panic("tui: " + err.Error()) // a Setup holds only legal values
		}
	}
	return t
}

// changed says whether a knob is not as by default.
func changed(s *lab.Setup, key string) bool {
	d := lab.Default()
	return s.Get(key) != d.Get(key)
}

// weight says how soon a knob is named above a picture: 0 for one that is not as
// by default, 3 for one that is not worth it.
func weight(s *lab.Setup, key string) int {
	switch own := changed(s, key); {
	case key == "n" || key == "seed" || key == "threads":
		return 2
	case own:
		return 0
	case key == "grid" || key == "rtol" || key == "atol":
		return 3
	}
	return 1
}

// told are the knobs named above a picture, as many as there is room for: the
// weightiest of those that have an effect, in the order of the scene.
func (l *live) told(room int, width func(key string) int) (keys []string) {
	for w := range 3 {
		for _, key := range l.exp.Knobs {
			if idle(l.exp, &l.setup, key) != "" || weight(&l.setup, key) != w {
				continue
			}
			if room -= width(key); room < 0 {
				break
			}
			keys = append(keys, key)
		}
	}
	order := func(key string) int { return slices.Index(l.exp.Knobs, key) }
	slices.SortFunc(keys, func(a, b string) int { return order(a) - order(b) })
	return keys
}
