package lessons

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"fmlab/lessons/progress"
)

// rightAnswer is the answer to an instance that is right.
func rightAnswer(in Instance) (a Answer) {
	switch in.Item.Kind {
	case Number:
		a.Number = in.Truth
	case Formula:
		a.Formula = in.Item.Blank.Answer.String()
	case Order:
		for _, o := range in.Item.Options {
			a.Picked = append(a.Picked, slices.IndexFunc(in.Options, func(p Option) bool { return p.Line == o.Line }))
		}
	default:
		for i, o := range in.Options {
			if o.Right {
				a.Picked = append(a.Picked, i)
			}
		}
	}
	return a
}

// wrongAnswer is one that is wrong.
func wrongAnswer(in Instance) Answer {
	a := rightAnswer(in)
	a.Number += 1 + 2*in.Tolerance
	a.Formula += " + 1"
	if len(a.Picked) > 0 {
		a.Picked = nil
	}
	return a
}

// TestQuizOfALesson: all items are asked, those not answered right yet first, and
// a wrong one comes again until it is right.
func TestQuizOfALesson(t *testing.T) {
	eachReady(t, func(t *testing.T, l *Lesson, b *Body) {
		known := progress.Ref(l.ID, b.Quiz[0].Slug)
		state := &progress.State{Items: map[string]progress.Score{known: {Right: 1}}}
		s, err := NewQuiz(l, state, 3)
		if err != nil || s.Items() != len(b.Quiz) {
			t.Fatalf("got %d items, %v, want %d", s.Items(), err, len(b.Quiz))
		}
		asked := map[string]int{}
		var order []string
		for i := 0; s.Now() != nil; i++ {
			q := *s.Now()
			if q.Again != (asked[q.Ref()] > 0) || (s.Head() == "") {
				t.Fatalf("%s: got again %v the %d. time", q.Ref(), q.Again, asked[q.Ref()]+1)
			}
			asked[q.Ref()]++
			order = append(order, q.Ref())
			a := rightAnswer(q.Instance)
			if i%4 == 0 && !q.Again {
				a = wrongAnswer(q.Instance)
			}
			g := s.Answer(a, Think)
			if g.Verdict.Right != (i%4 != 0 || q.Again) || g.Note().Sure != Think || g.Note().Seed != q.Seed {
				t.Fatalf("%s (%s): got %+v, noted %+v", q.Ref(), q.Item.Kind, g.Verdict, g.Note())
			}
			if text := g.Reasons(a, g.Verdict); text == "" {
				t.Errorf("%s: no reasons", q.Ref())
			}
		}
		if order[len(b.Quiz)-1] != known {
			t.Errorf("got %s last in the first round, want %s, which is known", order[len(b.Quiz)-1], known)
		}
		if right, of := s.first(); of != len(b.Quiz) || right != of-(of+3)/4 {
			t.Errorf("got %d of %d right the first time", right, of)
		}
		if len(s.Given) != len(b.Quiz)+(len(b.Quiz)+3)/4 {
			t.Errorf("got %d answers for %d items", len(s.Given), len(b.Quiz))
		}
	})
}

// TestCalibrated: the table counts by what was said, and the advice fits.
func TestCalibrated(t *testing.T) {
	for _, x := range []struct {
		by   map[string]progress.Score
		says []string
	}{
		{nil, nil},
		{map[string]progress.Score{Sure: {Right: 6, Wrong: 4}}, []string{"| sure | 6 of 10 | 60 % |", "more often than you were right"}},
		{map[string]progress.Score{Sure: {Right: 1, Wrong: 1}, Think: {Right: 2}}, []string{"look at what you were sure of"}},
		{map[string]progress.Score{Guess: {Right: 5}, Think: {Right: 2, Wrong: 1}}, []string{"| a guess | 5 of 5 | 100 % |", "| think so | 2 of 3 | 67 % |", "better than you think"}},
		{map[string]progress.Score{Sure: {Right: 9}, Guess: {Right: 1, Wrong: 3}}, []string{"go together"}},
	} {
		got := Calibrated(x.by)
		if (got == "") != (x.says == nil) {
			t.Errorf("%v: got %q", x.by, got)
		}
		for _, want := range x.says {
			if !strings.Contains(got, want) {
				t.Errorf("%v: got %q, want %q in it", x.by, got, want)
			}
		}
	}
}

// TestSameSeedSameSession: an exam is made by its seed, items and numbers alike.
func TestSameSeedSameSession(t *testing.T) {
	c := mustLoad(t)
	refs := func(seed uint64) (all []string) {
		s, err := NewExam(c, Final(), seed)
		if err != nil {
			t.Fatal(err)
		}
		for s.Now() != nil {
			q := *s.Now()
			all = append(all, q.Ref(), q.Text())
			s.Answer(Answer{}, Guess)
		}
		return all
	}
	if a, b := refs(5), refs(5); !reflect.DeepEqual(a, b) {
		t.Errorf("seed 5 gives two exams: %v and %v", a, b)
	}
	if a, b := refs(5), refs(6); reflect.DeepEqual(a, b) {
		t.Error("seeds 5 and 6 give one exam")
	}
}
