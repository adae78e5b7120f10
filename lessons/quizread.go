package lessons

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fmlab/lessons/derivation"
)

// quiz reads the items. An item's heading is
//
//	## A title {#slug kind=one concept=solvers}
//
// and what follows is the question and then
//
//   - for one and several: a task list, "- [x] option — why" (x: right);
//   - for order: a numbered list in the right order, "1. line — why here";
//   - for number: a block ```number with "make: NAME", a generator that fills
//     the {holes} of question and explanation, and then the explanation;
//   - for formula: a block ```formula with the keys of a derivation's blank (left,
//     where, answer, wrong), and then the explanation;
//   - for picture: a list "- words `knob=value knob=value` — why": one of the
//     options is drawn at random and its picture shown; why is true of it whether
//     it is that one or not.
//
// Any item may have a ```scene block, which is drawn beside the question. A why
// may end with "{try: knob=value, knob=value}": what the lab shows of that answer,
// in the item's scene or else in that of Play.
func (r *reader) quiz(sec *section, b *Body) {
	for _, sub := range r.subs(sec) {
		it := Item{Slug: sub.slug, Title: sub.title, Line: sub.line,
			Kind: Kind(sub.attrs["kind"]), Concept: sub.attrs["concept"], Scene: r.scene(sub)}
		if !slices.ContainsFunc(Concepts, func(c Concept) bool { return c.Name == it.Concept }) {
			r.fail(sub.line, "## %s: concept %q is not known", sub.title, it.Concept)
		}
		switch it.Kind {
		case Number:
			r.number(sub, &it)
		case Formula:
			r.formula(sub, &it)
		case One, Several, Order, Picture:
			r.options(sub, &it)
		default:
			r.fail(sub.line, "## %s: kind %q: want one of %s", sub.title, it.Kind, kindNames())
		}
		b.Quiz = append(b.Quiz, it)
	}
}

func kindNames() string {
	var names []string
	for _, k := range Kinds {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}

// around reads the question above a block and the explanation below it.
func (r *reader) around(sec *section, it *Item, f fence) {
	it.Question = sec.prose(r.source, sec.from, f.from, "scene")
	it.Why = sec.prose(r.source, f.to, sec.to, "scene")
	if it.Why == "" {
		r.fail(sec.line, "## %s: no explanation under the %s block", sec.title, f.lang)
	}
}

func (r *reader) number(sec *section, it *Item) {
	f, ok := r.block(sec, "number")
	if !ok {
		return
	}
	r.around(sec, it, f)
	r.keys(f, map[string]func(Setting) error{
		"make": func(c Setting) error {
			it.Make = c.Value
			_, err := findGenerator(c.Value)
			return err
		},
	}, "make")
}

func (r *reader) formula(sec *section, it *Item) {
	f, ok := r.block(sec, "formula")
	if !ok {
		return
	}
	r.around(sec, it, f)
	var p derivation.Part
	r.blank(f, &p)
	it.Blank = p.Blank
	if len(p.Hints) > 0 {
		r.fail(f.line, "hint: a quiz has none; wrong: FORMULA — words says what helps whom")
	}
}

func (r *reader) options(sec *section, it *Item) {
	items, ordered, from := sec.list(r.source, sec.to)
	it.Question = sec.prose(r.source, sec.from, from, "scene")
	right := 0
	for _, li := range items {
		o, err := readOption(li, it.Kind)
		if err != nil {
			r.fail(li.line, "%q: %w", o.Text, err)
		}
		if o.Right {
			right++
		}
		it.Options = append(it.Options, o)
	}
	if err := countRight(it, ordered, right); err != nil {
		r.fail(sec.line, "## %s: %w", sec.title, err)
	}
	if it.Kind == Picture && it.Scene == nil {
		r.fail(sec.line, "## %s: want a scene block", sec.title)
	}
}

var tryForm = regexp.MustCompile(`\s*\{try: ([^{}]*)\}$`)

// readOption reads "words — why {try: knob=value}", of a picture with the knobs in
// a code span at the end of the words.
func readOption(li listItem, kind Kind) (o Option, err error) {
	o = Option{Right: li.checked, Line: li.line}
	o.Text, o.Why = splitWhy(li.text)
	if m := tryForm.FindStringSubmatch(o.Why); m != nil {
		o.Why = strings.TrimSuffix(o.Why, m[0])
		if o.Try, err = parseSettings(m[1], li.line); err != nil {
			return o, err
		}
	}
	switch {
	case o.Why == "":
		return o, fmt.Errorf("no reason after \" — \"")
	case li.box == (kind == Order || kind == Picture):
		return o, fmt.Errorf("%s items have %s", kind, listForm(kind))
	case kind != Picture:
		return o, nil
	}
	var code string
	if o.Text, code, err = splitCode(o.Text); err != nil {
		return o, err
	}
	if o.Set, err = parseSettings(code, li.line); o.Try == nil {
		o.Try = o.Set // the pictures of the others are worth a look
	}
	return o, err
}

func countRight(it *Item, ordered bool, right int) error {
	switch {
	case len(it.Options) < 2 || ordered != (it.Kind == Order):
		return fmt.Errorf("want %s", listForm(it.Kind))
	case it.Kind == One && right != 1:
		return fmt.Errorf("%d right options: want one", right)
	case it.Kind == Several && right == 0:
		return fmt.Errorf("no right option")
	}
	return nil
}

func listForm(k Kind) string {
	switch k {
	case Order:
		return "a numbered list without check boxes"
	case Picture:
		return "a list of options without check boxes"
	}
	return "a list of options with check boxes"
}
