// Package lessons is the curriculum: three phases of lessons, each a directory
// with one lesson.md that anyone can open, and the code that reads them, asks
// their questions and judges the answers.
//
// A lesson file starts with a front matter (id, phase, title, minutes, concepts,
// summary, ready) and has five parts as level-1 headings: Read, Play, Predict,
// Quiz, Do. Every level-2 heading below is a page, a goal, a question or a quiz
// item and carries a slug, {#like-this}, by which progress remembers it. Fenced
// blocks named scene, goal, predict, number and formula hold "key: value" lines for
// the lab; math blocks hold a Unicode form, a line ---, and an ASCII form; the rest
// is Markdown for people. [Lesson.Body] documents each part. Where there is
// something to derive, derivation.md lies beside the lesson.
//
// [Load] reads the front matters only, which is all that the map needs. A body
// is parsed when it is first asked for.
package lessons

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed glossary.md notation.md */lesson.md */derivation.md
var files embed.FS

// Curriculum is all lessons in order.
type Curriculum struct {
	Phases   []Phase
	glossary func() ([]Term, error)
	notation func() (string, error)
}

// Phase is a third of the way.
type Phase struct {
	ID      int
	Title   string
	Lessons []*Lesson
}

// phases names the phases; the lessons say where they belong.
var phases = []string{"Theory", "Implementation", "Deep dive"}

// Concept is what a lesson is about and what a quiz item asks for.
type Concept struct{ Name, Title string }

// Concepts is every concept, in the order in which they are met. A lesson that
// draws on all of them says "all".
var Concepts = []Concept{
	{"ode", "The ODE view"},
	{"cnf", "Continuous normalizing flows"},
	{"objective", "The flow matching objective"},
	{"schedule", "Paths and schedules"},
	{"diffusion", "Flow matching and diffusion"},
	{"training", "Training"},
	{"solvers", "Solvers"},
	{"pitfalls", "Pitfalls"},
	{"papers", "Lectures and papers"},
	{"coupling", "Couplings and rectified flow"},
	{"guidance", "Conditioning and guidance"},
}

// Load reads the outline of the lessons that are built in.
func Load() (*Curriculum, error) { return LoadFS(files, "lessons") }

// LoadFS reads the outline of the lessons below fsys: glossary.md and notation.md, and
// in each directory a lesson.md and perhaps a derivation.md. Errors name files as prefix/…/lesson.md:line.
func LoadFS(fsys fs.FS, prefix string) (*Curriculum, error) {
	names, err := fs.Glob(fsys, "*/lesson.md")
	if err != nil {
		return nil, err
	}
	c := &Curriculum{Phases: make([]Phase, len(phases))}
	for i, title := range phases {
		c.Phases[i] = Phase{ID: i + 1, Title: title}
	}
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		dir, err := fs.Sub(fsys, path.Dir(name))
		if err != nil {
			return nil, err
		}
		l, err := parseFront(source{file: prefix + "/" + name, text: text}, dir)
		if err != nil {
			return nil, err
		}
		p := &c.Phases[l.Phase-1]
		p.Lessons = append(p.Lessons, l)
	}
	for _, p := range c.Phases {
		slices.SortFunc(p.Lessons, func(a, b *Lesson) int { return cmp.Compare(a.ID, b.ID) })
	}
	c.glossary = sync.OnceValues(func() ([]Term, error) { return readGlossary(fsys, prefix) })
	c.notation = func() (string, error) {
		text, err := fs.ReadFile(fsys, "notation.md")
		return string(text), err
	}
	return c, nil
}

// Lessons returns every lesson in order.
func (c *Curriculum) Lessons() []*Lesson {
	var all []*Lesson
	for _, p := range c.Phases {
		all = append(all, p.Lessons...)
	}
	return all
}

// Ready returns the lessons that can be taken now, in order.
func (c *Curriculum) Ready() []*Lesson {
	return slices.DeleteFunc(c.Lessons(), func(l *Lesson) bool { return !l.Ready })
}

// Find returns the lesson of an id such as "2.5". The error lists the known ids.
func (c *Curriculum) Find(id string) (*Lesson, error) {
	var ids []string
	for _, l := range c.Lessons() {
		if l.ID == id {
			return l, nil
		}
		ids = append(ids, l.ID)
	}
	return nil, fmt.Errorf("no lesson %q: want one of %s", id, strings.Join(ids, ", "))
}

// Glossary returns the terms that lessons link to, in alphabetical order.
func (c *Curriculum) Glossary() ([]Term, error) { return c.glossary() }

// Notation returns our letters beside those of other texts, in Markdown.
func (c *Curriculum) Notation() (string, error) { return c.notation() }

// Term returns the glossary entry of a slug.
func (c *Curriculum) Term(slug string) (Term, bool) {
	terms, _ := c.glossary()
	for _, t := range terms {
		if t.Slug == slug {
			return t, true
		}
	}
	return Term{}, false
}
