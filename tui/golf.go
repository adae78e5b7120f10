package tui

import (
	"fmt"

	"fmlab/lessons/progress"
)

// lookAtGolf notes each hole that is played better than ever before, and says so.
func (v *lessonView) lookAtGolf(a *App, l *live) (said []string) {
	if l.taken != l.setup {
		return nil // a knob was turned since: the card would be of another round
	}
	for i := range v.body.Play.Golf {
		g := &v.body.Play.Golf[i]
		ref := progress.Ref(v.ID, g.Slug)
		round, done, words := g.Round(l.frame, l.taken)
		best, played := a.state.Golf[ref]
		if !done || played && round.NFE >= best.NFE {
			continue
		}
		round.Card = l.card()
		a.note(progress.Golf, ref, round)
		said = append(said, fmt.Sprintf("hole played: %s (%s); par %d", g.Title, words, g.Par))
	}
	return said
}

// holes is the golf of the Play page: each hole with its par, the best round so far,
// and where the present one stands.
func (v *lessonView) holes(a *App) string {
	s := ""
	for i := range v.body.Play.Golf {
		g := &v.body.Play.Golf[i]
		best, played := a.state.Golf[progress.Ref(v.ID, g.Slug)]
		mark := "○"
		if played {
			mark = "● ok"
		}
		s += fmt.Sprintf("### %s Golf: %s\n\n%s\n\n**%s**", mark, g.Title, g.Text, g.Score(best, played))
		if a.play.frame != nil {
			_, _, words := g.Round(a.play.frame, a.play.taken)
			s += "\n\n*now: " + words + "*"
		}
		s += "\n\n"
		if played && best.NFE <= g.Par {
			s += "> " + g.After + "\n\n"
		}
	}
	return s
}
