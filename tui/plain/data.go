package plain

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2/maybe"

	"fmlab/engine/dataset"
)

// ownData takes points of one's own: a file, or rows that are typed or pasted.
func (s *session) ownData(b *bench, back place) place {
	return func(s *session) menu {
		s.line("Type the name of a file: a .csv of points x,y, a .json mixture, or a .star program that draws points. Or type rows, to give the points here.")
		return menu{
			name: "data", enter: "back",
			words: []word{
				short("rows", "takes points, a row x,y each, up to one with a single dot", func(string) place { s.rows(b); return back }),
				short("back b", "leaves the data as it is", to(back)),
			},
			take: taker{"the name of a file", func(name string) place {
				file, err := path(name)
				before := b.setup
				if err == nil {
					s.set(b, "data "+file)
				}
				if b.setup == before {
					return nil
				}
				return back
			}},
		}
	}
}

// rows keeps points that are typed in a file, and makes them the data.
func (s *session) rows(b *bench) {
	s.line("Type or paste rows x,y now; a line with a single dot ends them.")
	text, ok := s.lines()
	if !ok {
		return
	}
	file, err := s.keepRows(text)
	if err != nil {
		s.line("no: " + err.Error())
		return
	}
	s.line("Kept in " + file + ".")
	s.set(b, "data "+file)
}

// lines reads lines up to one with a single dot.
func (s *session) lines() (text string, ok bool) {
	var b strings.Builder
	for {
		line, ok := s.read("")
		switch {
		case !ok:
			s.over = true
			return "", false
		case line == ".":
			return b.String(), true
		}
		b.WriteString(line + "\n")
	}
}

// keepRows writes rows that can be learned from to a file of their own, all of it or
// nothing.
func (s *session) keepRows(text string) (file string, err error) {
	if _, err := dataset.ReadCSV(strings.NewReader(text), "rows"); err != nil {
		return "", err
	}
	if s.Data == "" {
		return "", fmt.Errorf("there is no home directory to keep them in: start fmlab with FMLAB_HOME set to one")
	}
	if err := os.MkdirAll(s.Data, 0o700); err != nil {
		return "", err
	}
	for n := 1; ; n++ {
		file = filepath.Join(s.Data, fmt.Sprintf("rows-%d.csv", n))
		if _, err := os.Lstat(file); os.IsNotExist(err) {
			return file, maybe.WriteFile(file, []byte(text), 0o600)
		}
	}
}
