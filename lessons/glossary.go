package lessons

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"
)

// Term is an entry of the glossary. Lessons link to it as [words](../glossary.md#slug).
type Term struct {
	Slug, Name string
	Markdown   string
}

// readGlossary reads glossary.md: # Glossary, then a ## Name {#slug} for each term.
func readGlossary(fsys fs.FS, prefix string) ([]Term, error) {
	text, err := fs.ReadFile(fsys, "glossary.md")
	if err != nil {
		return nil, err
	}
	r := &reader{source: source{file: prefix + "/glossary.md", text: text}}
	tops, err := sections(r.source)
	if err != nil {
		return nil, err
	}
	var terms []Term
	for _, top := range tops {
		for _, sub := range r.subs(top) {
			terms = append(terms, Term{Slug: sub.slug, Name: sub.title, Markdown: sub.prose(r.source, sub.from, sub.to)})
		}
	}
	if len(r.errs) > 0 {
		return nil, r.errs[0]
	}
	slices.SortFunc(terms, func(a, b Term) int {
		return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return terms, nil
}
