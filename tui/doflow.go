package tui

import (
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lab"
	"fmlab/lessons/exercise"
	"fmlab/lessons/progress"
)

// flowView trains and samples data sets with nothing but the learner's batch, pair,
// loss and sampler.
type flowView struct {
	at   int               // in exercise.FlowData, its length when all are done
	done map[string]string // what came of each in this session, Markdown
}

// flowDeed is the thing to do. It is filled by init, since what it does leads back to
// it.
var flowDeed deed

func init() {
	flowDeed = deed{"run: moons and circles by nothing but your code", "Moons and circles by nothing but your code", flowWords, (*App).openFlow, exercise.FlowDone}
}

func (a *App) desk() exercise.Desk { return exercise.DeskIn(a.log.Dir()) }

// whyNoFlow says which programs are missing.
func (a *App) whyNoFlow() string {
	missing := a.desk().FlowMissing(a.state)
	return unless(len(missing) == 0, "it takes programs of yours that have not passed yet: "+strings.Join(missing, ", "))
}

// flowWords says what it takes, and what came of it so far.
func flowWords(a *App) string {
	var b strings.Builder
	b.WriteString("Your batch, pair and loss train a network, and your sampler draws from it: all that you have written in 2.1 and here, put together. It takes less than a minute.\n\n")
	if why := a.whyNoFlow(); why != "" {
		fmt.Fprintf(&b, "*Not yet: %s.*\n\n", why)
	} else {
		b.WriteString("*enter runs it.*\n\n")
	}
	for _, data := range exercise.FlowData {
		if own, ok := a.state.Flows[data]; ok {
			fmt.Fprintf(&b, "- %s – %s\n", data, exercise.FlowWords(own))
		}
	}
	return b.String()
}

// openFlow begins with the first data set.
func (a *App) openFlow() tea.Cmd {
	if why := a.whyNoFlow(); why != "" {
		return a.say(why, false)
	}
	a.lesson.do.flow = &flowView{done: map[string]string{}}
	a.lesson.lab, a.lesson.top = true, 0
	a.showFlow()
	return nil
}

// showFlow puts the run on the instrument of the page, unless it is there.
func (a *App) showFlow() {
	v := a.lesson.do.flow
	if v.at == len(exercise.FlowData) {
		return
	}
	exp, err := lab.FindExperiment("train")
	s, err2 := a.desk().FlowSetup(exercise.FlowData[v.at])
	err = errors.Join(err, err2)
	for _, key := range a.opts.Given { // of the command line, but for what the run is about
		if key != "data" && key != "code" {
			err = errors.Join(err, s.Set(key, a.opts.Setup.Get(key)))
		}
	}
	if err != nil {
		a.say(err.Error(), true)
		return
	}
	if a.page.setup != s || a.page.exp.Name != exp.Name {
		a.page.start(exp, s, 1, "loss")
	}
}

// look notes what came of a run that has ended, and goes on to the next data set.
func (v *flowView) look(a *App, l *live) {
	if v.at == len(exercise.FlowData) || l.more || l.setup.Data != exercise.FlowData[v.at] {
		return
	}
	data := exercise.FlowData[v.at]
	if l.frame.Err != nil {
		v.done[data] = "**stopped**: " + escape(l.frame.Err.Error())
	} else {
		own, ok := exercise.FlowOf(l.frame)
		if !ok {
			return
		}
		a.note(progress.OwnFlow, data, own)
		v.done[data] = exercise.FlowWords(own)
	}
	v.at++
	a.showFlow()
}

// text says what is done, and what came of it.
func (v *flowView) text() string {
	var b strings.Builder
	b.WriteString("## Nothing but your code\n\n" + exercise.FlowIntro + "\n")
	for i, data := range exercise.FlowData {
		switch {
		case v.done[data] != "":
			fmt.Fprintf(&b, "- %s – %s\n", data, v.done[data])
		case i == v.at:
			fmt.Fprintf(&b, "- %s – under way\n", data)
		default:
			fmt.Fprintf(&b, "- %s – comes next\n", data)
		}
	}
	if v.at < len(exercise.FlowData) {
		return b.String() + "\n*It goes on only while you look; esc stops it.*\n"
	}
	return b.String() + "\n*enter runs it again; esc goes back.*\n"
}
