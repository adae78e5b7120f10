package derivation

import (
	"fmt"
	"slices"

	"fmlab/engine"
)

// State is a learner at work. It is never changed: every answer returns the next.
type State struct {
	Derivation *Derivation
	At         int // the part in hand; len(Parts) when all is done
	Hints      int // asked for so far, in all parts; a solution is one
	seed       uint64
	depth      int   // hints of this part that were given
	shown      []int // the steps of this part in the order shown
}

// Start begins a derivation. The seed says in which order steps are shown and
// where formulas are compared.
func Start(d *Derivation, seed uint64) State { return State{Derivation: d, seed: seed}.enter(0) }

// Resume goes on with a derivation at a part, with the hints that were taken before. A
// part that is not there, of a log by another version, is the first.
func Resume(d *Derivation, seed uint64, at, hints int) State {
	if at < 0 || at >= len(d.Parts) {
		return Start(d, seed)
	}
	s := Start(d, seed).enter(at)
	s.Hints = hints
	return s
}

// enter goes to a part and shuffles its steps.
func (s State) enter(at int) State {
	s.At, s.depth, s.shown = at, 0, nil
	if !s.Done() {
		s.shown = engine.NewRand(s.seed, uint64(at)).Perm(len(s.Part().Steps))
	}
	return s
}

// Done says whether every part is.
func (s State) Done() bool { return s.At == len(s.Derivation.Parts) }

// Part is the part in hand. It panics when all is done.
func (s State) Part() *Part {
	if s.Done() {
		panic("derivation: no part in hand: all is done")
	}
	return &s.Derivation.Parts[s.At]
}

// Steps are the steps of the part in hand in the order in which they are shown,
// none when it is a blank.
func (s State) Steps() []Step {
	steps := make([]Step, len(s.shown))
	for i, k := range s.shown {
		steps[i] = s.Part().Steps[k]
	}
	return steps
}

// Put answers a part with steps by indices into [State.Steps], first step first.
// It panics when one is repeated or not there, or when the part is a blank.
func (s State) Put(shown []int) (State, Feedback) {
	p := s.Part()
	if p.Blank != nil {
		panic("derivation: steps put into a blank")
	}
	order := make([]int, len(shown))
	for i, k := range shown {
		if k < 0 || k >= len(s.shown) || slices.Contains(shown[:i], k) {
			panic(fmt.Sprintf("derivation: put %v: want different steps from 0 to %d", shown, len(s.shown)-1))
		}
		order[i] = s.shown[k]
	}
	f := p.judgeOrder(order, func(place int) string { return fmt.Sprint(shown[place] + 1) })
	return s.after(f)
}

// Type answers a blank with a formula. It panics when the part has steps.
func (s State) Type(text string) (State, Feedback) {
	p := s.Part()
	if p.Blank == nil {
		panic("derivation: a formula typed where steps are to be put")
	}
	return s.after(p.Blank.Judge(text, engine.NewRand(s.seed, uint64(s.At))))
}

// after goes on when the answer was right, with what is said then.
func (s State) after(f Feedback) (State, Feedback) {
	if !f.Right {
		return s, f
	}
	f.Words += "\n\n" + s.Part().After
	return s.enter(s.At + 1), f
}

// Hint gives the next hint of the part in hand, each deeper than the one before,
// and after the last one the solution, again and again.
func (s State) Hint() (State, string) {
	hints := s.Part().Hints
	words := s.Part().solution()
	if s.depth < len(hints) {
		words = fmt.Sprintf("**Hint %d of %d.** %s", s.depth+1, len(hints), hints[s.depth])
	}
	if s.depth <= len(hints) {
		s.depth++
		s.Hints++
	}
	return s, words
}

// solution writes out what is right.
func (p *Part) solution() string {
	if p.Blank != nil {
		return fmt.Sprintf("**The solution:** `%s`", p.Blank.Answer)
	}
	words := "**The solution:**\n"
	for i, step := range p.Steps {
		if !step.False {
			words += fmt.Sprintf("\n%d. %s", i+1, step.Text)
		}
	}
	return words + "\n\nThe others are false."
}
