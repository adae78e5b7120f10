package lessons

import (
	"slices"
	"strings"
	"testing"

	"fmlab/lab"
)

// The clinic shows every pitfall in some picture, beside another that it can be told
// from, and spots at least eight bugs in programs short enough to read.
func TestClinic(t *testing.T) {
	l, err := mustLoad(t).Find("2.7")
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.Body()
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	pictures, bugs := 0, 0
	for _, it := range b.Quiz {
		if it.Kind == Picture {
			pictures++
			for _, o := range it.Options {
				shown = append(shown, o.Set[0].Value)
			}
		}
		if strings.HasPrefix(it.Slug, "bug-") {
			bugs++
			_, code, fenced := strings.Cut(it.Question, "```python\n")
			code, _, _ = strings.Cut(code, "\n```")
			if n := strings.Count(code, "\n") + 1; !fenced || n > 12 {
				t.Errorf("%s: want a program of at most 12 lines, got %d", it.Slug, n)
			}
			for _, line := range strings.Split(code, "\n") {
				if len([]rune(line)) > 50 {
					t.Errorf("%s: %q: want at most 50 columns", it.Slug, line)
				}
			}
		}
	}
	if pictures < 8 || bugs < 8 {
		t.Errorf("got %d pictures and %d bugs want at least 8 of each", pictures, bugs)
	}
	for _, p := range lab.Pitfalls {
		if !slices.Contains(shown, p.Name) {
			t.Errorf("no picture of %s", p.Name)
		}
	}
}
