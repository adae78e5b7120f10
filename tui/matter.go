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
	{"on purpose", []string{"pitfall"}},
	{"your own", []string{"code"}},
}

// ownTitle heads the knobs of no group.
const ownTitle = "this scene"

// ofTraining are the knobs that only the training of a network reads.
var ofTraining = []string{"predict", "net", "act", "batch", "iters", "lr", "decay", "ema", "optimizer", "coupling", "reflow", "label-drop"}

// grouped are the knobs of an experiment in their groups, those of its own first.
func grouped(exp lab.Experiment) []group {
	own := group{title: ownTitle, keys: slices.Clone(exp.Knobs)}
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

// subject is the key of the first knob of an experiment that is in no group, "" for
// none.
func subject(exp lab.Experiment) string {
	if all := grouped(exp); len(all) > 0 && all[0].title == ownTitle {
		return all[0].keys[0]
	}
	return ""
}

// idle says why a knob of an experiment changes nothing now, "" when it does: what
// is wrong, and after a semicolon what to do.
func idle(exp lab.Experiment, s *lab.Setup, key string) string {
	switch reason := untrained(exp, s, key); {
	case reason != "":
		return reason
	case s.Matters(key) || key == "code":
		return ""
	case key == "alpha" || key == "sigma":
		return "only on path custom"
	case key == "guidance":
		return "only for one class; label is none"
	case key == "eta":
		return "only for noisy solvers"
	}
	return "the pitfall holds it"
}

// untrained says why a knob of the training changes nothing: none is trained. One
// that an experiment names before its model decides what is shown of any.
func untrained(exp lab.Experiment, s *lab.Setup, key string) string {
	model := slices.Index(exp.Knobs, "model")
	switch {
	case model < 0 || !slices.Contains(ofTraining, key) || slices.Index(exp.Knobs, key) < model:
		return ""
	case s.Model == "learned":
		return ""
	case s.Model == "exact":
		return "the field is exact; m trains a network"
	}
	return "the network is from a file"
}

// changed says whether a knob is not as by default.
func changed(s *lab.Setup, key string) bool {
	d := lab.Default()
	return s.Get(key) != d.Get(key)
}

// plain are knobs that are named above a picture only when they are not as by
// default, which is: nothing special.
var plain = []string{"alpha", "sigma", "act", "decay", "ema", "optimizer", "predict", "coupling", "reflow", "label-drop",
	"label", "guidance", "route", "grid", "eta", "rtol", "atol", "direction", "threads"}

// unsaid is the weight of a knob that is not named.
const unsaid = 3

// weight says how soon a knob is named above a picture.
func weight(exp lab.Experiment, s *lab.Setup, key string) int {
	switch i := slices.Index(exp.Knobs, key); {
	case key == "pitfall" || key == "code": // they have rows of their own
		return unsaid
	case key == "n" || key == "seed":
		return 2
	case changed(s, key):
		return 0
	case slices.Contains(plain, key) && i > slices.Index(exp.Knobs, "model"):
		return unsaid
	}
	return 1
}

// told are the knobs named above a picture, as many as there is room for: the
// weightiest of those that have an effect, in the order of the scene.
func (l *live) told(room int, width func(key string) int) (keys []string) {
	for w := range unsaid {
		for _, key := range l.exp.Knobs {
			if idle(l.exp, &l.setup, key) != "" || weight(l.exp, &l.setup, key) != w {
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
