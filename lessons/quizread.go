package lessons

import (
	"fmt"
	"slices"
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
//     the {holes} of question and explanation, and then the explanation.
func (r *reader) quiz(sec *section, b *Body) {
	for _, sub := range r.subs(sec) {
		it := Item{Slug: sub.slug, Title: sub.title, Line: sub.line,
			Kind: Kind(sub.attrs["kind"]), Concept: sub.attrs["concept"]}
		if !slices.ContainsFunc(Concepts, func(c Concept) bool { return c.Name == it.Concept }) {
			r.fail(sub.line, "## %s: concept %q is not known", sub.title, it.Concept)
		}
		switch it.Kind {
		case Number:
			r.number(sub, &it)
		case One, Several, Order:
			r.options(sub, &it)
		default:
			r.fail(sub.line, "## %s: kind %q: want one, several, number or order", sub.title, it.Kind)
		}
		b.Quiz = append(b.Quiz, it)
	}
}

func (r *reader) number(sec *section, it *Item) {
	f, ok := r.block(sec, "number")
	if !ok {
		return
	}
	it.Question = sec.prose(r.source, sec.from, f.from)
	it.Why = sec.prose(r.source, f.to, sec.to)
	r.keys(f, map[string]func(Setting) error{
		"make": func(c Setting) error {
			it.Make = c.Value
			_, err := findGenerator(c.Value)
			return err
		},
	}, "make")
	if it.Why == "" {
		r.fail(sec.line, "## %s: no explanation under the number block", sec.title)
	}
}

func (r *reader) options(sec *section, it *Item) {
	items, ordered, from := sec.list(r.source, sec.to)
	it.Question = sec.prose(r.source, sec.from, from)
	right := 0
	for _, li := range items {
		o := Option{Right: li.checked}
		o.Text, o.Why = splitWhy(li.text)
		if o.Why == "" {
			r.fail(li.line, "%q: no reason after \" — \"", o.Text)
		}
		if li.box == (it.Kind == Order) {
			r.fail(li.line, "%q: %s items have %s", o.Text, it.Kind, listForm(it.Kind))
		}
		if o.Right {
			right++
		}
		it.Options = append(it.Options, o)
	}
	if err := countRight(it, ordered, right); err != nil {
		r.fail(sec.line, "## %s: %w", sec.title, err)
	}
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
	if k == Order {
		return "a numbered list without check boxes"
	}
	return "a list of options with check boxes"
}
