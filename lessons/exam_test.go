package lessons

import (
	"strings"
	"testing"
	"time"

	"fmlab/lessons/progress"
)

// exams are all there are.
func exams() []Exam { return []Exam{Placement(1), Placement(2), Placement(3), Final()} }

// TestExamsDrawEveryConcept: whatever the seed, every concept that has items comes,
// as often as it takes to miss one, and no item twice.
func TestExamsDrawEveryConcept(t *testing.T) {
	c := mustLoad(t)
	for _, x := range exams() {
		pool, err := x.pool(c)
		if err != nil {
			t.Fatal(err)
		}
		for seed := range uint64(5) {
			s, err := NewExam(c, x, seed)
			if err != nil {
				t.Fatal(err)
			}
			seen, by := map[string]bool{}, map[string]int{}
			for s.Now() != nil {
				q := *s.Now()
				if seen[q.Ref()] || x.Phase != 0 && q.Lesson.Phase != x.Phase {
					t.Errorf("%s: %s twice, or of another phase", x.Title, q.Ref())
				}
				seen[q.Ref()] = true
				by[q.Item.Concept]++
				s.Answer(wrongAnswer(q.Instance), Guess)
			}
			for i, cards := range pool {
				if got := by[Concepts[i].Name]; got < min(len(cards), x.each) {
					t.Errorf("%s: got %d items of %s, want %d", x.Title, got, Concepts[i].Name, x.each)
				}
			}
			if n := len(s.Given); n < x.items || n > 24 || s.Result().Passed {
				t.Errorf("%s: got %d items, want about %d, and all wrong is not passed", x.Title, n, x.items)
			}
		}
	}
}

// TestPassing: who misses one of each concept passes as long as that is not too many
// in all; who knows nothing of one concept does not.
func TestPassing(t *testing.T) {
	c := mustLoad(t)
	for _, x := range exams() {
		missed := func(wrong func(g Asked, soFar map[string]int) bool) progress.Exam {
			s, err := NewExam(c, x, 4)
			if err != nil {
				t.Fatal(err)
			}
			soFar := map[string]int{}
			for s.Now() != nil {
				q := *s.Now()
				a := rightAnswer(q.Instance)
				if wrong(q, soFar) {
					soFar[q.Item.Concept]++
					a = wrongAnswer(q.Instance)
				}
				s.Answer(a, Sure)
			}
			return s.Result()
		}
		none := missed(func(Asked, map[string]int) bool { return false })
		if !none.Passed || none.Right != none.Asked {
			t.Errorf("%s: got %+v for all right", x.Title, none)
		}
		var first string
		ofFirst := missed(func(q Asked, _ map[string]int) bool {
			if first == "" {
				first = q.Item.Concept
			}
			return q.Item.Concept == first
		})
		if ofFirst.Passed || ofFirst.Concepts[first].Right != 0 {
			t.Errorf("%s: got %+v for nothing of %s", x.Title, ofFirst, first)
		}
		two := missed(func(q Asked, soFar map[string]int) bool { return len(soFar) < 2 && soFar[q.Item.Concept] == 0 })
		if !two.Passed || two.Asked-two.Right != 2 {
			t.Errorf("%s: got %+v with two missed in two concepts", x.Title, two)
		}
	}
}

// TestExamReport: it says what is passed, concept by concept, and the reasons of all
// answers.
func TestExamReport(t *testing.T) {
	s, err := NewExam(mustLoad(t), Placement(1), 2)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; s.Now() != nil; i++ {
		q := *s.Now()
		if i%2 == 0 {
			s.Answer(rightAnswer(q.Instance), Sure)
		} else {
			s.Answer(wrongAnswer(q.Instance), Guess)
		}
	}
	text := s.Report(nil, time.Time{})
	for _, want := range []string{"not passed yet", "| The ODE view |", "| sure |", "Answers and reasons"} {
		if !strings.Contains(text, want) {
			t.Errorf("got no %q in %q", want, text)
		}
	}
	for _, g := range s.Given {
		if !strings.Contains(text, g.Item.Title) || !strings.Contains(text, g.Reasons(g.Answer, g.Verdict)) {
			t.Errorf("got no reasons for %s", g.Ref())
		}
	}
}
