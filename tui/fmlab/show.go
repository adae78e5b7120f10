package main

import (
	"cmp"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// shown is fmlab progress --json.
type shown struct {
	Schema      int              `json:"schema"`
	Criteria    []criterionEntry `json:"criteria"`
	Phases      []phaseEntry     `json:"phases"`
	Concepts    []conceptEntry   `json:"concepts"`
	Calibration []sureEntry      `json:"calibration"`
	Review      reviewEntry      `json:"review"`
	Exams       []examEntry      `json:"exams"`
	Golf        []golfEntry      `json:"golf"`
	Capstone    *capstoneEntry   `json:"capstone"` // null: no final run yet
}

type criterionEntry struct {
	Number   int             `json:"number"`
	Title    string          `json:"title"`
	Met      bool            `json:"met"`
	Evidence []evidenceEntry `json:"evidence"`
}

type evidenceEntry struct {
	Title  string       `json:"title"`
	Got    string       `json:"got"`
	Wanted string       `json:"wanted"`
	Met    bool         `json:"met"`
	Lesson string       `json:"lesson"` // where it is earned
	Part   lessons.Part `json:"part"`
}

// conceptEntry counts every answer in right and wrong, and every item once, by its
// last answer, in the rest.
type conceptEntry struct {
	Name     string `json:"name"`
	Title    string `json:"title"`
	Right    int    `json:"right"`
	Wrong    int    `json:"wrong"`
	Items    int    `json:"items"`
	Answered int    `json:"items_answered"`
	Last     int    `json:"items_right"`
}

type sureEntry struct {
	Sure  string `json:"sure"`
	Right int    `json:"right"`
	Wrong int    `json:"wrong"`
}

// reviewEntry counts the quiz items that were answered, and those due now.
type reviewEntry struct {
	Items int        `json:"items"`
	Due   int        `json:"due"`
	Next  *time.Time `json:"next"` // when the first is due; null: there are none
}

type examEntry struct {
	Exam   string `json:"exam"` // a phase, or lesson/slug
	Title  string `json:"title"`
	Right  int    `json:"right"`
	Asked  int    `json:"asked"`
	Passed bool   `json:"passed"`
}

type golfEntry struct {
	Hole  string  `json:"hole"`
	Title string  `json:"title"`
	Par   int     `json:"par"`
	NFE   *int    `json:"nfe"` // of the best round; null: not played yet
	Value *number `json:"value"`
	Card  string  `json:"card,omitempty"`
}

type capstoneEntry struct {
	Card     string `json:"card"`
	Distance number `json:"energy_distance2"`
	Floor    number `json:"energy_distance2_floor"`
	Q95      number `json:"energy_distance2_floor_q95"`
	NFE      int    `json:"nfe"`
	Beaten   bool   `json:"beaten"`
}

func showProgress(cmd *cobra.Command, asJSON bool) error {
	log, err := openProgress(cmd)
	if err != nil {
		return err
	}
	defer log.Close()
	state := log.State()
	phases, err := curriculumWithProgress(state)
	if err != nil {
		return err
	}
	c, err := lessons.Load()
	if err != nil {
		return coded{err, exitInternal}
	}
	a, err := c.Account(state)
	if err != nil {
		return coded{err, exitInternal}
	}
	if !asJSON {
		return printProgress(cmd, phases, a)
	}
	s := shownOf(a)
	s.Phases = phases
	for i := range s.Concepts {
		score := state.Concepts[s.Concepts[i].Name]
		s.Concepts[i].Right, s.Concepts[i].Wrong = score.Right, score.Wrong
	}
	return writeJSON(out(cmd), s)
}

func shownOf(a lessons.Account) shown {
	s := shown{Schema: 1, Golf: []golfEntry{}, Exams: []examEntry{}}
	for i, cr := range a.Criteria {
		entry := criterionEntry{Number: i + 1, Title: cr.Title, Met: cr.Met()}
		for _, e := range cr.Evidence {
			entry.Evidence = append(entry.Evidence, evidenceEntry(e))
		}
		s.Criteria = append(s.Criteria, entry)
	}
	for _, sh := range a.Shares {
		s.Concepts = append(s.Concepts, conceptEntry{Name: sh.Name, Title: sh.Title, Items: sh.Items, Answered: sh.Answered, Last: sh.Right})
	}
	for _, how := range a.Sure {
		s.Calibration = append(s.Calibration, sureEntry{how.Name, how.Right, how.Wrong})
	}
	if s.Review = (reviewEntry{Items: len(a.Deck), Due: len(lessons.Due(a.Deck, time.Now()))}); len(a.Deck) > 0 {
		next := a.Deck[0].Due().UTC()
		s.Review.Next = &next
	}
	for _, x := range a.Exams {
		s.Exams = append(s.Exams, examEntry{x.Ref, x.Title, x.Right, x.Asked, x.Passed})
	}
	for _, h := range a.Golf {
		entry := golfEntry{Hole: progress.Ref(h.Lesson, h.Slug), Title: h.Title, Par: h.Par}
		if value := number(h.Best.Value); h.Played {
			entry.NFE, entry.Value, entry.Card = &h.Best.NFE, &value, h.Best.Card
		}
		s.Golf = append(s.Golf, entry)
	}
	if f := a.Capstone; f != nil {
		s.Capstone = &capstoneEntry{f.Card, number(f.Distance), number(f.Floor), number(f.Q95), f.NFE, f.Beaten}
	}
	return s
}

// mark says in a word whether something is met.
func mark(met bool) string {
	if met {
		return "ok"
	}
	return "--"
}

func printProgress(cmd *cobra.Command, phases []phaseEntry, a lessons.Account) error {
	w := tabwriter.NewWriter(out(cmd), 0, 4, 2, ' ', 0)
	for i, cr := range a.Criteria {
		fmt.Fprintf(w, "%s %d %s\n", mark(cr.Met()), i+1, cr.Title)
		for _, e := range cr.Evidence {
			fmt.Fprintf(w, "  %s\t%s\t%s\twanted: %s\n", mark(e.Met), e.Title, e.Got, e.Wanted)
		}
	}
	if err := w.Flush(); err != nil {
		return failed(err)
	}
	fmt.Fprintln(out(cmd))
	if err := printLessons(cmd, phases); err != nil {
		return err
	}
	return failed(printNumbers(out(cmd), a))
}

// printNumbers prints what is counted: nothing of what was not begun.
func printNumbers(to io.Writer, a lessons.Account) error {
	w := tabwriter.NewWriter(to, 0, 4, 2, ' ', 0)
	heading := func(text string) { fmt.Fprintln(w, "\n"+text) }
	heading("quiz items by concept\tright by the last answer\tanswered\tof")
	for _, sh := range a.Shares {
		fmt.Fprintf(w, "  %s\t%d\t%d\t%d\n", sh.Title, sh.Right, sh.Answered, sh.Items)
	}
	heading("when you said\tright\twrong")
	for _, how := range a.Sure {
		fmt.Fprintf(w, "  %s\t%d\t%d\n", how.Title, how.Right, how.Wrong)
	}
	heading("review")
	fmt.Fprintf(w, "  %s\n", cmp.Or(lessons.Waiting(a.Deck, time.Now()), fmt.Sprintf("%d of %d items are due: fmlab review", len(lessons.Due(a.Deck, time.Now())), len(a.Deck))))
	for i, x := range a.Exams {
		if i == 0 {
			heading("tests\tright\tof")
		}
		fmt.Fprintf(w, "  %s\t%d\t%d\t%s\n", x.Title, x.Right, x.Asked, mark(x.Passed))
	}
	heading("budget golf")
	for _, h := range a.Golf {
		fmt.Fprintf(w, "  %s %s\t%s\n", h.Lesson, h.Title, h.Score(h.Best, h.Played))
	}
	if f := a.Capstone; f != nil {
		heading("capstone")
		fmt.Fprintf(w, "  energy distance² %.4g with %d NFE, perfect samplers %.4g\t%s\n", f.Distance, f.NFE, f.Floor, mark(f.Beaten))
	}
	return w.Flush()
}
