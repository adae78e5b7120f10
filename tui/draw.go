package tui

import (
	"fmt"
	"strings"

	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// The smallest terminal with room for a page.
const minW, minH = 40, 12

// headerRows are the rows above the screens: where one is, and a rule.
const headerRows = 2

// draw makes the whole screen, rows exactly as wide as the terminal.
func (a *App) draw() string {
	if a.w <= 0 || a.h <= 0 {
		return ""
	}
	c := canvas.New(a.w, a.h, a.opts.Glyphs, a.opts.Theme)
	if a.w < minW || a.h < minH {
		a.drawSmall(c)
		return c.Render()
	}
	header, rest := c.Bounds().Top(headerRows)
	_, body := rest.Bottom(2)
	a.drawHeader(c.View(header))
	view := c.View(body)
	switch {
	case a.top() != nil:
		a.top().draw(a, view)
	case a.at == screenMap:
		a.home.draw(a, view)
	case a.at == screenLesson:
		a.lesson.draw(a, view)
	case a.at == screenCards:
		a.cards.draw(a, view)
	default:
		drawPanel(a, c.View(body.Inset(1, 0)), a.free, whole)
	}
	a.drawFooter(c)
	return c.Render()
}

// drawSmall says the size that is needed; q still works.
func (a *App) drawSmall(c *canvas.Canvas) {
	for y, line := range wrapWords(fmt.Sprintf("fmlab needs %d×%d, this is %d×%d. Enlarge, or q quits.", minW, minH, a.w, a.h), a.w) {
		c.Text(0, y, line, theme.Text)
	}
}

// drawHeader draws where one is, and how far.
func (a *App) drawHeader(c *canvas.Canvas) {
	c.HRule(0, 1, c.W, theme.Border)
	x := 1 + c.TextAttr(1, 0, "fmlab", theme.Accent, canvas.Bold)
	var right canvas.Line
	var crumbs []string
	switch a.at {
	case screenMap:
		crumbs = []string{"flow matching, hands on"}
	case screenCards:
		crumbs = []string{a.cards.title()}
	case screenLab:
		if crumbs = []string{"free lab"}; a.free.exp.Name != "free" {
			crumbs = append(crumbs, a.free.exp.Title)
		}
	case screenLesson:
		v := a.lesson
		right = a.tabRow(c.W)
		crumbs = []string{a.opts.Curriculum.Phases[v.Phase-1].Title, v.ID + " " + v.Title}
		if c.W < wide { // the number says the phase
			crumbs = crumbs[1:]
		}
	}
	width := 0
	for _, s := range right {
		width += c.Width(s.Text)
	}
	c.Text(x, 0, c.Fit(" › "+strings.Join(crumbs, " › "), c.W-x-width-3), theme.Text)
	c.PutLine(c.W-width-1, 0, width, right)
}

// tabRow is the five parts with how far each is: by their keys on a narrow
// screen, only the present one on a very narrow one.
func (a *App) tabRow(w int) canvas.Line {
	states := a.standing(a.lesson.Lesson)
	var line canvas.Line
	for i, t := range tabs {
		span := canvas.Span{Text: t.name + " " + dot(states[i]) + "  ", Tok: theme.Dim}
		switch {
		case i == a.lesson.tab:
			span.Tok, span.Bold = theme.Accent, true
		case w < 60:
			continue
		case w < wide:
			span.Text = fmt.Sprintf("%d %s  ", i+1, dot(states[i]))
		}
		line = append(line, span)
	}
	return append(line, canvas.Span{Text: fmt.Sprintf("%d %%", share(states)), Tok: theme.Dim})
}

// drawFooter draws a question or the passing word, else the keys. A long word
// lies over the rows above, so that nothing has to move for it.
func (a *App) drawFooter(c *canvas.Canvas) {
	var lines []string
	tok := theme.Text
	switch {
	case a.ask != nil:
		lines, tok = wrapWords(a.ask.text+" (y: yes, n: no)", c.W-2), theme.Bad
	case a.toast.text != "":
		lines = wrapWords(a.toast.text, c.W-2)
		if a.toast.bad {
			tok = theme.Bad
		}
	}
	lines = lines[:min(len(lines), c.H/2)]
	area, _ := c.Bounds().Bottom(1 + max(1, len(lines)))
	c = c.View(area)
	c.Clear()
	c.HRule(0, 0, c.W, theme.Border)
	for i, line := range lines {
		c.Text(1, 1+i, c.Fit(line, c.W-2), tok)
	}
	if len(lines) == 0 {
		a.drawHints(c)
	}
}

// drawHints draws as many keys as fit: the last go first, and ?, esc and q always
// stay.
func (a *App) drawHints(c *canvas.Canvas) {
	var hints, last []binding
	for _, b := range bindings {
		switch {
		case b.on&a.where() == 0 || b.word == "" || b.why != nil && b.why(a) != "":
		case b.word == "keys" || b.word == "quit" || b.word == "back":
			last = append(last, b)
		default:
			hints = append(hints, b)
		}
	}
	width := func(b binding) int { return c.Width(b.show()) + 1 + c.Width(b.word) + 2 }
	room := c.W - 1
	for _, b := range last {
		room -= width(b)
	}
	shown := hints[:0:0]
	for _, b := range hints {
		if width(b) > room {
			break
		}
		room -= width(b)
		shown = append(shown, b)
	}
	x := 1
	for _, b := range append(shown, last...) {
		x += c.TextAttr(x, 1, b.show(), theme.Accent, canvas.Bold) + 1
		x += c.Text(x, 1, b.word, theme.Dim) + 2
	}
}
