package tui

import (
	"math/rand/v2"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lessons"
	"fmlab/lessons/progress"
	"fmlab/tui/canvas"
)

// quizView is a session under way: the item that is asked, or what came of all.
type quizView struct {
	scroller
	session *lessons.Session // nil before it is begun
	item    itemView
	over    bool
	report  string // when it is over
	pane    bool   // the picture has the whole width
}

// asksItem says whether a session is on the screen.
func (a *App) asksItem() bool {
	return a.at == screenCards || a.at == screenLesson && tabs[a.lesson.tab].where == onQuiz
}

// quiz is the session that the keys are for.
func (a *App) quiz() *quizView {
	if a.at == screenCards {
		return &a.cards.quizView
	}
	return &a.lesson.quiz
}

// enter begins the quiz of the lesson unless one is under way.
func (v *quizView) enter(a *App) {
	if v.session != nil && !v.over {
		v.stage(a)
		return
	}
	s, err := lessons.NewQuiz(a.lesson.Lesson, a.state, rand.Uint64()) // which numbers come is no result of the lab
	if err != nil {
		a.say(err.Error(), true)
		return
	}
	v.begin(a, s)
}

func (v *quizView) begin(a *App, s *lessons.Session) {
	*v = quizView{session: s}
	v.next(a)
}

// next asks the next item, or says what came of the session.
func (v *quizView) next(a *App) {
	v.top, v.follow, v.seek, v.pane = 0, false, "", false
	if v.over = v.session.Now() == nil; v.over {
		if v.session.Exam != nil {
			a.keepExam(v.session)
		}
		v.report = v.session.Report(a.deck(), a.opts.Now())
		return
	}
	v.item = newItem(v.session)
	v.stage(a)
}

// stage puts the picture of the item on its instrument.
func (v *quizView) stage(a *App) {
	if s := v.scene(); s != nil {
		a.stage(a.page, *s, nil)
	}
}

// scene is the picture beside the item: its own, or the trial that was asked for.
func (v *quizView) scene() *lessons.Scene {
	switch {
	case v.over || v.session == nil:
		return nil
	case v.item.trial >= 0:
		return &v.item.trials[v.item.trial].Scene
	}
	return v.item.Scene
}

// open says whether there is a question without an answer.
func (v *quizView) open() bool { return !v.over && v.item.given == nil }

// where says which keys mean something: those of a question, or of a number.
func (v *quizView) where(question, number where) where {
	switch {
	case v.open() && v.item.kind() == lessons.Number:
		return number
	case v.open() && v.item.writing:
		return onAnswer
	}
	return question
}

// move moves the cursor, or the text when the question is answered.
func (v *quizView) move(by int) {
	if v.follow = v.open(); v.follow {
		v.item.move(by)
	} else {
		v.scrollBy(by)
	}
}

// whyNoAnswer says why the keys of an answer are disabled.
func (a *App) whyNoAnswer() string {
	switch v := a.quiz(); {
	case v.over:
		return "all are answered; enter goes on"
	case v.item.given != nil:
		return "it is answered; enter goes on"
	case v.item.kind() == lessons.Formula:
		return "the answer is a formula; enter types it"
	}
	return ""
}

func (a *App) whyNoMark() string {
	if why := a.whyNoAnswer(); why != "" {
		return why
	}
	return unless(a.quiz().item.takesMarks(), "enter answers this one")
}

func (a *App) markOption() tea.Cmd { a.quiz().item.mark(); return nil }

// surer returns what a key does that changes how sure one is of a formula.
func surer(by int) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		v := &a.quiz().item
		v.sure = (v.sure + by + len(lessons.SureWords)) % len(lessons.SureWords)
		return nil
	}
}

// answerAs returns what a key does that answers, and says how sure one is.
func answerAs(sure string) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd { return a.answer(sure) }
}

