package tui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// deed is something to do that is neither derived nor programmed.
type deed struct {
	name, title string
	words       func(*App) string // what it is, and how it stands: Markdown
	do          func(*App) tea.Cmd
	done        func(*progress.State) bool // nil: it may be done again and again
}

// closing are the deeds that close the course. It is filled by init, since what
// they do leads back to it.
var closing []deed

func init() {
	closing = []deed{
		{"the final assessment", "Final assessment", assessmentWords, openAssessment, assessed},
		{"your report", "Your report", reportWords, (*App).openReport, nil},
	}
}

func openAssessment(a *App) tea.Cmd { return a.openExam(lessons.Final()) }

func assessed(s *progress.State) bool { return s.Assessed[lessons.FinalRef].Passed }

func beaten(s *progress.State) bool {
	for _, run := range s.Capstone {
		if run.Beaten {
			return true
		}
	}
	return false
}

func assessmentWords(a *App) string {
	s := "Two items of every concept, made anew. Four in five have to be right, and at least one of each concept; reasons come at the end. *enter begins.*\n\n"
	x, taken := a.state.Assessed[lessons.FinalRef]
	switch {
	case !taken:
		return s + "Not taken yet."
	case x.Passed:
		return s + fmt.Sprintf("**Passed**, with %d of %d right. You may take it again: the best one counts.", x.Right, x.Asked)
	}
	return s + fmt.Sprintf("Not passed yet: %d of %d were right. The map says what is due for review (`r`); come back after that.", x.Right, x.Asked)
}

func reportWords(a *App) string {
	s := "What you have learnt, with its evidence, your final run with its figure, and figures of the lessons, computed from your settings: a page to keep or to hand in. A name that ends in .md makes Markdown, to write your own sentences into. *enter, or w.*\n\n"
	if !beaten(a.state) {
		return s + "There is no final run yet: the second goal of Play makes one. The report may be written before, and again after."
	}
	run := a.state.Capstone[a.lesson.ID]
	return s + fmt.Sprintf("Final run: energy distance² %.3g, floor %.3g to %.3g, %d NFE. Its card:\n\n`%s`", run.Distance, run.Floor, run.Q95, run.NFE, run.Card)
}

// whyNoReport: it belongs to the end of the course, and to what was learnt.
func (a *App) whyNoReport() string {
	_, learnt := a.top().(*learnt)
	return unless(learnt || a.lesson != nil && a.lesson.body.Closing, "the report is written in lesson 3.5, and from the map: p, then w")
}
