package lessons

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Report says as Markdown what came of a session that is over: how many were right,
// how well the learner knew it, and from the deck what comes back when. That of an
// exam says whether it is passed, and gives the reasons of all answers.
func (s *Session) Report(deck []Card, now time.Time) string {
	parts := []string{s.outcome()}
	if table := Calibrated(s.Calibration()); table != "" {
		parts = append(parts, table)
	}
	if back := s.back(deck, now); back != "" {
		parts = append(parts, back)
	}
	if s.Exam != nil {
		parts = append(parts, s.answers())
	}
	return strings.Join(parts, "\n\n")
}

func (s *Session) outcome() string {
	if s.Exam != nil {
		return s.passed()
	}
	right, asked := s.first()
	text := fmt.Sprintf("**%d of %d right** the first time.", right, asked)
	if more := len(s.Given) - asked; more > 0 {
		text += fmt.Sprintf(" It took %d more %s to get the rest right.", more, plural(more, "answer"))
	}
	return text
}

// passed says how the exam went, concept by concept.
func (s *Session) passed() string {
	r := s.Result()
	var b strings.Builder
	word := "not passed yet"
	if r.Passed {
		word = "ok – passed"
	}
	fmt.Fprintf(&b, "**%s: %d of %d right.** ", word, r.Right, r.Asked)
	fmt.Fprintf(&b, "It takes %.0f %% of all, and %.0f %% of each concept.\n\n| concept | right | |\n|---|---|---|\n", 100*overall, 100*s.Exam.Least)
	for _, c := range Concepts {
		p, asked := r.Concepts[c.Name]
		if !asked {
			continue
		}
		mark := "ok"
		if !enough(p, s.Exam.Least) {
			mark = "no"
		}
		fmt.Fprintf(&b, "| %s | %d of %d | %s |\n", c.Title, p.Right, p.Asked, mark)
	}
	return b.String()
}

// band is a span of time in which items come back.
type band struct {
	within time.Duration
	words  string
}

var bands = []band{
	{15 * time.Minute, "within a quarter of an hour"},
	{24 * time.Hour, "within a day"},
	{7 * 24 * time.Hour, "within a week"},
	{30 * 24 * time.Hour, "within a month"},
	{1 << 62, "later"},
}

// back says when the items of the session come back.
func (s *Session) back(deck []Card, now time.Time) string {
	counts := make([]int, len(bands))
	for _, c := range deck {
		if !slices.ContainsFunc(s.Given, func(g Given) bool { return g.Item == c.Item }) {
			continue
		}
		i := slices.IndexFunc(bands, func(b band) bool { return c.Due().Sub(now) <= b.within })
		counts[i]++
	}
	var words []string
	for i, n := range counts {
		if n > 0 {
			words = append(words, fmt.Sprintf("%d %s", n, bands[i].words))
		}
	}
	if len(words) == 0 {
		return ""
	}
	return "For review they come back: " + strings.Join(words, ", ") + "."
}

// answers are all items with their reasons, those answered wrong first.
func (s *Session) answers() string {
	var wrong, right strings.Builder
	for _, g := range s.Given {
		b, mark := &wrong, "no"
		if g.Verdict.Right {
			b, mark = &right, "ok"
		}
		fmt.Fprintf(b, "### %s: %s (%s)\n\n%s\n\n%s\n\n", mark, g.Item.Title, g.Lesson.ID, g.Question, g.Reasons(g.Answer, g.Verdict))
	}
	return "## Answers and reasons\n\n" + wrong.String() + right.String()
}
