package exercise

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2/maybe"

	"fmlab/lessons/exercise/script"
	"fmlab/lessons/progress"
)

// Desk is the folder that a learner's programs lie in, one file an exercise. ""
// keeps nothing: there is no place for it.
type Desk string

// DeskIn is the desk of a learner whose progress is kept in a directory.
func DeskIn(dir string) Desk {
	if dir == "" {
		return ""
	}
	return Desk(filepath.Join(dir, "code"))
}

// File is where the program of an exercise lies, whether it was begun or not.
func (d Desk) File(id string) string {
	if d == "" {
		return ""
	}
	return filepath.Join(string(d), id+".star")
}

// Attempt is a learner at work on an exercise: the program as it is kept, and the
// help that was taken for it.
type Attempt struct {
	*Exercise
	File string // where the program lies, "" for nowhere
	Text string // of the file as it was last read or written
	Help Help

	seen Stamp // of the file then
}

// Help is what was shown on the way. It is kept beside the program, so that a
// program written with help does not become one without by coming back later.
type Help struct {
	Hints    int  `json:"hints"`
	Solution bool `json:"solution"`
}

// Attempt takes up an exercise where it was left, or as it is handed out. The error
// says why a file that is there cannot be read; the attempt then has no file, and
// that one stays as it is.
func (d Desk) Attempt(e *Exercise) (*Attempt, error) {
	a := &Attempt{Exercise: e, File: d.File(e.ID), Text: e.Starter}
	if a.File == "" {
		return a, nil
	}
	text, err := readProgram(a.File)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return a, nil
	case err != nil:
		a.File = ""
		return a, fmt.Errorf("your program is not read, and not written either: %w", err)
	}
	a.Text, a.seen = text, StampOf(a.File)
	if help, err := os.ReadFile(a.helpFile()); err == nil {
		_ = json.Unmarshal(help, &a.Help) // damaged: no help is known of
	}
	return a, nil
}

func (a *Attempt) helpFile() string { return strings.TrimSuffix(a.File, ".star") + ".json" }

// readProgram reads a program, or says that it is too long to be one.
func readProgram(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, script.MaxSource+1))
	if err == nil && len(text) > script.MaxSource {
		err = fmt.Errorf("%s is longer than %d bytes, the most that a program may have", name, script.MaxSource)
	}
	return string(text), err
}

// Save keeps a program, whole or not at all: whoever reads the file at the same
// time reads the old one or the new one.
func (a *Attempt) Save(text string) error {
	if a.File == "" || text == a.Text && a.seen != (Stamp{}) {
		a.Text = text
		return nil
	}
	if err := Keep(a.File, text); err != nil {
		return fmt.Errorf("your program is not saved: %w", err)
	}
	a.Text, a.seen = text, StampOf(a.File)
	return nil
}

// Keep writes a file, whole or not at all, and the folder that it lies in.
func Keep(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	return maybe.WriteFile(name, []byte(text), 0o600)
}

// Stamp tells one save of a file from another.
type Stamp struct{ time, size int64 }

// StampOf is the stamp of a file as it is now, zero when it is not there.
func StampOf(name string) Stamp {
	info, err := os.Stat(name)
	if err != nil {
		return Stamp{}
	}
	return Stamp{info.ModTime().UnixNano(), info.Size()}
}

// Changed says whether another program has saved the file, which has now this
// stamp, since it was read or written here. Some editors take a file away for a
// moment when they save it: that is no change.
func (a *Attempt) Changed(now Stamp) bool { return now != (Stamp{}) && now != a.seen }

// Reload reads the file anew.
func (a *Attempt) Reload() error {
	seen := StampOf(a.File)
	text, err := readProgram(a.File)
	if err != nil {
		return err
	}
	a.Text, a.seen = text, seen
	return nil
}

// Hint gives the next hint, each deeper than the one before, and after the last one
// the solution.
func (a *Attempt) Hint() (words string) {
	if n := a.Help.Hints; n < len(a.Hints) {
		words = a.HintWords(n)
		a.Help.Hints++
	} else {
		words = a.SolutionWords()
		a.Help.Solution = true
	}
	a.keepHelp()
	return words
}

// HintWords is hint i, from 0, as Markdown.
func (e *Exercise) HintWords(i int) string {
	return fmt.Sprintf("**Hint %d of %d.** %s", i+1, len(e.Hints), e.Hints[i])
}

// SolutionWords is the solution as Markdown.
func (e *Exercise) SolutionWords() string {
	return "**A solution:**\n\n```python\n" + strings.TrimSpace(e.Solution) + "\n```"
}

// keepHelp writes down the help taken. It is of little worth alone: no word is lost
// when it cannot be kept.
func (a *Attempt) keepHelp() {
	if a.File == "" {
		return
	}
	if text, err := json.Marshal(a.Help); err == nil {
		_ = Keep(a.helpFile(), string(text))
	}
}

// Reset begins anew: with the program as handed out, and without help.
func (a *Attempt) Reset() error {
	a.Help = Help{}
	a.keepHelp()
	return a.Save(a.Starter)
}

// Passing is what is noted of a program that has passed, as event
// [progress.Passed] of [Exercise.Ref].
func (a *Attempt) Passing(text string) progress.Passing {
	sum := sha256.Sum256([]byte(text))
	return progress.Passing{Hints: a.Help.Hints, Solution: a.Help.Solution, Hash: hex.EncodeToString(sum[:8])}
}

// Lesson is the id of the lesson that the exercise belongs to.
func (e *Exercise) Lesson() string {
	lesson, _, _ := strings.Cut(e.ID, "-")
	return lesson
}

// Ref names the exercise in the log of progress.
func (e *Exercise) Ref() string { return progress.Ref(e.Lesson(), e.ID) }
