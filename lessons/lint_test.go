package lessons

import (
	"bytes"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"fmlab/lab"
)

func mustLoad(t *testing.T) *Curriculum {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// eachReady runs f for every lesson that can be taken.
func eachReady(t *testing.T, f func(t *testing.T, l *Lesson, b *Body)) {
	for _, l := range mustLoad(t).Ready() {
		t.Run(l.ID, func(t *testing.T) {
			b, err := l.Body()
			if err != nil {
				t.Fatal(err)
			}
			f(t, l, b)
		})
	}
}

// TestOutline holds the curriculum to its plan: these lessons, in this order,
// with these minutes (0 is open-ended).
func TestOutline(t *testing.T) {
	want := "1.1/45 1.2/45 1.3/45 1.4/60 1.5/45 1.6/60 " +
		"2.1/60 2.2/45 2.3/30 2.4/45 2.5/45 2.6/45 2.7/30 " +
		"3.1/45 3.2/30 3.3/30 3.4/15 3.5/0"
	var got []string
	for _, p := range mustLoad(t).Phases {
		for _, l := range p.Lessons {
			got = append(got, fmt.Sprintf("%s/%d", l.ID, l.Minutes))
			if !strings.HasPrefix(l.ID, fmt.Sprint(p.ID, ".")) {
				t.Errorf("%s: lesson %s is in phase %d", l.File, l.ID, p.ID)
			}
			checkFront(t, l)
		}
	}
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got lessons %s\nwant %s", s, want)
	}
}

func checkFront(t *testing.T, l *Lesson) {
	t.Helper()
	if !strings.HasPrefix(l.File, "lessons/"+l.ID+"-") {
		t.Errorf("%s: a directory of another lesson than %s", l.File, l.ID)
	}
	if l.Title == "" || !strings.HasSuffix(l.Summary, ".") {
		t.Errorf("%s: title %q, summary %q: want a title and a sentence", l.File, l.Title, l.Summary)
	}
	for _, name := range l.Concepts {
		known := slices.ContainsFunc(Concepts, func(c Concept) bool { return c.Name == name })
		if !known && name != "all" {
			t.Errorf("%s: unknown concept %q", l.File, name)
		}
	}
	if _, err := l.Body(); err != nil {
		t.Error(err)
	}
}

func TestReadyLessonsAreWhole(t *testing.T) {
	eachReady(t, func(t *testing.T, l *Lesson, b *Body) {
		for _, n := range []struct {
			what        string
			got, lo, hi int
		}{
			{"pages", len(b.Pages), 2, 5},
			{"goals", len(b.Play.Goals), 1, 3},
			{"predictions", len(b.Predicts), 1, 2},
			{"quiz items", len(b.Quiz), 8, 20},
		} {
			if n.got < n.lo || n.got > n.hi {
				t.Errorf("%s: got %d %s, want %d to %d", l.File, n.got, n.what, n.lo, n.hi)
			}
		}
		for _, p := range b.Pages {
			if p.Scene == nil {
				t.Errorf("%s:%d: page %q has no scene", l.File, p.Line, p.Title)
			}
		}
		if b.Play.Intro == "" || b.Do == "" {
			t.Errorf("%s: no intro under # Play, or nothing under # Do", l.File)
		}
		for _, g := range b.Play.Goals {
			if g.Text == "" || g.After == "" {
				t.Errorf("%s:%d: goal %q without words before or after", l.File, g.Line, g.Title)
			}
		}
		for _, g := range b.Play.Golf {
			if g.Text == "" || g.After == "" {
				t.Errorf("%s:%d: hole %q without words before or after", l.File, g.Line, g.Title)
			}
		}
		for _, p := range b.Predicts {
			if p.Question == "" || p.After == "" {
				t.Errorf("%s:%d: prediction %q without a question or an explanation", l.File, p.Line, p.Title)
			}
		}
	})
}

