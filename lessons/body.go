package lessons

import (
	"errors"
	"slices"
	"strings"

	"fmlab/lessons/derivation"
	"fmlab/lessons/exercise"
	"fmlab/lessons/progress"
)

// Body is what a lesson contains, part by part.
type Body struct {
	Pages    []Page    // # Read: every ## is a page
	Play     Play      // # Play: intro, one scene, every ## a goal
	Predicts []Predict // # Predict: an optional scene for all, every ## a question
	Quiz     []Item    // # Quiz: every ## an item
	Do       string    // # Do: Markdown
	Closing  bool      // the final assessment and the report belong to the part Do

	Derivation *derivation.Derivation // derivation.md beside the lesson; nil: there is none
	Exercises  []*exercise.Exercise   // those whose id begins with the lesson's
}

// Page is one idea with the picture beside it.
type Page struct {
	Slug, Title string
	Markdown    string
	Scene       *Scene // nil keeps the picture of the page before
	Line        int
}

// Play is the lesson's scene in the lab.
type Play struct {
	Intro string
	Scene *Scene
	Goals []Goal
	Golf  []Golf // holes, each a ## with a golf block in place of a goal
}

// Goal is something to reach in the lab, noticed by the lab itself.
//
//	```goal
//	when: rms_error < 0.01 and nfe <= 16
//	solve: solver = rk4, nfe = 16
//	```
type Goal struct {
	Slug, Title string
	Text        string    // words before
	When        Condition // met when this holds
	Solve       []Setting // knobs that reach it from the Play scene
	Final       bool      // the run that meets it is a final run: "record: capstone"
	After       string    // words after it is met
	Line        int
}

// heading is a level-1 heading with what reads it.
type heading struct {
	name string
	read func(*reader, *section, *Body)
}

// headings are all of them, in order.
var headings = []heading{
	{"Read", (*reader).pages},
	{"Play", (*reader).play},
	{"Predict", (*reader).predicts},
	{"Quiz", (*reader).quiz},
	{"Do", func(r *reader, sec *section, b *Body) { b.Do = sec.prose(r.source, sec.from, sec.to) }},
}

// reader turns sections into a Body and collects what is wrong on the way, so
// that an author sees all of it at once.
type reader struct {
	source
	lesson *Lesson
	errs   []error
}

func (r *reader) fail(line int, format string, args ...any) {
	r.errs = append(r.errs, r.errorf(line, format, args...))
}

func parseBody(s source, l *Lesson) (*Body, error) {
	tops, err := sections(s)
	if err != nil {
		return nil, err
	}
	r := &reader{source: s, lesson: l}
	b := &Body{Exercises: exercise.Of(l.ID), Closing: strings.HasPrefix(FinalRef, progress.Ref(l.ID, ""))}
	next := 0
	for _, top := range tops {
		i := slices.IndexFunc(headings[next:], func(h heading) bool { return h.name == top.title })
		if i < 0 {
			r.fail(top.line, "# %s: want the parts Read, Play, Predict, Quiz, Do, in this order", top.title)
			continue
		}
		next += i + 1
		headings[next-1].read(r, top, b)
	}
	if b.Derivation, err = l.derivation(); err != nil {
		r.errs = append(r.errs, err)
	}
	if len(r.errs) > 0 {
		return nil, errors.Join(r.errs...)
	}
	return b, nil
}

func (r *reader) pages(sec *section, b *Body) {
	for _, sub := range r.subs(sec) {
		b.Pages = append(b.Pages, Page{
			Slug: sub.slug, Title: sub.title, Line: sub.line,
			Markdown: sub.prose(r.source, sub.from, sub.to, "scene"),
			Scene:    r.scene(sub),
		})
	}
}

func (r *reader) play(sec *section, b *Body) {
	b.Play = Play{Intro: sec.prose(r.source, sec.from, sec.to, "scene"), Scene: r.scene(sec)}
	if b.Play.Scene == nil {
		r.fail(sec.line, "# Play without a scene")
	}
	for _, sub := range r.subs(sec) {
		if r.isGolf(sub) {
			b.Play.Golf = append(b.Play.Golf, r.golf(sub, b.Play.Scene))
		} else {
			b.Play.Goals = append(b.Play.Goals, r.goal(sub))
		}
	}
}

func (r *reader) goal(sec *section) Goal {
	g := Goal{Slug: sec.slug, Title: sec.title, Line: sec.line}
	f, ok := r.block(sec, "goal")
	if !ok {
		return g
	}
	g.Text = sec.prose(r.source, sec.from, f.from)
	g.After = sec.prose(r.source, f.to, sec.to)
	r.keys(f, map[string]func(Setting) error{
		"when":   func(c Setting) (err error) { g.When, err = ParseCondition(c.Value); return err },
		"solve":  func(c Setting) (err error) { g.Solve, err = parseSettings(c.Value, c.Line); return err },
		"record": func(c Setting) error { return g.setRecord(c.Value) },
	}, "when", "solve")
	return g
}

// subs returns the level-2 headings of a part; each must have a slug of its own.
func (r *reader) subs(sec *section) []*section {
	seen := map[string]bool{}
	for _, sub := range sec.subs {
		if sub.slug == "" {
			r.fail(sub.line, "## %s: want a slug, {#like-this}", sub.title)
		} else if seen[sub.slug] {
			r.fail(sub.line, "slug %s is taken", sub.slug)
		}
		seen[sub.slug] = true
	}
	return sec.subs
}

// scene returns the one scene of a section, nil if it has none.
func (r *reader) scene(sec *section) *Scene {
	var scene *Scene
	for _, f := range sec.fences(r.source) {
		if f.lang != "scene" {
			continue
		}
		if scene != nil {
			r.fail(f.line, "a second scene: want one")
		}
		s, err := parseScene(r.source, f)
		if err != nil {
			r.errs = append(r.errs, err)
		}
		scene = s
	}
	return scene
}

// block returns the one fenced block of that language in a section.
func (r *reader) block(sec *section, lang string) (found fence, ok bool) {
	for _, f := range sec.fences(r.source) {
		if f.lang != lang {
			continue
		}
		if ok {
			r.fail(f.line, "a second %s block: want one", lang)
		}
		found, ok = f, true
	}
	if !ok {
		r.fail(sec.line, "## %s: want a %s block", sec.title, lang)
	}
	return found, ok
}

// keys gives the pairs of a block to their readers; those of need must be there.
func (r *reader) keys(f fence, read map[string]func(Setting) error, need ...string) {
	pairs, err := parsePairs(r.source, f)
	if err != nil {
		r.errs = append(r.errs, err)
		return
	}
	seen := map[string]bool{}
	for _, c := range pairs {
		set, ok := read[c.Key]
		if !ok {
			r.fail(c.Line, "unknown key %q in a %s block", c.Key, f.lang)
			continue
		}
		seen[c.Key] = true
		if err := set(c); err != nil {
			r.fail(c.Line, "%w", err)
		}
	}
	for _, key := range need {
		if !seen[key] {
			r.fail(f.line, "%s block without %s", f.lang, key)
		}
	}
}

// splitWhy parts "option words — why" at the first spaced em dash.
func splitWhy(text string) (option, why string) {
	option, why, _ = strings.Cut(text, " — ")
	return strings.TrimSpace(option), strings.TrimSpace(why)
}
