package plain

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fmlab/lab"
)

// labWords are the words of an instrument. Those of one letter are the keys that
// the lessons speak of. back is the place that is gone to after a knob was chosen.
func (s *session) labWords(b *bench, back place) []word {
	words := []word{
		{names: []string{"set"}, value: "knob value", help: "turns a knob, as in " + b.example(), do: func(v string) place { s.set(b, v); return nil }},
		short("knobs o", "the knobs of this scene, to choose from", to(s.knobs(b, back))),
		{names: []string{"t"}, value: "time", help: "looks at another time, from 0 to 1, as in t 0.5; alone shows or hides the trips", do: func(v string) place { s.lookAt(b, v); return nil }},
		short("left", "looks at a time 0.05 earlier", say(func() { s.scrub(b, -0.05) })),
		short("right", "looks at a time 0.05 later", say(func() { s.scrub(b, +0.05) })),
		short("field f", "shows or hides the arrows of the field", say(func() { b.look.Field = !b.look.Field; s.show(b) })),
		short("exact e", "looks at the exact field, or at the learned one", say(func() { b.look.Exact = !b.look.Exact; b.look.Field = true; s.show(b) })),
		short("past ,", "looks back at the training, a moment at a time", say(func() { s.lookBack(b, -1) })),
		short("onward .", "looks on again, and at last at the present", say(func() { s.lookBack(b, +1) })),
		short("break x", "breaks the run on purpose, or heals it", to(s.pitfalls(b, back))),
		short("step", "lets the engine take one step", say(func() { s.step(b); s.look(b) })),
		short("undo u", "turns the last knob back", say(func() { s.undo(b) })),
		short("restart r", "runs anew from the same seed", say(func() { b.close(); s.show(b) })),
		short("seed R", "the next seed", say(func() { s.set(b, fmt.Sprintf("seed %d", b.setup.Seed+1)) })),
		short("card y", "the command line that shows the same", say(func() { s.line(b.card()) })),
	}
	if slices.Contains(b.exp.Knobs, "data") {
		words = append(words, short("own D", "data of your own: a file, or points typed here", to(s.ownData(b, back))))
	}
	for _, turn := range turns {
		if slices.Contains(b.exp.Knobs, turn.key) {
			words = append(words, short(turn.name, turn.help, say(func() { s.turn(b, turn.key, turn.by) })))
		}
	}
	return words
}

// turns are the knobs that have a key.
var turns = []struct {
	name, key, help string
	by              int
}{
	{"s", "solver", "next solver", +1},
	{"p", "path", "next path", +1},
	{"d", "data", "next data set", +1},
	{"c", "coupling", "next coupling", +1},
	{"m", "model", "the exact field, or a network trained now", +1},
	{"+", "nfe", "more evaluations of the field", +1},
	{"-", "nfe", "fewer evaluations of the field", -1},
}

// turn moves a knob in its menu.
func (s *session) turn(b *bench, key string, by int) {
	k, err := lab.FindKnob(key)
	if err != nil {
		panic("plain: " + err.Error()) // the table names known knobs only
	}
	setup := b.setup
	if err := k.Turn(&setup, by); err != nil {
		s.line(err.Error())
		return
	}
	s.set(b, key+" "+k.Get(&setup))
}

// set turns the knob of "solver rk4" or "solver = rk4" and says so.
func (s *session) set(b *bench, line string) {
	key, value, _ := strings.Cut(strings.Replace(line, "=", " ", 1), " ")
	value = strings.TrimSpace(value)
	was := b.setup
	switch {
	case !slices.Contains(b.exp.Knobs, key):
		s.line(fmt.Sprintf("%q is no knob of this scene: want one of %s.", key, strings.Join(b.exp.Knobs, ", ")))
		return
	case value == "":
		s.line(fmt.Sprintf("%s is %s. Want a value after it: %s.", key, b.setup.Get(key), values(key)))
		return
	}
	if err := b.set(key, value); err != nil {
		s.line("no: " + err.Error())
		return
	}
	s.line(fmt.Sprintf("%s: %s (was %s). run runs it.", key, b.setup.Get(key), was.Get(key)))
	if !b.setup.Matters(key) {
		s.line(key + " changes nothing with the other knobs as they are.")
	}
}

// values lists what a knob offers.
func values(key string) string {
	k, err := lab.FindKnob(key)
	if err != nil {
		panic("plain: " + err.Error())
	}
	text := strings.Join(k.Menu(), ", ")
	if k.File {
		text += ", or a file"
	}
	return text
}

func (s *session) undo(b *bench) {
	n := len(b.past) - 1
	if n < 0 {
		s.line("No knob was turned.")
		return
	}
	b.setup, b.past = b.past[n], b.past[:n]
	s.line("Turned back: " + b.told() + ". run runs it.")
}

// lookAt looks at another time. The letter alone is the key for the trips.
func (s *session) lookAt(b *bench, value string) {
	if value == "" {
		b.look.Trails = !b.look.Trails
		s.show(b)
		return
	}
	t, err := strconv.ParseFloat(strings.Replace(value, ",", ".", 1), 64)
	if err != nil || !(t >= 0 && t <= 1) {
		s.line(fmt.Sprintf("t %q: want a number from 0 to 1.", value))
		return
	}
	b.look.Trip = t
	s.show(b)
}

func (s *session) scrub(b *bench, by float64) {
	b.look.Trip = at(b.look.Trip + by)
	s.show(b)
}

// lookBack goes through the moments of a training.
func (s *session) lookBack(b *bench, by int) {
	if b.frame == nil || b.frame.Moments == 0 {
		s.line("There is no training here to look back at.")
		return
	}
	b.look.Back(by, b.frame.Moments)
	s.show(b)
}

// knobs lists the knobs of a scene with their values.
func (s *session) knobs(b *bench, back place) place {
	return func(s *session) menu {
		m := menu{name: "knob", enter: "back", words: []word{short("back b", "leaves the knobs as they are", to(back))}}
		s.line("The knobs of this scene. Choose one by its number.")
		for _, key := range b.exp.Knobs {
			if !b.setup.Matters(key) {
				continue
			}
			k, _ := lab.FindKnob(key)
			m.list = append(m.list, choice{fmt.Sprintf("%s: %s (%s)", key, k.Get(&b.setup), k.Help), func() place { return s.values(b, k, back) }})
		}
		return m
	}
}

// values lists the values of a knob.
func (s *session) values(b *bench, k *lab.Knob, back place) place {
	return func(s *session) menu {
		m := menu{name: k.Key, enter: "back", words: []word{short("back b", "leaves it as it is", to(s.knobs(b, back)))}}
		s.line(fmt.Sprintf("%s is %s: %s.", k.Key, k.Get(&b.setup), k.Help))
		take := func(value string) place {
			before := b.setup
			if s.set(b, k.Key+" "+value); b.setup == before {
				return nil
			}
			return back
		}
		menu := k.Menu()
		if len(menu) > 0 && numeric(menu[0]) { // a number typed is the value, not a place in a list
			s.line("Offered: " + strings.Join(menu, ", ") + ".")
		} else {
			for _, v := range menu {
				m.list = append(m.list, choice{v, func() place { return take(v) }})
			}
		}
		m.take = taker{"a value of your own", take}
		return m
	}
}

func numeric(v string) bool {
	_, err := strconv.ParseFloat(v, 64)
	return err == nil
}
