package lessons

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"fmlab/lab"
)

const good = `---
id: 1.1
phase: 1
title: A title
minutes: 10
concepts: ode
summary: A sentence.
ready: true
---
# Read
## First {#first}
Words.

` + "```scene\nexperiment: particles\nsolver: rk4\nt: 0.5\nshow: plane\n```" + `

More words.
# Play
Intro.

` + "```scene\nexperiment: solvers\nsolver: euler\n```" + `
## Reach it {#reach}
Do.

` + "```goal\nwhen: rms_error < 0.01 and nfe <= 16\nsolve: solver = rk4, nfe = 16\n```" + `

Done.
# Predict
` + "```scene\nexperiment: solvers\nnfe: 8\n```" + `
## Which {#which}
Question?

- Euler ` + "`v` here `solver=euler`" + `
- RK4 ` + "`solver=rk4 nfe=12`" + `

` + "```predict\npick: lowest rms_error\n```" + `

Because.
# Quiz
## One {#one kind=one concept=ode}
Question?

- [x] right — since
  it is
- [ ] wrong — since not
## Order {#order kind=order concept=ode}
Sort.

1. a — first
2. b — second
3. c — third
## Number {#number kind=number concept=ode}
From {z} by {h} on {a}?

` + "```number\nmake: euler-step\n```" + `

It is {answer}.
## Formula {#formula kind=formula concept=ode}
What is u?

` + "```formula\nleft: u\nwhere: x0, x1 in -3..3\nanswer: x1 - x0\nwrong: x0 - x1 — The other way.\n```" + `

Because.
## Picture {#picture kind=picture concept=ode}
Which is it?

` + "```scene\nexperiment: particles\ndata: moons\n```" + `

- Euler ` + "`solver=euler nfe=4`" + ` — rough
- RK4 ` + "`solver=rk4 nfe=64`" + ` — fine {try: nfe=8}
# Do
Later.
`

func load(text string) (*Lesson, error) {
	c, err := LoadFS(fstest.MapFS{"1.1-x/lesson.md": {Data: []byte(text)}, "glossary.md": {Data: []byte("# Glossary\n")}}, "lessons")
	if err != nil {
		return nil, err
	}
	return c.Find("1.1")
}

