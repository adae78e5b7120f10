package main

import (
	"errors"
	"os"
	"os/signal"

	"github.com/spf13/cobra"
	xterm "golang.org/x/term"

	"fmlab/lessons"
	"fmlab/lessons/progress"
	"fmlab/tui/canvas"
	"fmlab/tui/plain"
	"fmlab/tui/term"
)

// wantsPlain says whether --plain is given.
func wantsPlain(cmd *cobra.Command) bool {
	on, err := cmd.Flags().GetBool("plain")
	return err == nil && on
}

// showsBars says whether a bar that moves is seen, and wanted.
func showsBars(cmd *cobra.Command) bool {
	caps := term.Detect(os.Getenv, term.IsTerminal(os.Stderr))
	return caps.TTY && !caps.Dumb && !wantsPlain(cmd)
}

// openPlain starts the plain mode. It ends with 2 only when there is no way to ask
// or to tell.
func (f *appFlags) openPlain(cmd *cobra.Command, c *lessons.Curriculum, caps term.Caps, lesson, experiment string) error {
	if nowhere(os.Stdin) && nowhere(os.Stdout) {
		return errors.New("no answer can be read and nothing can be written: standard input and output are closed, or the null device")
	}
	_, glyphs, err := f.looks(caps)
	if err != nil {
		return err
	}
	log, err := progress.Open(progress.Dir())
	if err != nil {
		return err
	}
	defer log.Close()
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)
	width, _, _ := xterm.GetSize(int(os.Stdout.Fd()))
	err = plain.Run(cmd.Context(), plain.Options{
		Curriculum: c, Log: log, In: os.Stdin, Out: os.Stdout, Width: width, Interrupt: interrupts,
		Echo: !term.IsTerminal(os.Stdin), ASCII: glyphs == canvas.ASCII,
		Data: dataDir(), Review: f.review, Lesson: lesson, Setup: &f.setup, Given: f.given, Experiment: experiment, Trip: f.trip,
	})
	if errors.Is(err, plain.ErrDeaf) || errors.Is(err, plain.ErrMute) {
		return err
	}
	return failed(err)
}

// nowhere says whether a file is the null device. The runtime opens it in place of
// a standard file that is closed.
func nowhere(f *os.File) bool {
	is, err := f.Stat()
	if err != nil {
		return true
	}
	null, err := os.Stat(os.DevNull)
	return err == nil && os.SameFile(is, null)
}
