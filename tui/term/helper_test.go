//go:build !windows

package term

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// TestMain lets the test binary be the program under test: started with
// TERM_HELPER set, it runs helper in its terminal instead of the tests.
func TestMain(m *testing.M) {
	if dir := os.Getenv("TERM_HELPER"); dir != "" {
		os.Exit(runHelper(dir))
	}
	os.Exit(m.Run())
}

// helper is a small program that shows the keys it got, and does wrong on demand.
type helper struct {
	out     *Output
	keys    []string
	size    string
	resumed int
	bad     bool // View panics
}

func runHelper(dir string) int {
	out := NewOutput(os.Stdout)
	err := Run(helper{out: out}, Options{
		Out:      out,
		OnExit:   func() { onExit(dir) },
		CrashDir: filepath.Join(dir, "crashes"),
		Version:  "v0-test",
		Describe: func() string { return "card: fmlab --seed 7" },
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "helper:", err)
		return 1
	}
	fmt.Println("good bye")
	return 0
}

func onExit(dir string) {
	if os.Getenv("TERM_HELPER_HANG") == "save" {
		select {}
	}
	_ = os.WriteFile(filepath.Join(dir, "saved"), []byte("saved"), 0o600)
}

func (h helper) Init() tea.Cmd { return nil }

func (h helper) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		h.size = fmt.Sprintf("%dx%d", msg.Width, msg.Height)
	case tea.ResumeMsg:
		h.resumed++
	case tea.KeyMsg:
		h.keys = append(h.keys, msg.String())
		return h.press(msg.String())
	}
	return h, nil
}

// press is what the capitals do.
func (h helper) press(key string) (tea.Model, tea.Cmd) {
	boom := func() tea.Msg { panic("boom in " + key) }
	switch key {
	case "q":
		return h, tea.Quit
	case "U":
		boom()
	case "V":
		h.bad = true
	case "C":
		return h, boom
	case "B":
		return h, tea.Batch(tea.WindowSize(), tea.Sequence(tea.WindowSize(), boom))
	case "G":
		Guard(func() { boom() })
	case "H": // hang
		select {}
	case "Y":
		return h, func() tea.Msg { _ = Copy(h.out, "copied"); return nil }
	}
	return h, nil
}

func (h helper) View() string {
	if h.bad {
		panic("boom in V")
	}
	return strings.Join([]string{
		"ready",
		"size " + h.size + ".",
		"keys " + strings.Join(h.keys, ",") + ".",
		fmt.Sprintf("resumed %d.", h.resumed),
	}, "\n")
}
