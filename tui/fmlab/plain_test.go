package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestNoTerminal: without a terminal the lab talks in plain text, and an input that
// ends is no mistake.
func TestNoTerminal(t *testing.T) {
	for args, want := range map[string]string{
		"":                         "Phase 1: Theory",
		"--plain":                  "Phase 1: Theory",
		"lesson 2.5":               "Lesson 2.5",
		"lesson 2.5 --plain":       "Lesson 2.5",
		"play --data circles":      "data circles",
		"play --experiment train":  "a flow in training",
		"lesson 1.1 --colors none": "Two clouds",
	} {
		t.Run(args, func(t *testing.T) {
			t.Setenv("FMLAB_HOME", t.TempDir())
			a := process(t, "?\n", strings.Fields(args)...)
			if a.code != 0 || a.words != "" {
				t.Errorf("got exit %d and %q, want 0 and no words", a.code, a.words)
			}
			for _, want := range []string{want, "> ?\n", "says what can be typed", "Everything is kept"} {
				if !strings.Contains(a.out, want) {
					t.Errorf("got %q, want %q in it", a.out, want)
				}
			}
		})
	}
}

// TestPlainASCII: a locale that is not UTF-8 gets nothing else.
func TestPlainASCII(t *testing.T) {
	for locale, ascii := range map[string]bool{"C": true, "en_GB.UTF-8": false} {
		cmd := command(t, "lesson", "1.5")
		cmd.Env = append(cmd.Env, "TERM=xterm", "LC_ALL="+locale, "FMLAB_HOME="+t.TempDir())
		text, err := cmd.Output()
		other := strings.IndexFunc(string(text), func(r rune) bool { return r > '~' }) >= 0
		if err != nil || other == ascii {
			t.Errorf("%s: got %v and %s, want ASCII %v", locale, err, text, ascii)
		}
	}
}

// TestNoWay: where nothing can be asked, or nothing told, fmlab ends with 2 and says
// so.
func TestNoWay(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no such files")
	}
	open := func(name string, flag int) *os.File {
		f, err := os.OpenFile(name, flag, 0)
		if err != nil {
			t.Skip(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	null, dir := open(os.DevNull, os.O_RDWR), open(t.TempDir(), os.O_RDONLY)
	answers := open(file(t, "answers", "1\nnext\nquit\n"), os.O_RDONLY)
	told := open(filepath.Join(t.TempDir(), "told"), os.O_CREATE|os.O_RDWR)
	for _, c := range []struct {
		name    string
		in, out *os.File
		code    int
	}{
		{"nothing", null, null, 2},
		{"no answers", null, told, 0},
		{"answers that cannot be read", dir, told, 2},
		{"no place to tell", answers, null, 0},
	} {
		cmd := command(t)
		cmd.Env = append(cmd.Env, "FMLAB_HOME="+t.TempDir())
		var words strings.Builder
		cmd.Stdin, cmd.Stdout, cmd.Stderr = c.in, c.out, &words
		cmd.Run()
		if code := cmd.ProcessState.ExitCode(); code != c.code || (words.Len() > 0) != (code != 0) {
			t.Errorf("%s: got exit %d and %q, want %d", c.name, code, words.String(), c.code)
		}
	}
}
