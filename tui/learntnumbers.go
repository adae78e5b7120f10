package tui

import (
	"fmt"
	"strings"

	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// barCells is the length of the bar of a whole.
const barCells = 10

// bar draws a part of a whole.
func bar(part, whole int) string {
	n := 0
	if whole > 0 {
		n = (barCells*part + whole/2) / whole
	}
	return strings.Repeat("█", n) + strings.Repeat("░", barCells-n)
}

// ofWhole says a part of a whole, or that there is nothing yet.
func ofWhole(part, whole int) string {
	if whole == 0 {
		return "not yet"
	}
	return fmt.Sprintf("%s %3d %%", bar(part, whole), 100*part/whole)
}

// addReview adds the items that are due, or when the first will be.
func (p *learnt) addReview(a *App, acc lessons.Account) {
	now := a.opts.Now()
	p.heading("", "Review")
	due := len(lessons.Due(acc.Deck, now))
	e := entry{text: "items due now", value: fmt.Sprintf("%d of %d", due, len(acc.Deck)), more: lessons.Waiting(acc.Deck, now) + "."}
	if due > 0 {
		e.more, e.open = "They are asked when they are about to be forgotten. enter: review", (*App).openReview
	}
	p.add(e)
}

func (p *learnt) addShares(acc lessons.Account) {
	p.heading("", "Quiz items right, by concept")
	for _, sh := range acc.Shares {
		p.add(entry{text: sh.Title, value: ofWhole(sh.Right, sh.Answered), lesson: sh.Lesson, part: lessons.PartQuiz,
			more: fmt.Sprintf("%d of %d items answered; %d right by their last answer.", sh.Answered, sh.Items, sh.Right)})
	}
}

func (p *learnt) addSureness(acc lessons.Account) {
	p.heading("", "Answers right, by how sure you were")
	for _, how := range acc.Sure {
		n := how.Right + how.Wrong
		p.add(entry{text: how.Title, value: ofWhole(how.Right, n),
			more: fmt.Sprintf("You said so of %d answers; %d were right. Who knows what they know is right far more often when sure.", n, how.Right)})
	}
}

func (p *learnt) addExams(acc lessons.Account) {
	if len(acc.Exams) == 0 {
		return
	}
	p.heading("", "Tests")
	for _, x := range acc.Exams {
		p.add(entry{mark: markOf(x.Passed), text: x.Title, value: fmt.Sprintf("%d of %d", x.Right, x.Asked),
			more: "Your best. A placement test lets you skip a phase; the criteria ask for their own evidence."})
	}
}

// addBests adds the rounds of golf and the final run.
func (p *learnt) addBests(acc lessons.Account) {
	p.heading("", "Budget golf and capstone")
	for _, h := range acc.Golf {
		e := entry{text: h.Title, value: "not yet", more: h.Score(h.Best, h.Played) + ".", lesson: h.Lesson, part: lessons.PartPlay}
		if h.Played {
			e.mark, e.value = markOf(h.Best.NFE <= h.Par), fmt.Sprintf("%d NFE, par %d", h.Best.NFE, h.Par)
		}
		p.add(e)
	}
	p.add(capstoneEntry(acc.Capstone))
}

func capstoneEntry(f *progress.Final) entry {
	e := entry{text: "capstone", value: "not yet", more: "No final run was made yet.", lesson: "3.5", part: lessons.PartPlay}
	if f != nil {
		e.mark, e.value = markOf(f.Beaten), fmt.Sprintf("%.3g", f.Distance)
		e.more = fmt.Sprintf("Energy distance² %.4g with %d NFE; perfect samplers %.4g, 95 %% of them below %.4g.", f.Distance, f.NFE, f.Floor, f.Q95)
	}
	return e
}
