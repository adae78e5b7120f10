package plain

import (
	"fmt"

	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// tellGolf says every hole of the scene, with its words or as they stand only.
func (v *lesson) tellGolf(s *session, b *bench, words bool) {
	for i := range v.body.Play.Golf {
		g := &v.body.Play.Golf[i]
		best, played := s.state.Golf[progress.Ref(v.ID, g.Slug)]
		text := fmt.Sprintf("Golf hole %d, %s: %s", i+1, g.Score(best, played), g.Title)
		if words {
			text += "\n\n" + g.Text
		}
		if b.frame != nil {
			_, _, now := g.Round(b.frame, b.taken)
			text += "; now: " + now
		}
		s.markdown(text)
	}
}

// noticeGolf notes the holes that are played better than ever before.
func (v *lesson) noticeGolf(s *session, b *bench, f *lab.Frame) {
	for i := range v.body.Play.Golf {
		v.noticeHole(s, b, f, &v.body.Play.Golf[i])
	}
}

func (v *lesson) noticeHole(s *session, b *bench, f *lab.Frame, g *lessons.Golf) {
	ref := progress.Ref(v.ID, g.Slug)
	round, done, words := g.Round(f, b.taken)
	best, played := s.state.Golf[ref]
	if !done || played && round.NFE >= best.NFE {
		return
	}
	round.Card = b.card()
	s.note(progress.Golf, ref, round)
	text := fmt.Sprintf("**Hole played: %s** (%s); %s.", g.Title, words, g.Score(round, true))
	if round.NFE <= g.Par {
		text += "\n\n" + g.After
	}
	s.markdown(text)
}
