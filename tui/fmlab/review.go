package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"fmlab/lab"
	"fmlab/lessons"
)

func newReview() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "review",
		Short:   "Open the quiz items that are due for review",
		Example: "  fmlab review",
		Args:    noArgs,
	}
	f := newAppFlags(cmd, lab.KnobKeys())
	f.review = true
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		switch words, err := waiting(cmd); {
		case err != nil:
			return err
		case words != "":
			_, err := fmt.Fprintln(out(cmd), words)
			return failed(err)
		}
		return f.open(cmd, "", "")
	}
	return cmd
}

// waiting says why there is nothing to review, "" when there is.
func waiting(cmd *cobra.Command) (string, error) {
	c, err := lessons.Load()
	if err != nil {
		return "", coded{err, exitInternal}
	}
	log, err := openProgress(cmd)
	if err != nil {
		return "", err
	}
	defer log.Close()
	return lessons.Waiting(c.Deck(log.State()), time.Now()), nil
}
