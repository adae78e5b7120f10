package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// home is the map: three phases, their lessons, what is done; beside it a live
// preview of the lesson under the cursor.
type home struct {
	lessons []*lessons.Lesson
	cursor  int
}

func (h *home) place(a *App) {
	h.lessons = a.opts.Curriculum.Lessons()
	for i, l := range h.lessons { // the next step: the first ready lesson not done, nor placed out of
		if l.Ready && !a.placed(l.Phase) && !lessons.Done(a.standing(l)) {
			h.cursor = i
			break
		}
	}
}

func (h *home) index(id string) int {
	for i, l := range h.lessons {
		if l.ID == id {
			return i
		}
	}
	return h.cursor
}

// preview shows the first picture of the lesson under the cursor; the free lab's
// first picture where the lesson has none yet.
func (h *home) preview(a *App) {
	scene := &lessons.Scene{Experiment: "particles", T: 1}
	if l := h.lessons[h.cursor]; l.Ready {
		if body, err := l.Body(); err != nil {
			a.say(err.Error(), true)
		} else if len(body.Pages) > 0 && body.Pages[0].Scene != nil {
			scene = body.Pages[0].Scene
		}
	}
	a.stage(a.page, *scene, a.opts.Given)
	a.page.look.Trip, a.page.play = 0, true // it plays once, then stands
}

// stage starts a scene on an instrument, with some of the knobs as given on the
// command line.
func (a *App) stage(l *live, s lessons.Scene, given []string) {
	exp, err := lab.FindExperiment(s.Experiment)
	setup, err2 := s.Setup()
	err = errors.Join(err, err2)
	for _, key := range given {
		err = errors.Join(err, setup.Set(key, a.opts.Setup.Get(key)))
	}
	if err != nil {
		a.say(err.Error(), true)
		return
	}
	l.start(exp, setup, s.T, s.Show)
}

func (a *App) up() tea.Cmd   { return a.move(-1) }
func (a *App) down() tea.Cmd { return a.move(+1) }

// move moves the cursor of whatever has one.
func (a *App) move(by int) tea.Cmd {
	switch {
	case a.top() != nil:
		a.top().move(by)
	case a.at == screenMap:
		h := &a.home
		if to := h.cursor + by; to >= 0 && to < len(h.lessons) {
			h.cursor = to
			h.preview(a)
		}
	case a.at == screenCards:
		a.cards.move(by)
	case a.at == screenLesson:
		a.lesson.move(by)
	}
	return nil
}

func (a *App) openLesson() tea.Cmd {
	return a.enterLesson(a.home.lessons[a.home.cursor].ID)
}

// draw draws the map.
func (h *home) draw(a *App, c *canvas.Canvas) {
	left, right := c.Bounds(), canvas.Rect{}
	if c.W >= 100 {
		left, right = c.Bounds().Left(min(68, c.W*57/100))
	}
	h.drawList(a, c.View(left))
	if right.W > 0 {
		c.VRule(right.X, 0, right.H, theme.Border)
		h.drawPreview(a, c.View(canvas.Rect{X: right.X + 2, Y: 0, W: right.W - 3, H: right.H}))
	}
}

func (h *home) drawList(a *App, c *canvas.Canvas) {
	about := h.about(a, c.W-2)
	if c.H < 14 { // the list first
		about = about[len(about)-1:]
	}
	room := c.H - len(about) - 1
	rows := h.rows(a, c, room)
	at := 0
	for i, r := range rows {
		if r.lesson == h.cursor {
			at = i
		}
	}
	top := max(0, min(at-room/2, len(rows)-room))
	for y, r := range rows[top:min(len(rows), top+room)] {
		r.draw(c, y, r.lesson == h.cursor && r.lesson >= 0)
	}
	if more := len(rows) - top - room; more > 0 {
		c.Text(1, room, fmt.Sprintf("↓ %d more rows", more), theme.Dim)
	}
	for i, line := range about {
		c.PutLine(1, c.H-len(about)+i, c.W-2, line)
	}
}