func body(t *testing.T, text string) *Body {
	t.Helper()
	l, err := load(text)
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.Body()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFormat(t *testing.T) {
	b := body(t, good)
	p := b.Pages[0]
	if p.Slug != "first" || p.Title != "First" || p.Markdown != "Words.\n\n\nMore words." {
		t.Errorf("got page %+v", p)
	}
	if p.Scene.Experiment != "particles" || p.Scene.T != 0.5 || p.Scene.Show != "plane" || p.Scene.Knobs[0] != (Setting{"solver", "rk4", 16}) {
		t.Errorf("got scene %+v", *p.Scene)
	}
	g := b.Play.Goals[0]
	if b.Play.Intro != "Intro." || g.Text != "Do." || g.After != "Done." || len(g.Solve) != 2 || g.Solve[1].Value != "16" {
		t.Errorf("got play %+v", b.Play)
	}
	q := b.Predicts[0]
	if q.Scene == nil || q.Question != "Question?" || q.After != "Because." || q.Pick != "lowest" || q.Stat != "rms_error" {
		t.Errorf("got prediction %+v", q)
	}
	if o := q.Options; o[0].Text != "Euler `v` here" || o[0].Set[0].Value != "euler" || len(o[1].Set) != 2 {
		t.Errorf("got options %+v", o)
	}
	if it := b.Quiz[0]; it.Question != "Question?" || !it.Options[0].Right || it.Options[0].Why != "since it is" || it.Options[1].Right {
		t.Errorf("got item %+v", it)
	}
	if it := b.Quiz[1]; len(it.Options) != 3 || it.Options[2].Text != "c" {
		t.Errorf("got item %+v", it)
	}
	if it := b.Quiz[3]; it.Question != "What is u?" || it.Blank.Left != "u" || len(it.Blank.Wrong) != 1 || it.Why != "Because." {
		t.Errorf("got item %+v", it)
	}
	if it := b.Quiz[4]; it.Question != "Which is it?" || it.Scene.Knobs[0].Value != "moons" || len(it.Options[0].Set) != 2 ||
		it.Options[0].Try[1].Value != "4" || it.Options[1].Try[0].Value != "8" || it.Options[1].Why != "fine" {
		t.Errorf("got item %+v", it)
	}
	if b.Do != "Later." {
		t.Errorf("got do %q", b.Do)
	}
}

// TestErrorsSayWhere breaks the good lesson in one place at a time.
func TestErrorsSayWhere(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"ready: true", "ready: yes", `lesson.md:8: ready "yes": want true or false`},
		{"phase: 1", "phase: 9", `lesson.md:3: phase "9": want 1 to 3`},
		{"minutes: 10\n", "", "lesson.md:1: front matter without minutes"},
		{"title: A title", "titel: A title", `lesson.md:4: unknown key "titel"`},
		{"---\nid", "id", "lesson.md:1: no front matter"},
		{"# Do", "# Undo", "# Undo: want the parts Read, Play"},
		{"# Read\n", "", "lesson.md:10: ## First stands before the first # heading"},
		{"{#first}", "", "lesson.md:11: ## First: want a slug"},
		{"experiment: particles", "experimnt: x", "lesson.md:14: scene without experiment"},
		{"show: plane", "show: moon", `lesson.md:18: show = "moon": want one of plane, loss`},
		{"t: 0.5", "t: 2", `lesson.md:17: t = "2": want a number from 0 to 1`},
		{"t: 0.5", "solver: euler", "lesson.md:17: solver is given twice"},
		{"rms_error < 0.01", "rms_eror < 0.01", `lesson.md:33: "rms_eror": want a stat`},
		{"rms_error < 0.01", "rms_error < floor", "rms_error has no floor"},
		{"rms_error < 0.01", "rms_error < rk4", `"rk4": want a number`},
		{"solve: solver = rk4, nfe = 16", "solve: solver", `lesson.md:34: "solver": want knob = value`},
		{"solve: solver = rk4, nfe = 16", "", "lesson.md:32: goal block without solve"},
		{"pick: lowest", "pick: best", `pick "best rms_error": want lowest STAT or highest STAT`},
		{"`solver=rk4 nfe=12`", "nothing", "want words and then a code span"},
		{"- [x]", "- [ ]", "## One: 0 right options: want one"},
		{"- [ ] wrong — since not", "- [ ] wrong", `"wrong": no reason`},
		{"kind=order", "kind=sort", `kind "sort": want one of one, several, number, order, formula, picture`},
		{"concept=ode}\nSort", "concept=oed}\nSort", `concept "oed" is not known`},
		{"make: euler-step", "make: eular", `make: "eular": want one of euler-step`},
		{"It is {answer}.", "", "no explanation under the number block"},
		{"answer: x1 - x0", "answer: x1 - x2", "x2"},
		{"answer: x1 - x0\n", "", "formula block without answer"},
		{"wrong: x0 - x1 — The", "hint: The", "hint: a quiz has none"},
		{"Because.\n## Picture", "## Picture", "no explanation under the formula block"},
		{"data: moons\n```", "data: moons\n```\n\n```scene\nexperiment: paths\n```", "a second scene"},
		{"`solver=euler nfe=4`", "", `"Euler": "Euler": want words and then a code span`},
		{"`solver=euler nfe=4`", "`solver euler`", `"solver": want knob = value`},
		{"- Euler `s", "- [ ] Euler `s", "picture items have a list of options without check boxes"},
		{"{try: nfe=8}", "{try: nfe}", `"nfe": want knob = value`},
		{" — fine {try", " {try", "no reason"},
	} {
		text := strings.Replace(good, c.old, c.new, 1)
		if text == good {
			t.Fatalf("%q is not in the lesson", c.old)
		}
		l, err := load(text)
		if err == nil {
			_, err = l.Body()
		}
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "lessons/1.1-x/lesson.md:") {
			t.Errorf("%q for %q: got %v, want …%s", c.new, c.old, err, c.want)
		}
	}
}

func TestSceneSetupSaysWhere(t *testing.T) {
	b := body(t, strings.Replace(good, "solver: rk4", "solver: rk5", 1))
	_, err := b.Pages[0].Scene.Setup()
	if err == nil || !strings.HasPrefix(err.Error(), `lessons/1.1-x/lesson.md:16: solver = "rk5": `) {
		t.Errorf("got %v, want the line and the knob", err)
	}
}

