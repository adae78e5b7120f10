package tui

import (
	"slices"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lessons/exercise/script"
)

// editor is a program under a cursor. A line is replaced and never written into, so
// that a draft of the past is a list of lines and costs next to nothing.
//
// The editors of the libraries wrap long lines, which hides where a line of code
// begins, and know no way back; so this is one of our own.
type editor struct {
	lines [][]rune // one at least
	at    spot
	aim   int // the column that up and down keep to
	top   int // the first line in sight, and the first cell of it
	left  int

	past, future []draft
	typing       bool // the last change was a typed rune, which the next one joins
	changes      int  // made so far
}

// spot is a place between two runes.
type spot struct{ row, col int }

// draft is the program as it was.
type draft struct {
	lines [][]rune
	at    spot
}

// Steps of indentation, and how many changes can be undone.
const (
	indentation = 4
	mostDrafts  = 500
)

func newEditor(text string) editor { return editor{lines: linesOf(text)} }

// linesOf splits a text into lines, tabs as blanks, without control characters.
func linesOf(text string) (lines [][]rune) {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", strings.Repeat(" ", indentation)).Replace(text)
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, slices.DeleteFunc([]rune(line), unicode.IsControl))
	}
	return lines
}

func (e *editor) text() string {
	var b strings.Builder
	for i, line := range e.lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(string(line))
	}
	return b.String()
}

// line is the one under the cursor.
func (e *editor) line() []rune { return e.lines[e.at.row] }

// edit keeps what is there for undo before it is changed. Runes typed one after the
// other are one change, up to the end of a word.
func (e *editor) edit(typing bool) {
	if !(typing && e.typing) {
		if e.past = append(e.past, draft{e.lines, e.at}); len(e.past) > mostDrafts {
			e.past = e.past[1:]
		}
	}
	e.future, e.typing = nil, typing
	e.changes++
}

// undo goes back by one change.
func (e *editor) undo() { e.step(&e.past, &e.future) }

// redo takes an undo back.
func (e *editor) redo() { e.step(&e.future, &e.past) }

func (e *editor) step(from, to *[]draft) {
	n := len(*from) - 1
	*to = append(*to, draft{e.lines, e.at})
	e.lines, e.at = (*from)[n].lines, (*from)[n].at
	*from = (*from)[:n]
	e.aim, e.typing = e.at.col, false
	e.changes++
}

// replace puts another program in its place, which can be undone.
func (e *editor) replace(text string) {
	e.edit(false)
	e.lines = linesOf(text)
	e.at.row = min(e.at.row, len(e.lines)-1)
	e.at.col = min(e.at.col, len(e.line()))
	e.aim = e.at.col
}

// key takes what is typed or pasted, and says whether it used the key.
func (e *editor) key(msg tea.KeyMsg) (used bool) {
	switch msg.Type {
	case tea.KeyBackspace:
		e.backspace()
	case tea.KeyRunes, tea.KeySpace:
		e.insert(string(msg.Runes), !msg.Paste && msg.Type == tea.KeyRunes)
	default:
		return false
	}
	return true
}

// insert puts a text at the cursor, of one line or many, unless it makes the program
// longer than one may be.
func (e *editor) insert(text string, typing bool) {
	if len(e.text())+len(text) > script.MaxSource {
		return
	}
	e.edit(typing)
	e.put(linesOf(text))
}

func (e *editor) put(more [][]rune) {
	before, after := e.line()[:e.at.col], e.line()[e.at.col:]
	last := len(more) - 1
	end := len(more[last])
	if last == 0 {
		end += len(before)
	}
	more[0] = slices.Concat(before, more[0])
	more[last] = slices.Concat(more[last], after)
	e.lines = slices.Concat(e.lines[:e.at.row], more, e.lines[e.at.row+1:])
	e.to(e.at.row+last, end)
}

// newline breaks the line and indents the next one as Python would have it: as the
// one before, one step more after a colon, one less after what ends a block.
func (e *editor) newline() {
	before := string(e.line()[:e.at.col])
	depth := e.indent()
	switch code := strings.TrimSpace(before); {
	case strings.HasSuffix(code, ":"):
		depth += indentation
	case endsBlock(code):
		depth = max(0, depth-indentation)
	}
	e.edit(false)
	e.put([][]rune{nil, []rune(strings.Repeat(" ", depth))})
}

