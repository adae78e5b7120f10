// Package derivation is a derivation as something to do: steps to put in order,
// with false ones among them to leave out, and blanks to fill by typing formulas.
//
// A [Derivation] is what its author wrote. A [State] is a learner at work on it;
// it is a value, and every answer makes a new one:
//
//	s := derivation.Start(d, seed)
//	s, said := s.Put([]int{3, 0, 2}) // a part with steps
//	s, said = s.Type("x1 - x0")      // a part with a blank
//	s, words := s.Hint()
//
// or, in lines of text, s.Say("put 4 1 3"). A formula is judged by its value at
// many random points, so every way to write it is right.
package derivation

import "fmlab/engine/formula"

// Derivation is done when its parts are, one after the other.
type Derivation struct {
	ID      string // "1.4-cfm": lesson and slug
	Slug    string // "cfm"
	Title   string
	Minutes int
	Intro   string // Markdown: what is given, what is to be shown, what the symbols are
	Parts   []Part
	File    string
	Line    int
}

// Part is a list of steps to put in order or a blank to fill: one of Steps and
// Blank is not nil.
type Part struct {
	Slug, Title string
	Text        string // Markdown: what is asked
	Steps       []Step // the true ones in an order that is right, then the false ones
	Blank       *Blank
	Hints       []string // from a nudge to nearly everything
	After       string   // Markdown: said when it is right
	Line        int
}

// Step is one line of an argument.
type Step struct {
	Text  string // Markdown
	Why   string // of a true step: why it stands after what it needs; of a false one: why it is false
	False bool
	Needs []int // the steps that must stand before it, as places in Part.Steps
	Line  int
}

// Blank is a formula to type.
type Blank struct {
	Left    string // what stands left of the equals sign
	Symbols []Symbol
	Answer  *formula.Expr
	Wrong   []Wrong
	Line    int
}

// Symbol is a name that the formula may use and the range from which its values
// are drawn.
type Symbol struct {
	Name   string
	Lo, Hi float64
}

// Wrong is a mistake that people make, and what helps.
type Wrong struct {
	Formula *formula.Expr
	Hint    string
	Line    int
}

// Feedback is what is said to an answer.
type Feedback struct {
	Right bool
	Words string // Markdown
	About []int  // of an order: the places in it that the words are about
}