// scenes are the scenes of a body, those of solutions, options and runs included.
func scenes(t *testing.T, b *Body) []Scene {
	t.Helper()
	var all []Scene
	add := func(s *Scene, changes []Setting) {
		changed, err := s.With(changes)
		if err != nil {
			t.Error(err)
		}
		all = append(all, changed)
	}
	for _, p := range b.Pages {
		if p.Scene != nil {
			add(p.Scene, nil)
		}
	}
	for _, g := range b.Play.Goals {
		add(b.Play.Scene, g.Solve)
	}
	for _, g := range b.Play.Golf {
		add(b.Play.Scene, g.Solve)
	}
	for _, p := range b.Predicts {
		add(p.Scene, p.Run)
		for _, o := range p.Options {
			add(p.Scene, o.Set)
		}
	}
	for i := range b.Quiz {
		all = append(all, itemScenes(t, b, &b.Quiz[i])...)
	}
	return all
}

// itemScenes are the pictures of a quiz item and what its answers are tried in.
func itemScenes(t *testing.T, b *Body, it *Item) (all []Scene) {
	t.Helper()
	scene := it.Scene
	if scene != nil {
		all = append(all, *scene)
	} else {
		scene = b.Play.Scene
	}
	for _, o := range it.Options {
		for _, knobs := range [][]Setting{o.Set, o.Try} {
			changed, err := scene.With(knobs)
			if err != nil {
				t.Errorf("%s:%d: %v", scene.File, o.Line, err)
			}
			all = append(all, changed)
		}
	}
	return all
}

func TestScenesAreLegal(t *testing.T) {
	eachReady(t, func(t *testing.T, l *Lesson, b *Body) {
		for _, s := range scenes(t, b) {
			e, err := lab.FindExperiment(s.Experiment)
			if err != nil {
				t.Errorf("%s:%d: %v", l.File, s.Line, err)
			}
			if _, err := s.Setup(); err != nil {
				t.Error(err)
			}
			for _, k := range s.Knobs {
				if !slices.Contains(e.Knobs, k.Key) {
					t.Errorf("%s:%d: %s does not matter in %s", l.File, k.Line, k.Key, s.Experiment)
				}
			}
		}
	})
}

// TestConditionsNameLegalWords finds a goal that no knob can meet.
func TestConditionsNameLegalWords(t *testing.T) {
	eachReady(t, func(t *testing.T, l *Lesson, b *Body) {
		waits := map[int]Condition{}
		for _, g := range b.Play.Goals {
			waits[g.Line] = g.When
		}
		for _, g := range b.Play.Golf {
			waits[g.Line] = g.When
		}
		for line, when := range waits {
			for _, c := range when.clauses {
				setup := lab.Default()
				if c.word == "" {
					continue
				}
				if k, err := lab.FindKnob(c.name); err == nil && k.File && c.word == anyFile {
					continue
				}
				if err := setup.Set(c.name, c.word); err != nil {
					t.Errorf("%s:%d: %v", l.File, line, err)
				}
			}
		}
	})
}

var onTrial = regexp.MustCompile(`(?m)fmlab claim ([a-z0-9-]+)|^claim: (\S+)`)

// TestClaimsAreTold: every claim on trial is named where the lessons speak of it, and
// every name is one of a claim.
func TestClaimsAreTold(t *testing.T) {
	told := map[string]bool{}
	all, err := fs.Glob(files, "*/lesson.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range all {
		text, err := files.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range onTrial.FindAllStringSubmatch(string(text), -1) {
			name := m[1] + m[2]
			if told[name] = true; !slices.Contains(lab.ClaimNames(), name) {
				t.Errorf("%s: there is no claim %q", file, name)
			}
		}
	}
	for _, name := range lab.ClaimNames() {
		if !told[name] {
			t.Errorf("claim %s: no lesson speaks of it", name)
		}
	}
}

var mathBlock = regexp.MustCompile("(?s)```math\n(.*?)\n```")

// TestMath wants both forms of every formula, narrow enough for a page.
func TestMath(t *testing.T) {
	const width = 56
	eachReady(t, func(t *testing.T, l *Lesson, b *Body) {
		for _, p := range b.Pages {
			for _, m := range mathBlock.FindAllStringSubmatch(p.Markdown, -1) {
				_, ascii, ok := strings.Cut(m[1], "\n---\n")
				if !ok || strings.IndexFunc(ascii, func(r rune) bool { return r > unicode.MaxASCII }) >= 0 {
					t.Errorf("%s:%d: want a Unicode form, a line ---, and an ASCII form: %q", l.File, p.Line, m[1])
				}
				for _, line := range strings.Split(m[1], "\n") {
					if n := utf8.RuneCountInString(line); n > width {
						t.Errorf("%s:%d: formula of %d columns, want at most %d: %q", l.File, p.Line, n, width, line)
					}
				}
			}
		}
	})
}

