package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// scenes lists the experiments: the one taken fills the free lab, with its knobs
// as they are.
type scenes struct{ cursor int }

func (a *App) openScenes() tea.Cmd { return a.lay(&scenes{sceneIndex(a.free.exp)}) }

func sceneIndex(exp lab.Experiment) int {
	return slices.IndexFunc(lab.Experiments, func(e lab.Experiment) bool { return e.Name == exp.Name })
}

func (s *scenes) where() where { return inPicker }
func (s *scenes) back() bool   { return false }
func (s *scenes) move(by int)  { s.cursor = max(0, min(s.cursor+by, len(lab.Experiments)-1)) }

// take goes to the scene under the cursor.
func (s *scenes) take(a *App) tea.Cmd {
	a.over = nil
	return a.enterScene(lab.Experiments[s.cursor])
}

// enterScene shows another experiment in the free lab.
func (a *App) enterScene(exp lab.Experiment) tea.Cmd {
	before := a.free.exp.Name
	if exp.Name == before {
		return nil
	}
	a.zoom = 0
	a.free.adopt(exp, a.free.setup)
	return a.say(fmt.Sprintf("scene: %s (was %s; u undoes)", exp.Name, before), false)
}

func (s *scenes) draw(_ *App, c *canvas.Canvas) {
	c.TextAttr(1, 0, "Scenes of the free lab", theme.Accent, canvas.Bold)
	exp := lab.Experiments[s.cursor]
	var titles []string
	for _, g := range grouped(exp) {
		for _, key := range g.keys {
			k, _ := lab.FindKnob(key)
			titles = append(titles, k.Title)
		}
	}
	foot := append(wrapWords("Its knobs: "+strings.Join(titles, ", "), c.W-2), "fmlab play --experiment "+exp.Name)
	if c.H < len(lab.Experiments)+len(foot)+3 {
		foot = nil
	}
	for i, line := range foot {
		c.Text(1, c.H-len(foot)+i, c.Fit(line, c.W-2), theme.Dim)
	}
	name := 0
	for _, e := range lab.Experiments {
		name = max(name, c.Width(e.Name))
	}
	area := c.View(canvas.Rect{Y: 2, W: c.W, H: c.H - 2 - len(foot)})
	top := scrolled(s.cursor, len(lab.Experiments), area.H)
	for y := range min(area.H, len(lab.Experiments)-top) {
		e := lab.Experiments[top+y]
		drawChoice(area, y, fmt.Sprintf("%-*s  %s", name, e.Name, e.Title), top+y == s.cursor)
	}
	drawMore(c, len(lab.Experiments)-top-area.H)
}

// scrolled is the first of n rows to show in h, so that the cursor is in sight.
func scrolled(cursor, n, h int) int { return max(0, min(cursor-h/2, n-h)) }

// drawMore says in the first row how many rows are below the last that is shown.
func drawMore(c *canvas.Canvas, more int) {
	if more > 0 {
		text := fmt.Sprintf("↓ %d more rows", more)
		c.Text(c.W-c.Width(text)-1, 0, text, theme.Dim)
	}
}
