package term

import (
	"io"
	"os"
)

// newInput returns f itself: bubbletea reads the console's events only from
// os.Stdin, and events do not come in pieces.
func newInput(f *os.File, _ bool) io.Reader { return f }
