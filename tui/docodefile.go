package tui

import (
	"cmp"
	"os"
	"os/exec"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lessons/exercise"
)

// watchEvery is how often the file of the program on the screen is looked at.
const watchEvery = 250 * time.Millisecond

// poll is a command that waits between two looks, and execProcess gives the
// terminal to another program; tests do neither.
var (
	poll        = tea.Tick
	execProcess = tea.ExecProcess
)

// fileSeen is a look at the file of a program.
type fileSeen struct {
	view *codeView
	now  exercise.Stamp
}

// watch looks at the file of the program on the screen after a while, unless a look
// is under way. When no program is on the screen nothing is looked at.
func (a *App) watch() tea.Cmd {
	v := a.code()
	if v == nil || v.watched || v.File == "" {
		return nil
	}
	v.watched = true
	file := v.File
	return poll(watchEvery, func(time.Time) tea.Msg { return fileSeen{v, exercise.StampOf(file)} })
}

// takeFile takes in a look at the file: what another program has saved there is
// loaded and checked, what was typed here meanwhile comes back by undo. A program
// that nobody has touched since the last look is saved. It reports whether anything
// is new.
func (a *App) takeFile(msg fileSeen) (news bool, cmd tea.Cmd) {
	v := msg.view
	v.watched = false
	switch {
	case v != a.code():
		return false, nil
	case v.Changed(msg.now):
		return true, a.reloadCode()
	case v.idle == v.edit.changes:
		a.keepCode(v)
	}
	v.idle = v.edit.changes
	return false, nil
}

// reloadCode loads the file and checks it.
func (a *App) reloadCode() tea.Cmd {
	v := a.code()
	if err := v.Reload(); err != nil {
		return a.say(err.Error(), true)
	}
	if v.edit.text() != v.Text {
		v.edit.replace(v.Text)
	}
	return a.checkCode()
}

// editorLeft is the end of another editor.
type editorLeft struct {
	view *codeView
	err  error
}

// editOutside opens the file in the editor that the environment names. A command
// with arguments is one too, as for git.
func (a *App) editOutside() tea.Cmd {
	v := a.code()
	a.saveCode(v)
	cmd := exec.Command("sh", "-c", editorName()+` "$1"`, "sh", v.File)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	return execProcess(cmd, func(err error) tea.Msg { return editorLeft{v, err} })
}

func editorName() string { return cmp.Or(os.Getenv("VISUAL"), os.Getenv("EDITOR")) }

func (a *App) whyNoOutside() string {
	switch {
	case editorName() == "":
		return "set the variable EDITOR, or VISUAL, to your editor: EDITOR=nano fmlab"
	case a.code().File == "":
		return "there is no file: no place to keep one"
	}
	return ""
}

// takeEditor comes back from another editor, and checks what it has saved.
func (a *App) takeEditor(msg editorLeft) tea.Cmd {
	v := msg.view
	switch {
	case v != a.code():
		return nil
	case msg.err != nil:
		return a.say("the editor "+editorName()+": "+msg.err.Error(), true)
	case v.Changed(exercise.StampOf(v.File)):
		return a.reloadCode()
	}
	return nil
}
