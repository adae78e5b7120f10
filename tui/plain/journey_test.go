package plain

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fmlab/lessons"
	"fmlab/lessons/derivation"
	"fmlab/lessons/exercise"
)

// TestLessonsToTheEnd does whole lessons line by line, as somebody who knows the
// answers, until nothing is left to do.
func TestLessonsToTheEnd(t *testing.T) {
	toTheEnd(t, "1.1")
	if !testing.Short() {
		toTheEnd(t, "1.2") // the first with a derivation and code
	}
}

func toTheEnd(t *testing.T, id string) {
	k := begin(t, "", Options{Lesson: id})
	l, err := k.Curriculum.Find(id)
	if err != nil {
		t.Fatal(err)
	}
	body, err := l.Body()
	if err != nil {
		t.Fatal(err)
	}
	k.reads(body)
	k.plays(body)
	k.predicts(body)
	k.answers(id)
	k.does(body)
	states, err := l.States(k.kept())
	if err != nil || !lessons.Done(states) {
		t.Errorf("got %+v, %v, want all done", states, err)
	}
	k.hears("done", "map")
}

// reads hears every page and looks at its picture.
func (k *talk) reads(body *lessons.Body) {
	k.t.Helper()
	for i, p := range body.Pages {
		if p.Scene != nil {
			k.hears("The picture:", "")
		}
		if i+1 < len(body.Pages) {
			k.types("next")
		}
	}
	k.hears(" play (enter: run)", "next")
}

// plays turns the knobs that reach each goal, and runs.
func (k *talk) plays(body *lessons.Body) {
	k.t.Helper()
	for _, g := range body.Play.Goals {
		k.types("play", "reset")
		k.turn(g.Solve)
		k.types("run")
	}
	for i := range body.Play.Goals {
		k.hears(fmt.Sprintf("Goal %d, met", i+1), "goals")
	}
}

func (k *talk) turn(turns []lessons.Setting) {
	for _, turn := range turns {
		switch turn.Key {
		case "t":
			k.types("t " + turn.Value)
		case "data":
			value := turn.Value
			if strings.HasSuffix(value, ".csv") { // files of the lessons lie there
				value = "../../lessons/" + value
			}
			k.hears("data: "+value, "set data "+value)
		default:
			k.hears(turn.Key+": "+turn.Value, "set "+turn.Key+" "+turn.Value)
		}
	}
}

func (k *talk) predicts(body *lessons.Body) {
	k.t.Helper()
	k.types("predict")
	for range body.Predicts {
		k.hears("measured", "1")
		k.types("next")
	}
}

// answers answers every item of the quiz, the first one wrong at first.
func (k *talk) answers(id string) {
	k.t.Helper()
	k.types("quiz")
	for wrong := true; k.rounds[id].Now() != nil; wrong = false {
		line, want := right(k.rounds[id].Now().Instance), "ok - right"
		if q := k.rounds[id].Now(); wrong && q.Item.Kind == lessons.One {
			line, want = fmt.Sprint(slices.IndexFunc(q.Options, func(o lessons.Option) bool { return !o.Right })+1), "comes again"
		}
		k.hears(want, line+" sure")
		k.types("")
	}
	k.hears("do (enter: next)", "")
}

// right is how the right answer is typed.
func right(in lessons.Instance) string {
	var numbers []string
	switch in.Item.Kind {
	case lessons.Number:
		return fmt.Sprint(in.Truth)
	case lessons.Formula:
		return in.Item.Blank.Answer.String()
	case lessons.Order:
		for _, o := range in.Item.Options {
			numbers = append(numbers, fmt.Sprint(slices.IndexFunc(in.Options, func(p lessons.Option) bool { return p.Text == o.Text })+1))
		}
	default:
		for i, o := range in.Options {
			if o.Right {
				numbers = append(numbers, fmt.Sprint(i+1))
			}
		}
	}
	return strings.Join(numbers, " ")
}

// does derives and writes what there is to do.
func (k *talk) does(body *lessons.Body) {
	k.t.Helper()
	n := 0
	if d := body.Derivation; d != nil {
		n++
		k.hears(d.Title, fmt.Sprint(n))
		for i := range d.Parts {
			k.types("1 2 3 nonsense", "hint", "back", "1")
			k.hears("ok", step(k.derived[strings.SplitN(d.ID, "-", 2)[0]], &d.Parts[i]))
		}
		k.types("back")
	}
	for _, e := range body.Exercises {
		n++
		k.hears(e.Title, fmt.Sprint(n))
		k.hears("no, ", "check")
		k.writes(e)
		k.types("back")
	}
	if body.Closing {
		k.types(fmt.Sprint(n + 1))
		for k.rounds[lessons.FinalRef].Now() != nil {
			k.answer(lessons.FinalRef)
		}
	}
}

// step is how a part of a derivation is answered.
func step(st derivation.State, p *derivation.Part) string {
	if p.Blank != nil {
		return p.Blank.Answer.String()
	}
	var numbers []string
	for _, s := range p.Steps {
		if !s.False {
			numbers = append(numbers, fmt.Sprint(slices.IndexFunc(st.Steps(), func(o derivation.Step) bool { return o.Line == s.Line })+1))
		}
	}
	return "put " + strings.Join(numbers, " ")
}

// writes pastes a program that passes.
func (k *talk) writes(e *exercise.Exercise) {
	k.t.Helper()
	k.hears("ok - passed", "paste\n"+strings.TrimSpace(e.Solution)+"\n.")
}

// TestEveryLesson goes from the map through every lesson that can be taken: each
// page, each part, and on to the map again by next alone.
func TestEveryLesson(t *testing.T) {
	k := begin(t, "", quick())
	for _, l := range k.Curriculum.Ready() {
		body, err := l.Body()
		if err != nil {
			t.Fatal(err)
		}
		k.hears("read, page 1 of", l.ID)
		for range body.Pages {
			k.types("next")
		}
		if len(body.Play.Goals) > 0 {
			k.hears("Goal 1", "again")
		}
		k.hears("predict", "next")
		k.hears("quiz", "quiz")
		if len(body.Quiz) > 0 {
			k.hears("how sure", right(k.rounds[l.ID].Now().Instance))
			k.hears("ok - right", "sure")
		}
		k.hears("do (enter", "do")
		k.hears("That was lesson "+l.ID, "next")
	}
}
