//go:build !windows

package term

import (
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"fmlab/tui/term/ptytest"
)

// A terminal that never answers sees the first frame at once. Without package
// first this takes five seconds.
func TestFirstFrameOnMuteTerminal(t *testing.T) {
	best := time.Hour
	for range 3 { // the machine may be busy
		begin := time.Now()
		p, _ := start(t, ptytest.Config{Mute: true})
		best = min(best, time.Since(begin))
		if out := string(p.Output()); strings.Contains(out, "\x1b]11;?") || strings.Contains(out, "\x1b[6n") {
			t.Errorf("got a question to the terminal in %q, want none", out)
		}
	}
	if best > 300*time.Millisecond {
		t.Errorf("got the first frame after %v, want at most 300ms", best)
	}
	t.Logf("first frame after %v", best)
}

// The order of initialisation is what makes package first work.
func TestFirstComesFirst(t *testing.T) {
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	first := strings.Index(string(out), "init fmlab/tui/term/first ")
	tea := strings.Index(string(out), "init github.com/charmbracelet/bubbletea ")
	if first < 0 || tea < 0 || first > tea {
		t.Errorf("got package first initialised at %d, bubbletea at %d of the trace, want first before:\n%s", first, tea, out)
	}
}

// One more import could make package first wait for what bubbletea does not.
func TestFirstImportsLipglossOnly(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "first/first.go", nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Imports) != 1 || f.Imports[0].Path.Value != `"github.com/charmbracelet/lipgloss"` {
		t.Errorf("got %d imports, first %s, want lipgloss only", len(f.Imports), f.Imports[0].Path.Value)
	}
}
