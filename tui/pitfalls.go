package tui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// pitfalls lists the ways to break a run on purpose, and first the way to heal it.
type pitfalls struct {
	live   *live
	cursor int // 0 is none; else pitfall cursor−1
}

func (a *App) openPitfalls() tea.Cmd {
	p := &pitfalls{live: a.live()}
	if a.live().setup.Pitfall == "none" {
		p.cursor = 1
	}
	return a.lay(p)
}

// whyNoPitfall says that a scene takes none.
func (a *App) whyNoPitfall() string { return lab.Pitfall{}.WhyNot(a.live().exp) }

func (p *pitfalls) where() where { return inPicker }
func (p *pitfalls) back() bool   { return false }
func (p *pitfalls) move(by int)  { p.cursor = max(0, min(p.cursor+by, len(lab.Pitfalls))) }

// at is the pitfall of a row, the zero one for none.
func (p *pitfalls) at(row int) lab.Pitfall {
	if row == 0 {
		return lab.Pitfall{}
	}
	return lab.Pitfalls[row-1]
}

// take breaks the run, or heals it; what the pitfall needs is turned with it, so
// that one undo takes all back.
func (p *pitfalls) take(a *App) tea.Cmd {
	chosen, l := p.at(p.cursor), p.live
	if why := chosen.WhyNot(l.exp); why != "" {
		return a.say(chosen.Title+": "+why, true)
	}
	a.over = nil
	before, after := l.setup, chosen.Into(l.setup)
	l.adopt(l.exp, after)
	switch {
	case before == after:
		return nil
	case chosen.Name == "":
		return a.say("healed: nothing is wrong on purpose (u undoes)", false)
	case before.Model != after.Model:
		return a.say(fmt.Sprintf("broken on purpose: %s, in a network trained now (u undoes)", chosen.Title), false)
	}
	return a.say(fmt.Sprintf("broken on purpose: %s (u undoes)", chosen.Title), false)
}

func (p *pitfalls) draw(_ *App, c *canvas.Canvas) {
	c.TextAttr(1, 0, "Break it on purpose", theme.Accent, canvas.Bold)
	top := 2
	if c.H < 12 {
		top = 1
	}
	foot := p.foot(c.W - 2)
	foot = foot[:max(0, min(len(foot), c.H-top-4))]
	for i, line := range foot {
		c.Text(1, c.H-len(foot)+i, c.Fit(line, c.W-2), theme.Dim)
	}
	rows, area := len(lab.Pitfalls)+1, c.View(canvas.Rect{Y: top, W: c.W, H: c.H - top - len(foot)})
	first := scrolled(p.cursor, rows, area.H)
	for y := range min(area.H, rows-first) {
		drawChoice(area, y, p.row(first+y), first+y == p.cursor)
	}
	drawMore(c, rows-first-area.H)
}

// row is the text of a row, marked if it is how things are now.
func (p *pitfalls) row(i int) string {
	here := p.at(i)
	text := here.Title
	if i == 0 {
		text = "none: nothing is wrong"
	}
	name := here.Name
	if i == 0 {
		name = "none"
	}
	switch why := here.WhyNot(p.live.exp); {
	case why != "":
		return text + " – not here: " + why
	case name == p.live.setup.Pitfall:
		return text + " (now)"
	}
	return text
}

// foot says what the pitfall under the cursor does, and what is seen of it.
func (p *pitfalls) foot(w int) []string {
	here := p.at(p.cursor)
	if here.Name == "" {
		return wrapWords("the run as it should be; the other knobs stay as they are", w)
	}
	lines := wrapWords("what is wrong: "+here.Label, w)
	lines = append(lines, wrapWords("what you see: "+here.Symptom, w)...)
	return append(lines, wrapWords("the cure: "+here.Cure, w)...)
}
