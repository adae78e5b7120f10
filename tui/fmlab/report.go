package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"fmlab/lessons"
	"fmlab/lessons/progress"
	"fmlab/tui/report"
)

func newReport() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "report FILE.md|FILE.html",
		Short: "Write what was learnt, with figures computed now, to keep or to hand in",
		Long: `Writes the criteria with their evidence, the lessons and what was done in them, and
figures that the engine computes now from your own settings.

A page (.html) is one file that needs no other. Markdown (.md) has its figures as
SVG in a folder beside it: FILE-figures. Nothing is written over without --force.`,
		Example: "  fmlab progress report report.html\n  fmlab progress report report.md --force",
		Args:    oneFile,
	}
	force := cmd.Flags().Bool("force", false, "write over a report that is there")
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return writeReport(cmd, args[0], *force) }
	return cmd
}

func writeReport(cmd *cobra.Command, file string, force bool) error {
	if err := report.Check(file, force); errors.Is(err, report.ErrTaken) {
		return fmt.Errorf("%w; --force writes over it", err)
	} else if err != nil {
		return err
	}
	log, err := openProgress(cmd)
	if err != nil {
		return err
	}
	defer log.Close()
	c, err := lessons.Load()
	if err != nil {
		return coded{err, exitInternal}
	}
	ctx, stop := interruptible(cmd)
	defer stop()
	tell, clear := reportBar(showsBars(cmd))
	r, err := report.Make(ctx, c, log.State(), report.Options{Now: time.Now(), Dir: progress.Dir(), Tell: tell})
	clear()
	switch {
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("%w: no report was written", errStopped)
	case err != nil:
		return failed(err)
	}
	written, err := report.Write(file, r, force)
	for _, name := range written {
		fmt.Fprintln(cmd.ErrOrStderr(), "written: "+name)
	}
	return failed(err)
}

// reportBar shows how far the figures are, where someone sees it.
func reportBar(shows bool) (tell func(done, of int, computing string), clear func()) {
	if !shows {
		return nil, func() {}
	}
	var bar *progressbar.ProgressBar
	tell = func(done, of int, computing string) {
		if bar == nil {
			bar = progressbar.NewOptions(of, progressbar.OptionSetWriter(os.Stderr), progressbar.OptionClearOnFinish())
		}
		bar.Describe(computing)
		_ = bar.Set(done) // a bar that cannot be drawn is no reason to stop
	}
	return tell, func() {
		if bar != nil {
			_ = bar.Clear()
		}
	}
}
