package tui

import (
	"slices"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
)

// input is a line that is being typed, with a cursor in it.
type input struct {
	runes []rune
	at    int // how many runes stand before the cursor
}

// inputMost is how many runes a line takes: the longest name of a file.
const inputMost = 4096

func (in *input) text() string { return string(in.runes) }

// key takes the keys that write, or paste, and says whether it used this one.
func (in *input) key(msg tea.KeyMsg) (used bool) {
	switch msg.Type {
	case tea.KeyBackspace:
		if in.at > 0 {
			in.at--
			in.runes = slices.Delete(in.runes, in.at, in.at+1)
		}
	case tea.KeyRunes, tea.KeySpace:
		more := slices.DeleteFunc(slices.Clone(msg.Runes), unicode.IsControl)
		more = more[:min(len(more), inputMost-len(in.runes))]
		in.runes = slices.Insert(in.runes, in.at, more...)
		in.at += len(more)
	default:
		return false
	}
	return true
}

// write types a text.
func (in *input) write(text string) { in.key(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text)}) }

func (in *input) move(by int) { in.at = max(0, min(in.at+by, len(in.runes))) }

// show is the line with its cursor, or as much of it around the cursor as fits
// in w runes.
func (in *input) show(w int) string {
	r := slices.Insert(slices.Clone(in.runes), in.at, '▏')
	if len(r) <= w || w < 3 {
		return string(r)
	}
	from := max(0, min(in.at-w/2, len(r)-w))
	cut := from+w < len(r)
	r = r[from : from+w]
	if from > 0 {
		r[0] = '…'
	}
	if cut {
		r[w-1] = '…'
	}
	return string(r)
}

// typed takes the keys of what is typed, and says whether it used this one.
func (a *App) typed(msg tea.KeyMsg) (used bool) {
	switch a.where() {
	case inTyping, onFormula, onAnswer:
		return a.input().key(msg)
	case inEditor:
		return a.code().edit.key(msg)
	case onNumber, onCardNumber:
		return a.quiz().item.key(msg.String())
	}
	return false
}

// input is the line that takes what is typed now.
func (a *App) input() *input {
	switch a.where() {
	case onFormula:
		return &a.lesson.do.formula
	case onAnswer:
		return &a.quiz().item.typed
	}
	return a.top().(writer).line()
}

// writer is an overlay that takes a line that is typed.
type writer interface {
	overlay
	line() *input
	takeTyped(a *App) tea.Cmd
}

func (a *App) takeTyped() tea.Cmd { return a.top().(writer).takeTyped(a) }

// inputMove returns what a key does that moves the cursor of the line.
func inputMove(by int) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd { a.input().move(by); return nil }
}
