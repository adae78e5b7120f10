package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fmlab/lessons/exercise"
	"fmlab/lessons/exercise/script"
)

// errNotPassed ends a check that a program did not pass; what is wrong has been said.
var errNotPassed = coded{errors.New(""), exitFailed}

// watchEvery is how often a file is looked at under --watch.
const watchEvery = 250 * time.Millisecond

// checking is what the flags of fmlab check ask for.
type checking struct {
	*cobra.Command
	exercise *exercise.Exercise
	file     string
	json     bool
}

func newCheck() *cobra.Command {
	var ids []string
	for _, e := range exercise.All {
		ids = append(ids, e.ID)
	}
	cmd := &cobra.Command{
		Use:   "check FILE --exercise ID",
		Short: "Checks a coding exercise without the app",
		Long: `Checks the program in FILE (- is stdin) against an exercise: ` + strings.Join(ids, ", ") + `.

It runs in a process of its own, with limits on time and memory, and reaches no
file and no network. Exit code 0: passed, 1: a check did not pass, 2: wrong use.

` + exercise.Reference,
		Example: `  fmlab check --exercise 2.1-pair --starter > sol.star    what to begin with
  fmlab check sol.star --exercise 2.1-pair
  fmlab check sol.star --exercise 2.1-pair --watch        again on every save, until ^C
  fmlab check --exercise 2.1-pair --hint 1`,
	}
	c := &checking{Command: cmd}
	id := cmd.Flags().String("exercise", "", "id of the exercise: "+strings.Join(ids, ", "))
	watch := cmd.Flags().Bool("watch", false, "check again whenever the file is saved, until ^C")
	starter := cmd.Flags().Bool("starter", false, "print the task and the program to begin with")
	hint := cmd.Flags().Int("hint", 0, "print hint 1, 2 or 3, from a nudge to nearly all of it")
	cmd.Flags().BoolVar(&c.json, "json", false, "print one JSON object")
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if c.exercise, err = exercise.Get(*id); err != nil {
			return err
		}
		if *starter || cmd.Flags().Changed("hint") {
			return c.tell(args, *hint, *starter)
		}
		if len(args) != 1 {
			return fmt.Errorf("check takes one file, got %d arguments", len(args))
		}
		if c.file = args[0]; *watch {
			return c.watch()
		}
		source, err := c.read()
		if err != nil {
			return err
		}
		ctx, stop := interruptible(cmd)
		defer stop()
		return c.check(ctx, source)
	}
	return cmd
}

// tell prints what can be read about an exercise.
func (c *checking) tell(args []string, hint int, starter bool) error {
	text := commented(c.exercise.Title+"\n\n"+c.exercise.Task) + "\n" + c.exercise.Starter
	switch {
	case len(args) > 0:
		return fmt.Errorf("--starter and --hint take no file, got %q", args[0])
	case starter:
	case hint < 1 || hint > len(c.exercise.Hints):
		return fmt.Errorf("--hint %d: want 1 to %d", hint, len(c.exercise.Hints))
	default:
		text = c.exercise.Hints[hint-1] + "\n"
	}
	_, err := io.WriteString(out(c.Command), text)
	return failed(err)
}

// commented makes a comment of a text.
func commented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(strings.TrimRight("# "+line, " \n") + "\n")
	}
	return b.String()
}

// read reads the program, or as much of it as shows that it is too long.
func (c *checking) read() (string, error) {
	in := io.Reader(os.Stdin)
	if c.file != "-" {
		f, err := os.Open(c.file)
		if err != nil {
			return "", err
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, 2*script.MaxSource))
	return string(text), err
}

// check checks a program once and prints what was found.
func (c *checking) check(ctx context.Context, source string) error {
	res, err := c.exercise.Check(ctx, source)
	switch {
	case ctx.Err() != nil:
		return errStopped
	case err != nil:
		return failed(err)
	}
	if res.Printed != "" {
		fmt.Fprintf(c.ErrOrStderr(), "the program printed:\n%s\n", res.Printed)
	}
	if c.json {
		err = writeJSON(out(c.Command), struct {
			Schema int `json:"schema"`
			exercise.Result
		}{1, res})
	} else {
		err = c.print(res)
	}
	if err == nil && !res.Passed {
		return errNotPassed
	}
	return err
}

// print prints a result for people: a line a check.
func (c *checking) print(res exercise.Result) error {
	waiting := false
	for _, check := range res.Checks {
		word := "pass"
		switch {
		case waiting:
			word = "  - "
		case !check.Passed:
			word, waiting = "FAIL", true
		}
		if _, err := fmt.Fprintf(out(c.Command), "%s  %s: %s\n", word, check.Name, check.Message); err != nil {
			return failed(err)
		}
	}
	if res.Passed {
		fmt.Fprintf(c.ErrOrStderr(), "\n%s passed.\n\n%s\n", res.Exercise, c.exercise.Explanation)
	} else {
		fmt.Fprintf(c.ErrOrStderr(), "\n%s not passed. A hint: fmlab check --exercise %s --hint 1\n", res.Exercise, res.Exercise)
	}
	return nil
}

// watch checks the file again and again, whenever it is saved, until it is
// interrupted.
func (c *checking) watch() error {
	if c.file == "-" {
		return errors.New("--watch: want a file, stdin does not change")
	}
	ctx, stop := interruptible(c.Command)
	defer stop()
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	seen, err := os.Stat(c.file)
	if err != nil {
		return err
	}
	for {
		source, err := c.read()
		if err == nil {
			err = c.check(ctx, source)
		}
		if err != nil && !errors.Is(err, errNotPassed) && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if seen = changed(ctx, c.file, seen, tick.C); seen == nil {
			return errStopped
		}
	}
}

// changed waits until a file is another than the one seen, and returns it; nil when
// the context ends. Some editors take a file away for a moment when they save it.
func changed(ctx context.Context, file string, seen os.FileInfo, tick <-chan time.Time) os.FileInfo {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick:
		}
		now, err := os.Stat(file)
		if err == nil && (!now.ModTime().Equal(seen.ModTime()) || now.Size() != seen.Size()) {
			return now
		}
	}
}
