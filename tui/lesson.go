package tui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/lessons/progress"
	"fmlab/tui/canvas"
	"fmlab/tui/prose"
	"fmlab/tui/theme"
)

// tabs are the five parts of every lesson.
var tabs = [5]struct {
	name  string
	part  lessons.Part
	where where
}{
	{"Read", lessons.PartRead, onRead},
	{"Play", lessons.PartPlay, onPlay},
	{"Predict", lessons.PartPredict, onPredict},
	{"Quiz", lessons.PartQuiz, onQuiz},
	{"Do", lessons.PartDo, onDo},
}

// lessonView is an open lesson: which part, which page, how far scrolled.
type lessonView struct {
	*lessons.Lesson
	body    *lessons.Body
	tab     int
	page    int
	scroll  int
	lab     bool // on a narrow screen: the lab is shown, not the text
	staged  bool // the Play scene is on its instrument
	predict predictView
	quiz    quizView

	lines  []canvas.Line // the text, set for width
	setFor string
}

// enterLesson opens a lesson where it was left.
func (a *App) enterLesson(id string, at progress.Place) tea.Cmd {
	l, err := a.opts.Curriculum.Find(id)
	if err != nil {
		a.home.preview(a)
		return a.say(err.Error(), true)
	}
	if !l.Ready {
		a.home.cursor = a.home.index(l.ID)
		a.home.preview(a)
		return a.say(fmt.Sprintf("%s %s comes later: it stands on the map, and its text is not written yet", l.ID, l.Title), false)
	}
	body, err := l.Body()
	if err != nil {
		return a.say(err.Error(), true)
	}
	v := &lessonView{Lesson: l, body: body}
	a.lesson, a.at, a.zoom = v, screenLesson, 0
	for i, t := range tabs {
		if string(t.part) == at.Tab {
			v.tab = i
		}
	}
	for i, p := range body.Pages {
		if p.Slug == at.Page {
			v.page = i
		}
	}
	if at.Card != "" && v.tab > 0 {
		a.restoreCard(at.Card)
	}
	a.showTab()
	return nil
}

// restoreCard puts the Play instrument back as it was left.
func (a *App) restoreCard(card string) {
	exp, setup, trip, err := lab.ReadCard(card)
	if err != nil {
		a.say("the lab starts anew: "+err.Error(), true)
		return
	}
	a.play.start(exp, setup, trip, a.lesson.body.Play.Scene.Show)
	a.lesson.staged = true
}

// placeOf is where a lesson was left in this session, its beginning otherwise.
func (a *App) placeOf(id string) progress.Place {
	if a.state.Place.Lesson == id {
		return a.state.Place
	}
	return progress.Place{}
}

func goTab(i int) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		v := a.lesson
		v.tab, v.scroll, v.lab = i, 0, tabs[i].where == onPlay
		a.zoom = 0
		a.showTab()
		return nil
	}
}

// showTab puts the picture of the present part on its instrument and notes the
// place.
func (a *App) showTab() {
	v := a.lesson
	switch tabs[v.tab].where {
	case onRead:
		a.showPage()
		return
	case onPlay:
		if !v.staged {
			a.stage(a.play, *v.body.Play.Scene)
			v.staged = true
		}
	case onPredict:
		v.predict.enter(a)
	case onQuiz:
		v.quiz.enter(a)
	}
	a.notePlace()
}

// showPage shows a page with its picture; to see a page is to have read it.
func (a *App) showPage() {
	v := a.lesson
	p := v.body.Pages[v.page]
	for i := v.page; i >= 0; i-- { // a page without a scene keeps the one before
		if s := v.body.Pages[i].Scene; s != nil {
			a.stage(a.page, *s)
			break
		}
	}
	if ref := progress.Ref(v.ID, p.Slug); !a.state.Pages[ref] {
		a.note(progress.PageRead, ref, nil)
	}
	a.notePlace()
}

func (a *App) notePlace() { a.note(progress.Moved, a.lesson.ID, a.where2place()) }

// where2place is the learner's place in the lesson.
func (a *App) where2place() progress.Place {
	v := a.lesson
	p := progress.Place{Lesson: v.ID, Tab: string(tabs[v.tab].part), Page: v.body.Pages[v.page].Slug}
	if v.staged && a.play.exp.Start != nil {
		p.Card = a.play.card()
	}
	return p
}

func (a *App) nextPage() tea.Cmd {
	v := a.lesson
	if v.page == len(v.body.Pages)-1 {
		return goTab(1)(a)
	}
	v.page, v.scroll = v.page+1, 0
	a.showPage()
	return nil
}

func (a *App) prevPage() tea.Cmd {
	v := a.lesson
	if v.page > 0 {
		v.page, v.scroll = v.page-1, 0
		a.showPage()
	}
	return nil
}

