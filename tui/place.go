package tui

import (
	"fmt"
	"math/rand/v2"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lab"
	"fmlab/lessons/derivation"
	"fmlab/lessons/exercise"
	"fmlab/lessons/progress"
)

// tabLab is the tab of a place in the free lab, which belongs to no lesson.
const tabLab = "lab"

// place is where the learner is, as the log keeps it.
func (a *App) place() progress.Place {
	switch a.at {
	case screenLab:
		return progress.Place{Tab: tabLab, Card: a.free.card()}
	case screenLesson:
		v := a.lesson
		p := progress.Place{Lesson: v.ID, Tab: string(tabs[v.tab].part), Page: v.body.Pages[v.page].Slug, Card: v.card}
		if a.played == v {
			p.Card = a.play.card()
		}
		p.Part, p.Hints = v.do.reached()
		return p
	}
	return progress.Place{}
}

// notePlace writes the place to the log, for after a kill.
func (a *App) notePlace() {
	p := a.place()
	a.note(progress.Moved, p.Lesson, p)
}

// remember keeps the place, with its knobs, for Save.
func (a *App) remember() {
	p := a.place()
	a.spot.Store(&p)
	a.rememberCode()
}

// rememberCode keeps what of a program is not saved yet.
func (a *App) rememberCode() {
	a.draft.Store(nil)
	if v := a.code(); v != nil && v.edit.text() != v.Text {
		a.draft.Store(&unsaved{v.File, v.edit.text()})
	}
}

// unsaved is the program that is being written, for Save.
type unsaved struct{ file, text string }

// Save keeps the learner's place. It may be called at any time.
func (a *App) Save() {
	if p := a.spot.Load(); p != nil && *p != a.log.State().Place {
		_ = a.log.Append(progress.Moved, p.Lesson, *p) // nobody is there to be told
	}
	if d := a.draft.Load(); d != nil && d.file != "" {
		_ = exercise.Keep(d.file, d.text)
	}
	a.log.Close()
}

// comeBack goes where the learner left off.
func (a *App) comeBack() {
	at := a.state.Place
	switch {
	case at.Lesson != "":
		a.enterLesson(at.Lesson)
	case at.Tab == tabLab && a.restore(a.free, at.Card, ""):
		a.at = screenLab
	default:
		a.home.preview(a)
	}
}

// restore puts an instrument back as a card has it, and reports whether it could.
func (a *App) restore(l *live, card, show string) bool {
	exp, setup, trip, err := lab.ReadCard(card)
	if err == nil {
		err = lab.Check(setup)
	}
	if err != nil {
		a.say("the lab starts anew: "+err.Error(), true)
		return false
	}
	l.start(exp, setup, trip, show)
	return true
}

// enterLesson opens a lesson where it was left.
func (a *App) enterLesson(id string) tea.Cmd {
	l, err := a.opts.Curriculum.Find(id)
	if err != nil {
		a.home.preview(a)
		return a.say(err.Error(), true)
	}
	a.home.cursor = a.home.index(id)
	if !l.Ready {
		a.home.preview(a)
		return a.say(fmt.Sprintf("%s %s comes later: it stands on the map, and its text is not written yet", l.ID, l.Title), false)
	}
	v := a.opened[id]
	if v == nil {
		body, err := l.Body()
		if err != nil {
			return a.say(err.Error(), true)
		}
		v = &lessonView{Lesson: l, body: body}
		v.resume(a.state.Place)
		if len(a.opts.Given) > 0 { // knobs of the command line are for the scene itself
			v.card = ""
		}
		a.opened[id] = v
	}
	if tabs[v.tab].where == onPlay && a.playTaken(v) {
		v.tab = 0
	}
	a.lesson, a.at, a.zoom = v, screenLesson, 0
	a.showTab()
	return nil
}

// resume goes to a place of this lesson.
func (v *lessonView) resume(at progress.Place) {
	if at.Lesson != v.ID {
		return
	}
	v.card = at.Card
	for i, t := range tabs {
		if string(t.part) == at.Tab {
			v.toTab(i)
		}
	}
	for i, p := range v.body.Pages {
		if p.Slug == at.Page {
			v.page = i
		}
	}
	if d := v.body.Derivation; d != nil && (at.Part > 0 || at.Hints > 0) {
		v.do.work(derivation.Resume(d, rand.Uint64(), at.Part, at.Hints)) // which order comes is no result of the lab
	}
}

// playTaken says whether another lesson's training goes on in Play.
func (a *App) playTaken(v *lessonView) bool { return a.played != v && a.goesOn(a.play) }

// stagePlay puts the lesson's scene on the Play instrument, as it was left.
func (a *App) stagePlay() {
	v := a.lesson
	if a.played == v {
		return
	}
	if a.played != nil {
		a.played.card = a.play.card()
	}
	a.played = v
	scene := v.body.Play.Scene
	if v.card == "" || !a.restore(a.play, v.card, scene.Show) {
		a.stage(a.play, *scene, a.opts.Given)
	}
}