// TestPagesFit keeps pages short: what a learner sees beside a picture.
func TestPagesFit(t *testing.T) {
	const width, rows = 54, 28 // of text beside a picture on 120 columns
	eachReady(t, func(t *testing.T, l *Lesson, b *Body) {
		for _, p := range b.Pages {
			shown := mathBlock.ReplaceAllStringFunc(p.Markdown, func(s string) string {
				unicode, _, _ := strings.Cut(s, "\n---\n")
				return strings.TrimPrefix(unicode, "```math\n")
			})
			shown = link.ReplaceAllString(shown, "$1")
			n := 0
			for _, line := range strings.Split(shown, "\n") {
				n += wrapped(line, width)
			}
			if n > rows {
				t.Errorf("%s:%d: page %q has %d rows of %d columns, want at most %d", l.File, p.Line, p.Title, n, width, rows)
			}
		}
	})
}

// wrapped is the number of rows of a line broken at words.
func wrapped(line string, width int) int {
	rows, used := 1, 0
	for _, w := range strings.Fields(line) {
		n := utf8.RuneCountInString(w)
		if used > 0 && used+1+n > width {
			rows, used = rows+1, 0
		}
		used += n + min(used, 1)
	}
	return rows
}

var link = regexp.MustCompile(`\[([^\]]+)\]\(([^)]*)\)`)

func TestGlossaryLinksResolve(t *testing.T) {
	c := mustLoad(t)
	terms, err := c.Glossary()
	if err != nil || len(terms) == 0 {
		t.Fatalf("got %d terms, %v", len(terms), err)
	}
	used := map[string]bool{}
	eachReady(t, func(t *testing.T, l *Lesson, b *Body) {
		for _, text := range texts(b) {
			for _, m := range link.FindAllStringSubmatch(text, -1) {
				slug, ok := strings.CutPrefix(m[2], "../glossary.md#")
				if _, known := c.Term(slug); !ok || !known {
					t.Errorf("%s: link %s: want ../glossary.md#slug of a term", l.File, m[0])
				}
				used[slug] = true
			}
		}
	})
	for _, term := range terms {
		if term.Markdown == "" {
			t.Errorf("glossary: %s has no text", term.Name)
		}
	}
}

// texts is all Markdown of a body.
func texts(b *Body) []string {
	all := []string{b.Play.Intro, b.Do}
	for _, p := range b.Pages {
		all = append(all, p.Markdown)
	}
	for _, g := range b.Play.Goals {
		all = append(all, g.Text, g.After)
	}
	for _, g := range b.Play.Golf {
		all = append(all, g.Text, g.After)
	}
	for _, p := range b.Predicts {
		all = append(all, p.Question, p.After)
	}
	for _, it := range b.Quiz {
		all = append(all, it.Question, it.Why)
		for _, o := range it.Options {
			all = append(all, o.Text, o.Why)
		}
	}
	return all
}

var hole = regexp.MustCompile(`\{[a-z0-9]+\}`)

// TestNumbersFillTheirTexts draws every number item many times: no hole is left
// open, and nothing but the answer tells right from wrong.
func TestNumbersFillTheirTexts(t *testing.T) {
	eachReady(t, func(t *testing.T, l *Lesson, b *Body) {
		for i := range b.Quiz {
			it := &b.Quiz[i]
			if it.Kind != Number {
				continue
			}
			if hole.FindString(it.Question) == "" || strings.Contains(it.Question, "{answer}") {
				t.Errorf("%s:%d: want holes in the question, and not the answer", l.File, it.Line)
			}
			for seed := range uint64(50) {
				in := Make(it, seed)
				v := in.Judge(Answer{Number: in.Truth})
				if open := hole.FindString(in.Question + v.Why); open != "" {
					t.Fatalf("%s:%d: nothing fills %s", l.File, it.Line, open)
				}
			}
		}
	})
}

