package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// predictView is a prediction: first the learner commits, then the lab runs and
// measures who is right. The file does not know the answer.
type predictView struct {
	at     int // which question
	cursor int
	stage  predictStage
	run    int       // the option being measured
	values []float64 // what was measured, by option
	shown  []string  // the same in words
	right  int       // the option that came out right; -1 when it is too close to call
}

type predictStage int

const (
	asking predictStage = iota
	measuring
	answered
)

func (v *predictView) question(a *App) *lessons.Predict { return &a.lesson.body.Predicts[v.at] }

// enter shows the setting of the question.
func (v *predictView) enter(a *App) {
	v.stage, v.cursor = asking, 0
	a.stage(a.page, *v.question(a).Scene, nil) // the question is about these knobs
}

func (v *predictView) move(by, options int) {
	v.cursor = max(0, min(v.cursor+by, options-1))
}

// commitPrediction takes the choice and lets the lab run; afterwards it goes on.
func (a *App) commitPrediction() tea.Cmd {
	v := &a.lesson.predict
	q := v.question(a)
	switch v.stage {
	case asking:
		v.stage, v.run, v.right = measuring, 0, -1
		v.values = make([]float64, len(q.Options))
		v.shown = make([]string, len(q.Options))
		v.start(a)
	case answered:
		if v.at+1 < len(a.lesson.body.Predicts) {
			v.at++
			v.enter(a)
			return nil
		}
		v.at = 0
		return goTab(3)(a)
	}
	return nil
}

// start runs the option whose turn it is, or the one run that judges them all.
func (v *predictView) start(a *App) {
	q := v.question(a)
	turns := q.Run
	if q.Pick != "" {
		turns = q.Options[v.run].Set
	}
	scene, err := q.Scene.With(turns)
	if err != nil {
		a.say(err.Error(), true)
		v.stage = asking
		return
	}
	a.stage(a.page, scene, nil)
}

// look takes the measurement when the run has it.
func (v *predictView) look(a *App, l *live) {
	q := v.question(a)
	if v.stage != measuring || !q.Measured(l.frame, l.more) {
		return
	}
	st, _ := l.frame.Stat(q.Stat)
	if q.Pick == "" {
		v.right = q.Judge(l.frame, l.taken.Get)
		_, v.shown[v.cursor] = q.Options[v.cursor].When.Holds(l.frame, l.taken.Get)
		v.finish(a)
		return
	}
	v.values[v.run] = st.Value
	v.shown[v.run] = fmt.Sprintf("%s %s", st.Title, lab.Num(st.Value))
	if v.run++; v.run < len(q.Options) {
		v.start(a)
		return
	}
	v.right = q.Best(v.values)
	v.finish(a)
}

func (v *predictView) finish(a *App) {
	q := v.question(a)
	v.stage = answered
	a.note(progress.Prediction, progress.Ref(a.lesson.ID, q.Slug),
		progress.Guess{Option: q.Options[v.cursor].Text, Right: v.right == v.cursor})
}

// text is the question, its options, and after the run what was measured.
func (v *predictView) text(a *App) string {
	q := v.question(a)
	var b strings.Builder
	fmt.Fprintf(&b, "## Predict %d of %d: %s\n\n%s\n\n", v.at+1, len(a.lesson.body.Predicts), q.Title, q.Question)
	for i, o := range q.Options {
		fmt.Fprintf(&b, "%s %s\n\n", pointer(i == v.cursor), o.Text)
		if v.stage == answered && v.shown[i] != "" {
			fmt.Fprintf(&b, "> measured: **%s**\n\n", v.shown[i])
		}
	}
	switch v.stage {
	case asking:
		b.WriteString("Choose with ↑↓, commit with enter. Then the lab runs and measures.\n")
	case measuring:
		fmt.Fprintf(&b, "*You said: %s. The lab is measuring …*\n", q.Options[v.cursor].Text)
	case answered:
		switch {
		case v.right < 0:
			b.WriteString("**Too close to call in this run.**\n\n")
		case v.right == v.cursor:
			b.WriteString("**ok – as you predicted.**\n\n")
		default:
			fmt.Fprintf(&b, "**no – it was: %s.**\n\n", q.Options[v.right].Text)
		}
		b.WriteString(q.After + "\n\n*enter goes on.*\n")
	}
	return b.String()
}

// cursorMark is at the row of the cursor; the shape says it without colour.
const cursorMark = "▸"

func pointer(here bool) string {
	if here {
		return "**" + cursorMark + "**"
	}
	return "·"
}
