package term

import tea "github.com/charmbracelet/bubbletea"

// Keys takes apart keys that arrived in one piece. When a key repeats quickly,
// or the line is slow, several arrive in one read and bubbletea makes one
// message of them, "jjj", which no binding matches. A paste stays whole.
func Keys(msg tea.KeyMsg) []tea.KeyMsg {
	if msg.Type != tea.KeyRunes || msg.Paste || len(msg.Runes) < 2 {
		return []tea.KeyMsg{msg}
	}
	keys := make([]tea.KeyMsg, len(msg.Runes))
	for i := range msg.Runes {
		keys[i] = tea.KeyMsg{Type: tea.KeyRunes, Runes: msg.Runes[i : i+1 : i+1], Alt: msg.Alt}
	}
	return keys
}