func (a *App) scrollUp() tea.Cmd   { return a.scrollBy(-1) }
func (a *App) scrollDown() tea.Cmd { return a.scrollBy(+1) }
func (a *App) pageUp() tea.Cmd     { return a.scrollBy(-max(1, a.h-6)) }
func (a *App) pageDown() tea.Cmd   { return a.scrollBy(+max(1, a.h-6)) }

func (a *App) scrollBy(n int) tea.Cmd {
	if a.overlay != nil {
		a.overlay.move(n)
		return nil
	}
	a.lesson.scroll = max(0, a.lesson.scroll+n) // draw keeps it within the text
	return nil
}

func (a *App) switchPane() tea.Cmd { a.lesson.lab = !a.lesson.lab; return nil }

func (a *App) whyNoPane() string {
	if a.w >= wide {
		return "text and lab are both on screen"
	}
	return ""
}

// move moves the cursor of the question on screen.
func (v *lessonView) move(by int) {
	switch tabs[v.tab].where {
	case onPredict:
		v.predict.move(by)
	case onQuiz:
		v.quiz.move(by)
	}
}

// look watches the Play instrument: goals that are met, predictions measured.
func (v *lessonView) look(a *App, l *live) {
	switch tabs[v.tab].where {
	case onPlay:
		for _, g := range v.body.Play.Goals {
			ref := progress.Ref(v.ID, g.Slug)
			if a.state.Goals[ref] {
				continue
			}
			if ok, measured := g.When.Holds(l.frame, l.setup.Get); ok {
				a.note(progress.GoalMet, ref, nil)
				a.say("goal met: "+g.Title+" ("+measured+")", false)
			}
		}
	case onPredict:
		v.predict.look(a, l)
	}
}

// text is what the left side says, as Markdown.
func (v *lessonView) text(a *App) string {
	switch tabs[v.tab].where {
	case onRead:
		p := v.body.Pages[v.page]
		return "## " + p.Title + "\n\n" + p.Markdown
	case onPlay:
		return v.goals(a)
	case onPredict:
		return v.predict.text(a)
	case onQuiz:
		return v.quiz.text(a)
	}
	return "## Do\n\n" + v.body.Do
}

// goals is the Play page: the words, and each goal with where it stands.
func (v *lessonView) goals(a *App) string {
	s := v.body.Play.Intro + "\n\n"
	for _, g := range v.body.Play.Goals {
		mark, state := "○", ""
		if a.state.Goals[progress.Ref(v.ID, g.Slug)] {
			mark = "● ok"
		} else if a.play.frame != nil {
			_, measured := g.When.Holds(a.play.frame, a.play.setup.Get)
			state = "\n\n*now: " + measured + "*"
		}
		s += fmt.Sprintf("### %s %s\n\n%s%s\n\n", mark, g.Title, g.Text, state)
		if mark != "○" {
			s += "> " + g.After + "\n\n"
		}
	}
	return s
}

// wide is the width from which text and lab stand beside each other.
const wide = 100

// draw draws the lesson: text left, lab right, or one of them.
func (v *lessonView) draw(a *App, c *canvas.Canvas) {
	lab := a.live()
	showsLab := tabs[v.tab].where&(onRead|onPlay|onPredict) != 0
	if c.W < wide || !showsLab {
		if v.lab && showsLab {
			drawPanel(a, c.View(c.Bounds().Inset(1, 0)), lab, true)
		} else {
			v.drawText(a, c.View(c.Bounds().Inset(1, 0)))
		}
		return
	}
	text, rest := c.Bounds().Left(min(64, c.W*47/100))
	v.drawText(a, c.View(canvas.Rect{X: 1, Y: 0, W: text.W - 2, H: text.H}))
	c.VRule(rest.X, 0, rest.H, theme.Border)
	drawPanel(a, c.View(canvas.Rect{X: rest.X + 2, Y: 0, W: rest.W - 3, H: rest.H}), lab, true)
}

func (v *lessonView) drawText(a *App, c *canvas.Canvas) {
	src := v.text(a)
	w := min(c.W, 76)
	if key := fmt.Sprint(w, c.Glyphs, src); key != v.setFor {
		v.lines, v.setFor = prose.Render(src, w, prose.Options{ASCII: c.Glyphs == canvas.ASCII}), key
	}
	v.scroll = max(0, min(v.scroll, len(v.lines)-c.H+1))
	room := c.H - 1
	for i, line := range v.lines[min(v.scroll, len(v.lines)):] {
		if i == room {
			break
		}
		c.PutLine(0, i, w, line)
	}
	if more := len(v.lines) - v.scroll - room; more > 0 {
		c.Text(0, c.H-1, fmt.Sprintf("↓ %d more rows", more), theme.Dim)
	} else if tabs[v.tab].where == onRead {
		c.Text(0, c.H-1, fmt.Sprintf("page %d of %d", v.page+1, len(v.body.Pages)), theme.Dim)
	}
}
