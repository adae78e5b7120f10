package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lessons"
	"fmlab/lessons/progress"
	"fmlab/tui/canvas"
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
	body *lessons.Body
	tab  int
	page int
	scroller
	lab     bool   // on a narrow screen: the lab is shown, not the text
	card    string // the Play scene as it was left, "" for as the file has it
	predict predictView
	quiz    quizView
	do      doView
}

// goTab returns what a key does that goes to a part of the lesson.
func goTab(i int) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		if tabs[i].where == onPlay && a.playTaken(a.lesson) {
			a.ask = &question{"The training run of " + a.played.ID + " would be lost. Play here?", func(a *App) tea.Cmd {
				a.openTab(i)
				return nil
			}}
			return nil
		}
		a.openTab(i)
		return nil
	}
}

// turnTab returns what a key does that goes some parts on.
func turnTab(by int) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		return goTab((a.lesson.tab + by + len(tabs)) % len(tabs))(a)
	}
}

func (a *App) openTab(i int) {
	a.lesson.toTab(i)
	a.zoom = 0
	a.showTab()
}

// toTab goes to the text first: on a narrow screen too a page is to be read, and
// Play says what its goals are.
func (v *lessonView) toTab(i int) {
	v.tab, v.top, v.lab = i, 0, false
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
		a.stagePlay()
	case onPredict:
		v.predict.enter(a)
	case onQuiz:
		v.quiz.enter(a)
	case onDo:
		if v.do.flow != nil {
			a.showFlow()
		}
	}
	a.notePlace()
}

// showPage shows a page with its picture; to see a page is to have read it.
func (a *App) showPage() {
	v := a.lesson
	p := v.body.Pages[v.page]
	for i := v.page; i >= 0; i-- { // a page without a scene keeps the one before
		if s := v.body.Pages[i].Scene; s != nil {
			a.stage(a.page, *s, a.opts.Given)
			break
		}
	}
	if ref := progress.Ref(v.ID, p.Slug); !a.state.Pages[ref] {
		a.note(progress.PageRead, ref, nil)
	}
	a.notePlace()
}

func (a *App) nextPage() tea.Cmd {
	v := a.lesson
	if v.page == len(v.body.Pages)-1 {
		return goTab(1)(a)
	}
	v.page, v.top, v.lab = v.page+1, 0, false
	a.showPage()
	return nil
}

func (a *App) prevPage() tea.Cmd {
	v := a.lesson
	if v.page > 0 {
		v.page, v.top, v.lab = v.page-1, 0, false
		a.showPage()
	}
	return nil
}

func (a *App) scrollUp() tea.Cmd   { return a.scrollBy(-1) }
func (a *App) scrollDown() tea.Cmd { return a.scrollBy(+1) }
func (a *App) pageUp() tea.Cmd     { return a.scrollBy(-max(1, a.h-6)) }
func (a *App) pageDown() tea.Cmd   { return a.scrollBy(+max(1, a.h-6)) }

func (a *App) scrollBy(n int) tea.Cmd {
	if a.top() != nil {
		a.top().move(n)
		return nil
	}
	switch v := a.lesson; {
	case a.asksItem():
		a.quiz().scrollBy(n)
	case a.code() != nil:
		a.code().scroll = max(0, a.code().scroll+n)
	case v.derives():
		v.do.scrollBy(n)
	default:
		v.scroller.scrollBy(n)
	}
	return nil
}

func (a *App) switchPane() tea.Cmd {
	if a.asksItem() {
		a.quiz().pane = !a.quiz().pane
	} else {
		a.lesson.lab = !a.lesson.lab
	}
	return nil
}

func (a *App) whyNoPane() string {
	switch {
	case a.asksItem() && a.quiz().scene() == nil:
		return "this question has no picture"
	case a.w >= wide:
		return "text and lab are both on screen"
	}
	return ""
}

// derives says whether a part of the derivation is on the screen.
func (v *lessonView) derives() bool { return tabs[v.tab].where == onDo && v.do.inHand() }

// move moves the cursor of the question on screen, or the text when the question
// is answered.
func (v *lessonView) move(by int) {
	switch {
	case v.derives():
		v.do.move(by)
		return
	case tabs[v.tab].where == onDo && v.do.flow == nil:
		v.moveTask(by)
		return
	case tabs[v.tab].where == onQuiz:
		v.quiz.move(by)
		return
	}
	if v.follow = v.predict.stage == asking; v.follow {
		v.predict.move(by, len(v.body.Predicts[v.predict.at].Options))
	} else {
		v.top += by // draw keeps it within the text
	}
}

