package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lessons"
)

// learnt is the progress screen: the five criteria with their evidence, how far each
// lesson is, and what was counted on the way. Enter on a row goes to where it is
// earned.
type learnt struct {
	rows    []entry
	numbers int // the first row of what is counted, which stands beside the rest on a wide screen
	cursor  int
	met     int // criteria
}

// entry is a row of the progress screen.
type entry struct {
	head   bool
	mark   string // ok, --, or nothing
	text   string
	value  string // at the right
	more   string // said of the row under the cursor
	lesson string // where enter goes, "" for nowhere
	part   lessons.Part
	open   func(*App) tea.Cmd // what enter does instead; nil for nothing else
}

// Marks are words, so that no colour is needed.
const (
	markMet  = "ok"
	markOpen = "--"
)

func markOf(met bool) string {
	if met {
		return markMet
	}
	return markOpen
}

func (a *App) openProgress() tea.Cmd {
	acc, err := a.opts.Curriculum.Account(a.state)
	if err != nil {
		return a.say(err.Error(), true)
	}
	p := &learnt{}
	p.addCriteria(acc)
	p.addLessons(a, acc)
	p.numbers = len(p.rows)
	p.addReview(a, acc)
	p.addShares(acc)
	p.addSureness(acc)
	p.addExams(acc)
	p.addBests(acc)
	p.move(+1) // the first row is a heading
	return a.lay(p)
}

func (p *learnt) add(e entry) { p.rows = append(p.rows, e) }

// heading begins a group, set apart from the one before.
func (p *learnt) heading(mark, text string) {
	if n := len(p.rows); n > 0 && n != p.numbers {
		p.add(entry{head: true})
	}
	p.add(entry{head: true, mark: mark, text: text})
}

func (p *learnt) addCriteria(acc lessons.Account) {
	for i, cr := range acc.Criteria {
		p.heading(markOf(cr.Met()), fmt.Sprintf("%d  %s", i+1, cr.Title))
		if cr.Met() {
			p.met++
		}
		for _, e := range cr.Evidence {
			p.add(entry{mark: markOf(e.Met), text: e.Title, value: brief(e.Got), more: e.Got + ". Wanted: " + e.Wanted + ".", lesson: e.Lesson, part: e.Part})
		}
	}
}

// brief is what stands before the first word of a longer statement that says how it
// was counted.
func brief(got string) string {
	for _, from := range []string{" items", ", ", " on "} {
		got, _, _ = strings.Cut(got, from)
	}
	return got
}

func (p *learnt) addLessons(a *App, acc lessons.Account) {
	phase := 0
	for _, l := range acc.Lessons {
		if l.Phase != phase {
			phase = l.Phase
			p.heading("", fmt.Sprintf("Phase %d: %s", phase, a.opts.Curriculum.Phases[phase-1].Title))
			p.rows[len(p.rows)-1].value = fmt.Sprintf("%d %%", phasePercent(acc, phase))
		}
		e := entry{text: l.ID + "  " + l.Title, lesson: l.ID, part: firstOpen(l.Parts), more: partsSaid(l.Parts)}
		if e.value = fmt.Sprintf("%s %3d %%", dots(l.Parts), l.Percent()); !l.Ready {
			e.value, e.more = "later", "It stands on the map, and comes later."
		}
		if l.Ready {
			e.mark = markOf(lessons.Done(l.Parts))
		}
		p.add(e)
	}
}

// phasePercent is how much of a phase is done.
func phasePercent(acc lessons.Account, phase int) int {
	var all []lessons.PartState
	for _, l := range acc.Lessons {
		if l.Phase == phase {
			all = append(all, l.Parts...)
		}
	}
	return share(all)
}

// firstOpen is the part to go on with.
func firstOpen(parts []lessons.PartState) lessons.Part {
	for _, s := range parts {
		if s.Total > 0 && !s.Complete() {
			return s.Part
		}
	}
	return lessons.PartRead
}

// partsSaid says in words how far each part is.
func partsSaid(parts []lessons.PartState) string {
	var all []string
	for i, s := range parts {
		if s.Total > 0 {
			all = append(all, fmt.Sprintf("%s %d of %d", tabs[i].name, s.Done, s.Total))
		}
	}
	return strings.Join(all, ", ") + "."
}

func (p *learnt) where() where { return inProgress }
func (p *learnt) back() bool   { return false }

// move moves the cursor to the next row that is no heading, over as many as are asked.
func (p *learnt) move(by int) {
	step := 1
	if by < 0 {
		step = -1
	}
	for to := p.cursor + step; to >= 0 && to < len(p.rows) && by != 0; to += step {
		if !p.rows[to].head {
			p.cursor = to
			by -= step
		}
	}
}

// take goes to where the row under the cursor is earned.
func (p *learnt) take(a *App) tea.Cmd {
	e := p.rows[p.cursor]
	a.over = nil
	if e.open != nil {
		return e.open(a)
	}
	cmd := a.enterLesson(e.lesson)
	for i, t := range tabs {
		if t.part == e.part && a.at == screenLesson && a.lesson.ID == e.lesson {
			return goTab(i)(a)
		}
	}
	return cmd
}

func (a *App) whyNoTake() string {
	p, ok := a.top().(*learnt)
	leads := ok && (p.rows[p.cursor].lesson != "" || p.rows[p.cursor].open != nil)
	return unless(leads, "this row is earned in many places")
}
