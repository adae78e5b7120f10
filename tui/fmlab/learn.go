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
