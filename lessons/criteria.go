package lessons

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"fmlab/lessons/exercise"
	"fmlab/lessons/progress"
)

// Criterion is one of the five things that a learner can do in the end, with what
// shows it. To have read about it shows nothing.
type Criterion struct {
	Title    string
	Evidence []Evidence
}

// Met reports whether there is all of the evidence.
func (c Criterion) Met() bool {
	for _, e := range c.Evidence {
		if !e.Met {
			return false
		}
	}
	return true
}

// Evidence is one thing that was done, or that is still to do.
type Evidence struct {
	Title  string
	Got    string // what there is
	Wanted string // what is asked for
	Met    bool
	Lesson string // where it is earned
	Part   Part
}

// criteria are the five, each with what asks for its evidence.
var criteria = []struct {
	title    string
	evidence []ask
}{
	{"Explain the ODE view", []ask{quiz("ode"), quiz("cnf"), predictions("1.1"), predictions("1.2")}},
	{"Derive the loss from scratch", []ask{unaided("1.4"), kept("1.4")}},
	{"Implement flow matching on toy data", []ask{code("1.2-euler"), code("2.1-"), code("2.5-"), ownFlow("moons"), ownFlow("circles")}},
	{"Say how it differs from diffusion", []ask{quiz("diffusion"), derived("1.6"), table}},
	{"Choose a solver", []ask{quiz("solvers"), goals("2.5"), goals("2.6"), capstone}},
}

// capstoneLesson is where the final run is made.
const capstoneLesson = "3.5"

// What a quiz asks for: so large a share of the items answered, by the last answer
// to each, and so many different items.
const (
	quizShare = 0.8
	quizItems = 8
)

// ask looks for one piece of evidence.
type ask func(*Curriculum, *progress.State) (Evidence, error)

// Criteria returns the five criteria with their evidence.
func (c *Curriculum) Criteria(s *progress.State) ([]Criterion, error) {
	all := make([]Criterion, len(criteria))
	var errs []error
	for i, cr := range criteria {
		all[i].Title = cr.title
		for _, ask := range cr.evidence {
			e, err := ask(c, s)
			errs = append(errs, err)
			all[i].Evidence = append(all[i].Evidence, e)
		}
	}
	return all, errors.Join(errs...)
}

// quiz asks for the last answers to a concept's items.
func quiz(concept string) ask {
	return func(c *Curriculum, s *progress.State) (Evidence, error) {
		shares, err := c.Shares(s)
		i := slices.IndexFunc(shares, func(sh Share) bool { return sh.Name == concept })
		sh := shares[i]
		e := Evidence{
			Title: "quiz: " + sh.Title, Got: "not asked yet",
			Wanted: fmt.Sprintf("%d %% of at least %d items", int(100*quizShare), quizItems),
			Met:    sh.Answered >= quizItems && sh.Of() >= quizShare,
			Lesson: sh.Lesson, Part: PartQuiz,
		}
		if sh.Answered > 0 {
			e.Got = fmt.Sprintf("%d of %d items right by their last answer (%d %%)", sh.Right, sh.Answered, int(100*sh.Of()))
		}
		return e, err
	}
}

func predictions(lesson string) ask {
	return inLesson(lesson, PartPredict, "predictions of "+lesson+", before the runs", "all made, right or wrong",
		func(b *Body, s *progress.State, t *tally) {
			for _, p := range b.Predicts {
				_, made := s.Guesses[progress.Ref(lesson, p.Slug)]
				t.add(lesson, made)
			}
		})
}

func goals(lesson string) ask {
	return inLesson(lesson, PartPlay, "goals of "+lesson, "all reached",
		func(b *Body, s *progress.State, t *tally) {
			for _, g := range b.Play.Goals {
				t.add(lesson, s.Goals[progress.Ref(lesson, g.Slug)])
			}
		})
}

// derived asks for the lesson's derivation, with hints or without.
func derived(lesson string) ask {
	return derivationOf(lesson, "derivation of "+lesson, "solved", func(d progress.Derived) bool { return d.Times > 0 })
}

func unaided(lesson string) ask {
	return derivationOf(lesson, "derivation of "+lesson+", without hints", "solved without a hint", progress.Derived.Unaided)
}

func kept(lesson string) ask {
	return derivationOf(lesson, "the same, a week later", "solved without a hint again, a week or more after the first time", progress.Derived.Kept)
}

