package tui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/tui/canvas"
	"fmlab/tui/report"
	"fmlab/tui/theme"
)

// reportSheet asks for the name of a report, then writes it by a command, as its
// figures take seconds.
type reportSheet struct {
	name   input
	wrong  string
	cancel context.CancelFunc // of the command under way, nil for none
	far    *atomic.Pointer[told]
}

// told is how far the command is.
type told struct {
	done, of  int
	computing string
}

// reported is its answer.
type reported struct {
	sheet *reportSheet
	far   *atomic.Pointer[told] // of the command: another may have begun
	file  string
	err   error
}

// reportLooked asks for another look at how far it is.
type reportLooked struct{ sheet *reportSheet }

// lookTime is between two looks.
const lookTime = 300 * time.Millisecond

func (a *App) openReport() tea.Cmd {
	s := &reportSheet{}
	s.name.write(proposed(time.Now()))
	return a.lay(s)
}

// proposed is the name of a report in the home directory that is still free.
func proposed(now time.Time) string {
	for n := 1; ; n++ {
		name := "~/fmlab-report-" + now.Format("2006-01-02") + ".html"
		if n > 1 {
			name = fmt.Sprintf("~/fmlab-report-%s-%d.html", now.Format("2006-01-02"), n)
		}
		if _, err := os.Lstat(typedFile(name)); err != nil {
			return name
		}
	}
}

func (s *reportSheet) busy() bool { return s.cancel != nil }

func (s *reportSheet) where() where {
	if s.busy() {
		return inHelp
	}
	return inTyping
}

func (s *reportSheet) move(int)     {}
func (s *reportSheet) line() *input { return &s.name }

// back stops the command, and says whether there was one.
func (s *reportSheet) back() bool {
	if !s.busy() {
		return false
	}
	s.cancel()
	s.cancel, s.wrong = nil, "stopped; nothing was written"
	return true
}

// takeTyped begins to write the report, if the name is one to write to.
func (s *reportSheet) takeTyped(a *App) tea.Cmd {
	file, err := filepath.Abs(typedFile(s.name.text()))
	if err == nil {
		err = report.Check(file, false)
	}
	if s.wrong = ""; err != nil {
		s.wrong = err.Error()
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	far := new(atomic.Pointer[told])
	s.cancel, s.far = cancel, far
	c, state := a.opts.Curriculum, a.log.State()
	how := report.Options{Now: time.Now(), Dir: a.log.Dir(), Tell: func(done, of int, computing string) {
		far.Store(&told{done, of, computing})
	}}
	return tea.Batch(s.look(), func() tea.Msg {
		r, err := report.Make(ctx, c, state, how)
		if err != nil {
			return reported{s, far, "", err}
		}
		_, err = report.Write(file, r, false)
		return reported{s, far, file, err}
	})
}

// look asks for a look at how far the command is, in a while.
func (s *reportSheet) look() tea.Cmd {
	return tick(lookTime, func(time.Time) tea.Msg { return reportLooked{s} })
}

// takeReported takes the answer, unless the command was stopped.
func (a *App) takeReported(r reported) {
	s := r.sheet
	if !s.busy() || s.far != r.far {
		return
	}
	s.cancel()
	s.cancel = nil
	if r.err != nil {
		s.wrong = r.err.Error()
		return
	}
	a.over = slices.DeleteFunc(a.over, func(o overlay) bool { return o == s })
	a.say("written: "+r.file, false)
}

func (s *reportSheet) draw(_ *App, c *canvas.Canvas) {
	c.TextAttr(1, 0, "A report, to keep or to hand in", theme.Accent, canvas.Bold)
	y := 2
	say := func(text string, tok theme.Token) {
		for _, line := range wrapWords(text, c.W-2) {
			c.Text(1, y, line, tok)
			y++
		}
	}
	if s.busy() {
		if far := s.far.Load(); far != nil {
			say(fmt.Sprintf("%s  %d of %d", bar(far.done, far.of), far.done, far.of), theme.Text)
			say("computing the figures of "+far.computing, theme.Dim)
		}
		say("esc stops it", theme.Dim)
		return
	}
	c.Text(1, y, "▸", theme.Accent)
	c.TextAttr(3, y, s.name.show(c.W-4), theme.Selected, canvas.Bold)
	y += 2
	if s.wrong != "" {
		say("no: "+s.wrong, theme.Bad)
	}
	say("The name of a file: .html is one page that needs no other; .md has its figures in a folder beside it. Nothing is written over. The engine computes the figures now, from your own settings: some seconds each.", theme.Dim)
}
