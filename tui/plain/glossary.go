package plain

import (
	"strings"

	"fmlab/lessons"
)

// glossary says what a word means, or which words there are.
func (s *session) glossary(name string) {
	terms, err := s.Curriculum.Glossary()
	if err != nil {
		s.line(err.Error())
		return
	}
	var names []string
	for _, t := range terms {
		if matches(t, name) {
			s.markdown("**" + t.Name + "**: " + t.Markdown)
			return
		}
		names = append(names, t.Name)
	}
	if name != "" {
		s.line("There is no " + name + " in the glossary.")
	}
	s.line("The glossary: " + strings.Join(names, "; ") + ". For one of them: glossary and the word.")
}

// matches says whether a term is asked for by its name or its slug.
func matches(t lessons.Term, name string) bool {
	return strings.EqualFold(t.Name, name) || strings.EqualFold(t.Slug, strings.ReplaceAll(name, " ", "-"))
}

// notation says our letters beside those of other texts.
func (s *session) notation() {
	text, err := s.Curriculum.Notation()
	if err != nil {
		s.line(err.Error())
		return
	}
	s.markdown(text)
}
