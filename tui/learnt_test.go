package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// toEntry moves the cursor of the progress screen to a row.
func (l *learner) toEntry(text string) {
	l.t.Helper()
	p := l.top().(*learnt)
	p.cursor = 1
	for range p.rows {
		if p.rows[p.cursor].text == text {
			return
		}
		l.press("down")
	}
	l.t.Fatalf("got no row %q, want one:\n%s", text, l.screen())
}

// TestProgressLeadsOn: every row of the progress screen that names a place leads to
// it, and none is a dead end.
func TestProgressLeadsOn(t *testing.T) {
	l := begin(t, "", quick())
	l.press("p")
	rows := l.top().(*learnt).rows
	for i, e := range rows {
		if e.head || e.lesson == "" {
			continue
		}
		p := l.top().(*learnt)
		p.cursor = i
		l.press("enter")
		le, err := l.opts.Curriculum.Find(e.lesson)
		if err != nil {
			t.Fatalf("%s: %v", e.text, err)
		}
		if le.Ready && (l.at != screenLesson || l.lesson.ID != e.lesson || tabs[l.lesson.tab].part != e.part) {
			t.Fatalf("%s: want %s %s, got\n%s", e.text, e.lesson, e.part, l.screen())
		}
		if !le.Ready {
			l.sees("comes later")
		}
		for l.at != screenMap {
			l.press("esc")
		}
		l.hush()
		l.press("p")
	}
}

// TestProgressShowsWhatWasDone: marks in words, shares, calibration, golf and the
// capstone, as the log has them.
func TestProgressShowsWhatWasDone(t *testing.T) {
	l := begin(t, "", quick())
	c, err := l.opts.Curriculum.Find("2.5")
	if err != nil {
		t.Fatal(err)
	}
	body, err := c.Body()
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range body.Play.Goals {
		l.note(progress.GoalMet, progress.Ref("2.5", g.Slug), nil)
	}
	for i, it := range body.Quiz[:4] {
		l.note(progress.Answered, progress.Ref("2.5", it.Slug), progress.Answer{Concept: it.Concept, Right: i > 0, Sure: "sure"})
	}
	l.note(progress.Golf, "2.5/golf-moons", progress.Round{NFE: 12, Value: 0.01})
	l.note(progress.Capstone, "3.5", progress.Final{Distance: 0.0123, Floor: 0.01, Q95: 0.02, NFE: 16, Beaten: true})
	l.note(progress.Placed, "1", progress.Exam{Right: 9, Asked: 10, Passed: true})
	l.press("p")
	l.resize(80, 24)
	for row, want := range map[string]string{
		"goals of 2.5": "3 of 3", "Solvers": "75 %", "Moons under four hundredths": "12 NFE", "capstone": "0.0123", "sure": "75 %", "placement test, phase 1": "9 of 10",
	} {
		l.toEntry(row)
		l.sees(want)
	}
	l.toEntry("goals of 2.5")
	if got := strings.Join(strings.Fields(l.screen()), " "); !strings.Contains(got, "▸ ok goals of 2.5") || !strings.Contains(got, "enter: 2.5 Play") {
		t.Errorf("want the goals met, in words, and where they are earned, got\n%s", l.screen())
	}
	l.opts.Now = func() time.Time { return time.Now().AddDate(1, 0, 0) }
	l.press("esc", "p")
	l.toEntry("items due now")
	l.sees("4 of 4")
	l.press("enter")
	if l.where() == inProgress || l.where() == onMap {
		t.Errorf("want the review begun, got\n%s", l.screen())
	}
	l.press("esc")
	if l.top() != nil || l.where() != onMap {
		t.Error("esc does not lead back to the map")
	}
}

func TestBar(t *testing.T) {
	for _, c := range []struct{ part, whole, full int }{{0, 0, 0}, {0, 3, 0}, {3, 3, 10}, {1, 2, 5}, {999, 1000, 10}} {
		if got := strings.Count(bar(c.part, c.whole), "█"); got != c.full || len([]rune(bar(c.part, c.whole))) != barCells {
			t.Errorf("%d of %d: got %d full cells of %q, want %d", c.part, c.whole, got, bar(c.part, c.whole), c.full)
		}
	}
	if got := firstOpen([]lessons.PartState{{Part: lessons.PartRead, Done: 1, Total: 1}, {Part: lessons.PartDo}, {Part: lessons.PartQuiz, Total: 2}}); got != lessons.PartQuiz {
		t.Errorf("got %s, want the quiz, which is open", got)
	}
}

// TestReportFromTheScreen: w asks for a name, refuses one that cannot be, writes the
// report, and esc stops it.
func TestReportFromTheScreen(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	l := begin(t, "", quick())
	l.press("p", "w")
	l.sees("fmlab-report-", ".html", "one page that needs no other")
	clear := func() {
		for range 60 {
			l.press("backspace")
		}
	}
	clear()
	l.write("report.pdf")
	l.press("enter")
	l.sees("no: ", ".html or .md")
	clear()
	l.write("~/mine.html")
	l.press("enter")
	l.sees("esc stops it")
	l.press("esc")
	l.sees("stopped; nothing was written")
	l.settle()
	if _, err := os.Stat(filepath.Join(home, "mine.html")); err == nil {
		t.Error("stopped: there is a report")
	}
	l.press("enter")
	l.settle()
	l.sees("written: ", "mine.html", "What you have learnt")
	text, err := os.ReadFile(filepath.Join(home, "mine.html"))
	if err != nil || !strings.Contains(string(text), "0 of 5 criteria met") {
		t.Errorf("got %.80q (%v), want a report", text, err)
	}
	l.press("w")
	clear()
	l.write("~/mine.html")
	l.press("enter")
	l.sees("no: ", "stays as it is")
	l.press("esc", "esc")
	if l.where() != onMap {
		t.Error("esc and esc do not lead back to the map")
	}
}
