package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"fmlab/lab"
	"fmlab/lessons/progress"
)

func exportProgress(cmd *cobra.Command, args []string) (err error) {
	log, err := openProgress(cmd)
	if err != nil {
		return err
	}
	defer log.Close()
	w := out(cmd)
	if args[0] != "-" {
		f, missing := os.OpenFile(args[0], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if missing != nil {
			return missing
		}
		defer func() { err = errors.Join(err, failed(f.Close())) }()
		w = f
	}
	n, err := log.Export(w)
	if err != nil {
		return failed(err)
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%d events written\n", n)
	return nil
}

func importProgress(cmd *cobra.Command, args []string) error {
	log, err := openProgress(cmd)
	if err != nil {
		return err
	}
	defer log.Close()
	n, err := importFile(log, args[0])
	if err != nil {
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%d events that were not there before\n", n)
	return nil
}

func importFile(log *progress.Log, name string) (events int, err error) {
	r, err := lab.OpenFile(name)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	if events, err = log.Import(r); err != nil {
		return 0, failed(fmt.Errorf("%s: %w", name, err))
	}
	return events, nil
}

// resetProgress begins anew.
func resetProgress(cmd *cobra.Command, _ []string) error {
	aside, err := setAside(cmd, func(r progress.Report) bool { return r.Events+r.Damaged > 0 })
	if err != nil || aside == "" {
		return sayNothing(cmd, err, "nothing was learnt yet: there is nothing to reset")
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "begun anew; what was learnt before is in %s (fmlab progress import brings it back)\n", aside)
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
	n, err := importFile(log, aside)
	if err != nil {
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%d events kept; the log as it was is in %s\n", n, aside)
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
