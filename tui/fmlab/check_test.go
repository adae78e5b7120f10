package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"fmlab/lessons/exercise"
)

// rightPair and wrongPair are answers to 2.1-pair.
const (
	rightPair = "def training_pair(x0, x1, t):\n    return (1 - t) * x0 + t * x1, x1 - x0\n"
	wrongPair = "def training_pair(x0, x1, t):\n    return (1 - t) * x0 + t * x1, x0 - x1\n"
)

func star(t *testing.T, source string) string { return file(t, "sol.star", source) }

// TestCheckAsJSON holds the object to the letter of its promise.
func TestCheckAsJSON(t *testing.T) {
	for source, want := range map[string]struct {
		code   int
		passed []bool
		word   string
	}{
		rightPair:                         {0, []bool{true, true}, "right at"},
		wrongPair:                         {1, []bool{true, false}, "the sign is wrong"},
		"def training_pair(x0, x1, t)":    {1, []bool{false, false}, "line 1:29: "},
		"":                                {1, []bool{false, false}, "there is no function training_pair"},
		"x = 1 / 0":                       {1, []bool{false, false}, "line 1:7: floating-point division by zero"},
		strings.Repeat("# long\n", 20000): {1, []bool{false, false}, "want at most 65536"},
	} {
		a := fmlab("check", star(t, source), "--exercise", "2.1-pair", "--json")
		if a.code != want.code {
			t.Errorf("%.40q: got exit %d and %q, want %d", source, a.code, a.words, want.code)
		}
		got := parsed[map[string]any](t, a.out)
		if !strings.HasPrefix(a.out, `{"schema":1,"exercise":"2.1-pair","passed":`) || len(got) != 4 || strings.Count(a.out, "\n") != 1 {
			t.Errorf("%.40q: got %s, want one object of schema, exercise, passed, checks", source, a.out)
		}
		if got["passed"] != (want.code == 0) || !strings.Contains(a.out, want.word) {
			t.Errorf("%.40q: got %s, want passed %v and %q", source, a.out, want.code == 0, want.word)
		}
		var passed []bool
		for _, c := range got["checks"].([]any) {
			c := c.(map[string]any)
			passed = append(passed, c["passed"].(bool))
			if c["name"] == "" || c["message"] == "" || len(c) != 3 {
				t.Errorf("%.40q: got check %v, want a name and a message", source, c)
			}
		}
		if !slices.Equal(passed, want.passed) {
			t.Errorf("%.40q: got checks %v want %v", source, passed, want.passed)
		}
	}
}

func TestCheckForPeople(t *testing.T) {
	a := fmlab("check", star(t, wrongPair), "--exercise", "2.1-pair")
	if a.code != 1 || !strings.HasPrefix(a.out, "pass  runs: ") || !strings.Contains(a.out, "\nFAIL  z and u: ") || !strings.Contains(a.words, "--hint 1") {
		t.Errorf("got exit %d, %q and %q", a.code, a.out, a.words)
	}
	a = fmlab("check", star(t, "print('hello')\n"+rightPair), "--exercise", "2.1-pair")
	if a.code != 0 || strings.Contains(a.out, "FAIL") || !strings.Contains(a.words, "hello\n") || !strings.Contains(a.words, "2.1-pair passed.") {
		t.Errorf("got exit %d, %q and %q", a.code, a.out, a.words)
	}
}

func TestCheckWrongUse(t *testing.T) {
	fileName := star(t, rightPair)
	for args, want := range map[string]string{
		"check " + fileName:                          "want one of 1.2-euler, 2.1-batch",
		"check " + fileName + " --exercise 9.9":      `exercise "9.9": want one of`,
		"check --exercise 2.1-pair":                  "one file",
		"check a b --exercise 2.1-pair":              "one file",
		"check /no/such.star --exercise 2.1-pair":    "/no/such.star",
		"check / --exercise 2.1-pair":                "directory",
		"check - --exercise 2.1-pair --watch":        "want a file",
		"check --exercise 2.1-pair --hint 4":         "want 1 to 3",
		"check x --exercise 2.1-pair --starter":      "take no file",
		"check /no/such --exercise 2.1-pair --watch": "/no/such",
	} {
		if a := fmlab(strings.Fields(args)...); a.code != 2 || !strings.Contains(a.words, want) || a.out != "" {
			t.Errorf("fmlab %s: got exit %d, %q and %q, want 2 and %q", args, a.code, a.out, a.words, want)
		}
	}
}

// TestStarters: what is handed out can be read back, and does not pass.
func TestStarters(t *testing.T) {
	for _, e := range exercise.All {
		text := fine(t, "check", "--exercise", e.ID, "--starter")
		if !strings.HasPrefix(text, "# "+e.Title+"\n") || !strings.HasSuffix(text, e.Starter) {
			t.Errorf("%s: got %q, want its task as a comment and its starter", e.ID, text)
		}
		if a := fmlab("check", star(t, text), "--exercise", e.ID, "--json"); a.code != 1 || !strings.Contains(a.out, `{"name":"runs","passed":true`) {
			t.Errorf("%s: got exit %d and %s of what is handed out, want that it runs and fails", e.ID, a.code, a.out)
		}
		if hint := fine(t, "check", "--exercise", e.ID, "--hint", "2"); hint != e.Hints[1]+"\n" {
			t.Errorf("%s: got hint %q", e.ID, hint)
		}
	}
	if help := fine(t, "check", "--help"); !strings.Contains(help, "2.1-pair") || !strings.Contains(help, "rng.uniform") {
		t.Errorf("got help %q, want the ids and the language", help)
	}
}

func TestCheckReadsStdin(t *testing.T) {
	cmd := command(t, "check", "-", "--exercise", "2.1-pair", "--json")
	cmd.Stdin = strings.NewReader(rightPair)
	text, err := cmd.Output()
	if err != nil || !bytes.Contains(text, []byte(`"passed":true`)) {
		t.Errorf("got %s (%v)", text, err)
	}
}
