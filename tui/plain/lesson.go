package plain

import (
	"errors"
	"fmt"

	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// lesson is an open lesson.
type lesson struct {
	*lessons.Lesson
	body *lessons.Body
	card string // the Play scene as it was left, "" for as the file has it
}

// open goes to a lesson, where it was left.
func (s *session) open(id string) place {
	l, err := s.Curriculum.Find(id)
	if err != nil {
		s.line(err.Error())
		return (*session).theMap
	}
	if !l.Ready {
		s.line(fmt.Sprintf("%s, %s, comes later: it stands on the map, and its text is not written yet.", l.ID, l.Title))
		return (*session).theMap
	}
	body, err := l.Body()
	if err != nil {
		s.line(err.Error())
		return (*session).theMap
	}
	v := &lesson{Lesson: l, body: body}
	s.out.row("")
	s.line(fmt.Sprintf("Lesson %s: %s (%s)", l.ID, l.Title, s.standing(l)))
	return v.resume(s.state.Place)
}

// resume is the place where the lesson was left.
func (v *lesson) resume(at progress.Place) place {
	if at.Lesson != v.ID {
		return v.page(0)
	}
	v.card = at.Card
	for i, q := range v.body.Predicts {
		if at.Tab == string(lessons.PartPredict) && q.Slug == at.Page {
			return v.predict(i)
		}
	}
	for _, p := range v.parts() {
		if string(p.part) == at.Tab && p.part != lessons.PartRead {
			return p.enter
		}
	}
	for i, p := range v.body.Pages {
		if p.Slug == at.Page {
			return v.page(i)
		}
	}
	return v.page(0)
}

// part is a part of the lesson with the way into it.
type part struct {
	part  lessons.Part
	help  string
	enter place
}

func (v *lesson) parts() []part {
	return []part{
		{lessons.PartRead, "the pages, from the first", v.page(0)},
		{lessons.PartPlay, "the scene of the lesson, with goals to reach", v.play},
		{lessons.PartPredict, "what comes out? Say it before the lab runs", v.predict(0)},
		{lessons.PartQuiz, "questions, made anew each time", v.quiz},
		{lessons.PartDo, "something to derive or to write", v.do},
	}
}

// words are those of every part of the lesson.
func (v *lesson) words() []word {
	var words []word
	for _, p := range v.parts() {
		words = append(words, short(string(p.part), p.help, to(p.enter)))
	}
	return append(words, short("back b", "the map", to((*session).theMap)))
}

// after is the place that follows a part: the next that there is, the map at last.
func (v *lesson) after(done lessons.Part) place {
	all := v.parts()
	for i, p := range all[:len(all)-1] {
		if p.part == done {
			return all[i+1].enter
		}
	}
	return v.end
}

// end says how far the lesson is done.
func (v *lesson) end(s *session) menu {
	s.line(fmt.Sprintf("That was lesson %s (%s).", v.ID, s.standing(v.Lesson)))
	return s.theMap()
}

// at keeps the place in the lesson.
func (v *lesson) at(s *session, part lessons.Part, page string) {
	s.moved(progress.Place{Lesson: v.ID, Tab: string(part), Page: page, Card: v.card})
}

// stage puts a scene on the bench, with the knobs of the command line where they are
// wanted.
func (s *session) stage(sc lessons.Scene, given bool) (*bench, error) {
	exp, err := lab.FindExperiment(sc.Experiment)
	setup, err2 := sc.Setup()
	err = errors.Join(err, err2)
	if given {
		for _, key := range s.Given {
			err = errors.Join(err, setup.Set(key, s.Setup.Get(key)))
		}
	}
	if err != nil {
		return nil, err
	}
	b := s.take(newBench(exp, setup, sc.T))
	b.show = sc.Show
	return b, nil
}

// take puts an instrument on the bench in place of the one before.
func (s *session) take(b *bench) *bench {
	if s.bench != nil {
		s.bench.close()
	}
	s.bench = b
	return b
}
