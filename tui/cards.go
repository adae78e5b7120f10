package tui

import (
	"fmt"
	"math/rand/v2"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// cardsView is a session that belongs to no lesson: a review or an exam.
type cardsView struct {
	quizView
	from screen // where it was opened
}

// openSession begins a review or an exam.
func (a *App) openSession(s *lessons.Session) {
	if a.at != screenCards {
		a.cards.from = a.at
	}
	a.at, a.zoom = screenCards, 0
	a.cards.begin(a, s)
}

// deck is what was answered, the card due first first.
func (a *App) deck() []lessons.Card {
	if a.dealtFor != a.state {
		a.dealt, a.dealtFor = a.opts.Curriculum.Deck(a.state), a.state
	}
	return a.dealt
}

// dueCards is those whose time has come.
func (a *App) dueCards() []lessons.Card { return lessons.Due(a.deck(), a.opts.Now()) }

func (a *App) openReview() tea.Cmd {
	a.openSession(lessons.NewReview(a.dueCards(), rand.Uint64()))
	return nil
}

func (a *App) whyNoReview() string { return lessons.Waiting(a.deck(), a.opts.Now()) }

// openPlacement begins the placement test of the phase under the cursor.
func (a *App) openPlacement() tea.Cmd {
	return a.openExam(lessons.Placement(a.home.lessons[a.home.cursor].Phase))
}

// openExam begins an exam; when it is over it leads back here.
func (a *App) openExam(x lessons.Exam) tea.Cmd {
	s, err := lessons.NewExam(a.opts.Curriculum, x, rand.Uint64())
	if err != nil {
		return a.say(err.Error(), true)
	}
	a.openSession(s)
	return nil
}

// examined says whether an exam is under way, of which nothing is kept yet.
func (a *App) examined() bool {
	s := a.cards.session
	return a.at == screenCards && s.Exam != nil && !a.cards.over
}

// leaveCards goes back to where the session was opened. An exam is not left by a
// slip of a finger.
func (a *App) leaveCards() tea.Cmd {
	if !a.examined() {
		a.goBack()
		return nil
	}
	a.ask = &question{"Leave the test? Nothing of it is kept.", func(a *App) tea.Cmd {
		a.goBack()
		return a.say("the test is left; nothing of it was kept", false)
	}}
	return nil
}

func (a *App) goBack() {
	a.at = a.cards.from
	if a.at == screenLesson {
		a.showTab()
		return
	}
	a.at = screenMap
	if x := a.cards.session.Exam; x != nil && a.placed(x.Phase) {
		a.home.place(a)
	}
	a.home.preview(a)
	a.notePlace()
}

// keepExam writes all answers of an exam and what came of it.
func (a *App) keepExam(s *lessons.Session) {
	for _, g := range s.Given {
		a.note(progress.Answered, g.Ref(), g.Note())
	}
	a.note(s.Exam.Kind, s.Exam.Ref, s.Result())
}

// title says what the session is.
func (v *cardsView) title() string {
	if x := v.session.Exam; x != nil {
		return x.Title
	}
	return fmt.Sprintf("review, %d due", v.session.Items())
}

// placed says whether a phase may be skipped, by a test.
func (a *App) placed(phase int) bool { return a.state.Placed[fmt.Sprint(phase)].Passed }