// answerFormula answers, as sure as was said.
func (a *App) answerFormula() tea.Cmd {
	return a.answer(lessons.SureWords[a.quiz().item.sure].Sure)
}

// goOnQuiz answers; after the answer it goes on.
func (a *App) goOnQuiz() tea.Cmd {
	switch v := a.quiz(); {
	case v.over && a.at == screenCards:
		return a.leaveCards()
	case v.over:
		v.enter(a)
	case v.item.given != nil:
		v.next(a)
	case v.item.kind() == lessons.Formula:
		v.item.writing = true
	default:
		return a.answer(lessons.Think)
	}
	return nil
}

// answer judges the answer and keeps it.
func (a *App) answer(sure string) tea.Cmd {
	v := a.quiz()
	answer, err := v.item.read()
	if err != nil && v.item.takesMarks() {
		return a.say(err.Error(), false)
	}
	if err != nil {
		v.item.wrong = err.Error()
		return nil
	}
	g := v.session.Answer(answer, sure)
	if v.session.Exam != nil { // what came of it is kept when it is over
		v.next(a)
		return nil
	}
	v.item.judged(g, v.play(a))
	v.top, v.follow, v.seek = 0, false, saidWrong
	if g.Verdict.Right {
		v.seek = saidRight
	}
	a.note(progress.Answered, g.Ref(), g.Note())
	return nil
}

// play is the scene in which an answer is tried when its item has none.
func (v *quizView) play(a *App) *lessons.Scene {
	b, err := v.item.Lesson.Body()
	if err != nil {
		a.say(err.Error(), true)
		return nil
	}
	return b.Play.Scene
}

// tryAnswer runs an answer in the lab: that of the learner, then the others.
func (a *App) tryAnswer() tea.Cmd {
	v := a.quiz()
	v.item.trial = (v.item.trial + 1) % len(v.item.trials)
	v.stage(a)
	v.pane = a.w < besideText
	return a.say("in the lab: "+v.item.trials[v.item.trial].Text, false)
}

func (a *App) whyNoTrial() string {
	switch v := a.quiz(); {
	case v.over:
		return "all are answered; enter goes on"
	case v.item.given == nil:
		return "answer it first"
	case len(v.item.trials) == 0:
		return "no answer of this one is to be seen in the lab"
	}
	return ""
}

// whyNoItemTime: before the answer the time of the picture may be what is asked.
func (a *App) whyNoItemTime() string {
	v := a.quiz()
	switch {
	case v.scene() == nil:
		return "there is no picture here"
	case v.open():
		return "time can be moved after the answer"
	}
	return a.whyNoTime()
}

// text is the item, or the report, as Markdown.
func (v *quizView) text() string {
	switch {
	case v.session == nil:
		return ""
	case v.over:
		return "## All are answered\n\n" + v.report + "\n\n*enter goes on.*\n"
	}
	return v.item.text()
}

// The width from which a picture has room beside the question, and how much of it
// the picture gets.
const besideText, picture = 72, 36

// draw draws the text, and where the item has a picture that beside it.
func (v *quizView) draw(a *App, c *canvas.Canvas) {
	c = c.View(c.Bounds().Inset(1, 0))
	text, pic := c.Bounds(), canvas.Rect{}
	switch {
	case v.scene() == nil:
	case v.pane && a.w < wide:
		text, pic = canvas.Rect{}, text
	case a.w >= wide:
		text, pic = text.Left(min(62, c.W*47/100))
	case a.w >= besideText:
		text, pic = text.Left(c.W - picture)
	}
	if text.W > 0 {
		src := v.text()
		if v.scene() != nil && pic.Empty() {
			src += "\n*tab: the picture.*\n"
		}
		v.scroller.draw(c.View(text), src)
	}
	if pic.W > 0 {
		pic.X, pic.W = pic.X+2, pic.W-2
		show := whole
		if v.open() {
			show = blind
		}
		drawPanel(a, c.View(pic), a.page, show)
	}
}
