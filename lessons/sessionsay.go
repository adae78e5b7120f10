package lessons

import (
	"fmt"
	"strings"

	"fmlab/lessons/progress"
)

// SureWords are the words for how sure one is, the least first.
var SureWords = []struct{ Sure, Words string }{
	{Guess, "a guess"},
	{Think, "think so"},
	{Sure, "sure"},
}

// Head says which question this is, as a heading.
func (s *Session) Head() string {
	q := s.Now()
	if q.Again {
		return fmt.Sprintf("## Once more (%s)", toCome(s.Left()))
	}
	return fmt.Sprintf("## Question %d of %d", s.items-s.fresh()+1, s.items)
}

// fresh is how many are still to be asked for the first time.
func (s *Session) fresh() int {
	n := 0
	for _, q := range s.queue {
		if !q.Again {
			n++
		}
	}
	return n
}

func toCome(n int) string {
	if n == 1 {
		return "the last one"
	}
	return fmt.Sprintf("%d left", n)
}

// first counts the answers that were right when an item was asked for the first
// time.
func (s *Session) first() (right, asked int) {
	for _, g := range s.Given {
		if !g.Again {
			asked++
			if g.Verdict.Right {
				right++
			}
		}
	}
	return right, asked
}

// Calibration is the answers of the session by how sure the learner was.
func (s *Session) Calibration() map[string]progress.Score {
	by := map[string]progress.Score{}
	for _, g := range s.Given {
		score := by[g.Sure]
		if g.Verdict.Right {
			score.Right++
		} else {
			score.Wrong++
		}
		by[g.Sure] = score
	}
	return by
}

// Calibrated says as a Markdown table how often answers were right, by how sure
// the learner was; and in a sentence what to make of it. It is "" when nothing is
// known.
func Calibrated(by map[string]progress.Score) string {
	var b strings.Builder
	for _, w := range SureWords {
		score := by[w.Sure]
		if n := score.Right + score.Wrong; n > 0 {
			fmt.Fprintf(&b, "| %s | %d of %d | %.0f %% |\n", w.Words, score.Right, n, 100*score.Share())
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return strings.TrimSpace("| you said | right | share |\n|---|---|---|\n" + b.String() + "\n" + advice(by))
}

// few is the number of answers below which their share says little.
const few = 4

// advice is about the clearest miscalibration.
func advice(by map[string]progress.Score) string {
	sure, guess, all := by[Sure], by[Guess], 0
	for _, score := range by {
		all += score.Right + score.Wrong
	}
	switch {
	case all < few:
		return ""
	case sure.Wrong > 0 && sure.Right+sure.Wrong < few:
		return "One who is sure should be right nearly always: look at what you were sure of and missed."
	case sure.Right+sure.Wrong >= few && sure.Share() < 0.9:
		return "You were sure more often than you were right: a second look before saying *sure* pays."
	case guess.Right+guess.Wrong >= few && guess.Share() > 0.8:
		return "Your guesses are better than you think: you know more than you give yourself."
	}
	return "What you said and what was right go together so far."
}

func plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}
