package tui

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/renameio/v2/maybe"

	"fmlab/engine"
	"fmlab/engine/dataset"
)

// nameMost is the longest name of a drawing, in runes.
const nameMost = 60

// nameDrawing asks for a name to keep the drawing by.
func (a *App) nameDrawing() tea.Cmd {
	p := a.pad
	if p.naming, p.wrong = true, ""; p.name.text() == "" {
		p.name.write("drawing")
	}
	return nil
}

func (a *App) whyNoKeep() string {
	n := a.pad.points.Len()
	return unless(n >= padLeast, fmt.Sprintf("%d points: at least %d are wanted, since a quarter is held back to judge by", n, padLeast))
}

func (p *pad) line() *input { return &p.name }

// takeTyped keeps the drawing by the name that is typed. It asks before it takes
// the place of another.
func (p *pad) takeTyped(a *App) tea.Cmd {
	p.wrong = ""
	file, err := dataFile(a.opts.Data, p.name.text())
	if err != nil {
		p.wrong = err.Error()
		return nil
	}
	if _, err := os.Lstat(file); err == nil {
		a.ask = &question{filepath.Base(file) + " is there already. Draw over it?", func(*App) tea.Cmd { return p.keep(file) }}
		return nil
	}
	return p.keep(file)
}

// dataFile is the file of a drawing.
func dataFile(dir, name string) (string, error) {
	name = strings.TrimSuffix(strings.TrimSpace(name), ".csv")
	fits := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_. ", r) }
	bad := strings.IndexFunc(name, func(r rune) bool { return !fits(r) })
	switch {
	case dir == "":
		return "", errors.New("there is no home directory to keep it in: start fmlab with FMLAB_HOME set to one")
	case name == "":
		return "", errors.New("want a name")
	case bad >= 0 || name[0] == '.' || name[0] == '-':
		return "", fmt.Errorf("found %q: want letters, digits, blanks, - _ and . in it, and a letter or a digit first", name)
	case len([]rune(name)) > nameMost:
		return "", fmt.Errorf("found a name of %d characters: want at most %d", len([]rune(name)), nameMost)
	}
	return filepath.Join(dir, name+".csv"), nil
}

// kept is the answer of the command that writes a drawing.
type kept struct {
	pad    *pad
	file   string
	points int
	err    error
}

// keep writes the drawing, by a command: the disk may be slow.
func (p *pad) keep(file string) tea.Cmd {
	points := p.points.Clone()
	return func() tea.Msg { return kept{p, file, points.Len(), writePoints(file, points)} }
}

// writePoints writes points that can be learned from to a file, all of it or
// nothing.
func writePoints(file string, points engine.Points) error {
	text := []byte("x,y\n")
	for i := range points.Len() {
		x, y := points.At(i)
		text = strconv.AppendFloat(text, x, 'f', -1, 64)
		text = append(text, ',')
		text = append(strconv.AppendFloat(text, y, 'f', -1, 64), '\n')
	}
	if _, err := dataset.ReadCSV(bytes.NewReader(text), filepath.Base(file)); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	return maybe.WriteFile(file, text, 0o600)
}

// takeKept makes a drawing that was written the data of the scene.
func (a *App) takeKept(k kept) {
	p := k.pad
	if k.err != nil {
		p.wrong = k.err.Error()
		a.say("not kept: "+p.wrong, true)
		return
	}
	p.naming, p.wrong, p.unkept = false, "", p.points.Len() != k.points
	if a.top() != p { // it was left in the meantime
		a.say("kept in "+k.file, false)
		return
	}
	a.over = nil
	if p.live.setup.Data == k.file { // other points by the same name
		p.live.restart()
	} else if err := p.live.set("data", k.file); err != nil {
		a.say(err.Error(), true)
		return
	}
	a.say(fmt.Sprintf("the data is now your own: %d points, kept in %s", k.points, k.file), false)
}

// ownData are the point sets kept in a directory, by name.
func ownData(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil { // there is none yet
		return nil
	}
	var files []string
	for _, e := range entries {
		if e.Type().IsRegular() && strings.HasSuffix(e.Name(), ".csv") {
			files = append(files, filepath.Join(dir, e.Name()))
		}
	}
	return files
}
