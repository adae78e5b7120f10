package report

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// learnt is a learner's progress with a program, cheap cards and everything that
// could break a page in it.
func learnt(t *testing.T) (c *lessons.Curriculum, s *progress.State, dir string) {
	t.Helper()
	c, err := lessons.Load()
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	log, err := progress.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	note := func(kind progress.Kind, ref string, data any) {
		if err := log.Append(kind, ref, data); err != nil {
			t.Fatal(err)
		}
	}
	l, err := c.Find("2.5")
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.Body()
	if err != nil {
		t.Fatal(err)
	}
	note(progress.GoalMet, progress.Ref("2.5", b.Play.Goals[0].Slug), nil)
	note(progress.Prediction, progress.Ref("2.5", b.Predicts[0].Slug), progress.Guess{Option: "Euler | <b>*all*</b>"})
	note(progress.Passed, "2.5/2.5-rk4", progress.Passing{})
	note(progress.Moved, "2.5", progress.Place{Tab: "play", Card: "fmlab play --experiment particles --data 2gaussians --n 5000 --nfe 8 --t 0.30"})
	note(progress.PageRead, "1.4/"+slug(t, c, "1.4"), nil)
	note(progress.Moved, "1.4", progress.Place{Tab: "play", Card: "fmlab play --experiment particles --data /nowhere/at<all>.csv"})
	note(progress.Golf, "2.5/golf-moons", progress.Round{NFE: 12, Value: 0.01})
	note(progress.Placed, "1", progress.Exam{Right: 9, Asked: 10, Passed: true})
	note(progress.Capstone, "3.5", progress.Final{Distance: 0.02, Floor: 0.01, Q95: 0.03, NFE: 16, Beaten: true,
		Card: "fmlab play --experiment particles --data 2gaussians --model learned --net 8x1 --batch 16 --iters 100000000 --n 100 --nfe 4 --threads 1"})
	if err := os.MkdirAll(filepath.Join(dir, "code"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "code", "2.5-rk4.star"), []byte("def rk4_step(v, z, t, h):\n    # ``` & </pre><script>\n    return z\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return c, log.State(), dir
}

// slug is that of a lesson's first page.
func slug(t *testing.T, c *lessons.Curriculum, id string) string {
	t.Helper()
	l, err := c.Find(id)
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.Body()
	if err != nil {
		t.Fatal(err)
	}
	return b.Pages[0].Slug
}

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// quickly makes the capstone's training a matter of moments.
func quickly(s *progress.State) {
	f := s.Capstone["3.5"]
	f.Card = strings.Replace(f.Card, "--iters 100000000", "--iters 20", 1)
	s.Capstone["3.5"] = f
}

func reported(t *testing.T) *Report {
	t.Helper()
	c, s, dir := learnt(t)
	quickly(s)
	var told []int
	r, err := Make(context.Background(), c, s, Options{Now: noon, Dir: dir, Tell: func(done, of int, _ string) { told = append(told, done, of) }})
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{0, 3, 1, 3, 2, 3, 3, 3}; !slices.Equal(told, want) {
		t.Errorf("got told %v, want %v: two lessons, the capstone, the end", told, want)
	}
	return r
}

// elements counts the elements of a page and collects its text. Figures must have
// axes and a caption.
func elements(t *testing.T, text string) (count map[string]int, words string) {
	t.Helper()
	count = map[string]int{}
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return count, b.String()
		}
		if err != nil {
			t.Fatalf("got %v, want well-formed text: %.300s", err, text[max(0, d.InputOffset()-200):])
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			count[tok.Name.Local]++
		case xml.CharData:
			b.Write(tok)
		}
	}
}

func TestHTML(t *testing.T) {
	r := reported(t)
	var b bytes.Buffer
	if err := r.HTML(&b); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	count, words := elements(t, page)
	if count["figure"] < 3 || count["svg"] != count["figure"] || count["figcaption"] != count["figure"] {
		t.Errorf("got elements %v, want a drawing and a caption in each figure", count)
	}
	if count["script"]+count["img"]+count["link"] > 0 || strings.Contains(page, "url(") || strings.Contains(page, "@import") {
		t.Errorf("got elements %v, want nothing that comes from elsewhere", count)
	}
	for _, want := range []string{
		"1 March 2026", "Explain the ODE view", "capstone", "Euler | <b>*all*</b> (it came out otherwise)", "passed without help",
		"``` & </pre><script>", "No figure: ", "at<all>.csv", "your best 12", "placement test, phase 1", "where the setting had 5000",
		"--data 2gaussians", "prefers-color-scheme",
	} {
		if !strings.Contains(words, want) {
			t.Errorf("want %q on the page", want)
		}
	}
	for _, f := range r.pictures() {
		if !strings.Contains(words, f.Card) || f.Caption == "" && f.Chart == nil {
			t.Errorf("%s: want the card %q and a caption %q", f.Name, f.Card, f.Caption)
		}
	}
}

