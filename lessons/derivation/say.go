package derivation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Text asks for what is to be done now, as Markdown; with the steps, numbered
// from 1, or what stands left of the blank and the symbols it may use.
func (s State) Text() string {
	if s.Done() {
		return "**ok – the derivation is done**, " + s.help() + "."
	}
	p := s.Part()
	var b strings.Builder
	if s.At == 0 {
		fmt.Fprintf(&b, "# %s\n\n%s\n\n", s.Derivation.Title, s.Derivation.Intro)
	}
	fmt.Fprintf(&b, "## %d of %d: %s\n\n%s\n\n", s.At+1, len(s.Derivation.Parts), p.Title, p.Text)
	if p.Blank != nil {
		fmt.Fprintf(&b, "%s = ?\n\n*Type a formula in `%s`; or hint.*", p.Blank.Left, strings.Join(names(p.Blank.Symbols), ", "))
		return b.String()
	}
	for i, step := range s.Steps() {
		fmt.Fprintf(&b, "%d. %s\n", i+1, step.Text)
	}
	b.WriteString("\n*Some are false and stay out. Type put and the numbers of the others in order, as in put 3 1 4; or hint.*")
	return b.String()
}

// help says how much help it took.
func (s State) help() string {
	switch s.Hints {
	case 0:
		return "without hints"
	case 1:
		return "with one hint"
	}
	return fmt.Sprint("with ", s.Hints, " hints")
}

// Say takes one line of text: "put 3 1 4 2" where steps are to be ordered, a
// formula where one is to be typed, "hint" for a hint, nothing to be asked again.
// It returns what is said, and after a right answer what comes next.
func (s State) Say(line string) (State, string) {
	line = strings.TrimSpace(line)
	switch {
	case line == "" || s.Done():
		return s, s.Text()
	case line == "hint":
		return s.Hint()
	}
	var next State
	var f Feedback
	if s.Part().Blank != nil {
		next, f = s.Type(line)
	} else {
		shown, err := s.numbers(line)
		if err != nil {
			return s, escape(err.Error())
		}
		next, f = s.Put(shown)
	}
	if f.Right {
		f.Words += "\n\n" + next.Text()
	}
	return next, f.Words
}

// numbers reads "put 3 1 4 2", with or without its first word and with commas or
// without, as indices into Steps.
func (s State) numbers(line string) (shown []int, err error) {
	fields := strings.Fields(strings.ReplaceAll(line, ",", " "))
	for i, f := range fields {
		if i == 0 && f == "put" {
			continue
		}
		k, err := strconv.Atoi(f)
		if err != nil || k < 1 || k > len(s.shown) {
			return nil, fmt.Errorf("%q: want numbers from 1 to %d, as in put 3 1 4", f, len(s.shown))
		}
		if slices.Contains(shown, k-1) {
			return nil, fmt.Errorf("%d is there twice", k)
		}
		shown = append(shown, k-1)
	}
	if len(shown) == 0 {
		return nil, fmt.Errorf("no steps: want their numbers, as in put 3 1 4")
	}
	return shown, nil
}