// endsBlock says whether nothing after a statement can be reached in its block.
func endsBlock(code string) bool {
	word, _, _ := strings.Cut(code, " ")
	return word == "return" || word == "break" || word == "continue" || word == "pass"
}

// indent is how many blanks stand at the front of the line, before the cursor.
func (e *editor) indent() int {
	n := 0
	for n < e.at.col && e.line()[n] == ' ' {
		n++
	}
	return n
}

// tab fills with blanks to the next step of indentation.
func (e *editor) tab() {
	e.insert(strings.Repeat(" ", indentation-e.at.col%indentation), false)
}

// backspace takes away the rune before the cursor: at the front of a line a whole
// step of indentation, at the very front the break before it.
func (e *editor) backspace() {
	n := 1
	switch {
	case e.at == spot{}:
		return
	case e.at.col == 0:
		e.at = spot{e.at.row - 1, len(e.lines[e.at.row-1])}
		e.remove()
		return
	case e.indent() == e.at.col:
		n = (e.at.col-1)%indentation + 1
	default:
		n = e.at.col - e.before(e.at.col)
	}
	e.edit(false)
	e.cut(e.at.col-n, e.at.col)
}

// remove takes away the rune after the cursor, or the break.
func (e *editor) remove() {
	switch {
	case e.at.col < len(e.line()):
		e.edit(false)
		e.cut(e.at.col, e.after(e.at.col))
	case e.at.row+1 < len(e.lines):
		e.edit(false)
		joined := slices.Concat(e.line(), e.lines[e.at.row+1])
		e.lines = slices.Concat(e.lines[:e.at.row], [][]rune{joined}, e.lines[e.at.row+2:])
		e.aim = e.at.col
	}
}

// cut takes runes out of the line and puts the cursor there.
func (e *editor) cut(from, to int) {
	rest := slices.Concat(e.line()[:from], e.line()[to:])
	e.lines = slices.Clone(e.lines)
	e.lines[e.at.row] = rest
	e.to(e.at.row, from)
}

// dedent takes a step of indentation from the line.
func (e *editor) dedent() {
	n := 0
	for n < min(indentation, len(e.line())) && e.line()[n] == ' ' {
		n++
	}
	if n == 0 {
		return
	}
	col := max(0, e.at.col-n)
	e.edit(false)
	e.cut(0, n)
	e.to(e.at.row, col)
}

// to puts the cursor somewhere.
func (e *editor) to(row, col int) {
	e.at = spot{row, col}
	e.aim = col
}

// Moves of the cursor. Each ends a run of typing, so that undo stops there.

func (e *editor) right() {
	switch e.typing = false; {
	case e.at.col < len(e.line()):
		e.to(e.at.row, e.after(e.at.col))
	case e.at.row+1 < len(e.lines):
		e.to(e.at.row+1, 0)
	}
}

func (e *editor) back() {
	switch e.typing = false; {
	case e.at.col > 0:
		e.to(e.at.row, e.before(e.at.col))
	case e.at.row > 0:
		e.to(e.at.row-1, len(e.lines[e.at.row-1]))
	}
}

func (e *editor) down(rows int) {
	e.typing = false
	e.at.row = max(0, min(e.at.row+rows, len(e.lines)-1))
	e.at.col = min(e.aim, len(e.line()))
}

// home goes to the first letter of the line, and from there to its front.
func (e *editor) home() {
	e.typing = false
	first := slices.IndexFunc(e.line(), func(r rune) bool { return r != ' ' })
	if first < 0 || first == e.at.col {
		first = 0
	}
	e.to(e.at.row, first)
}

func (e *editor) end() {
	e.typing = false
	e.to(e.at.row, len(e.line()))
}

// after and before are the next places for a cursor: a mark stays with its letter.
func (e *editor) after(col int) int {
	for col++; col < len(e.line()) && unicode.Is(unicode.Mn, e.line()[col]); col++ {
	}
	return col
}

func (e *editor) before(col int) int {
	for col--; col > 0 && unicode.Is(unicode.Mn, e.line()[col]); col-- {
	}
	return col
}