// TestCardsAreOfTheFigures: the card below a figure makes that figure, not the run
// that was longer.
func TestCardsAreOfTheFigures(t *testing.T) {
	for _, f := range reported(t).pictures() {
		_, s, _, err := lab.ReadCard(f.Card)
		if err != nil || s.N > mostPoints {
			t.Errorf("%s: got %v and %d points of card %q, want at most %d", f.Name, err, s.N, f.Card, mostPoints)
		}
	}
}

func TestMarkdownWithItsFigures(t *testing.T) {
	r := reported(t)
	file := filepath.Join(t.TempDir(), "my report.md")
	written, err := Write(file, r, false)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(written) != len(r.pictures())+1 || written[len(written)-1] != file {
		t.Errorf("got files %v, want the figures and then the text", written)
	}
	for _, p := range r.pictures() {
		svg, err := os.ReadFile(filepath.Join(Folder(file), p.file()))
		if err != nil {
			t.Fatal(err)
		}
		count, words := elements(t, string(svg))
		if count["svg"] != 1 || count["text"] < 8 || !strings.Contains(words, p.Title) {
			t.Errorf("%s: got %v, want a figure with ticks and a caption", p.Name, count)
		}
		if !strings.Contains(string(text), "(my%20report-figures/"+p.file()+")") {
			t.Errorf("%s: want it named in the text", p.Name)
		}
	}
	for _, want := range []string{`Euler \| \<b\>\*all\*\</b\>`, "````\ndef rk4_step"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("want %q in\n%s", want, text)
		}
	}
}

// TestNothingIsWrittenOver: a report, a folder, or anything else that is there stays
// as it is, unless told otherwise; and what cannot be is said before the work.
func TestNothingIsWrittenOver(t *testing.T) {
	r := &Report{Date: noon}
	dir := t.TempDir()
	name := func(n string) string { return filepath.Join(dir, n) }
	if err := os.WriteFile(name("a.html"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, n := range []string{"b-figures", "c.html"} {
		if err := os.Mkdir(name(n), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for n, want := range map[string]string{
		"a.html": "stays as it is", "a.txt": "ends in .html or .md", "none/a.html": "no directory", "b.md": "a folder: there is one", "c.html": "not a regular file", "a": "ends in",
	} {
		if _, err := Write(name(n), r, false); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", n, err, want)
		}
	}
	if text, _ := os.ReadFile(name("a.html")); string(text) != "mine" {
		t.Errorf("got %q, want the file as it was", text)
	}
	for _, n := range []string{"a.html", "b.md", "d.html", "E.MD"} {
		if _, err := Write(name(n), r, true); err != nil {
			t.Errorf("%s with force: %v", n, err)
		}
	}
	if _, err := Write(name("c.html"), r, true); err == nil {
		t.Error("c.html is a directory: want an error with force too")
	}
}

// TestNothingLearnt: an empty log makes a report too.
func TestNothingLearnt(t *testing.T) {
	c, err := lessons.Load()
	if err != nil {
		t.Fatal(err)
	}
	log, err := progress.Open("")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Make(context.Background(), c, log.State(), Options{Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	var b, m bytes.Buffer
	if err := errors.Join(r.HTML(&b), r.Markdown(&m, "figures")); err != nil {
		t.Fatal(err)
	}
	if _, words := elements(t, b.String()); !strings.Contains(words, "No lesson was begun yet") || !strings.Contains(m.String(), "0 of 5 criteria met") {
		t.Errorf("got %s", words)
	}
}

// TestCancel: a report that is cancelled ends at once.
func TestCancel(t *testing.T) {
	c, s, dir := learnt(t)
	ctx, cancel := context.WithCancel(context.Background())
	began := time.Now()
	_, err := Make(ctx, c, s, Options{Now: noon, Dir: dir, Tell: func(done, _ int, _ string) {
		if done == 1 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || time.Since(began) > 10*time.Second {
		t.Errorf("got %v after %v, want it cancelled at once", err, time.Since(began))
	}
}

// TestLimits: long work is cut in proportion, and only where it is done.
func TestLimits(t *testing.T) {
	exp, err := lab.FindExperiment("particles")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		turn  map[string]string
		iters int
		said  int
	}{
		{map[string]string{"model": "exact", "iters": "4000", "n": "100"}, 4000, 0},
		{map[string]string{"model": "learned", "iters": "4000", "n": "100"}, mostIters, 1},
		{map[string]string{"model": "learned", "iters": "100", "n": "2000", "nfe": "512"}, 100, 2},
		{map[string]string{"model": "learned", "iters": "4000", "n": "100", "batch": "512"}, mostIters / 2, 1},
		{map[string]string{"model": "learned", "iters": "4000", "n": "100", "reflow": "2"}, mostIters / 3, 1},
	} {
		s := lab.Default()
		for knob, v := range c.turn {
			if err := s.Set(knob, v); err != nil {
				t.Fatal(err)
			}
		}
		said := limited(exp, &s)
		if s.Iters != c.iters || len(said) != c.said || s.N > mostPoints || s.NFE > mostNFE {
			t.Errorf("%v: got %d iterations, %d points, %d NFE, said %q; want %d iterations and %d sentences", c.turn, s.Iters, s.N, s.NFE, said, c.iters, c.said)
		}
	}
}
