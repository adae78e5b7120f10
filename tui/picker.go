package tui

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// picker lists the knobs of the scene, or the values of one knob. The last row
// of the values takes a typed one: a number of one's own, or the name of a file.
type picker struct {
	live   *live
	knob   *lab.Knob // nil lists the knobs
	cursor int
	typing bool
	typed  string
	wrong  string
}

func (p *picker) where() where { return inPicker }

func (p *picker) move(by int) {
	if !p.typing {
		p.cursor = max(0, min(p.cursor+by, p.rows()-1))
	}
}

func (p *picker) rows() int {
	if p.knob == nil {
		return len(p.live.exp.Knobs)
	}
	return len(p.knob.Menu()) + 1
}

func (a *App) openKnobs() tea.Cmd { a.overlay = &picker{live: a.live()}; return nil }

func (a *App) pickData() tea.Cmd { a.overlay = newValues(a.live(), "data"); return nil }

func newValues(l *live, key string) *picker {
	k, err := lab.FindKnob(key)
	if err != nil {
		panic("tui: " + err.Error()) // experiments name known knobs only
	}
	return &picker{live: l, knob: k, cursor: max(0, slices.Index(k.Menu(), l.setup.Get(key)))}
}

// current is the knob under the cursor, or the one whose values are listed.
func (p *picker) current() *lab.Knob {
	if p.knob != nil {
		return p.knob
	}
	k, _ := lab.FindKnob(p.live.exp.Knobs[p.cursor])
	return k
}

func (a *App) pickerLeft() tea.Cmd  { return a.pickerTurn(-1) }
func (a *App) pickerRight() tea.Cmd { return a.pickerTurn(+1) }

func (a *App) pickerTurn(dir int) tea.Cmd {
	p := a.overlay.(*picker)
	if p.knob != nil {
		return nil
	}
	if err := p.live.turn(p.current().Key, dir); err != nil {
		return a.say(err.Error(), true)
	}
	return nil
}

// pickerTake opens the values of a knob, takes a value, or begins to type one.
func (a *App) pickerTake() tea.Cmd {
	p := a.overlay.(*picker)
	switch {
	case p.knob == nil:
		a.overlay = newValues(p.live, p.current().Key)
	case p.cursor == len(p.knob.Menu()):
		p.typing, p.wrong = true, ""
	default:
		return p.take(a, p.knob.Menu()[p.cursor])
	}
	return nil
}

// take turns the knob; a value that is refused leaves the list open.
func (p *picker) take(a *App, value string) tea.Cmd {
	if err := p.live.set(p.knob.Key, value); err != nil {
		p.wrong = err.Error()
		return nil
	}
	a.overlay = nil
	return a.say(fmt.Sprintf("%s: %s", p.knob.Title, value), false)
}

// key takes the keys of a value that is typed.
func (p *picker) key(a *App, msg tea.KeyMsg) bool {
	switch msg.Type {
	case tea.KeyEnter:
		p.take(a, p.typed)
	case tea.KeyEsc:
		p.typing = false
	case tea.KeyBackspace:
		if r := []rune(p.typed); len(r) > 0 {
			p.typed = string(r[:len(r)-1])
		}
	case tea.KeyRunes, tea.KeySpace:
		p.typed += string(msg.Runes)
	case tea.KeyCtrlC:
		return false
	}
	return true
}

func (p *picker) draw(_ *App, c *canvas.Canvas) {
	k := p.current()
	if p.knob == nil {
		c.TextAttr(1, 0, "Knobs of this scene", theme.Accent, canvas.Bold)
		p.drawKnobs(c)
	} else {
		c.TextAttr(1, 0, "Values of "+k.Title, theme.Accent, canvas.Bold)
		p.drawValues(c)
	}
	c.Text(1, c.H-2, c.Fit(k.Help, c.W-2), theme.Dim)
	effect := "keeps the trained model"
	if k.Restarts {
		effect = "starts the run anew from the same seed"
	}
	c.Text(1, c.H-1, c.Fit("--"+k.Key+"; a change "+effect, c.W-2), theme.Dim)
	if p.wrong != "" {
		for i, line := range wrapWords("no: "+p.wrong, c.W-2) {
			c.Text(1, c.H-6+i, line, theme.Bad)
		}
	}
}

// window returns the first of n rows to draw so that the cursor is in sight.
func window(cursor, n, room int) int { return max(0, min(cursor-room/2, n-room)) }

func (p *picker) drawKnobs(c *canvas.Canvas) {
	room := c.H - 5
	top := window(p.cursor, p.rows(), room)
	for i := 0; i < room && top+i < p.rows(); i++ {
		k, _ := lab.FindKnob(p.live.exp.Knobs[top+i])
		text := fmt.Sprintf("%-14s ‹ %s ›", k.Title, k.Get(&p.live.setup))
		drawChoice(c, 2+i, text, top+i == p.cursor)
	}
}

func (p *picker) drawValues(c *canvas.Canvas) {
	room := c.H - 8
	top := window(p.cursor, p.rows(), room)
	menu := p.knob.Menu()
	for i := 0; i < room && top+i < p.rows(); i++ {
		text := p.lastRow()
		if top+i < len(menu) {
			text = menu[top+i]
		}
		drawChoice(c, 2+i, text, top+i == p.cursor)
	}
}

// lastRow is the row that takes a typed value.
func (p *picker) lastRow() string {
	if p.typing {
		return p.typed + "▏"
	}
	switch p.knob.Key {
	case "data":
		return "open a file: a .csv of points, a .json mixture …"
	case "model":
		return "open a .safetensors file …"
	}
	return "type a value …"
}

func drawChoice(c *canvas.Canvas, y int, text string, here bool) {
	if here {
		c.Text(1, y, "▸", theme.Accent)
		c.TextAttr(3, y, c.Fit(text, c.W-4), theme.Selected, canvas.Bold)
		return
	}
	c.Text(3, y, c.Fit(text, c.W-4), theme.Text)
}
