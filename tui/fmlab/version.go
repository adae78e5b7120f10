package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"fmlab/lab"
)

// version is the module's version, or the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value[:min(12, len(s.Value))]
		}
	}
	return "devel"
}

func newVersion() *cobra.Command {
	cmd := &cobra.Command{Use: "version", Short: "The version of fmlab", Example: "  fmlab version --json", Args: noArgs}
	asJSON := cmd.Flags().Bool("json", false, "print one JSON object")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *asJSON {
			return writeJSON(out(cmd), struct {
				Schema  int    `json:"schema"`
				Version string `json:"version"`
				Go      string `json:"go"`
				OS      string `json:"os"`
				Arch    string `json:"arch"`
				Kernel  string `json:"kernel"`
			}{1, version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, lab.Kernel})
		}
		_, err := fmt.Fprintf(out(cmd), "fmlab %s (%s, %s/%s, kernel %s)\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, lab.Kernel)
		return failed(err)
	}
	return cmd
}
