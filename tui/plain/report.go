package plain

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fmlab/tui/report"
)

// reportWord writes a report.
func (s *session) reportWord() word {
	return word{names: []string{"report", "w"}, value: "file", help: "writes what was learnt with its figures, as in report fmlab.html or report fmlab.md",
		do: func(v string) place { s.report(v); return nil }}
}

// reporting asks for the name of the file.
func (s *session) reporting(back place) place {
	return func(s *session) menu {
		s.line("Your report: what you have learnt, with its evidence and figures computed now, some seconds each. Type the name of a file: one that ends in .html is a page, one in .md is Markdown with its figures in a folder beside it. Nothing is written over.")
		return menu{
			name: "report", enter: "back",
			words: []word{short("back b", "writes nothing", to(back))},
			take:  taker{"the name of a file", func(name string) place { return s.reported(name, back) }},
		}
	}
}

// reported goes back when the report is written, and asks again when it is not.
func (s *session) reported(name string, back place) place {
	if !s.report(name) {
		return nil
	}
	return back
}

// report writes a report to a file, and says whether it did.
func (s *session) report(name string) bool {
	file, err := path(name)
	if err == nil {
		err = report.Check(file, false)
	}
	if err != nil {
		s.line("no: " + err.Error() + ".")
		return false
	}
	ctx, done := s.stoppable()
	r, err := report.Make(ctx, s.Curriculum, s.Log.State(), report.Options{Now: time.Now(), Dir: s.Log.Dir(), Tell: s.far()})
	if done() {
		s.urged = true
	}
	var written []string
	if err == nil {
		written, err = report.Write(file, r, false)
	}
	switch {
	case errors.Is(err, context.Canceled):
		s.line("Stopped; nothing was written.")
	case err != nil:
		s.line("no: " + err.Error() + ".")
	}
	for _, name := range written {
		s.line("Written: " + name)
	}
	return err == nil
}

// far says now and then which figure is computed. The report calls it while this
// waits for it.
func (s *session) far() func(done, of int, computing string) {
	spoke := time.Now()
	return func(done, of int, computing string) {
		if time.Since(spoke) > patience {
			spoke = time.Now()
			s.line(fmt.Sprintf("%d of %d: the figures of %s ...", done, of, computing))
		}
	}
}

// path is a name as a shell would understand it: it may begin with ~/ and stand in
// quotes.
func path(name string) (string, error) {
	name = strings.TrimSpace(name)
	if n := len(name); n > 1 && name[0] == name[n-1] && strings.ContainsRune(`'"`, rune(name[0])) {
		name = name[1 : n-1]
	}
	if name == "" {
		return "", errors.New("want the name of a file, as in report fmlab.html")
	}
	if rest, ok := strings.CutPrefix(name, "~/"); ok {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", err
		}
		name = filepath.Join(home, rest)
	}
	return filepath.Abs(name)
}
