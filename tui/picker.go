package tui

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// picker lists the values of a knob; of the data, also the point sets that were
// drawn here, and the pad to draw another. The last row takes a typed one: a number
// of one's own, or the name of a file.
type picker struct {
	live   *live
	knob   *lab.Knob
	values []string // the menu of the knob, and files
	cursor int
	typing bool
	typed  input
	wrong  string
}

func (p *picker) where() where {
	if p.typing {
		return inTyping
	}
	return inPicker
}

func (p *picker) move(by int) { p.cursor = max(0, min(p.cursor+by, p.rows()-1)) }

func (p *picker) rows() int {
	if p.ofData() {
		return len(p.values) + 2
	}
	return len(p.values) + 1
}

// ofData says whether the values are data sets, which can be drawn.
func (p *picker) ofData() bool { return p.knob.Key == "data" }

func (a *App) pickData() tea.Cmd { return a.lay(a.newValues(a.live(), "data")) }

func (a *App) newValues(l *live, key string) *picker {
	k, err := lab.FindKnob(key)
	if err != nil {
		panic("tui: " + err.Error()) // experiments name known knobs only
	}
	p := &picker{live: l, knob: k, values: k.Menu()}
	if p.ofData() {
		p.values = append(slices.Clone(p.values), ownData(a.opts.Data)...)
	}
	p.cursor = max(0, slices.Index(p.values, l.setup.Get(key)))
	return p
}

func (a *App) whyNoDrawing() string {
	p, ok := a.top().(*picker)
	return unless(ok && p.ofData(), "only data can be drawn")
}

// take takes the value under the cursor, or begins to type one.
func (p *picker) take(a *App) tea.Cmd {
	switch {
	case p.cursor < len(p.values):
		return p.takeValue(a, p.values[p.cursor])
	case p.cursor < p.rows()-1:
		return a.openPad()
	}
	p.typing, p.wrong = true, ""
	return nil
}

// checked is the answer of a look at a file.
type checked struct {
	picker *picker
	value  string
	err    error
}

// takeValue turns the knob; a value that is refused leaves the list open. Files are
// looked at first, by a command.
func (p *picker) takeValue(a *App, value string) tea.Cmd {
	s := p.live.setup
	err := s.Use(p.knob.Key, value)
	if p.knob.File && value == "-" {
		err = errors.New("standard input is the keyboard here: want the name of a file")
	}
	if err != nil || !p.knob.File {
		a.takeChecked(checked{p, value, err})
		return nil
	}
	return func() tea.Msg { return checked{p, value, lab.Check(s)} }
}

// takeChecked takes a value that was found good, unless the list is gone.
func (a *App) takeChecked(c checked) {
	p := c.picker
	if a.top() != p {
		return
	}
	path := p.live.setup.Path
	if c.err == nil {
		c.err = p.live.set(p.knob.Key, c.value)
	}
	if p.wrong = ""; c.err != nil {
		p.wrong = c.err.Error()
		return
	}
	a.over = nil
	said := fmt.Sprintf("%s: %s", p.knob.Title, shownValue(p.knob, c.value))
	if now := p.live.setup.Path; now != path {
		said += ", on path " + now
	}
	a.say(said, false)
}

func (p *picker) line() *input { return &p.typed }

func (p *picker) takeTyped(a *App) tea.Cmd { return p.takeValue(a, p.value()) }

// back stops typing, and says whether there was any.
func (p *picker) back() bool {
	typing := p.typing
	p.typing, p.wrong = false, ""
	return typing
}

// value is what was typed. The name of a file is made absolute, so that the card
// and the place that is kept hold wherever fmlab is started next.
func (p *picker) value() string {
	v := strings.TrimSpace(p.typed.text())
	if !p.knob.File || v == "-" {
		return v
	}
	v = typedFile(v)
	if full, err := filepath.Abs(v); err == nil && lab.IsFile(p.knob, v) {
		v = full
	}
	return v
}

// typedFile is the name of a file, understood as a shell would: it may begin with
// ~/, and stand in quotes or have blanks behind backslashes, as terminals paste a
// file that is dropped on them.
func typedFile(v string) string {
	v = strings.TrimSpace(v)
	if n := len(v); n > 1 && v[0] == v[n-1] && strings.ContainsRune(`'"`, rune(v[0])) {
		v = v[1 : n-1]
	} else if os.PathSeparator == '/' {
		v = escaped.ReplaceAllString(v, "$1")
	}
	if rest, ok := strings.CutPrefix(v, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			v = filepath.Join(home, rest)
		}
	}
	return v
}

var escaped = regexp.MustCompile(`\\(.)`)

// shownValue is a value as it stands on the screen: of a file, the name.
func shownValue(k *lab.Knob, value string) string {
	if lab.IsFile(k, value) {
		return filepath.Base(value)
	}
	return value
}

func (p *picker) draw(_ *App, c *canvas.Canvas) {
	k := p.knob
	c.TextAttr(1, 0, c.Fit("Values of "+k.Title, c.W-2), theme.Accent, canvas.Bold)
	var foot []canvas.Line
	say := func(text string, tok theme.Token) {
		for _, line := range wrapWords(text, c.W-2) {
			foot = append(foot, canvas.Line{{Text: line, Tok: tok}})
		}
	}
	if p.wrong != "" {
		say("no: "+p.wrong, theme.Bad)
	}
	top := 2
	switch {
	case c.H >= 16 || c.H >= 12 && p.wrong == "":
		say(k.Help, theme.Dim)
		say("--"+k.Key+"; a change "+effectOf(k), theme.Dim)
	case c.H < 12 && p.wrong == "":
		say("a change "+effectOf(k), theme.Dim)
	}
	if c.H < 12 {
		top = 1
	}
	foot = foot[:min(len(foot), c.H-top-3)]
	p.drawRows(c.View(canvas.Rect{Y: top, W: c.W, H: c.H - top - len(foot) - 1}))
	for i, line := range foot {
		c.PutLine(1, c.H-len(foot)+i, c.W-2, line)
	}
}

// drawRows draws the rows around the cursor.
func (p *picker) drawRows(c *canvas.Canvas) {
	top := scrolled(p.cursor, p.rows(), c.H)
	for y := range min(c.H, p.rows()-top) {
		drawChoice(c, y, p.row(top+y, c.W-4), top+y == p.cursor)
	}
}

// row is the text of one row, w cells wide.
func (p *picker) row(i, w int) string {
	switch {
	case i < len(p.values):
		return shownValue(p.knob, p.values[i])
	case i < p.rows()-1:
		return "draw points … (D)"
	case p.typing:
		return p.typed.show(w)
	case p.ofData():
		return "open a file: a .csv of points, a .json mixture …"
	case p.knob.File:
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