// row is a line of the map.
type row struct {
	lesson int // -1 for a phase
	text   string
	mark   string // where one stands
	tok    theme.Token
}

func (r row) draw(c *canvas.Canvas, y int, here bool) {
	if r.lesson < 0 {
		c.TextAttr(1, y, r.text, theme.Accent, canvas.Bold)
		return
	}
	tok, attr := r.tok, canvas.Attr(0)
	if here {
		c.Text(1, y, "▸", theme.Accent)
		tok, attr = theme.Selected, canvas.Bold
	}
	c.TextAttr(3, y, c.Fit(r.text, c.W-3-c.Width(r.mark)-2), tok, attr)
	c.Text(c.W-1-c.Width(r.mark), y, r.mark, theme.Dim)
}

// rows are the phases and their lessons, set apart where there is room.
func (h *home) rows(a *App, c *canvas.Canvas, room int) []row {
	var rows []row
	i, phases := 0, a.opts.Curriculum.Phases
	for _, ph := range phases {
		if len(rows) > 0 && len(h.lessons)+2*len(phases)-1 <= room {
			rows = append(rows, row{lesson: -1})
		}
		rows = append(rows, row{lesson: -1, text: fmt.Sprintf("%d  %s", ph.ID, ph.Title)})
		for _, l := range ph.Lessons {
			r := row{lesson: i, text: l.ID + "  " + l.Title, mark: duration(l.Minutes), tok: theme.Text}
			if states := a.standing(l); l.Ready && a.placed(l.Phase) && !lessons.Done(states) {
				r.mark = "placed  " + r.mark
			} else if l.Ready {
				r.mark = dots(states) + "  " + r.mark
			} else {
				r.mark, r.tok = "later  "+r.mark, theme.Dim
			}
			rows = append(rows, r)
			i++
		}
	}
	return rows
}

func duration(minutes int) string {
	if minutes == 0 {
		return "  open"
	}
	return fmt.Sprintf("%2d min", minutes)
}

// about is what is said of the lesson under the cursor.
func (h *home) about(a *App, w int) []canvas.Line {
	l := h.lessons[h.cursor]
	lines := []canvas.Line{{{Text: strings.Repeat("─", w), Tok: theme.Border}}}
	next := "enter opens it"
	if !l.Ready {
		next = "comes later (" + concepts(l) + ")"
	} else if lessons.Done(a.standing(l)) {
		next = "done; enter opens it again"
	} else if a.placed(l.Phase) {
		next = "you have shown that you may skip it; enter opens it"
	}
	due := ""
	if n := len(a.dueCards()); n > 0 {
		due = fmt.Sprintf("%d due for review (r). ", n)
	}
	for _, text := range wrapWords(l.Summary, w) {
		lines = append(lines, canvas.Line{{Text: text, Tok: theme.Text}})
	}
	return append(lines, canvas.Line{{Text: due + l.ID + ": " + next, Tok: theme.Dim}})
}

// concepts says what a lesson is about.
func concepts(l *lessons.Lesson) string {
	var titles []string
	for _, c := range lessons.Concepts {
		if slices.Contains(l.Concepts, c.Name) {
			titles = append(titles, c.Title)
		}
	}
	if len(titles) == 0 {
		return "all concepts"
	}
	return strings.Join(titles, ", ")
}

// wrapWords breaks plain text at blanks.
func wrapWords(s string, w int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		if line != "" && len([]rune(line))+1+len([]rune(word)) > w {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

func (h *home) drawPreview(a *App, c *canvas.Canvas) {
	l := h.lessons[h.cursor]
	c.TextAttr(0, 0, c.Fit(l.ID+"  "+l.Title, c.W), theme.Text, canvas.Bold)
	drawPanel(a, c.View(canvas.Rect{X: 0, Y: 2, W: c.W, H: c.H - 2}), a.page, preview)
}
