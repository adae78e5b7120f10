package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// entry is a lesson in fmlab lessons --json.
type entry struct {
	ID        string         `json:"id"`
	Title     string         `json:"title"`
	Minutes   int            `json:"minutes"`
	Concepts  []string       `json:"concepts"`
	Parts     []lessons.Part `json:"parts"`
	QuizItems int            `json:"quiz_items"`
	Ready     bool           `json:"ready"`
	Done      bool           `json:"done"`
	Percent   int            `json:"percent"`
}

type phaseEntry struct {
	ID      int     `json:"id"`
	Title   string  `json:"title"`
	Lessons []entry `json:"lessons"`
}

// openProgress opens the log of this user; what is wrong with it is said.
func openProgress(cmd *cobra.Command) (*progress.Log, error) {
	log, err := progress.Open(progress.Dir())
	if err != nil {
		return nil, failed(err)
	}
	if w := log.Warning(); w != "" {
		fmt.Fprintln(cmd.ErrOrStderr(), "fmlab: "+w)
	}
	return log, nil
}

func curriculumWithProgress(state *progress.State) ([]phaseEntry, error) {
	c, err := lessons.Load()
	if err != nil {
		return nil, coded{err, exitInternal}
	}
	var phases []phaseEntry
	for _, ph := range c.Phases {
		p := phaseEntry{ID: ph.ID, Title: ph.Title, Lessons: []entry{}}
		for _, l := range ph.Lessons {
			e, err := entryOf(l, state)
			if err != nil {
				return nil, err
			}
			p.Lessons = append(p.Lessons, e)
		}
		phases = append(phases, p)
	}
	return phases, nil
}

func entryOf(l *lessons.Lesson, state *progress.State) (entry, error) {
	e := entry{ID: l.ID, Title: l.Title, Minutes: l.Minutes, Concepts: l.Concepts, Parts: []lessons.Part{}, Ready: l.Ready}
	body, err := l.Body()
	if err != nil {
		return e, err
	}
	states, err := l.States(state)
	if err != nil {
		return e, err
	}
	done, total := 0, 0
	for _, s := range states {
		if s.Total > 0 {
			e.Parts = append(e.Parts, s.Part)
		}
		done, total = done+s.Done, total+s.Total
	}
	if total > 0 {
		e.Percent = 100 * done / total
	}
	e.QuizItems, e.Done = len(body.Quiz), lessons.Done(states)
	return e, nil
}

func newLessons() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "lessons",
		Short:   "The curriculum, with progress",
		Example: `  fmlab lessons --json`,
		Args:    noArgs,
	}
	asJSON := cmd.Flags().Bool("json", false, "print one JSON object")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		log, err := openProgress(cmd)
		if err != nil {
			return err
		}
		defer log.Close()
		phases, err := curriculumWithProgress(log.State())
		if err != nil {
			return err
		}
		if *asJSON {
			return writeJSON(out(cmd), struct {
				Schema int          `json:"schema"`
				Phases []phaseEntry `json:"phases"`
			}{1, phases})
		}
		return printLessons(cmd, phases)
	}
	return cmd
}

func printLessons(cmd *cobra.Command, phases []phaseEntry) error {
	w := tabwriter.NewWriter(out(cmd), 0, 4, 2, ' ', 0)
	for _, ph := range phases {
		fmt.Fprintf(w, "%d\t%s\t\t\n", ph.ID, ph.Title)
		for _, l := range ph.Lessons {
			state, minutes := "comes later", "open"
			if l.Ready {
				state = fmt.Sprintf("%d %%", l.Percent)
			}
			if l.Minutes > 0 {
				minutes = fmt.Sprintf("%d min", l.Minutes)
			}
			fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", l.ID, l.Title, minutes, state)
		}
	}
	return failed(w.Flush())
}

func newProgress() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "progress",
		Short:   "What was learnt: show, check, repair, export, import, reset",
		Example: "  fmlab progress\n  fmlab progress export backup.jsonl",
		Args:    noArgs,
	}
	asJSON := cmd.PersistentFlags().Bool("json", false, "print one JSON object")
	show := func(cmd *cobra.Command, _ []string) error { return showProgress(cmd, *asJSON) }
	cmd.RunE = show
	cmd.AddCommand(
		&cobra.Command{Use: "show", Short: "What was learnt, by lesson and concept", Args: noArgs, RunE: show},
		&cobra.Command{Use: "check", Short: "Whether the log is sound", Args: noArgs,
			RunE: func(cmd *cobra.Command, _ []string) error { return checkProgress(cmd, *asJSON) }},
		&cobra.Command{Use: "repair", Short: "Leave damaged lines out; the log as it was is kept beside", Args: noArgs, RunE: repairProgress},
		&cobra.Command{Use: "export FILE", Short: "Write all events to a file (- is stdout)", Args: oneFile, RunE: exportProgress},
		&cobra.Command{Use: "import FILE", Short: "Merge the events of a file; nothing is overwritten", Args: oneFile, RunE: importProgress},
		&cobra.Command{Use: "reset", Short: "Begin anew; the old log is kept beside", Args: noArgs, RunE: resetProgress},
	)
	return cmd
}

func oneFile(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("%s takes one file, got %d arguments", cmd.CommandPath(), len(args))
	}
	return nil
}

func showProgress(cmd *cobra.Command, asJSON bool) error {
	log, err := openProgress(cmd)
	if err != nil {
		return err
	}
	defer log.Close()
	phases, err := curriculumWithProgress(log.State())
	if err != nil {
		return err
	}
	type concept struct {
		Name  string `json:"name"`
		Title string `json:"title"`
		Right int    `json:"right"`
		Wrong int    `json:"wrong"`
	}
	var concepts []concept
	for _, c := range lessons.Concepts {
		s := log.State().Concepts[c.Name]
		concepts = append(concepts, concept{c.Name, c.Title, s.Right, s.Wrong})
	}
	if asJSON {
		return writeJSON(out(cmd), struct {
			Schema   int          `json:"schema"`
			Phases   []phaseEntry `json:"phases"`
			Concepts []concept    `json:"concepts"`
		}{1, phases, concepts})
	}
	if err := printLessons(cmd, phases); err != nil {
		return err
	}
	w := tabwriter.NewWriter(out(cmd), 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "\nanswers by concept\tright\twrong")
	for _, c := range concepts {
		if c.Right+c.Wrong > 0 {
			fmt.Fprintf(w, "  %s\t%d\t%d\n", c.Title, c.Right, c.Wrong)
		}
	}
	return failed(w.Flush())
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
