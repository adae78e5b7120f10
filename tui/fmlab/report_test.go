package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReport: a page and a text are written, never over what is there, and a report
// that was stopped leaves nothing.
func TestReport(t *testing.T) {
	learnt(t)
	dir := t.TempDir()
	page, text := filepath.Join(dir, "r.html"), filepath.Join(dir, "r.md")
	for file, want := range map[string]string{page: "</html>", text: "# Flow matching"} {
		if a := fmlab("progress", "report", file); a.code != 0 || !strings.Contains(a.words, "written: "+file) || a.out != "" {
			t.Fatalf("got exit %d, %q and %q, want %s written", a.code, a.out, a.words, file)
		}
		if got, err := os.ReadFile(file); err != nil || !strings.Contains(string(got), want) || !strings.Contains(string(got), "2.5 ") {
			t.Errorf("%s: got %.80q (%v), want %q and the lesson that was begun", file, got, err, want)
		}
		if a := fmlab("progress", "report", file); a.code != 2 || !strings.Contains(a.words, "--force") {
			t.Errorf("again: got exit %d and %q, want 2 and the flag", a.code, a.words)
		}
	}
	t.Setenv("FMLAB_HOME", t.TempDir()) // nothing to compute
	fine(t, "progress", "report", page, "--force")
	if a := fmlab("progress", "report", filepath.Join(dir, "r.pdf")); a.code != 2 || !strings.Contains(a.words, ".html or .md") {
		t.Errorf("a pdf: got exit %d and %q, want 2 and what is allowed", a.code, a.words)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	stopped := filepath.Join(dir, "stopped.html")
	if a := fmlabUntil(ctx, "progress", "report", stopped); a.code != exitStopped || !strings.Contains(a.words, "no report") {
		t.Errorf("stopped: got exit %d and %q, want %d", a.code, a.words, exitStopped)
	}
	if _, err := os.Stat(stopped); err == nil {
		t.Error("stopped: there is a file")
	}
}