// look watches the Play instrument: goals that are met, predictions measured.
func (v *lessonView) look(a *App, l *live) {
	switch tabs[v.tab].where {
	case onPlay:
		if l.staged() {
			return
		}
		v.keepFinal(a, l)
		var met []string
		for _, g := range v.body.Play.Goals {
			ref := progress.Ref(v.ID, g.Slug)
			if a.state.Goals[ref] {
				continue
			}
			if ok, measured := g.When.Holds(l.frame, l.taken.Get); ok {
				a.note(progress.GoalMet, ref, nil)
				met = append(met, "goal met: "+g.Title+" ("+measured+")")
			}
		}
		met = append(met, v.lookAtGolf(a, l)...)
		if len(met) > 0 {
			a.say(strings.Join(met, "; "), false)
		}
	case onPredict:
		v.predict.look(a, l)
	case onDo:
		if v.do.flow != nil {
			v.do.flow.look(a, l)
		}
	}
}

// keepFinal keeps the run that is on screen, if it is the final run of a capstone.
func (v *lessonView) keepFinal(a *App, l *live) {
	if l.taken != l.setup {
		return // a knob was turned since: the card would be of another run
	}
	if run, ok := v.body.FinalRun(l.frame, l.taken.Get, l.card(), a.state.Capstone[v.ID]); ok {
		a.note(progress.Capstone, v.ID, run)
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
	}
	if v.do.flow != nil {
		return v.do.flow.text()
	}
	return v.do.text(a)
}

// goals is the Play page: the words, and each goal with where it stands.
func (v *lessonView) goals(a *App) string {
	s := v.body.Play.Intro + "\n\n"
	if a.play.frame != nil && a.play.staged() {
		s += "> Your code is at work. The knobs were turned for it, so no goal is met meanwhile; `u` puts the scene back.\n\n"
	}
	for _, g := range v.body.Play.Goals {
		mark, state := "○", ""
		if a.state.Goals[progress.Ref(v.ID, g.Slug)] {
			mark = "● ok"
		} else if a.play.frame != nil {
			_, measured := g.When.Holds(a.play.frame, a.play.taken.Get)
			state = "\n\n*now: " + measured + "*"
		}
		s += fmt.Sprintf("### %s %s\n\n%s%s\n\n", mark, g.Title, g.Text, state)
		if mark != "○" {
			s += "> " + g.After + "\n\n"
		}
	}
	return s + v.holes(a)
}

// wide is the width from which text and lab stand beside each other.
const wide = 100

// draw draws the lesson: text left, lab right, or one of them.
func (v *lessonView) draw(a *App, c *canvas.Canvas) {
	switch {
	case a.code() != nil:
		a.code().draw(c)
		return
	case v.derives():
		v.do.draw(a, c)
		return
	}
	if tabs[v.tab].where == onQuiz {
		v.quiz.draw(a, c)
		return
	}
	lab, show := a.live(), whole
	if tabs[v.tab].where == onPredict && v.predict.stage == asking {
		show = setting // the numbers are the answer
	}
	showsLab := tabs[v.tab].where&(onRead|onPlay|onPredict) != 0 || tabs[v.tab].where == onDo && v.do.flow != nil
	if c.W < wide || !showsLab || a.zoom > 0 {
		if showsLab && (v.lab || a.zoom > 0) {
			drawPanel(a, c.View(c.Bounds().Inset(1, 0)), lab, show)
		} else {
			v.drawText(a, c.View(c.Bounds().Inset(1, 0)))
		}
		return
	}
	text, rest := c.Bounds().Left(min(64, c.W*47/100))
	v.drawText(a, c.View(canvas.Rect{X: 1, Y: 0, W: text.W - 2, H: text.H}))
	c.VRule(rest.X, 0, rest.H, theme.Border)
	drawPanel(a, c.View(canvas.Rect{X: rest.X + 2, Y: 0, W: rest.W - 3, H: rest.H}), lab, show)
}

func (v *lessonView) drawText(a *App, c *canvas.Canvas) {
	v.scroller.draw(c, v.text(a))
	if len(v.lines)-v.top <= c.H-1 && tabs[v.tab].where == onRead {
		c.Text(0, c.H-1, fmt.Sprintf("page %d of %d", v.page+1, len(v.body.Pages)), theme.Dim)
	}
}
