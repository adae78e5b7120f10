package tui

import (
	"strings"
	"testing"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// at is an editor with the cursor where the text has a bar.
func at(text string) *editor {
	before, after, _ := strings.Cut(text, "|")
	e := newEditor(before + after)
	row := strings.Count(before, "\n")
	e.to(row, utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:]))
	return &e
}

// bar is the text with a bar for the cursor.
func (e *editor) bar() string {
	e2 := *e
	e2.insert("|", false)
	return e2.text()
}

func typed(text string) func(*editor) {
	return func(e *editor) {
		for _, r := range text {
			e.key(key(string(r)))
		}
	}
}

func pasted(text string) func(*editor) {
	return func(e *editor) { e.key(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true}) }
}

// TestEditor: what keys make of a program.
func TestEditor(t *testing.T) {
	for _, c := range []struct {
		what, before string
		do           func(*editor)
		after        string
	}{
		{"typing", "a|c", typed("b"), "ab|c"},
		{"a wide rune", "|x", typed("日本"), "日本|x"},
		{"a new line in a line", "ab|cd", (*editor).newline, "ab\n|cd"},
		{"a block begins", "def f(x):|", (*editor).newline, "def f(x):\n    |"},
		{"a block goes on", "    y = 1|", (*editor).newline, "    y = 1\n    |"},
		{"a block ends", "    return y|", (*editor).newline, "    return y\n|"},
		{"a block ends within another", "        break|", (*editor).newline, "        break\n    |"},
		{"a colon in words", "# note: this|", (*editor).newline, "# note: this\n|"},
		{"a new line before all", "|    x", (*editor).newline, "\n|    x"},
		{"tab", "ab|", (*editor).tab, "ab  |"},
		{"tab at the front", "|", (*editor).tab, "    |"},
		{"tab the other way", "      a|", (*editor).dedent, "  a|"},
		{"tab the other way with nothing there", "a|", (*editor).dedent, "a|"},
		{"backspace", "ab|", (*editor).backspace, "a|"},
		{"backspace at the front of a line", "a\n|b", (*editor).backspace, "a|b"},
		{"backspace at the very front", "|b", (*editor).backspace, "|b"},
		{"backspace in indentation", "        |x", (*editor).backspace, "    |x"},
		{"backspace in odd indentation", "      |x", (*editor).backspace, "    |x"},
		{"backspace takes a letter with its mark", "x̂|", (*editor).backspace, "|"},
		{"delete", "|ab", (*editor).remove, "|b"},
		{"delete at the end of a line", "a|\nb", (*editor).remove, "a|b"},
		{"delete at the very end", "a|", (*editor).remove, "a|"},
		{"left over a break", "a\n|b", (*editor).back, "a|\nb"},
		{"right over a break", "a|\nb", (*editor).right, "a\n|b"},
		{"right over a mark", "|x̂y", (*editor).right, "x̂|y"},
		{"home", "    ab|", (*editor).home, "    |ab"},
		{"home again", "    |ab", (*editor).home, "|    ab"},
		{"end", "|ab\nc", (*editor).end, "ab|\nc"},
		{"down keeps its column", "abcd|\ne\nfghi", func(e *editor) { e.down(1); e.down(1) }, "abcd\ne\nfghi|"},
		{"down beyond the end", "a|b", func(e *editor) { e.down(9) }, "a|b"},
		{"a paste of many lines is not indented anew", "x|y", pasted("def f():\r\n\tif a:\r\n\t\treturn 1\n"), "xdef f():\n    if a:\n        return 1\n|y"},
		{"control characters", "|", pasted("a\x1b[31m\x00b"), "a[31mb|"},
	} {
		e := at(c.before)
		if c.do(e); e.bar() != c.after {
			t.Errorf("%s: got %q, want %q", c.what, e.bar(), c.after)
		}
		was := e.text()
		for len(e.past) > 0 {
			e.undo()
		}
		if want := strings.Replace(c.before, "|", "", 1); e.text() != want {
			t.Errorf("%s: got %q undone, want %q", c.what, e.text(), want)
		}
		for len(e.future) > 0 {
			e.redo()
		}
		if e.text() != was {
			t.Errorf("%s: got %q redone, want %q", c.what, e.text(), was)
		}
	}
}

// TestEditorUndo: a word is one change, and hundreds of changes come back.
func TestEditorUndo(t *testing.T) {
	e := at("|")
	typed("one two")(e)
	if e.undo(); e.text() != "one " {
		t.Errorf("got %q, want a word undone", e.text())
	}
	for range 300 {
		e.newline()
	}
	for range 300 {
		e.undo()
	}
	if e.text() != "one " {
		t.Errorf("got %q after 300 undos", e.text())
	}
	typed("x")(e)
	if len(e.future) != 0 {
		t.Error("a change after an undo left something to redo")
	}
}

// TestEditorIsBounded: no paste makes a program longer than one may be.
func TestEditorIsBounded(t *testing.T) {
	e := at("a|")
	pasted(strings.Repeat("long line\n", 10_000))(e)
	if e.text() != "a" {
		t.Errorf("got a program of %d bytes", len(e.text()))
	}
}

// TestEditorCursorInSight: wherever the cursor goes it is drawn, in any size.
func TestEditorCursorInSight(t *testing.T) {
	text := strings.Repeat("def f(x):\n    return "+strings.Repeat("日本x", 30)+"\n\n", 40)
	for _, size := range [][2]int{{8, 1}, {20, 3}, {80, 20}} {
		e := newEditor(text)
		sees := func(what string) {
			t.Helper()
			c := canvas.New(size[0], size[1], canvas.Braille, theme.New(true, theme.Mono))
			e.draw(c, true, 3)
			if n := strings.Count(c.Plain(), "▏"); n != 1 {
				t.Fatalf("%v, %s: got %d cursors\n%s", size, what, n, c.Plain())
			}
		}
		sees("at first")
		for range 200 {
			e.right()
			sees("right")
		}
		for _, rows := range []int{50, -7, 100, -200} {
			e.down(rows)
			sees("down")
			e.end()
			sees("end")
			e.home()
			sees("home")
		}
	}
}
