package plain

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// place is where the learner stands: it says what is there, and returns what can
// be typed.
type place func(*session) menu

// menu is what can be typed at a prompt.
type menu struct {
	name  string   // for the prompt: where one is
	list  []choice // picked by their numbers, from 1
	words []word   // beside those that are understood everywhere
	enter string   // the word that an empty line stands for, "" for none
	take  taker    // of any other line
	again place    // says all of what is here, when the place that is gone to does not
}

// choice is a line of a numbered list.
type choice struct {
	text string
	do   func() place
}

// word is a command of one word, perhaps with a value after it. What it does leads
// to a place; nil stays.
type word struct {
	names []string // the first is the one that is shown
	value string   // what stands after it, "" for nothing
	help  string
	do    func(value string) place
}

// taker takes an answer: a formula, numbers, a program.
type taker struct {
	wants string // in words, for help and for what is not understood
	do    func(line string) place
}

// say makes an action of one that stays.
func say(do func()) func(string) place {
	return func(string) place { do(); return nil }
}

// to makes an action of a place.
func to(p place) func(string) place {
	return func(string) place { return p }
}

// or is the first place that there is.
func or(p, other place) place {
	if p != nil {
		return p
	}
	return other
}

func short(names, help string, do func(string) place) word {
	return word{names: strings.Fields(names), help: help, do: do}
}

func (w word) is(name string) bool { return slices.Contains(w.names, name) }

// ask reads lines until one leads on; nil is the end.
func (s *session) ask(m menu) place {
	for i, c := range m.list {
		s.line(fmt.Sprintf("%d. %s", i+1, c.text))
	}
	for !s.over {
		line, ok := s.prompt(m)
		if !ok {
			return nil
		}
		if next := s.obey(m, line); next != nil {
			return next
		}
	}
	return nil
}

// obey does what a line says.
func (s *session) obey(m menu, line string) place {
	if line == "" {
		if line = m.enter; line == "" {
			s.line("Nothing was typed. " + m.allowed())
			return nil
		}
	}
	if n, err := strconv.Atoi(line); err == nil && len(m.list) > 0 {
		if n < 1 || n > len(m.list) {
			s.line(fmt.Sprintf("%d is not in the list: want 1 to %d.", n, len(m.list)))
			return nil
		}
		return m.list[n-1].do()
	}
	if w, value, ok := find(append(m.words, s.everywhere(m)...), line); ok {
		return w.do(value)
	}
	if m.take.do != nil {
		return m.take.do(line)
	}
	if l, err := s.Curriculum.Find(line); err == nil {
		return s.open(l.ID)
	}
	s.line(fmt.Sprintf("%q is not understood here. %s", line, m.allowed()))
	return nil
}

// find returns the word that a line is, with the value after it. Capitals count
// only where they tell two words apart.
func find(words []word, line string) (w word, value string, ok bool) {
	name, value, _ := strings.Cut(line, " ")
	value = strings.TrimSpace(value)
	for _, name := range []string{name, strings.ToLower(name)} {
		for _, w := range words {
			if w.is(name) && (value == "" || w.value != "") {
				return w, value, true
			}
		}
	}
	return w, "", false
}

// few is how many words are named to who typed another: help has all of them.
const few = 6

// allowed says in short what can be typed.
func (m menu) allowed() string {
	var ways []string
	if m.take.do != nil {
		ways = append(ways, m.take.wants)
	}
	if len(m.list) > 0 {
		ways = append(ways, fmt.Sprintf("a number from 1 to %d", len(m.list)))
	}
	for _, w := range m.words[:min(few, len(m.words))] {
		ways = append(ways, w.names[0])
	}
	return "Want " + strings.Join(append(ways, "? for more"), ", ") + "."
}

// everywhere are the words that every prompt understands.
func (s *session) everywhere(m menu) []word {
	return []word{
		short("? help", "says what can be typed", say(func() { s.help(m) })),
		short("again", "says once more what is here", to(or(m.again, s.here))),
		{names: []string{"lesson"}, value: "id", help: "opens a lesson, as in lesson 2.5", do: s.open},
		short("map", "all lessons, and how far you are", to((*session).theMap)),
		short("progress", "what was learnt, with the evidence", to((*session).progress)),
		short("lab", "the free lab: every scene, every knob", func(string) place { return s.lab() }),
		{names: []string{"glossary"}, value: "term", help: "the words of the lessons; with one of them, what it means", do: func(v string) place { s.glossary(v); return nil }},
		short("notation", "our letters beside those of other texts", say(s.notation)),
		short("quit q exit", "ends; everything is kept", say(func() { s.over = true; s.line("Kept. Until next time.") })),
	}
}

// help says all that can be typed here.
func (s *session) help(m menu) {
	if len(m.list) > 0 {
		s.line(fmt.Sprintf("A number from 1 to %d chooses from the list.", len(m.list)))
	}
	if m.take.do != nil {
		s.line("Type " + m.take.wants + ".")
	}
	if m.enter != "" {
		s.line("Enter alone means " + m.enter + ".")
	}
	for _, w := range append(m.words, s.everywhere(m)...) {
		s.line("  " + w.shown() + " - " + w.help)
	}
}

// shown is how a word is typed.
func (w word) shown() string {
	name := strings.Join(w.names, " or ")
	if w.value != "" {
		name += " " + strings.ToUpper(w.value)
	}
	return name
}
