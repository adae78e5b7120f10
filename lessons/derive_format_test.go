package lessons

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fmlab/lessons/derivation"
)

const goodDerivation = `# Title {#x minutes=5}
Given.
## Order {#order}
Sort.

` + "```steps\n1. a — first\n2. b — second\n3. [] c — third\n4. [1 3] d — fourth\n- e — false\nhint: look\n```" + `

So it is.
## Blank {#blank}
Type.

` + "```blank\nleft: u\nwhere: t in 0..1, x in -1..1\nanswer: x*t\nwrong: x — no t\nwrong: t — no x\nhint: think\nhint: more\n```" + `

Yes.
`

func loadDerivation(text string) (*derivation.Derivation, error) {
	c, err := LoadFS(fstest.MapFS{
		"1.1-x/lesson.md":     {Data: []byte(good)},
		"1.1-x/derivation.md": {Data: []byte(text)},
		"glossary.md":         {Data: []byte("# Glossary\n")},
	}, "lessons")
	if err != nil {
		return nil, err
	}
	b, err := c.Lessons()[0].Body()
	if err != nil {
		return nil, err
	}
	return b.Derivation, nil
}

func TestDerivationFormat(t *testing.T) {
	d, err := loadDerivation(goodDerivation)
	if err != nil {
		t.Fatal(err)
	}
	if d.ID != "1.1-x" || d.Slug != "x" || d.Title != "Title" || d.Minutes != 5 || d.Intro != "Given." || d.File != "lessons/1.1-x/derivation.md" {
		t.Errorf("got %+v", d)
	}
	p := d.Parts[0]
	needs := ""
	for _, s := range p.Steps {
		needs += fmt.Sprint(s.Needs)
	}
	if p.Text != "Sort." || p.After != "So it is." || needs != "[][0][][0 2][]" || !p.Steps[4].False || p.Steps[1].Line != 8 ||
		p.Steps[3].Text != "d" || p.Steps[4].Why != "false" || !slices.Equal(p.Hints, []string{"look"}) {
		t.Errorf("got %+v", p)
	}
	p = d.Parts[1]
	if b := p.Blank; b.Left != "u" || b.Answer.String() != "x*t" || len(b.Wrong) != 2 || b.Wrong[1].Hint != "no x" || b.Wrong[1].Line != 24 || len(p.Hints) != 2 {
		t.Errorf("got %+v, %+v", p, b)
	}
	if b := body(t, good); b.Derivation != nil {
		t.Errorf("got %+v without a file, want none", b.Derivation)
	}
}

// TestDerivationErrorsSayWhere breaks the good derivation in one place at a time.
func TestDerivationErrorsSayWhere(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"# Title {#x", "# Title {#", "derivation.md:1: want one # heading with a slug"},
		{"minutes=5", "minutes=0", "derivation.md:1: minutes=0: want a whole number"},
		{"{#order}", "{#blank}", "slug blank is taken"},
		{"1. a — first", "1. a", `derivation.md:7: "a": no reason`},
		{"2. b", "3. b", "derivation.md:8: step 3: want true steps first, numbered"},
		{"1. a — first\n", "- z — false\n1. a — first\n", "derivation.md:8: step 1: want true steps first"},
		{"[1 3]", "[1 4]", "derivation.md:10: [1 4]: want numbers of steps before step 4"},
		{"- e", "e", `derivation.md:11: "e — false": want 1. step`},
		{"```steps", "```step", "derivation.md:3: ## Order: want a steps or a blank block"},
		{"```\n\nSo it is.", "```\n\n```steps\n1. a — b\n```\n", "a second steps block"},
		{"left: u\n", "", "derivation.md:19: blank block without left"},
		{"answer: x*t", "anser: x*t", `derivation.md:22: unknown key "anser"`},
		{"answer: x*t", "answer: x*y", `derivation.md:22: column 3: found "y": want one of t, x, pi`},
		{"wrong: t — no x", "wrong: 2t — no x", "derivation.md:24: column 2"},
		{"wrong: t — no x", "wrong: t", `derivation.md:24: "t": no hint`},
		{"t in 0..1", "t in 1..0", "derivation.md:21: \"t in 1..0\": want name in lo..hi"},
		{"t in 0..1", "e in 0..1", "derivation.md:21: e already means something"},
		{"left: u", "left: u\nleft: v", "derivation.md:21: left is given twice"},
	} {
		text := strings.Replace(goodDerivation, c.old, c.new, 1)
		if text == goodDerivation {
			t.Fatalf("%q is not in the derivation", c.old)
		}
		if _, err := loadDerivation(text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q for %q: got error %v, want …%s…", c.new, c.old, err, c.want)
		}
	}
}

func FuzzDerivation(f *testing.F) {
	f.Add(goodDerivation)
	f.Fuzz(func(t *testing.T, text string) { loadDerivation(text) })
}
