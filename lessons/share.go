package lessons

import "fmlab/lessons/progress"

// Share is how well a concept is known: every item of it counts once, by the last
// answer given.
type Share struct {
	Concept
	Right    int    // items whose last answer was right
	Answered int    // items that were answered
	Items    int    // items that there are
	Lesson   string // of the first item whose last answer is missing or wrong
}

// Of returns the part of the answered items that is right, 0 if there are none.
func (s Share) Of() float64 {
	if s.Answered == 0 {
		return 0
	}
	return float64(s.Right) / float64(s.Answered)
}

// Shares returns how well each concept is known, in the order of Concepts.
func (c *Curriculum) Shares(s *progress.State) ([]Share, error) {
	shares := make([]Share, len(Concepts))
	place := map[string]*Share{}
	for i, concept := range Concepts {
		shares[i].Concept = concept
		place[concept.Name] = &shares[i]
	}
	return shares, c.eachItem(func(l *Lesson, it *Item) {
		if sh := place[it.Concept]; sh != nil {
			sh.count(l.ID, s.Latest[progress.Ref(l.ID, it.Slug)], s.Items[progress.Ref(l.ID, it.Slug)])
		}
	})
}

func (s *Share) count(lesson string, last progress.Answer, score progress.Score) {
	if s.Lesson == "" || s.Right == s.Items && !last.Right {
		s.Lesson = lesson
	}
	s.Items++
	if score.Right+score.Wrong == 0 {
		return
	}
	s.Answered++
	if last.Right {
		s.Right++
	}
}

// eachItem calls f with every quiz item of the lessons that are ready.
func (c *Curriculum) eachItem(f func(*Lesson, *Item)) error {
	for _, l := range c.Ready() {
		b, err := l.Body()
		if err != nil {
			return err
		}
		for i := range b.Quiz {
			f(l, &b.Quiz[i])
		}
	}
	return nil
}
