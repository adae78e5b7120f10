package derivation

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"fmlab/engine/formula"
)

// How formulas are compared.
const (
	points    = 64   // random points
	tolerance = 1e-7 // relative, absolute below 1: far above rounding, far below any other formula
	rounded   = 0.01 // relative: off by less at every point is rounding by hand
)

// Parse reads a formula in the symbols of the blank.
func (b *Blank) Parse(text string) (*formula.Expr, error) {
	if strings.Contains(text, "=") {
		return nil, fmt.Errorf("found =: want only what stands right of %s =", b.Left)
	}
	return formula.Parse(text, names(b.Symbols)...)
}

// Judge says whether a typed formula is the answer, and if it is not, what Differs
// says of it.
func (b *Blank) Judge(text string, rng *rand.Rand) Feedback {
	if strings.TrimSpace(text) == "" {
		return Feedback{Words: "Nothing is typed yet. Type what " + escape(b.Left) + " is, in the symbols named here."}
	}
	right, words, err := b.Differs(text, rng)
	switch {
	case err != nil:
		return Feedback{Words: "**This cannot be read yet.** " + escape(err.Error())}
	case right:
		return Feedback{Right: true, Words: "**ok – right.**"}
	}
	return Feedback{Words: "**no – not yet.** " + words}
}

// Differs compares a typed formula with the answer at random points. A wrong one is
// told a point where it differs, and the hint of the known mistake that it is
// equal to.
func (b *Blank) Differs(text string, rng *rand.Rand) (right bool, words string, err error) {
	typed, err := b.Parse(text)
	if err != nil {
		return false, "", err
	}
	c := b.compare(typed, b.Answer, rng)
	if c.same() {
		return true, "", nil
	}
	words = b.say(c)
	for _, w := range b.Wrong {
		if known := b.compare(typed, w.Formula, rng); known.same() {
			words += "\n\n" + w.Hint
			break
		}
	}
	return false, words, nil
}

// comparison is how a formula fares against the truth.
type comparison struct {
	defined, undefined int       // points at which it has a value, and has not
	hole               []float64 // a point without a value
	at                 []float64 // a point where it differs; nil: there is none
	got, want          float64   // there
	far                bool      // it differs by more than rounding somewhere
}

// compare draws points until the formula has a value at enough of them: where it
// divides by zero another is drawn. Points where the truth has no value do not
// count.
func (b *Blank) compare(e, truth *formula.Expr, rng *rand.Rand) (c comparison) {
	at := make([]float64, len(b.Symbols))
	for tries := 0; c.defined < points && tries < 20*points; tries++ {
		for i, s := range b.Symbols {
			at[i] = s.draw(rng)
		}
		if want := truth.Eval(at...); finite(want) {
			c.note(at, e.Eval(at...), want)
		}
	}
	if c.defined+c.undefined < points {
		panic("derivation: " + truth.String() + " has no value nearly everywhere")
	}
	b.shorten(&c, e, truth)
	return c
}

// shorten moves the point of difference to short values close by, if the formulas
// differ there as well.
func (b *Blank) shorten(c *comparison, e, truth *formula.Expr) {
	if c.at == nil {
		return
	}
	at := make([]float64, len(c.at))
	for i, s := range b.Symbols {
		at[i] = s.short(c.at[i])
	}
	if got, want := e.Eval(at...), truth.Eval(at...); finite(got) && finite(want) && apart(got, want) {
		c.at, c.got, c.want = at, got, want
	}
}

// apart says whether two values differ by more than rounding.
func apart(got, want float64) bool { return math.Abs(got-want) > tolerance*max(1, math.Abs(want)) }

func (c *comparison) note(at []float64, got, want float64) {
	if !finite(got) {
		c.undefined++
		c.hole = append(c.hole[:0], at...)
		return
	}
	c.defined++
	if c.at == nil && apart(got, want) {
		c.at, c.got, c.want = append([]float64(nil), at...), got, want
	}
	c.far = c.far || math.Abs(got-want) > rounded*math.Abs(want)
}

// whole says whether it has a value at all but a few points.
func (c comparison) whole() bool { return c.defined == points && c.undefined <= points/8 }

func (c comparison) same() bool { return c.at == nil && c.whole() }

// say tells where a formula is not the answer.
func (b *Blank) say(c comparison) string {
	switch {
	case c.defined < points:
		return "Your formula has no value at nearly every point: look for a root or a logarithm of something negative, or a division by zero."
	case c.at == nil:
		return fmt.Sprintf("Your formula has no value at %s, where the right one has one.", b.point(c.hole))
	}
	got, want := told(c.got, c.want)
	words := fmt.Sprintf("At %s yours gives %s, and it should be %s.", b.point(c.at), got, want)
	if !c.far {
		words += " It is off by less than 1 % everywhere: type exact numbers, 1/3 for 0.333 and pi for 3.14."
	}
	return words
}

func (b *Blank) point(at []float64) string {
	words := make([]string, len(at))
	for i, x := range at {
		words[i] = b.Symbols[i].Name + " = " + number(x, 6)
	}
	return strings.Join(words, ", ")
}

// told writes two numbers with as many digits as it takes to tell them apart.
func told(a, b float64) (string, string) {
	for digits := 4; digits < 17; digits++ {
		if s, t := number(a, digits), number(b, digits); s != t {
			return s, t
		}
	}
	return number(a, 17), number(b, 17)
}

func number(x float64, digits int) string {
	return strings.Replace(strconv.FormatFloat(x, 'g', digits, 64), "-", "−", 1)
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// escape keeps words from being read as Markdown.
func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "<", `\<`).Replace(s)
}