func TestGenerators(t *testing.T) {
	for _, g := range Generators {
		distinct := map[float64]bool{}
		for seed := range uint64(200) {
			p := g.Make(rand.New(rand.NewPCG(seed, 1)))
			distinct[p.Truth] = true
			if math.IsNaN(p.Truth) || math.IsInf(p.Truth, 0) || !(p.Tolerance > 0) {
				t.Fatalf("%s: truth %g, tolerance %g: want finite numbers", g.Name, p.Truth, p.Tolerance)
			}
			typed, err := ParseNumber(FormatNumber(p.Truth))
			if err != nil || math.Abs(typed-p.Truth) > p.Tolerance {
				t.Fatalf("%s: the truth %g as shown, %s, is not accepted", g.Name, p.Truth, FormatNumber(p.Truth))
			}
			for _, wrong := range []float64{p.Truth + 3*p.Tolerance, p.Truth - 3*p.Tolerance} {
				if math.Abs(wrong-p.Truth) <= p.Tolerance {
					t.Fatalf("%s: %g is accepted for %g", g.Name, wrong, p.Truth)
				}
			}
		}
		if len(distinct) < 2 {
			t.Errorf("%s: always the same answer", g.Name)
		}
	}
}

// TestGeneratorsAreUsed keeps the table free of what nobody asks.
func TestGeneratorsAreUsed(t *testing.T) {
	used := map[string]bool{}
	eachReady(t, func(t *testing.T, l *Lesson, b *Body) {
		for _, it := range b.Quiz {
			used[it.Make] = true
		}
	})
	for _, g := range Generators {
		if !used[g.Name] {
			t.Errorf("no quiz item asks for %s", g.Name)
		}
	}
}

// TestLengthTellsNothing keeps the right option from being the longest too often.
func TestLengthTellsNothing(t *testing.T) {
	eachReady(t, func(t *testing.T, l *Lesson, b *Body) {
		items, longest := 0, 0
		for _, it := range b.Quiz {
			if it.Kind != One {
				continue
			}
			long := slices.MaxFunc(it.Options, func(a, b Option) int {
				return utf8.RuneCountInString(a.Text) - utf8.RuneCountInString(b.Text)
			})
			items++
			if long.Right {
				longest++
			}
		}
		if 2*longest > items {
			t.Errorf("%s: in %d of %d items the right option is the longest, want at most half", l.File, longest, items)
		}
	})
}

// TestTextsAreClean refuses what no reader should meet.
func TestTextsAreClean(t *testing.T) {
	eachReady(t, func(t *testing.T, l *Lesson, b *Body) {
		for _, text := range texts(b) {
			for _, bad := range []string{"TODO", "simply put", "obviously", "\u00a0", "  \n"} {
				if strings.Contains(text, bad) {
					t.Errorf("%s: %q in %q", l.File, bad, text)
				}
			}
		}
	})
	raw, err := files.ReadFile("glossary.md")
	if err != nil || bytes.Contains(raw, []byte("TODO")) {
		t.Errorf("glossary: %v", err)
	}
}

// TestLessonsKeepTheirTime: a lesson takes no longer than it says, for someone who
// reads 240 words a minute and wants 90 seconds for a goal, a minute for a
// prediction and six for a piece of code; a derivation says its own time.
func TestLessonsKeepTheirTime(t *testing.T) {
	const wordsPerMinute, goal, predict, code = 240, 1.5, 1, 6
	eachReady(t, func(t *testing.T, l *Lesson, b *Body) {
		if l.Minutes == 0 {
			return
		}
		minutes := goal*float64(len(b.Play.Goals)) + predict*float64(len(b.Predicts)) + code*float64(len(b.Exercises))
		for _, text := range texts(b) {
			minutes += float64(len(strings.Fields(text))) / wordsPerMinute
		}
		if b.Derivation != nil {
			minutes += float64(b.Derivation.Minutes)
		}
		if minutes > float64(l.Minutes) {
			t.Errorf("%s: takes %.0f minutes, want at most the %d it says", l.File, minutes, l.Minutes)
		}
	})
}

// TestConceptBanks: every concept has enough items to be asked anew.
func TestConceptBanks(t *testing.T) {
	const each, all = 10, 110
	count, total := map[string]int{}, 0
	eachReady(t, func(t *testing.T, l *Lesson, b *Body) {
		for _, it := range b.Quiz {
			count[it.Concept]++
			total++
		}
	})
	for _, c := range Concepts {
		if count[c.Name] < each {
			t.Errorf("concept %s: got %d quiz items, want at least %d", c.Name, count[c.Name], each)
		}
	}
	if total < all {
		t.Errorf("got %d quiz items, want at least %d", total, all)
	}
}
