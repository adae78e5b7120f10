package tui

import (
	"slices"
	"strings"
	"testing"

	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// TestJourney walks the way of a first evening: the map, lesson 2.5, its pages,
// a goal, the predictions, the quiz, and home; and the next evening begins where
// the first ended.
func TestJourney(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a whole lesson is computed: this takes seconds")
	}
	dir := t.TempDir()
	l := begin(t, dir, Options{})
	l.sees("1  Theory", "2  Implementation", "3  Deep dive", "▸ 1.1")
	for range slices.IndexFunc(l.home.lessons, func(le *lessons.Lesson) bool { return le.ID == "2.5" }) {
		l.press("down")
	}
	l.sees("▸ 2.5", "2.5: enter opens it")

	l.press("enter")
	for i, p := range l.lesson.body.Pages {
		l.sees(p.Title[:10])
		if l.page.setup.Solver != p.Scene.Knobs[3].Value {
			t.Errorf("page %s: got solver %s in the lab, want that of its scene", p.Slug, l.page.setup.Solver)
		}
		if !l.state.Pages[progress.Ref("2.5", p.Slug)] || i+1 < len(l.lesson.body.Pages) && l.state.Pages[progress.Ref("2.5", l.lesson.body.Pages[i+1].Slug)] {
			t.Errorf("page %s: want it read, and not the next", p.Slug)
		}
		l.press("enter")
	}
	l.sees("Sixteen evaluations", "Read ●", "Play ○")
	playToGoal(l)
	predictAll(l)
	answerAll(l)

	l.press("left", "2") // ← where digits are an answer
	l.press("d")         // circles: not where the goals are
	l.press("q")
	l.until("the end", func() bool { return l.left })
	l.Save()

	next := begin(t, dir, Options{})
	next.sees("2.5 Solvers", "Play ◐", "data circles", "solver rk4", "NFE 16", "● ok Sixteen evaluations")
	if next.live() != next.play || next.play.setup != l.play.setup {
		t.Errorf("next evening: got knobs %+v, want %+v", next.play.setup, l.play.setup)
	}
	next.press("esc")
	next.sees("▸ 2.5", "●◐●")
	next.press("enter")
	next.sees("● ok Sixteen evaluations") // within the session too
	next.press("1")
	if next.lesson.page != len(next.lesson.body.Pages)-1 {
		t.Errorf("next evening: got page %d, want the last, which was read last", next.lesson.page+1)
	}
}

// playToGoal meets the first goal of Play by the knobs its author stored.
func playToGoal(l *learner) {
	l.t.Helper()
	goal := l.lesson.body.Play.Goals[0]
	ref := progress.Ref(l.lesson.ID, goal.Slug)
	for _, s := range goal.Solve {
		for l.play.setup.Get(s.Key) != s.Value {
			if l.state.Goals[ref] {
				l.t.Fatalf("goal %s: got it met on the way, with %s %s", goal.Slug, s.Key, l.play.setup.Get(s.Key))
			}
			l.press(map[string]string{"solver": "s", "nfe": "+", "data": "d", "path": "p"}[s.Key])
			l.picture()
		}
	}
	l.until("the goal met", func() bool { return l.state.Goals[ref] })
	l.sees("goal met: "+goal.Title, "● ok "+goal.Title)
	l.hush()
	l.sees("Play ◐")
}

// predictAll commits to the last option of each prediction and sees what was
// measured.
func predictAll(l *learner) {
	l.t.Helper()
	l.press("3")
	for i := range l.lesson.body.Predicts {
		q := &l.lesson.body.Predicts[i]
		for range len(q.Options) + 3 { // the cursor stops at the last
			l.press("down")
		}
		l.press("enter")
		l.sees("The lab is measuring")
		l.until("an answer", func() bool { return l.lesson.predict.stage == answered })
		l.sees("measured: ", "enter goes on")
		guess, ok := l.state.Guesses[progress.Ref(l.lesson.ID, q.Slug)]
		if last := len(q.Options) - 1; !ok || guess.Option != q.Options[last].Text || guess.Right != (l.lesson.predict.right == last) {
			l.t.Errorf("prediction %s: got %+v in the log, want the last option and whether it was right", q.Slug, guess)
		}
		l.press("enter")
	}
	l.sees("Predict ●", "Question 1 of")
}

// answerAll answers a round of the quiz, every second item wrong.
func answerAll(l *learner) {
	l.t.Helper()
	n := len(l.lesson.body.Quiz)
	for i := range n {
		v := &l.lesson.quiz
		slug := v.item.Item.Slug
		give(l, i%2 == 0)
		if v.item.given == nil || v.item.given.Verdict.Right != (i%2 == 0) {
			l.t.Fatalf("item %s (%s): got %+v, want right %v\n%s", slug, v.item.Item.Kind, v.item.given, i%2 == 0, l.screen())
		}
		score := l.state.Items[progress.Ref(l.lesson.ID, slug)]
		if score.Right+score.Wrong != 1 || (score.Right == 1) != (i%2 == 0) {
			l.t.Errorf("item %s: got score %+v after one answer, right %v", slug, score, i%2 == 0)
		}
		l.press("enter")
	}
	l.sees("Quiz ◐", "Once more")
	if got := l.lesson.quiz.session.Left(); got != n/2 {
		l.t.Errorf("once more: got %d items, want the %d that were wrong", got, n/2)
	}
}

