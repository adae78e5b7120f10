package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lessons"
	"fmlab/tui/canvas"
	"fmlab/tui/prose"
	"fmlab/tui/theme"
)

// overlay lies over a screen and takes its keys: help, glossary, lists.
type overlay interface {
	where() where
	move(by int)
	back() bool // back one level within it; false when it is to be closed
	draw(a *App, c *canvas.Canvas)
}

// list is an overlay with a row under a cursor.
type list interface {
	overlay
	take(a *App) tea.Cmd
}

// takeRow takes what is under the cursor of a list.
func (a *App) takeRow() tea.Cmd { return a.top().(list).take(a) }

// top is the overlay that takes the keys, nil for none.
func (a *App) top() overlay {
	if len(a.over) == 0 {
		return nil
	}
	return a.over[len(a.over)-1]
}

func (a *App) lay(o overlay) tea.Cmd { a.over = append(a.over, o); return nil }

func (a *App) openHelp() tea.Cmd { return a.lay(newHelp(a)) }

func (a *App) openGlossary() tea.Cmd {
	g, err := newGlossary(a.opts.Curriculum)
	if err != nil {
		return a.say(err.Error(), true)
	}
	return a.lay(g)
}

func (a *App) openNotation() tea.Cmd {
	text, err := a.opts.Curriculum.Notation()
	if err != nil {
		return a.say(err.Error(), true)
	}
	return a.lay(newReading("Notation", strings.TrimPrefix(text, "# Notation\n")))
}

// newReading is a sheet of Markdown.
func newReading(title, markdown string) *sheet {
	return &sheet{title: title, lines: func(_ *App, w int, ascii bool) []canvas.Line {
		return prose.Render(markdown, w, prose.Options{ASCII: ascii})
	}}
}

// sheet is an overlay of text that scrolls.
type sheet struct {
	title string
	lines func(a *App, w int, ascii bool) []canvas.Line
	top   int
}

func (s *sheet) where() where { return inHelp }
func (s *sheet) move(by int)  { s.top = max(0, s.top+by) } // draw keeps it within the text
func (s *sheet) back() bool   { return false }

func (s *sheet) draw(a *App, c *canvas.Canvas) {
	c.TextAttr(1, 0, s.title, theme.Accent, canvas.Bold)
	lines := s.lines(a, min(c.W-2, 76), c.Glyphs == canvas.ASCII)
	room := c.H - 2
	s.top = max(0, min(s.top, len(lines)-room))
	for i := 0; i < room && s.top+i < len(lines); i++ {
		c.PutLine(1, 2+i, c.W-2, lines[s.top+i])
	}
	drawMore(c, len(lines)-s.top-room)
}

// newHelp lists the keys that mean something behind it, with the reason of each
// that is disabled.
func newHelp(a *App) *sheet {
	at := a.where()
	return &sheet{title: "Keys that work here", lines: func(a *App, w int, ascii bool) []canvas.Line {
		over := a.over
		a.over = over[:len(over)-1] // reasons are judged for what lies behind
		defer func() { a.over = over }()
		var lines []canvas.Line
		for _, b := range bindings {
			if b.on&at == 0 {
				continue
			}
			tok, help := theme.Text, b.help
			if b.why != nil {
				if why := b.why(a); why != "" {
					tok, help = theme.Dim, b.help+" – not now: "+why
				}
			}
			for i, part := range wrapWords(help, w-14) {
				key := ""
				if i == 0 {
					key = keyNames(b.keys)
				}
				lines = append(lines, canvas.Line{{Text: fmt.Sprintf("%-13s ", key), Tok: theme.Accent}, {Text: part, Tok: tok}})
			}
		}
		return lines
	}}
}

func keyNames(keys []string) string {
	names := slices.Clone(keys)
	for i, k := range names {
		if k == " " {
			names[i] = "space"
		}
	}
	return strings.Join(names, ", ")
}

func newGlossary(c *lessons.Curriculum) (*sheet, error) {
	terms, err := c.Glossary()
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	for _, t := range terms {
		fmt.Fprintf(&b, "### %s\n\n%s\n\n", t.Name, t.Markdown)
	}
	return newReading("Glossary", b.String()), nil
}
