package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lessons/derivation"
	"fmlab/lessons/progress"
	"fmlab/tui/canvas"
	"fmlab/tui/prose"
	"fmlab/tui/theme"
)

// outlook says what is known of this derivation from other times, and what to do
// next.
func (v *doView) outlook(a *App) string {
	past := a.state.Derived[progress.Ref(a.lesson.ID, a.lesson.body.Derivation.Slug)]
	switch {
	case past.Kept():
		return "You have done it without hints twice, a week or more apart: it is yours."
	case past.Unaided():
		return "Come back in a week and do it again without hints: then it is yours."
	case past.Times > 0:
		return "It took hints. Do it again without them, today or another day."
	}
	return ""
}

// openGiven shows the introduction again: what is given, what the symbols are.
func (a *App) openGiven() tea.Cmd {
	d := a.lesson.do.state.Derivation
	return a.lay(newReading(d.Title, d.Intro))
}

// column is rows of text with those that may have to be in sight.
type column struct {
	lines []canvas.Line
	here  [2]int // the rows of the cursor, the last one excluded; empty: none
	said  int    // the row where what was said last begins; -1: nothing was
}

// draw draws the part in hand: how far, and its steps or its blank.
func (v *doView) draw(a *App, c *canvas.Canvas) {
	c = c.View(c.Bounds().Inset(1, 0))
	v.drawProgress(c)
	top := 1
	if c.H >= 14 {
		top = 2
	}
	_, area := c.Bounds().Top(top)
	c = c.View(area)
	switch {
	case v.state.Part().Blank != nil:
		v.drawBlank(c.View(canvas.Rect{W: min(c.W, prose.Measure), H: c.H}))
	case a.w < wide:
		w := min(c.W, prose.Measure)
		v.scroll = v.drawColumn(c.View(canvas.Rect{W: w, H: c.H}), v.asked(c, w).with(v.answered(c, w)), v.scroll)
	default:
		v.drawBeside(c)
	}
}

// drawBeside draws the steps and beside them what was put and said.
func (v *doView) drawBeside(c *canvas.Canvas) {
	w := min(64, c.W*55/100)
	v.scroll = v.drawColumn(c.View(canvas.Rect{W: w, H: c.H}), v.asked(c, w), v.scroll)
	c.VRule(w+1, 0, c.H, theme.Border)
	side := canvas.Rect{X: w + 3, W: min(c.W-w-3, prose.Measure), H: c.H}
	v.side = v.drawColumn(c.View(side), v.answered(c, side.W), v.side)
}

// drawBlank draws the task, the line that is typed, and below it what was said.
// When not all fits, each half scrolls.
func (v *doView) drawBlank(c *canvas.Canvas) {
	task, said, line := v.asked(c, c.W), v.answered(c, c.W), v.line(c)
	if known := v.known(c.W); c.H < 12 {
		task = task.with(column{lines: known, said: -1})
	} else {
		line = append(line, known...)
	}
	room := c.H - len(line)
	if len(said.lines) > 0 {
		room -= min(room/2, len(said.lines)+2)
	}
	upper, rest := c.Bounds().Top(min(room, len(task.lines)+1))
	v.scroll = v.drawColumn(c.View(upper), task, v.scroll)
	for y, l := range line {
		c.PutLine(0, rest.Y+y, c.W, l)
	}
	skip := len(line)
	if rest.H-skip >= 5 {
		skip++
	}
	_, lower := rest.Top(skip)
	v.side = v.drawColumn(c.View(lower), said, v.side)
}

// drawColumn draws a column from a row on, or from where what is followed is in
// sight, and returns that row.
func (v *doView) drawColumn(c *canvas.Canvas, col column, from int) int {
	room := c.H - 1
	switch {
	case v.follow == followCursor && col.here[1] > 0:
		from = max(col.here[1]-room, min(from, col.here[0]))
		if v.cursor == 0 { // the task above it, as far as there is room
			from = max(0, col.here[1]-room)
		}
	case v.follow == followSaid && col.said >= 0:
		from = min(col.said, len(col.lines)-room)
	}
	return drawScrolled(c, col.lines, from)
}

// drawScrolled draws rows from one on, kept within the text, and says how many
// are below. It returns the row it drew from.
func drawScrolled(c *canvas.Canvas, lines []canvas.Line, from int) int {
	room := max(0, c.H-1)
	from = max(0, min(from, len(lines)-room))
	for i, line := range lines[from:min(from+room, len(lines))] {
		c.PutLine(0, i, c.W, line)
	}
	if more := len(lines) - from - room; more > 0 {
		c.Text(0, c.H-1, fmt.Sprintf("↓ %d more rows", more), theme.Dim)
	}
	return from
}

// drawProgress says which part this is and how much help it took so far.
func (v *doView) drawProgress(c *canvas.Canvas) {
	help := "no hints so far"
	switch n := v.state.Hints; {
	case n == 1:
		help = "1 hint"
	case n > 1:
		help = fmt.Sprint(n, " hints")
	}
	title := fmt.Sprintf("Part %d of %d: %s", v.state.At+1, len(v.state.Derivation.Parts), v.state.Part().Title)
	c.TextAttr(0, 0, c.Fit(title, c.W-c.Width(help)-2), theme.Accent, canvas.Bold)
	c.Text(c.W-c.Width(help), 0, help, theme.Dim)
}