// give answers the question on screen, right or wrong.
func give(l *learner, right bool) {
	l.t.Helper()
	v := l.quiz()
	switch v.item.Item.Kind {
	case lessons.Formula:
		typed := v.item.Item.Blank.Answer.String()
		if !right {
			typed += " + 1"
		}
		l.write(typed)
	case lessons.Number:
		x := v.item.Truth
		if !right {
			x += 2*v.item.Tolerance + 1
		}
		l.write(strings.ReplaceAll(lessons.FormatNumber(x), "−", "-"))
	case lessons.One, lessons.Picture:
		i := slices.IndexFunc(v.item.Options, func(o lessons.Option) bool { return o.Right == right })
		for range i {
			l.press("down")
		}
	case lessons.Several:
		for _, o := range v.item.Options {
			if o.Right == right {
				l.press(" ")
			}
			l.press("down")
		}
	case lessons.Order:
		order := slices.Clone(v.item.Item.Options)
		if !right {
			slices.Reverse(order)
		}
		for _, o := range order {
			for range v.item.Options {
				l.press("up")
			}
			for range slices.IndexFunc(v.item.Options, func(p lessons.Option) bool { return p.Line == o.Line }) {
				l.press("down")
			}
			l.press(" ")
		}
	}
	l.press("enter")
}

// TestEveryKindOfItem answers each kind right and wrong, changes its mind, and
// reads the reason of every option.
func TestEveryKindOfItem(t *testing.T) {
	for _, kind := range lessons.Kinds {
		for _, right := range []bool{true, false} {
			o := quick()
			o.Lesson = map[bool]string{true: "1.4", false: "1.1"}[kind == lessons.Formula]
			l := begin(t, "", o)
			l.resize(120, 60)
			ask(l, kind)
			v := l.quiz()
			switch kind {
			case lessons.Number:
				l.write("x9") // x is no digit
				l.press("backspace", "enter")
				l.sees("no: ", "want a number")
				if v.item.given != nil {
					t.Errorf("number: got an empty answer judged")
				}
			case lessons.Formula:
				l.write("w*(")
				l.press("enter")
				l.sees("no: ")
				l.press("backspace", "backspace", "backspace")
			case lessons.Several, lessons.Order:
				l.press("enter")
				l.sees("mark with space first")
				l.press(" ", " ") // marked, and not
				if len(v.item.picked) != 0 {
					t.Errorf("%s: got %v picked after two spaces, want none", kind, v.item.picked)
				}
			}
			give(l, right)
			l.sees(map[bool]string{true: "ok – right", false: "no – not this time"}[right])
			for _, o := range v.item.Options {
				l.sees(strings.Join(strings.Fields(strings.Split(o.Why, "`")[0])[:2], " "))
			}
			l.press(" ", "1") // answered: marks are over and digits are parts again
			if l.lesson.tab != 0 {
				t.Errorf("%s: got tab %d after 1, want Read", kind, l.lesson.tab)
			}
		}
	}
}

// TestLater: lessons that are not written yet say so, on the map and by name.
func TestLater(t *testing.T) {
	c, err := curriculum()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(c.Lessons(), func(le *lessons.Lesson) bool { return !le.Ready })
	if i < 0 {
		t.Skip("all lessons are written")
	}
	later := c.Lessons()[i]
	o := quick()
	o.Lesson = later.ID
	l := begin(t, "", o)
	l.sees(later.ID+" "+later.Title[:8], "comes later", "▸ "+later.ID)
	for _, le := range l.home.lessons {
		l.home.cursor = l.home.index(le.ID)
		l.press("enter")
		if open := l.at == screenLesson; open != le.Ready {
			t.Errorf("%s: got open %v, want %v", le.ID, open, le.Ready)
		}
		if !le.Ready {
			l.sees(le.ID+" "+le.Title[:8], "comes later")
		}
		l.press("esc")
		l.hush()
		l.sees("free lab")
	}
	l.enterLesson("2.5")
	l.press("5")
	l.sees("comes later")
}

// TestPlaceOfTheLab: the free lab too is found again as it was.
func TestPlaceOfTheLab(t *testing.T) {
	dir := t.TempDir()
	l := begin(t, dir, quick())
	l.drive("l", "s", "p", "left", "left", "q")
	l.Save()
	next := begin(t, dir, Options{})
	if next.live() != next.free || next.free.card() != l.free.card() {
		t.Errorf("got %s, want %s", next.Describe(), l.Describe())
	}
	next.press("esc")
	next.sees("flow matching, hands on")
}

// TestPlaceIsGone: what the place names may not be there any more.
func TestPlaceIsGone(t *testing.T) {
	for _, p := range []progress.Place{
		{Lesson: "2.5", Tab: "play", Card: "fmlab play --experiment solvers --data /nowhere/points.csv --t 1.00"},
		{Lesson: "2.5", Tab: "play", Card: "nonsense"},
		{Tab: "lab", Card: "fmlab play --experiment gone"},
		{Lesson: "9.9", Tab: "read", Page: "gone"},
		{Lesson: "2.5", Tab: "gone", Page: "gone"},
	} {
		dir := t.TempDir()
		log, err := progress.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := log.Append(progress.Moved, p.Lesson, p); err != nil {
			t.Fatal(err)
		}
		l := begin(t, dir, Options{})
		if l.toast.text == "" && p.Tab != "gone" {
			t.Errorf("%+v: want a word about it", p)
		}
		l.picture()
		l.press("s", "left", "e")
		l.picture()
	}
}
