package plain

import (
	"context"
	"strings"
	"testing"

	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// A run that is broken on purpose says so once; asked what it is, it does not: its
// words are those of a healthy run, but for what the picture shows.
func TestBrokenIsSaidUnlessAsked(t *testing.T) {
	for _, p := range lab.Pitfalls {
		words := map[bool]string{}
		for _, veiled := range []bool{false, true} {
			log, err := progress.Open(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			s := newSession(context.Background(), Options{Log: log, In: strings.NewReader(""), Out: &out})
			scene := lessons.Scene{Experiment: "train", T: 1}
			b, err := s.stage(scene, false)
			if err != nil {
				t.Fatal(err)
			}
			b.setup.Net, b.setup.Iters, b.setup.N = "8x1", 5, 50
			b.setup, b.veiled = p.Into(b.setup), veiled
			s.look(b)
			b.close()
			words[veiled] = out.String()
		}
		if n := strings.Count(words[false], "Broken on purpose: "); n != 1 {
			t.Errorf("%s: said %d times that it is broken:\n%s", p.Name, n, words[false])
		}
		for _, tell := range []string{"roken on purpose", p.Title, "NFE", "healthy", "solver"} {
			if strings.Contains(words[true], tell) {
				t.Errorf("%s: asked what it is, it says %q:\n%s", p.Name, tell, words[true])
			}
		}
	}
}
