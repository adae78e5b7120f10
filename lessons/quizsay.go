package lessons

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Text is the question as Markdown, its options numbered from 1, and how Read takes
// the answer.
func (in Instance) Text() string {
	var b strings.Builder
	b.WriteString(in.Question + "\n\n")
	for i, o := range in.Options {
		fmt.Fprintf(&b, "%d. %s\n", i+1, o.Text)
	}
	switch in.Item.Kind {
	case One, Picture:
		b.WriteString("\n*Type the number of the right one.*")
	case Several:
		b.WriteString("\n*Type the numbers of all right ones, as in 1 3.*")
	case Order:
		b.WriteString("\n*Type the numbers in the right order, as in 3 1 2.*")
	case Number:
		b.WriteString("*Type the number, as in 0.25, −1.5 or 3/8.*")
	case Formula:
		fmt.Fprintf(&b, "%s = ?\n\n*Type a formula in %s.*", in.Item.Blank.Left, in.Symbols())
	}
	return b.String()
}

// Symbols names what a formula may be made of, as code.
func (in Instance) Symbols() string {
	var names []string
	for _, s := range in.Item.Blank.Symbols {
		names = append(names, s.Name)
	}
	return "`" + strings.Join(names, "`, `") + "`"
}

// Read reads an answer typed in a line: the numbers of options, a number, or a
// formula. The error says what is wanted.
func (in Instance) Read(line string) (a Answer, err error) {
	line = strings.TrimSpace(line)
	switch in.Item.Kind {
	case Number:
		a.Number, err = ParseNumber(line)
		return a, err
	case Formula:
		a.Formula = line
		_, err = in.Item.Blank.Parse(line)
		return a, err
	}
	a.Picked, err = readPicked(line, len(in.Options))
	switch {
	case err != nil:
	case len(a.Picked) == 0:
		err = fmt.Errorf("want the numbers of options, from 1 to %d", len(in.Options))
	case in.Item.Kind == Order && len(a.Picked) != len(in.Options):
		err = fmt.Errorf("%d of %d lines: want all of them in order", len(a.Picked), len(in.Options))
	case (in.Item.Kind == One || in.Item.Kind == Picture) && len(a.Picked) != 1:
		err = fmt.Errorf("%d options: want one", len(a.Picked))
	}
	return a, err
}

// readPicked reads numbers of options, each once.
func readPicked(line string, n int) (picked []int, err error) {
	for _, word := range strings.Fields(strings.ReplaceAll(line, ",", " ")) {
		k, err := strconv.Atoi(word)
		if err != nil || k < 1 || k > n {
			return nil, fmt.Errorf("%q: want the numbers of options, from 1 to %d", word, n)
		}
		if slices.Contains(picked, k-1) {
			return nil, fmt.Errorf("%d is there twice", k)
		}
		picked = append(picked, k-1)
	}
	return picked, nil
}

// Reasons says as Markdown what was answered, what is right, and why.
func (in Instance) Reasons(a Answer, v Verdict) string {
	var b strings.Builder
	switch in.Item.Kind {
	case Number:
		fmt.Fprintf(&b, "You said %s; the answer is **%s**.\n\n%s\n\n", FormatNumber(a.Number), FormatNumber(in.Truth), v.Why)
	case Formula:
		fmt.Fprintf(&b, "You typed `%s`. ", a.Formula)
		if !v.Right {
			fmt.Fprintf(&b, "%s\n\nOne right way to write it: `%s`.", v.Differs, in.Item.Blank.Answer)
		}
		fmt.Fprintf(&b, "\n\n%s\n\n", v.Why)
	}
	for i, o := range v.Options {
		mark, chosen := "no", ""
		switch {
		case in.Item.Kind == Order:
			mark = fmt.Sprint(i + 1)
		case o.Right:
			mark = "ok"
		}
		if o.Picked && in.Item.Kind != Order {
			chosen = " *(you)*"
		}
		fmt.Fprintf(&b, "**%s** %s%s\n\n> %s\n\n", mark, o.Text, chosen, o.Why)
	}
	return strings.TrimSpace(b.String())
}

// Trial is an answer run in the lab.
type Trial struct {
	Text  string // the option
	Scene Scene
}

// Trials are the answers that can be run in the lab: those that were picked first,
// the others in the order shown. play is the scene for an item without one.
func (in Instance) Trials(a Answer, play *Scene) (all []Trial) {
	scene := in.Item.Scene
	if scene == nil {
		scene = play
	}
	first := 0 // where the next that was picked goes
	for i, o := range in.Options {
		if o.Try == nil {
			continue
		}
		s, err := scene.With(o.Try)
		if err != nil {
			continue // the linter has seen to it
		}
		at := len(all)
		if slices.Contains(a.Picked, i) {
			at, first = first, first+1
		}
		all = slices.Insert(all, at, Trial{o.Text, s})
	}
	return all
}