func derivationOf(lesson, title, wanted string, ok func(progress.Derived) bool) ask {
	return func(c *Curriculum, s *progress.State) (Evidence, error) {
		e := Evidence{Title: title, Got: "not solved yet", Wanted: wanted, Lesson: lesson, Part: PartDo}
		l, err := c.Find(lesson)
		if err != nil {
			return e, err
		}
		b, err := l.Body()
		if err != nil || b.Derivation == nil {
			return e, err
		}
		d := s.Derived[progress.Ref(lesson, b.Derivation.Slug)]
		if d.Times > 0 {
			e.Got = "solved with hints"
		}
		if d.Unaided() {
			e.Got = "solved without hints on " + d.First.Format("2 January 2006")
			if d.Last.After(d.First) {
				e.Got += ", last on " + d.Last.Format("2 January 2006")
			}
		}
		e.Met = ok(d)
		return e, nil
	}
}

// code asks for the exercises whose ids begin so. One passed after its solution was
// shown does not count: it was read.
func code(prefix string) ask {
	lesson, _, _ := strings.Cut(prefix, "-")
	return inLesson(lesson, PartDo, "code "+strings.TrimSuffix(prefix, "-"), "passed, without having seen the solution",
		func(_ *Body, s *progress.State, t *tally) {
			for _, e := range exercise.All {
				if strings.HasPrefix(e.ID, prefix) {
					t.add(lesson, s.Passed[progress.Ref(lesson, e.ID)].Own)
				}
			}
		})
}

// ownFlow asks for a data set trained and sampled with nothing but the learner's code.
func ownFlow(data string) ask {
	return func(_ *Curriculum, s *progress.State) (Evidence, error) {
		e := Evidence{
			Title: data + " by your own code", Got: "not sampled yet",
			Wanted: "your batch, pair, loss and sampler, to an energy distance² of at most 3 × the median of perfect samplers", Lesson: "2.5", Part: PartDo,
		}
		if f, ok := s.Flows[data]; ok {
			e.Got = fmt.Sprintf("energy distance² %.3g, perfect samplers %.3g", f.Distance, f.Floor)
			e.Met = f.OK
		}
		return e, nil
	}
}

// tableItems are the quiz items that rebuild the comparison table with diffusion.
const tableItems = "table-"

func table(c *Curriculum, s *progress.State) (Evidence, error) {
	var t tally
	err := c.eachItem(func(l *Lesson, it *Item) {
		if strings.HasPrefix(it.Slug, tableItems) {
			t.add(l.ID, s.Latest[progress.Ref(l.ID, it.Slug)].Right)
		}
	})
	e := t.evidence("the comparison table rebuilt", "every row right by its last answer", PartQuiz)
	return e, err
}

func capstone(_ *Curriculum, s *progress.State) (Evidence, error) {
	e := Evidence{Title: "capstone", Got: "no final run yet", Wanted: "its target reached", Lesson: capstoneLesson, Part: PartPlay}
	if f, ok := s.Capstone[capstoneLesson]; ok {
		e.Got = fmt.Sprintf("energy distance² %.3g with %d NFE, perfect samplers %.3g", f.Distance, f.NFE, f.Floor)
		e.Met = f.Beaten
	}
	return e, nil
}

// inLesson asks for things that are counted in one lesson.
func inLesson(lesson string, part Part, title, wanted string, count func(*Body, *progress.State, *tally)) ask {
	return func(c *Curriculum, s *progress.State) (Evidence, error) {
		t := tally{lesson: lesson}
		l, err := c.Find(lesson)
		if err != nil {
			return t.evidence(title, wanted, part), err
		}
		b, err := l.Body()
		if err == nil {
			count(b, s, &t)
		}
		return t.evidence(title, wanted, part), err
	}
}

// tally counts what is done, and where the first is that is not.
type tally struct {
	done, total int
	lesson      string // of the first not done; of the first of all when all are
}

func (t *tally) add(lesson string, done bool) {
	if t.lesson == "" || t.done == t.total && !done {
		t.lesson = lesson
	}
	t.total++
	if done {
		t.done++
	}
}

// evidence is met when everything is done, and there is something.
func (t tally) evidence(title, wanted string, part Part) Evidence {
	e := Evidence{Title: title, Got: fmt.Sprintf("%d of %d", t.done, t.total), Wanted: wanted, Lesson: t.lesson, Part: part}
	e.Met = t.total > 0 && t.done == t.total
	return e
}
