package tui

import (
	"context"
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lessons/exercise"
	"fmlab/lessons/progress"
)

// codeView is a coding exercise that is open: the task beside an editor.
type codeView struct {
	*exercise.Attempt
	edit    editor
	editing bool // keys are those of the program
	code    bool // on a narrow screen: the program is shown, not the text

	checking bool
	run      int // checks begun
	cancel   context.CancelFunc
	result   *exercise.Result // of the last check that ended; nil for none
	of       string           // the program that it is of
	noted    string           // the program that was noted as passed last

	help   []string // hints asked for, Markdown
	scroll int
	follow bool // keep in sight what was said last
	late   bool // … which is a hint, below the results

	watched bool // a look at the file is under way
	idle    int  // changes of the program when the file was looked at last
}

// openCode opens an exercise as it was left.
func (a *App) openCode(e *exercise.Exercise) tea.Cmd {
	attempt, err := a.desk().Attempt(e)
	v := &codeView{Attempt: attempt, edit: newEditor(attempt.Text)}
	for i := range attempt.Help.Hints {
		v.help = append(v.help, e.HintWords(i))
	}
	if attempt.Help.Solution {
		v.help = append(v.help, e.SolutionWords())
	}
	a.lesson.do.code = v
	if err != nil {
		return a.say(err.Error(), true)
	}
	return nil
}

// code is the exercise on the screen, nil for none.
func (a *App) code() *codeView {
	if a.at != screenLesson || tabs[a.lesson.tab].where != onDo {
		return nil
	}
	return a.lesson.do.code
}

func (v *codeView) where() where {
	if v.editing {
		return inEditor
	}
	return onCode
}

// close ends what runs. The program is saved before, see leaveCode.
func (v *codeView) close() {
	if v.cancel != nil {
		v.cancel()
	}
}

// leaveCode saves a program that was on the screen before a key and is not now.
func (a *App) leaveCode(before *codeView) {
	if before != nil && before != a.code() {
		a.keepCode(before)
	}
}

// keepCode saves a program if anything was written.
func (a *App) keepCode(v *codeView) {
	if v.edit.changes > 0 {
		a.saveCode(v)
	}
}

// saveCode saves a program. What another program has saved in the meantime is not
// written over: the next look at the file takes it in, and undo brings this back.
func (a *App) saveCode(v *codeView) {
	if v.Changed(exercise.StampOf(v.File)) {
		return
	}
	if err := v.Save(v.edit.text()); err != nil {
		a.say(err.Error(), true)
	}
}

// writeCode goes on typing.
func (a *App) writeCode() tea.Cmd {
	v := a.code()
	v.editing, v.code = true, true
	return nil
}

// checkCode saves the program and checks it, in a process of its own.
func (a *App) checkCode() tea.Cmd {
	v := a.code()
	a.saveCode(v)
	v.close()
	ctx, cancel := context.WithCancel(context.Background())
	v.cancel, v.checking = cancel, true
	v.run++
	run, text := v.run, v.edit.text()
	return func() tea.Msg {
		defer cancel()
		res, err := v.Exercise.Check(ctx, text)
		return codeChecked{v, run, text, res, err}
	}
}

// codeChecked is what a check found out.
type codeChecked struct {
	view *codeView
	run  int
	text string
	res  exercise.Result
	err  error
}

// takeCode takes in what a check found out, unless a newer one is under way.
func (a *App) takeCode(msg codeChecked) {
	v := msg.view
	if msg.run != v.run {
		return
	}
	v.checking = false
	switch {
	case errors.Is(msg.err, context.Canceled):
		a.say("the check is stopped", false)
		return
	case msg.err != nil:
		a.say(msg.err.Error(), true)
		return
	}
	v.result, v.of = &msg.res, msg.text
	v.follow, v.late = true, false
	if msg.res.Passed {
		a.passCode(v, msg.text)
	}
}

// passCode notes a program that has passed, once.
func (a *App) passCode(v *codeView, text string) {
	if v.noted != text {
		v.noted = text
		a.note(progress.Passed, v.Ref(), v.Passing(text))
	}
	a.say("passed: "+v.Title, false)
}

// stopCheck ends a check and says whether there was one.
func (v *codeView) stopCheck() bool {
	if !v.checking {
		return false
	}
	v.close()
	return true
}

// hintCode gives the next hint; after the last one the solution.
func (a *App) hintCode() tea.Cmd {
	v := a.code()
	v.help = append(v.help, v.Hint())
	v.code, v.follow, v.late = false, true, true
	return nil
}

func (a *App) whyNoHint() string {
	return unless(!a.code().Help.Solution, "there is no more than the solution")
}

// resetCode begins anew with the program as it was handed out.
func (a *App) resetCode() tea.Cmd {
	a.ask = &question{"Begin anew with the program as it was handed out? (u brings yours back)", func(a *App) tea.Cmd {
		v := a.code()
		v.edit.replace(v.Starter)
		v.result, v.help, v.noted = nil, nil, ""
		if err := v.Reset(); err != nil {
			return a.say(err.Error(), true)
		}
		return nil
	}}
	return nil
}

func (a *App) undoCode() tea.Cmd { v := a.code(); v.code = true; v.edit.undo(); return nil }
func (a *App) redoCode() tea.Cmd { v := a.code(); v.code = true; v.edit.redo(); return nil }

func (a *App) whyNoUndoCode() string {
	return unless(len(a.code().edit.past) > 0, "nothing was changed")
}

func (a *App) whyNoRedoCode() string {
	return unless(len(a.code().edit.future) > 0, "nothing was undone")
}

// turnCode shows the text or the program on a narrow screen.
func (a *App) turnCode() tea.Cmd { v := a.code(); v.code = !v.code; return nil }

// openReference says what the language offers.
func (a *App) openReference() tea.Cmd {
	return a.lay(newReading("The language", strings.TrimPrefix(exercise.Reference, "# The language of the exercises\n")))
}

// editKey returns what a key does in the program.
func editKey(do func(*editor)) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		do(&a.code().edit)
		return nil
	}
}

// editRows returns what a key does that moves by a screen.
func editRows(dir int) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		a.code().edit.down(dir * max(1, a.h-8))
		return nil
	}
}
