package tui

import tea "github.com/charmbracelet/bubbletea"

// back goes back one level. It never quits.
func (a *App) back() tea.Cmd {
	switch {
	case a.ask != nil:
		a.ask = nil
	case a.top() != nil:
		if !a.top().back() {
			a.over = a.over[:len(a.over)-1]
		}
	case a.where() == onFormula:
		a.lesson.do.writing = false
	case a.where() == onAnswer:
		a.quiz().item.writing = false
	case a.where() == inEditor:
		a.code().editing = false
	case a.code() != nil:
		a.code().close()
		a.lesson.do.code = nil
	case a.where() == onFlow:
		a.lesson.do.flow = nil
		a.page.halt()
	case a.zoom != 0 && a.where()&withLab != 0:
		a.zoom = 0
	case a.at == screenLesson && a.lesson.canPutAside():
		a.putAside()
	case a.at == screenCards:
		return a.leaveCards()
	case a.at != screenMap:
		a.at = screenMap
		a.home.preview(a)
		a.notePlace()
	}
	return nil
}

func (a *App) whyNoBack() string {
	if a.where() == onMap {
		return "this is the map; q quits"
	}
	return ""
}

// quit asks only when a training run or a drawing would be lost.
func (a *App) quit() tea.Cmd {
	if a.pad != nil && a.pad.unkept && a.pad.points.Len() > 0 {
		a.ask = &question{"The points you have drawn are not kept. Quit?", (*App).leave}
		return nil
	}
	if a.examined() {
		a.ask = &question{"A test is under way, and nothing of it would be kept. Quit?", (*App).leave}
		return nil
	}
	for _, l := range a.lives() {
		if a.goesOn(l) {
			a.ask = &question{"A training run would be lost. Quit?", (*App).leave}
			return nil
		}
	}
	return a.leave()
}

func (a *App) confirmYes() tea.Cmd {
	q := a.ask
	a.ask = nil
	return q.yes(a)
}

func (a *App) leave() tea.Cmd {
	if v := a.code(); v != nil {
		a.keepCode(v)
		v.close()
	}
	for _, l := range a.lives() {
		l.halt()
	}
	return tea.Quit
}

// interrupt cancels what runs, on screen or behind it; with nothing running it
// quits, and a second time without a question.
func (a *App) interrupt() tea.Cmd {
	if v := a.code(); a.ask == nil && v != nil && v.stopCheck() {
		return nil
	}
	if s, ok := a.top().(*reportSheet); ok && s.back() {
		return nil
	}
	stopped := false
	for _, l := range a.lives() {
		if (l == a.live() || a.goesOn(l)) && l.working() && l.frame != nil && l.frame.Progress.Total > 0 {
			l.paused, stopped = true, true
			l.halt()
		}
	}
	switch {
	case a.ask != nil:
		return a.leave()
	case !stopped:
		return a.quit()
	case a.where() == onPredict:
		a.lesson.predict.enter(a)
		return a.say("stopped; choose again, or q quits", false)
	}
	return a.say("stopped; space goes on, r starts anew, q quits", false)
}
