package tui

import (
	"fmt"
	"strings"

	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// draw draws the task with what was said beside the program; on a narrow screen one
// of them.
func (v *codeView) draw(c *canvas.Canvas) {
	switch {
	case c.W >= wide:
		left, rest := c.Bounds().Left(c.W * 47 / 100)
		v.drawText(c.View(canvas.Rect{X: 1, Y: 0, W: left.W - 2, H: left.H}))
		c.VRule(rest.X, 0, rest.H, theme.Border)
		v.drawProgram(c.View(canvas.Rect{X: rest.X + 2, Y: 0, W: rest.W - 3, H: rest.H}), false)
	case v.code:
		v.drawProgram(c.View(c.Bounds().Inset(1, 0)), true)
	default:
		v.drawText(c.View(c.Bounds().Inset(1, 0)))
	}
}

// drawProgram draws the name of the program, the program, and on a narrow screen
// what the check says, as far as there is room.
func (v *codeView) drawProgram(c *canvas.Canvas, strip bool) {
	head, area := c.Bounds().Top(1)
	v.drawHead(c.View(head))
	if said := v.verdict(); strip && said != "" {
		lines := wrapWords(said, c.W)
		lines = lines[:min(len(lines), 4, area.H/3)]
		var low canvas.Rect
		low, area = area.Bottom(len(lines) + 1)
		c.HRule(0, low.Y, c.W, theme.Border)
		tok := theme.Bad
		if v.result.Passed {
			tok = theme.Good
		}
		for i, line := range lines {
			c.Text(0, low.Y+1+i, line, tok)
		}
	}
	v.edit.draw(c.View(area), v.editing, v.wrongLine())
}

// drawHead says which program this is and how it stands.
func (v *codeView) drawHead(c *canvas.Canvas) {
	stands := ""
	switch {
	case v.checking:
		stands = "checking …"
	case v.result == nil:
	case v.of != v.edit.text():
		stands = "changed since the check"
	case v.result.Passed:
		stands = "ok – passed"
	default:
		stands = "no – not passed"
	}
	c.TextAttr(0, 0, c.Fit(v.ID+".star", c.W-c.Width(stands)-2), theme.Accent, canvas.Bold)
	c.Text(c.W-c.Width(stands), 0, stands, theme.Dim)
}

// verdict is what the check says in a few words, "" before there is one.
func (v *codeView) verdict() string {
	if v.result == nil {
		return ""
	}
	for _, c := range v.result.Checks {
		if !c.Passed {
			return fmt.Sprintf("no – %s: %s", c.Name, c.Message)
		}
	}
	if v.editing {
		return "ok – passed: all checks hold. esc, then tab: why it works"
	}
	return "ok – passed: all checks hold. tab: why it works" // esc would leave the exercise
}

// wrongLine is the line that the first complaint is about, 0 for none; when the
// program has changed, lines are others.
func (v *codeView) wrongLine() int {
	if v.result == nil || v.of != v.edit.text() {
		return 0
	}
	for _, c := range v.result.Checks {
		if !c.Passed {
			return c.Line
		}
	}
	return 0
}

// drawText draws the task and all that was said.
func (v *codeView) drawText(c *canvas.Canvas) {
	w := min(c.W, 76)
	lines := set(c, "## "+v.Title+"\n\n"+v.Task, w)
	results, help, rest := v.results(), strings.Join(v.help, "\n\n"), v.rest()
	at := [2]int{-1, -1}
	for i, part := range []string{results, help, rest} {
		if part == "" {
			continue
		}
		if lines = append(lines, nil); i < 2 {
			at[i] = len(lines)
		}
		if i == 1 && len(v.help) > 1 { // the last of them
			lines = append(lines, set(c, strings.Join(v.help[:len(v.help)-1], "\n\n"), w)...)
			lines = append(lines, nil)
			at[i], part = len(lines), v.help[len(v.help)-1]
		}
		lines = append(lines, set(c, part, w)...)
	}
	if said := at[map[bool]int{false: 0, true: 1}[v.late]]; v.follow && said >= 0 {
		v.scroll = max(0, said)
	}
	v.follow = false
	v.scroll = drawScrolled(c, lines, v.scroll)
}

// results are the checks one by one, what the program printed, and when all hold
// why it works.
func (v *codeView) results() string {
	if v.result == nil {
		return ""
	}
	var b strings.Builder
	b.WriteString("### The check\n\n")
	for _, c := range v.result.Checks {
		mark := "**no**"
		switch {
		case c.Passed:
			mark = "ok"
		case strings.HasPrefix(c.Message, "waits for: "):
			mark = "–"
		}
		fmt.Fprintf(&b, "- %s **%s**: %s\n", mark, escape(c.Name), escape(c.Message))
	}
	if v.result.Printed != "" {
		fmt.Fprintf(&b, "\nThe program printed:\n\n```\n%s```\n", v.result.Printed)
	}
	if v.result.Passed {
		fmt.Fprintf(&b, "\n### Why it works\n\n%s\n", v.Explanation)
	}
	return b.String()
}

// rest says where the program lies and how to work on it elsewhere.
func (v *codeView) rest() string {
	if v.File == "" {
		return "*There is no place to keep the program: it is lost when you quit. Set FMLAB_HOME to a folder.*"
	}
	return fmt.Sprintf("*The program is kept in* `%s`. *`E` opens it in your own editor; whatever you save there is checked here. Without the app:* `fmlab check %s --exercise %s`", v.File, v.File, v.ID)
}
