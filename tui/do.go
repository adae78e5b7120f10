package tui

import (
	"fmt"
	"math/rand/v2"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lessons/derivation"
	"fmlab/lessons/progress"
)

// doView is what there is to do in a lesson: the list of it, and the one thing that
// is open. A derivation under way is its introduction, then part after part, then
// what is to come of it; an exercise is a view of its own.
type doView struct {
	task int       // the one under the cursor of the list
	code *codeView // the exercise that is open, nil for none
	flow *flowView // the flow by one's own code, nil when it is not open

	aside   bool              // the derivation under way waits, and the list is shown
	state   derivation.State  // its Derivation is nil before it is begun
	next    *derivation.State // after a right answer: where enter goes on; else nil
	cursor  int               // on a step, as it is shown
	order   []int             // the steps put, first one first
	marks   map[int]string    // steps that were judged: "ok", "no"
	formula input
	writing bool     // keys are those of the formula
	said    []saying // in this part, the newest last
	scroll  int      // of the text
	side    int      // of the column beside it on a wide screen
	follow  following
}

// saying is a hint or a judgement.
type saying struct {
	words   string // Markdown
	verdict bool
}

// following is what is to be kept in sight.
type following int

const (
	followNothing following = iota
	followCursor
	followSaid // what was said last
)

// where says which keys mean something, where so many things are to do.
func (v *doView) where(tasks int) where {
	switch {
	case v.code != nil:
		return v.code.where()
	case v.flow != nil:
		return onFlow
	case !v.inHand() && tasks > 1:
		return onTasks
	case !v.inHand() || v.next != nil:
		return onDo
	case v.state.Part().Blank == nil:
		return onSteps
	case v.writing:
		return onFormula
	}
	return onBlank
}

// inHand says whether a part is on the screen, be it answered or not.
func (v *doView) inHand() bool { return v.underWay() && !v.aside }

// underWay says whether a derivation is begun and not at its end.
func (v *doView) underWay() bool { return v.state.Derivation != nil && !v.state.Done() }

// reached is how far a derivation under way has come, for the place that is kept: the
// part to go on with and the hints taken.
func (v *doView) reached() (part, hints int) {
	if !v.underWay() {
		return 0, 0
	}
	s := v.state
	if v.next != nil {
		s = *v.next
	}
	if s.Done() { // it is noted as solved
		return 0, 0
	}
	return s.At, s.Hints
}

// putAside shows the list of what there is to do, where there is more than the
// derivation, which waits as it is.
func (a *App) putAside() { a.lesson.do.aside, a.lesson.top = true, 0 }

func (v *lessonView) canPutAside() bool { return v.derives() && len(v.tasks()) > 1 }

// work goes to what is to be done now. A formula is typed at once.
func (v *doView) work(s derivation.State) {
	*v = doView{task: v.task, state: s, marks: map[int]string{}, follow: followCursor}
	v.writing = v.inHand() && s.Part().Blank != nil
}

// goOn opens what is under the cursor: an exercise, or the derivation, in which it
// goes on to the next part after a right answer.
func (a *App) goOn() tea.Cmd {
	v := &a.lesson.do
	a.lesson.top = 0
	if v.next != nil && !v.aside {
		v.work(*v.next)
		return nil
	}
	switch t := a.task(); {
	case t.deed != nil:
		return t.deed.do(a)
	case t.exercise != nil:
		return a.openCode(t.exercise)
	case v.underWay():
		v.aside = false
		return nil
	}
	return a.derive()
}

// derive begins the derivation.
func (a *App) derive() tea.Cmd {
	a.lesson.do.work(derivation.Start(a.lesson.body.Derivation, rand.Uint64())) // which order comes is no result of the lab
	return nil
}

func (a *App) whyNoGoOn() string {
	v := &a.lesson.do
	switch t := a.task(); {
	case v.next != nil || t.exercise != nil || t.deed != nil:
	case t.derivation == nil:
		return "there is nothing to do in this lesson"
	case v.state.Derivation != nil && v.state.Done():
		return "it is done; r starts again"
	}
	return ""
}

