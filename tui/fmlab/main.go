// Command fmlab is a learning lab for flow matching in the terminal. Without
// arguments it opens where the learner left off; its subcommands run the same
// engine for pipes.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"

	"github.com/spf13/cobra"

	"fmlab/engine/ode"
	"fmlab/engine/train"
)

// Exit codes, a contract: see the help of the command.
const (
	exitFailed   = 1   // the work failed, or a check did not pass
	exitUsage    = 2   // wrong use, or bad input
	exitDiverged = 3   // training or a solver left the finite numbers
	exitInternal = 70  // fmlab is wrong, not its user
	exitStopped  = 130 // 128 + SIGINT
)

// errStopped ends what was interrupted.
var errStopped = errors.New("stopped")

// coded is an error with the exit code it asks for.
type coded struct {
	error
	code int
}

func (c coded) Unwrap() error { return c.error }

// failed marks an error as a failure of the work; unmarked errors are wrong use
// or bad input, which is what almost all of them are.
func failed(err error) error {
	if err == nil {
		return nil
	}
	return coded{err, exitFailed}
}

// diverged are the ways to leave the finite numbers.
var diverged = []error{train.ErrDiverged, ode.ErrNotFinite, ode.ErrStepSize, ode.ErrSteps}

func exitCode(err error) int {
	var c coded
	switch {
	case err == nil:
		return 0
	case errors.As(err, &c):
		return c.code
	case errors.Is(err, errStopped):
		return exitStopped
	}
	for _, d := range diverged {
		if errors.Is(err, d) {
			return exitDiverged
		}
	}
	return exitUsage
}

func main() { os.Exit(run(context.Background(), newRoot())) }

// run executes the command line and says on stderr what went wrong.
func run(ctx context.Context, root *cobra.Command) (code int) {
	defer func() {
		if v := recover(); v != nil {
			fmt.Fprintf(root.ErrOrStderr(), "fmlab: internal error: %v\n\n%s", v, debug.Stack())
			code = exitInternal
		}
	}()
	err := root.ExecuteContext(ctx)
	if err != nil && err.Error() != "" {
		fmt.Fprintf(root.ErrOrStderr(), "fmlab: %v\n", err)
	}
	return exitCode(err)
}

// interruptible lets work that looks at the context end in good order at ^C; a
// second one kills. Before and after it, so while input is awaited, one kills.
func interruptible(cmd *cobra.Command) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// newRoot builds the command tree.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "fmlab",
		Short: "A learning lab for flow matching in the terminal",
		Long: `fmlab is a learning lab for flow matching: a phased curriculum whose every
screen drives one live engine, with the exact truth beside what was learnt.

Without a command it opens the app where you left off: on a terminal that cannot
move its cursor, through a pipe, or with --plain, as plain text line by line.`,
		Example: `  fmlab                                    open the lab
  fmlab lesson 2.5                         open one lesson
  fmlab train --data moons --out m.safetensors
  fmlab sample --model m.safetensors -n 2000 > samples.csv
  fmlab compare --exact --data moons --solvers euler,rk4 --nfe 8,16,32`,
		Args:          noArgs,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.PersistentFlags().Bool("plain", false, "plain text, line by line: no screen, for a screen reader or a pipe")
	app := newAppFlags(root, nil)
	root.RunE = func(cmd *cobra.Command, _ []string) error { return app.open(cmd, "", "") }
	root.AddCommand(newLesson(), newPlay(), newReview(), newLessons(), newTrain(), newSample(), newCompare(), newField(), newDensity(),
		newSchedule(), newMetric(), newClaim(), newCheck(), newProgress(), newVersion())
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w\nSee: %s --help", err, cmd.CommandPath())
	})
	root.Long += `

Exit codes: 0 done, 1 the work failed, 2 wrong use or bad input, 3 diverged,
70 internal error, 128+n ended by signal n.`
	return root
}

// noArgs refuses words that are no command, and lists those that are.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if !cmd.HasAvailableSubCommands() {
		return fmt.Errorf("%s takes no arguments, got %q", cmd.CommandPath(), args[0])
	}
	known := ""
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			known += " " + c.Name()
		}
	}
	return fmt.Errorf("unknown command %q: want one of%s", args[0], known)
}

// out is where data goes; words go to stderr.
func out(cmd *cobra.Command) io.Writer { return cmd.OutOrStdout() }
