package term

import (
	"reflect"

	tea "github.com/charmbracelet/bubbletea"
)

// guarded is the program's model with what this package adds around it: keys
// are taken apart, ctrl+z suspends, and a panic ends the program in order.
type guarded struct {
	model   tea.Model
	session *session
}

func (g guarded) Init() tea.Cmd {
	defer g.session.catch()
	return g.session.wrap(g.model.Init())
}

func (g guarded) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	defer g.session.catch()
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.KeyMsg:
		g.model, cmd = g.press(msg)
	case tea.ResumeMsg:
		g.session.suspended.Store(false)
		g.model, cmd = g.model.Update(msg)
	default:
		g.model, cmd = g.model.Update(msg)
	}
	return g, g.session.wrap(cmd)
}

// press hands the keys of one message to the model, in order.
func (g guarded) press(msg tea.KeyMsg) (tea.Model, tea.Cmd) {
	if msg.Type == tea.KeyCtrlZ {
		return g.model, g.session.suspend
	}
	model := g.model
	var cmds []tea.Cmd
	for _, key := range Keys(msg) {
		var cmd tea.Cmd
		model, cmd = model.Update(key)
		cmds = append(cmds, cmd)
	}
	return model, tea.Batch(cmds...)
}

func (g guarded) View() string {
	defer g.session.catch()
	return g.model.View()
}

// wrap makes a command whose panics are caught, also those of the commands that
// it returns in turn.
func (s *session) wrap(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		defer s.catch()
		return s.wrapAll(cmd())
	}
}

// wrapAll wraps the commands in what tea.Batch and tea.Sequence return. Both are
// slices of commands, but the type of the second is not exported.
func (s *session) wrapAll(msg tea.Msg) tea.Msg {
	v := reflect.ValueOf(msg)
	if v.Kind() != reflect.Slice || v.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return msg
	}
	all := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	for i := range v.Len() {
		all.Index(i).Set(reflect.ValueOf(s.wrap(v.Index(i).Interface().(tea.Cmd))))
	}
	return all.Interface()
}

// Guard runs f in a goroutine of its own. If f panics while a program runs, the
// terminal is put back and the program ends in order. A goroutine started in any
// other way would leave the terminal raw, without cursor, in the other screen.
func Guard(f func()) {
	s := current.Load()
	go func() {
		if s != nil {
			defer s.catch()
		}
		f()
	}()
}