// again starts anew, shuffled anew. It asks when something would be lost.
func (a *App) again() tea.Cmd {
	start := func(a *App) tea.Cmd {
		a.lesson.top = 0
		return a.derive()
	}
	if v := &a.lesson.do; v.underWay() && !(v.next != nil && v.next.Done()) {
		a.ask = &question{"Start the derivation again, from its first part?", start}
		return nil
	}
	return start(a)
}

func (a *App) whyNoAgain() string {
	switch {
	case a.lesson.do.inHand():
	case a.task().derivation == nil:
		return "only a derivation starts again"
	case a.lesson.do.state.Derivation == nil:
		return "it is not begun; enter begins"
	}
	return ""
}

func (v *doView) move(by int) {
	v.cursor = max(0, min(v.cursor+by, len(v.state.Steps())-1))
	v.follow = followCursor
}

func (v *doView) scrollBy(n int) {
	v.follow = followNothing
	v.scroll, v.side = max(0, v.scroll+n), max(0, v.side+n) // draw keeps them within the text
}

// putStep puts the step under the cursor next into the answer, or takes it out.
func (a *App) putStep() tea.Cmd {
	v := &a.lesson.do
	if k := slices.Index(v.order, v.cursor); k >= 0 {
		v.order = slices.Delete(v.order, k, k+1)
	} else {
		v.order = append(v.order, v.cursor)
	}
	v.reordered()
	return nil
}

// putDigit returns what a digit does: it puts the step of that number.
func putDigit(n int) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		a.lesson.do.cursor = n - 1
		return a.putStep()
	}
}

func whyNoDigit(n int) func(*App) string {
	return func(a *App) string {
		has := len(a.lesson.do.state.Steps())
		return unless(n <= has, fmt.Sprintf("there are only %d steps", has))
	}
}

// unput takes the last step out of the answer.
func (a *App) unput() tea.Cmd {
	v := &a.lesson.do
	v.order = v.order[:len(v.order)-1]
	v.reordered()
	return nil
}

func (a *App) whyNoOrder() string {
	return unless(len(a.lesson.do.order) > 0, "no step is put yet")
}

// reordered forgets what was judged of another order. What is false stays so.
func (v *doView) reordered() {
	for i, step := range v.state.Steps() {
		if !step.False {
			delete(v.marks, i)
		}
	}
	v.follow = followCursor
}

// checkOrder judges the steps that are put.
func (a *App) checkOrder() tea.Cmd {
	v := &a.lesson.do
	next, f := v.state.Put(v.order)
	v.mark(f)
	a.judged(next, f)
	return nil
}

// mark marks the steps that the words are about, and those that stand right:
// before the place where the order breaks.
func (v *doView) mark(f derivation.Feedback) {
	steps := v.state.Steps()
	for i, k := range v.order {
		refuted := slices.Contains(f.About, i)
		if v.marks[k] = "ok"; refuted {
			v.marks[k] = "no"
		}
		if refuted && !steps[k].False { // what stands after it is not judged
			break
		}
	}
	for _, i := range f.About {
		v.marks[v.order[i]] = "no"
	}
}

// writeFormula goes on typing.
func (a *App) writeFormula() tea.Cmd { a.lesson.do.writing = true; return nil }

// checkFormula judges what is typed.
func (a *App) checkFormula() tea.Cmd {
	v := &a.lesson.do
	a.judged(v.state.Type(v.formula.text()))
	return nil
}

// judged says what is said to an answer. After the last right one the derivation
// is solved.
func (a *App) judged(next derivation.State, f derivation.Feedback) {
	v := &a.lesson.do
	v.say(f.Words, true)
	if !f.Right {
		return
	}
	v.next = &next
	if next.Done() {
		a.note(progress.Solved, progress.Ref(a.lesson.ID, next.Derivation.Slug), progress.Derivation{Hints: next.Hints})
	}
}

func (a *App) takeHint() tea.Cmd {
	v := &a.lesson.do
	var words string
	v.state, words = v.state.Hint()
	v.say(words, false)
	return nil
}

// say says something. Hints stay, a judgement until the next, and nothing is
// there twice.
func (v *doView) say(words string, verdict bool) {
	v.said = slices.DeleteFunc(v.said, func(s saying) bool { return verdict && s.verdict || s.words == words })
	v.said = append(v.said, saying{words, verdict})
	v.follow = followSaid
}
