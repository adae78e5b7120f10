package plain

import (
	"fmt"

	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// page is a page of the lesson: to hear it is to have read it. Enter looks at its
// picture, and then goes on.
func (v *lesson) page(i int) place {
	return func(s *session) menu {
		p := v.body.Pages[i]
		s.markdown("## " + p.Title + "\n\n" + p.Markdown)
		if ref := progress.Ref(v.ID, p.Slug); !s.state.Pages[ref] {
			s.note(progress.PageRead, ref, nil)
		}
		v.at(s, lessons.PartRead, p.Slug)
		m := v.reading(s, i)
		if p.Scene != nil {
			m.enter = "look"
		}
		return m
	}
}

// looked says what the picture of a page shows.
func (v *lesson) looked(i int, b *bench) place {
	return func(s *session) menu {
		if s.run(b, nil) {
			s.see(b)
		}
		return v.reading(s, i)
	}
}

// reading is what can be typed on a page.
func (v *lesson) reading(s *session, i int) menu {
	m := menu{name: fmt.Sprintf("%s read, page %d of %d", v.ID, i+1, len(v.body.Pages)), enter: "next", again: v.page(i)}
	next, help := v.after(lessons.PartRead), "on to play"
	if i+1 < len(v.body.Pages) {
		next, help = v.page(i+1), "the next page"
	}
	m.words = []word{
		short("next n", help, to(next)),
		short("previous prev", "the page before", to(v.page(max(0, i-1)))),
	}
	if b := v.pictureOf(s, i); b != nil {
		m.words = append(m.words, short("look run space", "what the picture of this page shows", to(v.looked(i, b))))
		m.words = append(m.words, s.labWords(b, func(s *session) menu { return v.reading(s, i) })...)
	}
	m.words = append(m.words, v.words()...)
	return m
}

// pictureOf is the instrument of a page; one without a scene keeps that of the page
// before.
func (v *lesson) pictureOf(s *session, i int) *bench {
	for ; i >= 0; i-- {
		if sc := v.body.Pages[i].Scene; sc != nil {
			if s.bench != nil && s.staged == sc {
				return s.bench
			}
			b, err := s.stage(*sc, true)
			if err != nil {
				s.line("There is no picture: " + err.Error())
				return nil
			}
			s.staged = sc
			return b
		}
	}
	return nil
}
