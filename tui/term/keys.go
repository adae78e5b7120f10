package term

import tea "github.com/charmbracelet/bubbletea"

// Keys takes apart keys that arrived in one piece. When a key repeats quickly,
// or the line is slow, several arrive in one read and bubbletea makes one
// message of them, "jjj", which no binding matches, or "alt+left" of esc and an
// arrow: both begin with the same byte as Alt does. No key of this program is
// on Alt, so it is always esc. A paste stays whole.
func Keys(msg tea.KeyMsg) (keys []tea.KeyMsg) {
	if msg.Alt {
		keys, msg.Alt = append(keys, tea.KeyMsg{Type: tea.KeyEsc}), false
	}
	if msg.Type != tea.KeyRunes || msg.Paste {
		return append(keys, msg)
	}
	for i := range msg.Runes {
		keys = append(keys, tea.KeyMsg{Type: tea.KeyRunes, Runes: msg.Runes[i : i+1 : i+1]})
	}
	return keys
}
