package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// knobList lists the knobs of a scene in their groups; in the free lab the scene
// itself is the first row.
type knobList struct {
	live   *live
	scene  bool
	cursor int // among all rows, never on a heading
}

// knobRow is a row of the list: a heading, a knob, or the scene when it is
// neither.
type knobRow struct {
	heading string
	knob    *lab.Knob
}

func (a *App) openKnobs() tea.Cmd {
	p := &knobList{live: a.live(), scene: a.live() == a.free}
	p.move(0)
	return a.lay(p)
}

func (p *knobList) where() where { return inKnobs }
func (p *knobList) back() bool   { return false }

// rows are those of the list.
func (p *knobList) rows() (rows []knobRow) {
	if p.scene {
		rows = append(rows, knobRow{})
	}
	for _, g := range grouped(p.live.exp) {
		rows = append(rows, knobRow{heading: g.title})
		for _, key := range g.keys {
			k, err := lab.FindKnob(key)
			if err != nil {
				panic("tui: " + err.Error()) // experiments name known knobs only
			}
			rows = append(rows, knobRow{knob: k})
		}
	}
	return rows
}

// move moves the cursor on by some rows, passing over headings; none of them is
// the last row.
func (p *knobList) move(by int) {
	rows, dir := p.rows(), max(-1, min(by, 1))
	to := max(0, min(p.cursor+by, len(rows)-1))
	for to > 0 && dir < 0 && rows[to].heading != "" {
		to--
	}
	if rows[to].heading != "" {
		to++
	}
	p.cursor = to
}

// key is that of the knob under the cursor, "" on the scene.
func (p *knobList) row() knobRow { return p.rows()[p.cursor] }

// knobTurn returns what a key does that turns what is under the cursor.
func knobTurn(dir int) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		p := a.top().(*knobList)
		k := p.row().knob
		if k == nil {
			n := len(lab.Experiments)
			return a.enterScene(lab.Experiments[(sceneIndex(a.free.exp)+dir+n)%n])
		}
		if err := p.live.turn(k.Key, dir); err != nil {
			return a.say(err.Error(), true)
		}
		return nil
	}
}

// take opens the values of the knob under the cursor, or the scenes.
func (p *knobList) take(a *App) tea.Cmd {
	if k := p.row().knob; k != nil {
		return a.lay(a.newValues(p.live, k.Key))
	}
	return a.openScenes()
}

func (p *knobList) draw(_ *App, c *canvas.Canvas) {
	c.TextAttr(1, 0, "Knobs of this scene", theme.Accent, canvas.Bold)
	foot := p.foot(c)
	top := 2
	if c.H < 12 {
		top = 1
	}
	for i, line := range foot {
		c.Text(1, c.H-len(foot)+i, c.Fit(line, c.W-2), theme.Dim)
	}
	rows := p.rows()
	area := c.View(canvas.Rect{Y: top, W: c.W, H: c.H - top - len(foot) - 1})
	if c.W >= wide {
		if half := p.split(rows); max(half, len(rows)-half) <= area.H {
			p.drawRows(area.View(canvas.Rect{W: c.W / 2, H: area.H}), rows[:half], 0)
			p.drawRows(area.View(canvas.Rect{X: c.W / 2, W: c.W - c.W/2, H: area.H}), rows[half:], half)
			return
		}
	}
	first := scrolled(p.cursor, len(rows), area.H)
	p.drawRows(area, rows[first:min(len(rows), first+area.H)], first)
	drawMore(c, len(rows)-first-area.H)
}

// foot says what the knob under the cursor does.
func (p *knobList) foot(c *canvas.Canvas) []string {
	k := p.row().knob
	if k == nil {
		return wrapWords(p.live.exp.Title+"; the knobs stay as they are", c.W-2)
	}
	why := idle(p.live.exp, &p.live.setup, k.Key)
	switch effect := effectOf(k); {
	case c.H < 12 && why != "":
		return wrapWords("no effect now: "+why, c.W-2)
	case c.H < 12:
		return wrapWords("a change "+effect, c.W-2)
	case why != "":
		return append(wrapWords(k.Help, c.W-2), wrapWords(fmt.Sprintf("--%s; no effect now: %s", k.Key, why), c.W-2)...)
	default:
		return append(wrapWords(k.Help, c.W-2), wrapWords(fmt.Sprintf("--%s; a change %s", k.Key, effect), c.W-2)...)
	}
}

// effectOf says what a change of a knob does to the run.
func effectOf(k *lab.Knob) string {
	if k.Key == "pitfall" {
		return "starts the run anew where the training is concerned"
	}
	if k.Restarts {
		return "starts the run anew from the same seed"
	}
	return "keeps the trained model"
}

// split is the row that begins the second of two columns: the heading nearest to
// the middle.
func (p *knobList) split(rows []knobRow) int {
	best := len(rows)
	for i, r := range rows {
		if r.heading != "" && max(i, len(rows)-i) < max(best, len(rows)-best) {
			best = i
		}
	}
	return best
}

// Columns of a row: the title, and from where it is said why a knob is idle.
const titleWidth, noteColumn = 15, 34

// drawRows draws some of the rows; first is the number of the first of them.
func (p *knobList) drawRows(c *canvas.Canvas, rows []knobRow, first int) {
	for y, r := range rows {
		if r.heading != "" {
			c.Text(1, y, c.Fit(r.heading, c.W-2), theme.Dim)
			c.HRule(2+c.Width(r.heading), y, c.W-4-c.Width(r.heading), theme.Border)
			continue
		}
		p.drawRow(c, y, r, first+y == p.cursor)
	}
}

func (p *knobList) drawRow(c *canvas.Canvas, y int, r knobRow, here bool) {
	title, value, note := "scene", p.live.exp.Name, ""
	tok, attr := theme.Text, canvas.Attr(0)
	if r.knob != nil {
		s := &p.live.setup
		title, value = r.knob.Title, r.knob.Get(s)
		note, _, _ = strings.Cut(idle(p.live.exp, s, r.knob.Key), ";")
		if note != "" {
			tok = theme.Dim
		} else if d := lab.Default(); changed(s, r.knob.Key) {
			note, attr = "by default "+r.knob.Get(&d), canvas.Bold
		}
	}
	if here {
		c.Text(1, y, "▸", theme.Accent)
		tok, attr = theme.Selected, canvas.Bold
	}
	c.TextAttr(3, y, c.Fit(fmt.Sprintf("%-*s ‹ %s ›", titleWidth-1, title, value), c.W-4), tok, attr)
	if x := max(noteColumn, 3+titleWidth+c.Width(value)+6); x+12 <= c.W {
		c.Text(x, y, c.Fit(note, c.W-x-1), theme.Dim)
	}
}
