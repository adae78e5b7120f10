package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/renameio/v2/maybe"
	"github.com/spf13/cobra"

	"fmlab/lab"
	"fmlab/lessons/progress"
	"fmlab/tui/term"
)

func exportProgress(cmd *cobra.Command, args []string) error {
	log, err := openProgress(cmd)
	if err != nil {
		return err
	}
	defer log.Close()
	var text bytes.Buffer
	n, err := log.Export(&text)
	if err != nil {
		return failed(err)
	}
	if args[0] == "-" {
		_, err = out(cmd).Write(text.Bytes())
	} else {
		err = writeNew(args[0], text.Bytes(), false)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%d events written\n", n)
	return nil
}

// writeNew writes a file as a whole, over another only when told to.
func writeNew(name string, text []byte, force bool) error {
	switch info, err := os.Stat(name); {
	case err == nil && !info.Mode().IsRegular():
		return fmt.Errorf("%s: not a regular file", name)
	case err == nil && !force:
		return fmt.Errorf("%s: there is a file of that name, and it stays as it is", name)
	}
	if _, err := os.Stat(filepath.Dir(name)); err != nil {
		return fmt.Errorf("%s: there is no directory %s", name, filepath.Dir(name))
	}
	return failed(maybe.WriteFile(name, text, 0o600))
}

func importProgress(cmd *cobra.Command, args []string) error {
	log, err := openProgress(cmd)
	if err != nil {
		return err
	}
	defer log.Close()
	m, err := importFile(log, args[0])
	if err != nil {
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%d events that were not there before\n", m.New)
	for _, found := range []struct {
		n    int
		what string
	}{
		{m.Known, "events were there already"},
		{m.Foreign, "of all are of a newer fmlab: they are kept, and not read"},
		{m.Damaged, "lines are damaged: they were left out, and the file is as it was"},
	} {
		if found.n > 0 {
			fmt.Fprintf(cmd.ErrOrStderr(), "%d %s\n", found.n, found.what)
		}
	}
	return nil
}

func importFile(log *progress.Log, name string) (m progress.Merged, err error) {
	r, err := lab.OpenFile(name)
	if err != nil {
		return m, err
	}
	defer r.Close()
	switch m, err = log.Import(r); {
	case errors.Is(err, progress.ErrNoLog):
		err = fmt.Errorf("%s: %w (%d lines); nothing was changed", name, err, m.Damaged)
	case err != nil:
		err = failed(fmt.Errorf("%s: %w", name, err))
	}
	return m, err
}

// resetProgress begins anew, when the learner says so.
func resetProgress(cmd *cobra.Command, yes bool) error {
	if err := confirm(cmd, yes, "Begin anew? What was learnt is kept in a file beside."); err != nil {
		return err
	}
	aside, err := setAside(cmd, func(r progress.Report) bool { return r.Events+r.Damaged > 0 })
	if err != nil || aside == "" {
		return sayNothing(cmd, err, "nothing was learnt yet: there is nothing to reset")
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "begun anew; what was learnt before is in %s (fmlab progress import brings it back)\n", aside)
	return nil
}

// confirm asks, where there is someone to answer.
func confirm(cmd *cobra.Command, yes bool, question string) error {
	if yes {
		return nil
	}
	if !term.IsTerminal(os.Stdin) {
		return fmt.Errorf("%s asks before it does anything, and nobody is there to answer: add --yes", cmd.CommandPath())
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%s (y/N) ", question)
	answer, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if word := strings.ToLower(strings.TrimSpace(answer)); err != nil || word != "y" && word != "yes" {
		return failed(errors.New("nothing was changed"))
	}
	return nil
}

// repairProgress begins anew with the intact events of the log.
func repairProgress(cmd *cobra.Command, _ []string) error {
	aside, err := setAside(cmd, func(r progress.Report) bool { return r.Damaged > 0 || r.Torn })
	if err != nil || aside == "" {
		return sayNothing(cmd, err, "the log is sound: there is nothing to repair")
	}
	log, err := openProgress(cmd)
	if err != nil {
		return err
	}
	defer log.Close()
	m, err := importFile(log, aside)
	if err != nil && !errors.Is(err, progress.ErrNoLog) { // nothing of it could be read
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%d events kept; the log as it was is in %s\n", m.New, aside)
	return nil
}

func sayNothing(cmd *cobra.Command, err error, why string) error {
	if err == nil {
		fmt.Fprintln(cmd.ErrOrStderr(), why)
	}
	return err
}

// setAside moves the log to a name with the time, if it is one to move, and
// returns that name. Nothing is ever deleted.
func setAside(cmd *cobra.Command, wanted func(progress.Report) bool) (aside string, err error) {
	log, err := openProgress(cmd)
	if err != nil {
		return "", err
	}
	r, err := log.Check()
	log.Close()
	if err != nil {
		return "", failed(err)
	}
	if !wanted(r) {
		return "", nil
	}
	aside = filepath.Join(filepath.Dir(r.Path), "progress-"+time.Now().UTC().Format("20060102T150405.000000000Z")+".jsonl")
	return aside, failed(os.Rename(r.Path, aside))
}
