package tui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lab"
)

// ownRuns is how the knobs of a lesson's scene are turned so that the program of an
// exercise is at work in it: by the one that takes the program, and by these. Beside
// says that the lab's own run is made first and kept beside it; where solvers are
// compared, or ends, the lab's stands in the same picture anyway.
var ownRuns = map[string]struct {
	knobs  []string
	beside bool
}{
	"1.2-euler":    {[]string{"solver=euler"}, false},
	"2.1-batch":    {[]string{"lr=0.01"}, true},
	"2.1-pair":     {[]string{"lr=0.01"}, true},
	"2.1-loss":     {[]string{"lr=0.01"}, true},
	"2.1-train":    {[]string{"lr=0.01"}, true},
	"2.2-data":     {nil, false},
	"2.4-schedule": {[]string{"path=custom", "alpha=sin(pi*t/2)", "sigma=cos(pi*t/2)", "nfe=32"}, true},
	"2.5-rk4":      {[]string{"solver=rk4"}, false},
	"2.5-sample":   {[]string{"solver=euler"}, false},
	"2.6-dpm":      {[]string{"solver=dpm1", "grid=uniform"}, false},
	"3.2-pair":     {[]string{"coupling=ot"}, true},
}

// runOwn switches a program that has passed into the lesson's scene.
func (a *App) runOwn() tea.Cmd {
	v := a.code()
	a.saveCode(v)
	exp, scene, show, err := a.lesson.ownScene()
	base := scene
	how := ownRuns[v.ID]
	for _, knob := range how.knobs {
		key, value, _ := strings.Cut(knob, "=")
		if err == nil {
			err = base.Set(key, value)
		}
	}
	own := base
	if err == nil {
		err = own.Set(v.Knob(), v.File)
	}
	if err != nil {
		return a.say(err.Error(), true)
	}
	if goTab(tabPlay)(a); a.ask != nil { // another run would be lost: that is asked first
		return nil
	}
	a.lesson.lab = true // it is to be seen at work
	if how.beside {
		a.play.start(exp, base, 1, show)
		a.play.next = &own
	} else {
		a.play.start(exp, own, 1, show)
	}
	a.play.past = []turn{{exp, scene}}
	if how.beside {
		return a.say("first the lab's own run, then yours beside it", false)
	}
	return a.say("your program is at work; u puts the scene back as it was", false)
}

// staged says whether the knobs of a run are turned for the learner's code: it reaches
// no goal, which is for the learner to turn them to.
func (l *live) staged() bool { return l.next != nil || l.frame.Own != "" }

// tabPlay is the place of Play among the parts.
const tabPlay = 1

// ownScene is the scene of Play, or a training where that takes no programs.
func (v *lessonView) ownScene() (exp lab.Experiment, s lab.Setup, show string, err error) {
	s, name := lab.Default(), "train"
	if scene := v.body.Play.Scene; scene != nil {
		name, show = scene.Experiment, scene.Show
		if s, err = scene.Setup(); err != nil {
			return exp, s, show, err
		}
	}
	if exp, err = lab.FindExperiment(name); err == nil && !slices.Contains(exp.Knobs, "code") {
		exp, err = lab.FindExperiment("train")
	}
	return exp, s, show, err
}

func (a *App) whyNoOwn() string {
	v := a.code()
	switch {
	case v.File == "":
		return "there is no file: no place to keep one"
	case v.result == nil || !v.result.Passed || v.of != v.edit.text():
		return "check it first: what has passed can be switched in"
	}
	return ""
}

// follow goes on to the run that was to come after the one that is measured now, with
// this one kept beside it. Where knobs were turned in the meantime it does not.
func (l *live) follow() {
	if l.next == nil || l.more || l.want != changeNone || l.taken != l.setup {
		return
	}
	next := *l.next
	l.next = nil
	was := next
	was.Code = l.setup.Code
	if was != l.setup || l.frame == nil || l.frame.Err != nil {
		return
	}
	l.pinned = &pinned{l.frame, l.setup}
	l.moveTo(l.exp, next)
}
