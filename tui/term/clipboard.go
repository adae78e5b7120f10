package term

import (
	"io"
	"os"

	"github.com/charmbracelet/x/ansi"
)

// Copy puts text on the system clipboard by OSC 52, which also works over ssh.
// w is the [Output] of the program, where it goes between two frames. tmux takes
// the sequence itself if set-clipboard is on, and hands it to the terminal
// outside if allow-passthrough is on: it gets both, and ignores what is off.
// Terminals do not say whether they obeyed.
func Copy(w io.Writer, text string) error {
	seq := ansi.SetSystemClipboard(text)
	if os.Getenv("TMUX") != "" {
		seq += ansi.TmuxPassthrough(seq)
	}
	_, err := io.WriteString(w, seq)
	return err
}
