package term

import (
	"fmt"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestKeys(t *testing.T) {
	runes := func(s string) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(s)} }
	paste := runes("jjj")
	paste.Paste = true
	for _, tt := range []struct {
		msg  tea.KeyMsg
		want string
	}{
		{runes("jjj"), "[j j j]"},
		{runes("aбc"), "[a б c]"},
		{runes("j"), "[j]"},
		{paste, "[[jjj]]"},
		{tea.KeyMsg{Type: tea.KeyEnter}, "[enter]"},
		{tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("x"), Alt: true}, "[esc x]"},
		{tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jk"), Alt: true}, "[esc j k]"},
		{tea.KeyMsg{Type: tea.KeyLeft, Alt: true}, "[esc left]"},
		{tea.KeyMsg{Type: tea.KeyEsc, Alt: true}, "[esc esc]"},
	} {
		if got := fmt.Sprint(Keys(tt.msg)); got != tt.want {
			t.Errorf("%v: got %v, want %v", tt.msg, got, tt.want)
		}
	}
}

// counter counts the keys it gets.
type counter string

func (c counter) Init() tea.Cmd { return nil }
func (c counter) View() string  { return string(c) }
func (c counter) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	return c + counter(msg.(tea.KeyMsg).String()+" "), func() tea.Msg { return c }
}

// One message is one Update of the program, whatever number of keys it brings:
// the screen is drawn once. The commands of all keys are run.
func TestMergedKeysAreOneUpdate(t *testing.T) {
	g := guarded{counter(""), &session{}}
	m, cmd := g.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("abc")})
	if got := m.View(); got != "a b c " {
		t.Errorf("got keys %q, want %q", got, "a b c ")
	}
	if batch, ok := cmd().(tea.BatchMsg); !ok || len(batch) != 3 {
		t.Errorf("got %v, want a batch of three commands", cmd())
	}
}
