package plain

import (
	"fmt"
	"strings"

	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// predict asks a question to commit to before the lab runs.
func (v *lesson) predict(i int) place {
	return func(s *session) menu {
		q := &v.body.Predicts[i]
		v.at(s, lessons.PartPredict, q.Slug)
		s.markdown(fmt.Sprintf("## Predict %d of %d: %s\n\n%s", i+1, len(v.body.Predicts), q.Title, q.Question))
		m := menu{name: fmt.Sprintf("%s predict, which", v.ID)}
		for k, o := range q.Options {
			m.list = append(m.list, choice{o.Text, func() place { return v.commit(i, k) }})
		}
		m.words = append([]word{short("next n", "on without an answer", to(v.afterPrediction(i)))}, v.words()...)
		return m
	}
}

func (v *lesson) afterPrediction(i int) place {
	if i+1 < len(v.body.Predicts) {
		return v.predict(i + 1)
	}
	return v.after(lessons.PartPredict)
}

// commit measures who is right and says so.
func (v *lesson) commit(i, picked int) place {
	return func(s *session) menu {
		q := &v.body.Predicts[i]
		s.line(fmt.Sprintf("You say: %s. The lab is measuring ...", s.flat(q.Options[picked].Text)))
		m := menu{name: fmt.Sprintf("%s predict", v.ID), enter: "next", again: v.predict(i)}
		m.words = append([]word{short("next n", "goes on", to(v.afterPrediction(i)))}, v.words()...)
		right, shown, ok := s.measure(q, picked)
		if !ok {
			s.line("Nothing was measured, so nothing is judged. again asks once more.")
			m.enter = "again"
			return m
		}
		s.note(progress.Prediction, progress.Ref(v.ID, q.Slug), progress.Guess{Option: q.Options[picked].Text, Right: right == picked})
		for k, o := range q.Options {
			if shown[k] != "" {
				s.line(fmt.Sprintf("%d. %s: measured %s.", k+1, s.flat(o.Text), shown[k]))
			}
		}
		s.markdown(verdict(q, right, picked) + "\n\n" + q.After)
		return m
	}
}

func verdict(q *lessons.Predict, right, picked int) string {
	switch {
	case right < 0:
		return "**Too close to call in this run.**"
	case right == picked:
		return "**ok - as you predicted.**"
	}
	return fmt.Sprintf("**no - it was: %s.**", q.Options[right].Text)
}

// measure runs what the question asks for: every option, or the one run that judges
// them all. right is the option that came out right, -1 for too close to call.
func (s *session) measure(q *lessons.Predict, picked int) (right int, shown []string, ok bool) {
	shown = make([]string, len(q.Options))
	if q.Pick == "" {
		b, ok := s.trial(q, q.Run)
		if !ok {
			return -1, nil, false
		}
		_, shown[picked] = q.Options[picked].When.Holds(b.frame, b.taken.Get)
		return q.Judge(b.frame, b.taken.Get), shown, true
	}
	values := make([]float64, len(q.Options))
	for i, o := range q.Options {
		b, ok := s.trial(q, o.Set)
		if !ok {
			return -1, nil, false
		}
		st, _ := b.frame.Stat(q.Stat)
		values[i], shown[i] = st.Value, st.Title+" "+lab.Num(st.Value)
	}
	return q.Best(values), shown, true
}

// trial runs the scene of a question until what it asks for is measured.
func (s *session) trial(q *lessons.Predict, turns []lessons.Setting) (*bench, bool) {
	scene, err := q.Scene.With(turns)
	if err == nil {
		s.staged = nil
		var b *bench
		if b, err = s.stage(scene, false); err == nil {
			measured := false
			s.run(b, func(f *lab.Frame, more bool) bool { measured = q.Measured(f, more); return measured })
			return b, measured
		}
	}
	s.line("That cannot be run: " + err.Error())
	return nil, false
}

// flat is a text of one line without its Markdown.
func (s *session) flat(markdown string) string {
	return strings.NewReplacer("**", "", "*", "").Replace(markdown)
}