func TestSceneWith(t *testing.T) {
	s := *body(t, good).Pages[0].Scene
	changed, err := s.With([]Setting{{"solver", "heun", 1}, {"nfe", "8", 1}, {"t", "0.25", 1}})
	if err != nil || changed.T != 0.25 || len(changed.Knobs) != 2 || changed.Knobs[0].Value != "heun" {
		t.Errorf("got %+v, %v", changed, err)
	}
	if s.T != 0.5 || s.Knobs[0].Value != "rk4" {
		t.Errorf("the scene itself has changed: %+v", s)
	}
}

func TestConditions(t *testing.T) {
	frame := &lab.Frame{Stats: []lab.Stat{
		{Key: "rms_error", Title: "RMS error", Value: 0.02},
		{Key: "nfe", Title: "NFE", Value: 16},
		{Key: "energy_distance2", Value: 0.004, Floor: 0.003, Q95: 0.005},
		{Key: "loss", Title: "loss", Value: math.NaN()},
		{Key: "sliced_w2", Title: "sliced W2", Value: 0.1, Floor: math.NaN(), Q95: math.NaN()},
		{Key: "dsigma", Value: math.Inf(-1)},
	}}
	knob := func(key string) string { return map[string]string{"solver": "rk4", "batch": "64"}[key] }
	for _, c := range []struct {
		text string
		want bool
		says string
	}{
		{"rms_error < 0.03", true, "RMS error 0.02"},
		{"rms_error < 0.02", false, "RMS error 0.02"},
		{"rms_error <= 0.02 and nfe = 16", true, "RMS error 0.02, NFE 16"},
		{"nfe > 16", false, "NFE 16"},
		{"energy_distance2 <= floor", false, "floor 0.003"},
		{"energy_distance2 <= 2*floor", true, "floor 0.003"},
		{"energy_distance2 <= q95", true, "0.005"},
		{"sliced_w2 <= floor", false, "not measured yet"},
		{"solver = rk4", true, "solver rk4"},
		{"solver = euler", false, "solver rk4"},
		{"batch >= 64", true, "batch 64"},
		{"loss < 100", false, "not measured"},
		{"loss > 0", false, "not measured"},
		{"field_error < 1", false, "not measured"},
		{"dsigma < -5", true, "dsigma"},
	} {
		cond, err := ParseCondition(c.text)
		if err != nil {
			t.Fatal(err)
		}
		got, says := cond.Holds(frame, knob)
		if got != c.want || !strings.Contains(says, c.says) {
			t.Errorf("%s: got %v, %q, want %v, …%s", c.text, got, says, c.want, c.says)
		}
	}
	for _, bad := range []string{"", "rms_error", "rms_error ~ 1", "rms_error < ", "solver < rk4", "colour = red", "nfe <= x*floor", "energy_distance2 < 2*ceiling"} {
		if _, err := ParseCondition(bad); err == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
	if ok, _ := (Condition{}).Holds(frame, knob); ok {
		t.Error("no condition at all holds")
	}
}

func TestBest(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		pick   string
		values []float64
		want   int
	}{
		{"lowest", []float64{3, 1, 2}, 1},
		{"highest", []float64{3, 1, 2}, 0},
		{"lowest", []float64{1, 1, 2}, -1},
		{"lowest", []float64{2, 2, 1}, 2},
		{"highest", []float64{1, nan}, -1},
		{"highest", []float64{-1, -3}, 0},
		{"lowest", nil, -1},
	} {
		p := Predict{Pick: c.pick}
		if got := p.Best(c.values); got != c.want {
			t.Errorf("%s of %v: got %d, want %d", c.pick, c.values, got, c.want)
		}
	}
}

func TestFindListsTheKnown(t *testing.T) {
	_, err := mustLoad(t).Find("4.1")
	if err == nil || !strings.Contains(err.Error(), `"4.1": want one of 1.1, 1.2,`) {
		t.Errorf("got %v", err)
	}
}

func FuzzLesson(f *testing.F) {
	f.Add(good)
	f.Add("---\n---\n")
	f.Fuzz(func(t *testing.T, text string) {
		if l, err := load(text); err == nil {
			l.Body()
		}
	})
}

// BenchmarkLoad is what the map waits for.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBodies is what the progress shown on the map waits for.
func BenchmarkBodies(b *testing.B) {
	for b.Loop() {
		c, err := Load()
		if err != nil {
			b.Fatal(err)
		}
		for _, l := range c.Lessons() {
			if _, err := l.Body(); err != nil {
				b.Fatal(err)
			}
		}
	}
}
