package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func newProgress() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "progress",
		Short:   "What was learnt: show, check, repair, export, import, report, reset",
		Example: "  fmlab progress\n  fmlab progress export backup.jsonl\n  fmlab progress report report.html",
		Args:    noArgs,
	}
	asJSON := cmd.Flags().Bool("json", false, "print one JSON object")
	show := func(cmd *cobra.Command, _ []string) error { return showProgress(cmd, *asJSON) }
	cmd.RunE = show
	read := []*cobra.Command{ // what there is to read, as JSON too
		{Use: "show", Short: "What was learnt, by criterion, lesson and concept", Args: noArgs, RunE: show},
		{Use: "check", Short: "Whether the log is sound", Args: noArgs,
			RunE: func(cmd *cobra.Command, _ []string) error { return checkProgress(cmd, *asJSON) }},
	}
	for _, c := range read {
		c.Flags().AddFlag(cmd.Flags().Lookup("json"))
	}
	cmd.AddCommand(read...)
	cmd.AddCommand(
		&cobra.Command{Use: "repair", Short: "Leave damaged lines out; the log as it was is kept beside", Args: noArgs, RunE: repairProgress},
		&cobra.Command{Use: "export FILE", Short: "Write all events to a file (- is stdout)", Args: oneFile, RunE: exportProgress},
		&cobra.Command{Use: "import FILE", Short: "Merge the events of a file (- is stdin); nothing is overwritten", Args: oneFile, RunE: importProgress},
		newReport(), newReset(),
	)
	return cmd
}

func newReset() *cobra.Command {
	cmd := &cobra.Command{Use: "reset", Short: "Begin anew, after asking; the old log is kept beside", Args: noArgs}
	yes := cmd.Flags().Bool("yes", false, "do not ask")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return resetProgress(cmd, *yes) }
	return cmd
}

func oneFile(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("%s takes one file, got %d arguments", cmd.CommandPath(), len(args))
	}
	return nil
}

func checkProgress(cmd *cobra.Command, asJSON bool) error {
	log, err := openProgress(cmd)
	if err != nil {
		return err
	}
	defer log.Close()
	r, err := log.Check()
	if err != nil {
		return failed(err)
	}
	if asJSON {
		err = writeJSON(out(cmd), struct {
			Schema   int    `json:"schema"`
			Path     string `json:"path"`
			Events   int    `json:"events"`
			Foreign  int    `json:"foreign"`
			Repeated int    `json:"repeated"`
			Damaged  int    `json:"damaged"`
			Torn     bool   `json:"torn"`
			Sound    bool   `json:"sound"`
		}{1, r.Path, r.Events, r.Foreign, r.Repeated, r.Damaged, r.Torn, r.Damaged == 0})
	} else {
		_, err = fmt.Fprintf(out(cmd), "%s\n%d events, %d of them of a newer fmlab, %d repeated, %d damaged lines\n", r.Path, r.Events, r.Foreign, r.Repeated, r.Damaged)
	}
	if err == nil && r.Damaged > 0 {
		return failed(fmt.Errorf("%d lines of %s are damaged; they are skipped and stay in the file", r.Damaged, r.Path))
	}
	return failed(err)
}