// set sets Markdown for a canvas.
func set(c *canvas.Canvas, src string, w int) []canvas.Line {
	return prose.Render(src, w, prose.Options{ASCII: c.Glyphs == canvas.ASCII})
}

// asked is the task, and the steps with what is known of each.
func (v *doView) asked(c *canvas.Canvas, w int) column {
	p := v.state.Part()
	col := column{lines: set(c, p.Text, w), said: -1}
	if p.Steps == nil {
		return col
	}
	col.lines = append(col.lines, nil, canvas.Line{{Text: "Some of these are false and stay out.", Tok: theme.Dim}}, nil)
	place := map[int]string{}
	for i, k := range v.order {
		place[k] = fmt.Sprint(i + 1)
	}
	for i, step := range v.state.Steps() {
		here := i == v.cursor && v.next == nil
		at := len(col.lines)
		spot := " "
		if n := place[i]; n != "" {
			spot = n
		}
		head := canvas.Line{
			{Text: "  ", Tok: theme.Accent},
			{Text: fmt.Sprintf("%2d ", i+1), Tok: theme.Dim},
			{Text: fmt.Sprintf("%-5s", "["+spot+"]"), Tok: theme.Text, Bold: spot != " "},
			marked(v.marks[i]),
		}
		if here {
			head[0].Text = cursorMark + " "
		}
		col.lines = append(col.lines, hang(c, head, step.Text, w, here)...)
		if here {
			col.here = [2]int{at, len(col.lines)}
		}
	}
	return col
}

// marked is the mark of a step that was judged.
func marked(mark string) canvas.Span {
	tok := theme.Good
	if mark == "no" {
		tok = theme.Bad
	}
	return canvas.Span{Text: fmt.Sprintf("%-3s", mark), Tok: tok, Bold: true}
}

// hang sets Markdown beside a head, which the rows below leave free.
func hang(c *canvas.Canvas, head canvas.Line, src string, w int, bold bool) []canvas.Line {
	indent := 0
	for _, s := range head {
		indent += c.Width(s.Text)
	}
	lines := set(c, src, max(10, w-indent))
	for i, line := range lines {
		for j := range line {
			line[j].Bold = line[j].Bold || bold
		}
		before := head
		if i > 0 {
			before = canvas.Line{{Text: strings.Repeat(" ", indent)}}
		}
		lines[i] = append(append(canvas.Line{}, before...), line...)
	}
	return lines
}

// answered is the order put so far, and all that was said.
func (v *doView) answered(c *canvas.Canvas, w int) column {
	col := column{said: -1}
	if v.state.Part().Steps != nil {
		col.lines = append(col.lines, set(c, "### Your order", w)...)
		if len(v.order) == 0 {
			col.lines = append(col.lines, set(c, "*No step is put yet.*", w)...)
		}
		steps := v.state.Steps()
		for i, k := range v.order {
			head := canvas.Line{{Text: fmt.Sprintf("%2d. ", i+1), Tok: theme.Dim}, marked(v.marks[k])}
			col.lines = append(col.lines, hang(c, head, steps[k].Text, w, false)...)
		}
	}
	for _, s := range v.said {
		if len(col.lines) > 0 {
			col.lines = append(col.lines, nil)
		}
		col.said = len(col.lines)
		col.lines = append(col.lines, set(c, s.words, w)...)
	}
	if v.next != nil {
		col.lines = append(col.lines, nil)
		col.lines = append(col.lines, set(c, "*enter goes on.*", w)...)
	}
	return col
}

// with is a column with another below it.
func (col column) with(below column) column {
	if len(col.lines) > 0 && len(below.lines) > 0 {
		col.lines = append(col.lines, nil)
	}
	if below.said >= 0 {
		col.said = len(col.lines) + below.said
	}
	col.lines = append(col.lines, below.lines...)
	return col
}

// line is the formula as it is typed.
func (v *doView) line(c *canvas.Canvas) (lines []canvas.Line) {
	b := v.state.Part().Blank
	lines = set(c, escape(b.Left)+" =", c.W/2)
	last := &lines[len(lines)-1]
	room := c.W - 1
	for _, s := range *last {
		room -= c.Width(s.Text)
	}
	typed := v.formula.text()
	switch {
	case v.writing:
		typed = v.formula.show(room)
	case typed == "":
		typed = "enter: type a formula"
	}
	*last = append(*last, canvas.Span{Text: c.Fit(" "+typed, room+1), Tok: theme.Accent, Bold: v.writing})
	return lines
}

// known is what a formula may be made of.
func (v *doView) known(w int) (lines []canvas.Line) {
	symbols := ranges(v.state.Part().Blank.Symbols)
	for _, row := range wrapWords("Symbols: "+symbols+". Known: pi, e, sqrt, exp, log, sin, cos, tan, tanh, abs. Write * and ^.", w) {
		lines = append(lines, canvas.Line{{Text: row, Tok: theme.Dim}})
	}
	return lines
}

// ranges are the names of symbols, each with the range of its values.
func ranges(symbols []derivation.Symbol) string {
	var b strings.Builder
	for i, s := range symbols {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(s.Name)
		if i+1 == len(symbols) || symbols[i+1].Lo != s.Lo || symbols[i+1].Hi != s.Hi {
			fmt.Fprintf(&b, " (%g to %g)", s.Lo, s.Hi)
		}
	}
	return strings.ReplaceAll(b.String(), "-", "−")
}
