package lessons

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fmlab/lab"
)

// TestFormulaItems: the answer is right however it is written, a known mistake is
// told its hint and a place where it differs, and what cannot be read is no answer.
func TestFormulaItems(t *testing.T) {
	it := &body(t, good).Quiz[3]
	in := Make(it, 3)
	for _, c := range []struct {
		typed string
		right bool
		says  string
	}{
		{"x1 - x0", true, ""},
		{"-(x0 - x1)", true, ""},
		{"x0 - x1", false, "The other way."},
		{"x1 + x0", false, "it should be"},
	} {
		a, err := in.Read(c.typed)
		if err != nil {
			t.Fatal(err)
		}
		v := in.Judge(a)
		if v.Right != c.right || !strings.Contains(v.Differs, c.says) || v.Why != "Because." {
			t.Errorf("%s: got %+v", c.typed, v)
		}
		if text := in.Reasons(a, v); !strings.Contains(text, c.says) || !strings.Contains(text, "Because.") {
			t.Errorf("%s: got reasons %q", c.typed, text)
		}
	}
	if _, err := in.Read("x1 - "); err == nil {
		t.Error("half a formula is taken for an answer")
	}
}

// TestPictureItems: each option is the truth of some instance, and the scene is
// then that option's.
func TestPictureItems(t *testing.T) {
	it := &body(t, good).Quiz[4]
	seen := map[string]bool{}
	for seed := range uint64(20) {
		in := Make(it, seed)
		truth := slices.IndexFunc(in.Options, func(o Option) bool { return o.Right })
		o := in.Options[truth]
		seen[o.Text] = true
		setup, err := in.Scene.Setup()
		if err != nil || setup.Get("solver") != o.Set[0].Value || setup.Get("nfe") != o.Set[1].Value || setup.Data != "moons" {
			t.Errorf("seed %d: got scene %+v, %v for %s", seed, in.Scene, err, o.Text)
		}
		for i := range in.Options {
			if v := in.Judge(Answer{Picked: []int{i}}); v.Right != (i == truth) {
				t.Errorf("seed %d: option %d: got %+v", seed, i, v)
			}
		}
		trials := in.Trials(Answer{Picked: []int{1 - truth}}, nil)
		if len(trials) != 2 || trials[0].Text != in.Options[1-truth].Text {
			t.Errorf("seed %d: got trials %+v, want the wrong answer first", seed, trials)
		}
	}
	if len(seen) != 2 || it.Options[0].Right || it.Options[1].Right {
		t.Errorf("got truths %v, and the item itself %+v", seen, it.Options)
	}
}

// TestReadAnswers: an answer in a line of text is judged as the same one by keys.
func TestReadAnswers(t *testing.T) {
	b := body(t, good)
	for _, c := range []struct {
		item       int
		line, want string
	}{
		{0, "1 2", "2 options: want one"},
		{0, "", "want the numbers of options, from 1 to 2"},
		{0, "3", `"3": want the numbers of options`},
		{1, "1 2", "2 of 3 lines"},
		{1, "1 2 2", "2 is there twice"},
		{2, "x", "want a number"},
	} {
		if _, err := Make(&b.Quiz[c.item], 1).Read(c.line); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("item %d, %q: got %v, want …%s", c.item, c.line, err, c.want)
		}
	}
	a, err := Make(&b.Quiz[1], 1).Read("2, 1 3")
	if err != nil || !slices.Equal(a.Picked, []int{1, 0, 2}) {
		t.Errorf("got %+v, %v", a, err)
	}
	eachReady(t, func(t *testing.T, l *Lesson, b *Body) {
		for i := range b.Quiz {
			if text := Make(&b.Quiz[i], 1).Text(); !strings.Contains(text, "*Type ") {
				t.Errorf("%s: %s does not say how to answer: %q", l.ID, b.Quiz[i].Slug, text)
			}
		}
	})
}

// TestItemScenesStart: what is drawn beside a question, for every option, and every
// answer tried in the lab, can be had; options of a picture do not look the same.
func TestItemScenesStart(t *testing.T) {
	notInShort(t)
	eachReady(t, func(t *testing.T, l *Lesson, b *Body) {
		t.Parallel()
		for i := range b.Quiz {
			it := &b.Quiz[i]
			if it.Scene == nil && !slices.ContainsFunc(it.Options, func(o Option) bool { return o.Try != nil }) {
				continue
			}
			type seen struct {
				lab.Setup
				t float64
			}
			setups := map[seen]bool{}
			for _, s := range itemScenes(t, b, it) {
				setup, err := s.Setup()
				exp, err2 := lab.FindExperiment(s.Experiment)
				if err != nil || err2 != nil || setups[seen{setup, s.T}] {
					continue // the other test says so, or it is done
				}
				setups[seen{setup, s.T}] = true
				sim, err := exp.Start(setup)
				if err != nil {
					t.Errorf("%s:%d: %v", s.File, s.Line, err)
					continue
				}
				lab.Advance(t.Context(), sim, 10*time.Millisecond)
				f := sim.Frame(lab.Look{Trip: s.T, Trails: true})
				sim.Close()
				if f == nil || f.Err != nil || f.Plane == nil && len(f.Charts) == 0 {
					t.Errorf("%s:%d: got no picture of %s", s.File, s.Line, it.Slug)
				}
			}
			if it.Kind == Picture && len(setups) < len(it.Options) {
				t.Errorf("%s:%d: two options of %s are the same picture", l.File, it.Line, it.Slug)
			}
		}
	})
}

// TestBank: at least ten items of every concept that is taught, and formulas,
// pictures and wrong answers to try among them.
func TestBank(t *testing.T) {
	const each, formulas, pictures, tries = 10, 3, 4, 10
	by, kinds, tried := map[string]int{}, map[Kind]int{}, 0
	eachReady(t, func(t *testing.T, l *Lesson, b *Body) {
		for _, it := range b.Quiz {
			by[it.Concept]++
			kinds[it.Kind]++
			for _, o := range it.Options {
				if it.Kind != Picture && o.Try != nil && !o.Right {
					tried++
				}
			}
		}
	})
	for _, c := range Concepts {
		if by[c.Name] < each {
			t.Errorf("got %d items of %s, want at least %d", by[c.Name], c.Name, each)
		}
	}
	if kinds[Formula] < formulas || kinds[Picture] < pictures || tried < tries {
		t.Errorf("got %d formulas, %d pictures, %d answers to try", kinds[Formula], kinds[Picture], tried)
	}
}
