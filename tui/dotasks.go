package tui

import (
	"fmt"
	"strings"

	"fmlab/lessons/derivation"
	"fmlab/lessons/exercise"
	"fmlab/lessons/progress"
)

// task is one thing to do in a lesson: a derivation, an exercise, or a deed of
// another kind; none of them, where there is nothing.
type task struct {
	derivation *derivation.Derivation
	exercise   *exercise.Exercise
	deed       *deed
}

// tasks are the things to do in a lesson, in order.
func (v *lessonView) tasks() (all []task) {
	if d := v.body.Derivation; d != nil {
		all = append(all, task{derivation: d})
	}
	for _, e := range v.body.Exercises {
		all = append(all, task{exercise: e})
	}
	if v.ID == exercise.FlowLesson {
		all = append(all, task{deed: &flowDeed})
	}
	if v.body.Closing {
		for i := range closing {
			all = append(all, task{deed: &closing[i]})
		}
	}
	return all
}

// task is the one under the cursor.
func (a *App) task() task {
	all := a.lesson.tasks()
	if len(all) == 0 {
		return task{}
	}
	return all[min(a.lesson.do.task, len(all)-1)]
}

// moveTask moves the cursor of the list, and shows what is under it from its
// beginning.
func (v *lessonView) moveTask(by int) {
	v.do.task = max(0, min(v.do.task+by, len(v.tasks())-1))
	v.top = 0
}

// text is the page of the part Do as Markdown: the words of the lesson, what there is
// to do with where each stands, and more of the one under the cursor.
func (v *doView) text(a *App) string {
	var b strings.Builder
	fmt.Fprintf(&b, "## Do\n\n%s\n\n", a.lesson.body.Do)
	all := a.lesson.tasks()
	if len(all) > 1 {
		for i, t := range all {
			mark, name := t.stands(a)
			fmt.Fprintf(&b, "%s %s %s\n\n", pointer(i == v.task), mark, name)
		}
	}
	if len(all) > 0 {
		b.WriteString(a.task().text(a))
	}
	return b.String()
}

// stands is a mark that says whether a task is done, and its name.
func (t task) stands(a *App) (mark, name string) {
	switch mark = "○"; {
	case t.deed != nil && t.deed.done == nil:
		mark = "–"
	case t.done(a.state, a.lesson.ID):
		mark = "● ok"
	}
	switch {
	case t.deed != nil:
		return mark, t.deed.name
	case t.derivation != nil:
		return mark, "derive: " + t.derivation.Title
	}
	return mark, "code: " + t.exercise.Title
}

func (t task) done(s *progress.State, lesson string) bool {
	switch {
	case t.deed != nil:
		return t.deed.done(s)
	case t.derivation != nil:
		return s.Derived[progress.Ref(lesson, t.derivation.Slug)].Times > 0
	}
	return s.Passed[t.exercise.Ref()].Times > 0
}

// text says what a task asks for, before it is begun and after it is done.
func (t task) text(a *App) string {
	if t.deed != nil {
		return "### " + t.deed.title + "\n\n" + t.deed.words(a)
	}
	if t.exercise != nil {
		return fmt.Sprintf("### %s\n\n*%s enter opens it beside an editor.*\n\n%s\n", t.exercise.Title, passedWords(a.state.Passed[t.exercise.Ref()]), t.exercise.Task)
	}
	d, v := t.derivation, &a.lesson.do
	if v.state.Derivation == nil {
		return fmt.Sprintf("### %s\n\n*%d parts, about %d minutes. enter begins.*\n\n%s\n\n%s\n", d.Title, len(d.Parts), d.Minutes, v.outlook(a), d.Intro)
	}
	if v.underWay() {
		return fmt.Sprintf("### %s\n\n*Part %d of %d is under way. enter goes on with it; r starts again.*\n\n%s\n", d.Title, v.state.At+1, len(d.Parts), d.Intro)
	}
	return fmt.Sprintf("### %s\n\n%s\n\n%s\n\n*r starts again, shuffled anew.*\n", d.Title, v.state.Text(), v.outlook(a))
}

// passedWords says how an exercise was passed so far.
func passedWords(p progress.Passes) string {
	switch {
	case p.Unaided:
		return "Passed, without help."
	case p.Own:
		return "Passed, with hints."
	case p.Times > 0:
		return "Passed, after the solution was shown: begin anew and write it yourself, and it counts as yours."
	}
	return "Not passed yet."
}
