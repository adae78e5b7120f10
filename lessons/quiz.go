package lessons

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"fmlab/engine"
	"fmlab/lessons/derivation"
)

// Kind is how a quiz item is answered.
type Kind string

// The kinds: one right option; every right option; a number; an order; a formula
// to type; a picture drawn now, of which the options say what it may be.
const (
	One     Kind = "one"
	Several Kind = "several"
	Number  Kind = "number"
	Order   Kind = "order"
	Formula Kind = "formula"
	Picture Kind = "picture"
)

// Kinds is all of them.
var Kinds = []Kind{One, Several, Number, Order, Formula, Picture}

// Item is a quiz item as the file has it.
type Item struct {
	Slug     string
	Title    string // names the item in lists; says nothing of the answer
	Kind     Kind
	Concept  string // name in Concepts
	Question string // Markdown; a number item has {holes}
	Options  []Option
	Make     string            // number items: name in Generators
	Blank    *derivation.Blank // formula items
	Why      string            // number and formula items: the explanation, of a number with {holes}
	Scene    *Scene            // drawn beside the question, nil for none
	Line     int
}

// Option is one answer to choose, or one line to put in its place.
type Option struct {
	Text  string
	Right bool
	Why   string
	Set   []Setting // picture items: the knobs that make this option's picture
	Try   []Setting // knobs that show in the lab what comes of it, nil for none
	Line  int
}

// Instance is an item made to be asked once: options shuffled, numbers new.
type Instance struct {
	Item      *Item
	Seed      uint64
	Question  string   // Markdown, holes filled
	Options   []Option // in the order shown
	Scene     *Scene   // drawn beside the question, nil for none; of a picture item, with the knobs of the right option
	Truth     float64  // number items
	Tolerance float64  // number items: how far off is still right
	why       string
	place     []int // order items: place[i] is where option i belongs
}

// Answer is what the learner gave.
type Answer struct {
	Picked  []int   // one, several, picture: the chosen options; order: all options, in the order given
	Number  float64 // number items
	Formula string  // formula items: one that can be read
}

// Verdict is the judgement with its reasons.
type Verdict struct {
	Right   bool
	Options []Judged // order items: in the right order
	Why     string   // number and formula items
	Differs string   // formula items: where a wrong one differs, and what helps
}

// Judged is an option after the answer, each with its reason.
type Judged struct {
	Option
	Picked bool // chosen; order items: put where it belongs
}

// Make draws an instance. The same item and seed give the same instance. It
// panics when a number item names an unknown generator: the linter has seen to it.
func Make(it *Item, seed uint64) Instance {
	rng := chance(it, seed)
	in := Instance{Item: it, Seed: seed, Question: it.Question, Scene: it.Scene, why: it.Why}
	if it.Kind == Number {
		in.fill(rng)
		return in
	}
	in.place = shuffled(rng, len(it.Options), it.Kind == Order)
	for _, i := range in.place {
		in.Options = append(in.Options, it.Options[i])
	}
	if it.Kind == Picture {
		in.draw(rng)
	}
	return in
}

// chance is where an instance takes its choices from.
func chance(it *Item, seed uint64) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(it.Slug))
	return engine.NewRand(seed, h.Sum64())
}

// draw picks the option whose picture is shown.
func (in *Instance) draw(rng *rand.Rand) {
	truth := &in.Options[rng.IntN(len(in.Options))]
	truth.Right = true
	scene, err := in.Item.Scene.With(truth.Set)
	if err != nil {
		panic("lessons: " + err.Error())
	}
	in.Scene = &scene
}

// shuffled is a random permutation of n, not the identity if moved is asked.
func shuffled(rng *rand.Rand, n int, moved bool) []int {
	for {
		p := rng.Perm(n)
		if !moved || n < 2 || !slices.IsSorted(p) {
			return p
		}
	}
}

func (in *Instance) fill(rng *rand.Rand) {
	g, err := findGenerator(in.Item.Make)
	if err != nil {
		panic("lessons: " + err.Error())
	}
	p := g.Make(rng)
	in.Truth, in.Tolerance = p.Truth, p.Tolerance
	holes := []string{"{answer}", FormatNumber(p.Truth)}
	for name, value := range p.Holes {
		holes = append(holes, "{"+name+"}", value)
	}
	r := strings.NewReplacer(holes...)
	in.Question, in.why = r.Replace(in.Item.Question), r.Replace(in.Item.Why)
}

// Judge compares the answer with the truth.
func (in Instance) Judge(a Answer) Verdict {
	switch in.Item.Kind {
	case Number:
		right := math.Abs(a.Number-in.Truth) <= in.Tolerance
		return Verdict{Right: right, Why: in.why}
	case Order:
		return in.judgeOrder(a)
	case Formula:
		right, words, err := in.Item.Blank.Differs(a.Formula, chance(in.Item, in.Seed))
		if err != nil {
			words = err.Error()
		}
		return Verdict{Right: right, Why: in.why, Differs: words}
	}
	v := Verdict{Right: true}
	for i, o := range in.Options {
		picked := slices.Contains(a.Picked, i)
		v.Right = v.Right && picked == o.Right
		v.Options = append(v.Options, Judged{Option: o, Picked: picked})
	}
	return v
}

func (in Instance) judgeOrder(a Answer) Verdict {
	v := Verdict{Right: len(a.Picked) == len(in.Options)}
	for rank, o := range in.Item.Options {
		there := rank < len(a.Picked) && a.Picked[rank] < len(in.place) && a.Picked[rank] >= 0 &&
			in.place[a.Picked[rank]] == rank
		v.Right = v.Right && there
		v.Options = append(v.Options, Judged{Option: o, Picked: there})
	}
	return v
}

// ParseNumber reads a typed number: 0.25, .25, -1e-3, 3/8. A decimal comma is
// understood.
func ParseNumber(text string) (float64, error) {
	text = strings.ReplaceAll(strings.TrimSpace(text), "−", "-")
	if text == "" {
		return 0, errors.New("nothing is typed yet: want a number such as 0.25, -1.5 or 3/8")
	}
	top, bottom, isFraction := strings.Cut(text, "/")
	x, err := parseDecimal(top)
	if isFraction && err == nil {
		var d float64
		d, err = parseDecimal(bottom)
		x /= d
	}
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, fmt.Errorf("%q: want a number such as 0.25, -1.5 or 3/8", text)
	}
	return x, nil
}

func parseDecimal(s string) (float64, error) {
	return strconv.ParseFloat(strings.Replace(strings.TrimSpace(s), ",", ".", 1), 64)
}

// FormatNumber writes a number with at most four significant digits and a real
// minus sign.
func FormatNumber(x float64) string {
	return strings.Replace(strconv.FormatFloat(x, 'g', 4, 64), "-", "−", 1)
}
