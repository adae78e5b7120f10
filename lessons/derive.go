package lessons

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"

	"fmlab/lessons/derivation"
)

// derivationFile lies beside the lesson.md of a lesson with a derivation.
const derivationFile = "derivation.md"

// derivation reads the lesson's derivation, nil if it has none:
//
//	# A title {#slug minutes=15}
//
//	What is given, what is to be shown, what the symbols are called.
//
//	## A part {#slug}
//
//	What is asked, then one block, then what is said when it is right.
//
// The block is a list of steps, or a blank to fill:
//
//	```steps
//	1. a true step — why it comes where it does
//	2. the next — why it needs step 1
//	3. [1] another — why it needs step 1, but not step 2; [] needs none, [1 2] both
//	- a false step — why it is false
//	hint: a nudge
//	```
//
//	```blank
//	left: u
//	where: t in 0.1..0.9, x0, x1 in -3..3
//	answer: x1 - x0
//	wrong: x0 - x1 — what helps who types this
//	hint: a nudge
//	```
func (l *Lesson) derivation() (*derivation.Derivation, error) {
	text, err := fs.ReadFile(l.dir, derivationFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r := &reader{source: source{file: path.Join(path.Dir(l.File), derivationFile), text: text}, lesson: l}
	tops, err := sections(r.source)
	if err != nil {
		return nil, err
	}
	if len(tops) != 1 || tops[0].slug == "" || len(tops[0].subs) == 0 {
		return nil, r.errorf(1, "want one # heading with a slug, {#like-this}, and ## parts below it")
	}
	d := r.derive(tops[0])
	return d, errors.Join(r.errs...)
}

func (r *reader) derive(sec *section) *derivation.Derivation {
	d := &derivation.Derivation{
		ID: r.lesson.ID + "-" + sec.slug, Slug: sec.slug, Title: sec.title,
		Intro: sec.prose(r.source, sec.from, sec.to), File: r.file, Line: sec.line,
	}
	var err error
	if d.Minutes, err = strconv.Atoi(sec.attrs["minutes"]); err != nil || d.Minutes < 1 {
		r.fail(sec.line, "minutes=%s: want a whole number", sec.attrs["minutes"])
	}
	for _, sub := range r.subs(sec) {
		d.Parts = append(d.Parts, r.part(sub))
	}
	return d
}

// part reads one ## part with its steps or its blank.
func (r *reader) part(sec *section) derivation.Part {
	p := derivation.Part{Slug: sec.slug, Title: sec.title, Line: sec.line}
	for _, f := range sec.fences(r.source) {
		switch {
		case f.lang != "steps" && f.lang != "blank":
			continue
		case p.Steps != nil || p.Blank != nil:
			r.fail(f.line, "a second %s block: want one block", f.lang)
		case f.lang == "steps":
			r.steps(f, &p)
		default:
			r.blank(f, &p)
		}
		p.Text = sec.prose(r.source, sec.from, f.from)
		p.After = sec.prose(r.source, f.to, sec.to)
	}
	if p.Steps == nil && p.Blank == nil {
		r.fail(sec.line, "## %s: want a steps or a blank block", sec.title)
	}
	return p
}

var stepLine = regexp.MustCompile(`^(?:(\d+)\.|-) +(?:\[([\d ]*)\] +)?(.+)$`)

func (r *reader) steps(f fence, p *derivation.Part) {
	p.Steps = []derivation.Step{}
	for i, line := range f.lines {
		at := f.line + 1 + i
		if hint, ok := strings.CutPrefix(line, "hint: "); ok {
			p.Hints = append(p.Hints, hint)
			continue
		}
		step, err := readStep(line, p.Steps)
		if err != nil {
			r.fail(at, "%w", err)
		}
		step.Line = at
		p.Steps = append(p.Steps, step)
	}
}

// readStep reads a step that follows others. True steps are numbered from 1 and
// stand before the false ones, so that the number n is that of the place n − 1.
func readStep(line string, before []derivation.Step) (s derivation.Step, err error) {
	m := stepLine.FindStringSubmatch(line)
	if m == nil {
		return s, fmt.Errorf("%q: want 1. step — why, 2. [1] step — why, - false step — why, or hint: words", line)
	}
	s.False = m[1] == ""
	if s.Text, s.Why = splitWhy(m[3]); s.Why == "" {
		return s, fmt.Errorf("%q: no reason after \" — \"", s.Text)
	}
	if s.False {
		return s, nil
	}
	n := len(before)
	if m[1] != strconv.Itoa(n+1) || n > 0 && before[n-1].False {
		return s, fmt.Errorf("step %s: want true steps first, numbered 1, 2, 3", m[1])
	}
	if n > 0 && !strings.HasPrefix(line, m[1]+". [") {
		s.Needs = []int{n - 1}
	}
	for _, word := range strings.Fields(m[2]) {
		k, err := strconv.Atoi(word)
		if err != nil || k < 1 || k > n {
			return s, fmt.Errorf("[%s]: want numbers of steps before step %d", m[2], n+1)
		}
		s.Needs = append(s.Needs, k-1)
	}
	return s, nil
}

func (r *reader) blank(f fence, p *derivation.Part) {
	b := &derivation.Blank{Line: f.line}
	p.Blank = b
	var answer Setting
	var wrong []Setting
	r.keys(f, map[string]func(Setting) error{
		"left":   func(c Setting) error { b.Left = c.Value; return nil },
		"where":  func(c Setting) (err error) { b.Symbols, err = derivation.ParseSymbols(c.Value); return err },
		"answer": func(c Setting) error { answer = c; return nil },
		"wrong":  func(c Setting) error { wrong = append(wrong, c); return nil },
		"hint":   func(c Setting) error { p.Hints = append(p.Hints, c.Value); return nil },
	}, "left", "where", "answer")
	if b.Symbols == nil || answer.Value == "" {
		return // what the formulas mean is not known
	}
	var err error
	if b.Answer, err = b.Parse(answer.Value); err != nil {
		r.fail(answer.Line, "%w", err)
	}
	for _, c := range wrong {
		typed, hint := splitWhy(c.Value)
		w := derivation.Wrong{Hint: hint, Line: c.Line}
		if w.Formula, err = b.Parse(typed); err != nil {
			r.fail(c.Line, "%w", err)
		}
		if hint == "" {
			r.fail(c.Line, "%q: no hint after \" — \"", typed)
		}
		b.Wrong = append(b.Wrong, w)
	}
}
