package lessons

import (
	"strings"
	"testing"

	"fmlab/lab"
	"fmlab/lessons/progress"
)

// photograph is a frame of the race with an error and its price.
func photograph(rms, nfe float64) *lab.Frame {
	return &lab.Frame{Stats: []lab.Stat{{Key: "nfe", Title: "NFE", Value: nfe}, {Key: "rms_error", Title: "RMS error", Value: rms}}}
}

// firstHole is the first hole of lesson 2.5 with the setup it is played from.
func firstHole(t *testing.T) (*Golf, lab.Setup) {
	t.Helper()
	l, err := mustLoad(t).Find("2.5")
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.Body()
	if err != nil {
		t.Fatal(err)
	}
	s, err := b.Play.Scene.Setup()
	if err != nil {
		t.Fatal(err)
	}
	return &b.Play.Golf[0], s
}

// A round counts when the condition holds with the knobs of the hole; what is free
// may be anything, and what is not is named.
func TestRounds(t *testing.T) {
	g, s := firstHole(t)
	for _, free := range [][2]string{{"solver", "dpm2"}, {"grid", "lambda"}, {"nfe", "100"}, {"rtol", "0.1"}, {"n", "2000"}, {"net", "8x1"}} {
		if err := s.Set(free[0], free[1]); err != nil {
			t.Fatal(err)
		}
	}
	if r, done, words := g.Round(photograph(0.02, 100), s); !done || r.NFE != 100 || r.Value != 0.02 || !strings.Contains(words, "NFE 100") {
		t.Errorf("got %+v, %v, %q want the hole finished with 100", r, done, words)
	}
	if _, done, words := g.Round(photograph(0.2, 100), s); done || !strings.Contains(words, "RMS error 0.2") {
		t.Errorf("got finished with an error of 0.2, %q", words)
	}
	if _, done, _ := g.Round(&lab.Frame{}, s); done {
		t.Error("got finished with nothing measured")
	}
	for _, held := range [][2]string{{"seed", "8"}, {"data", "2gaussians"}, {"path", "vp"}, {"model", "learned"}, {"label", "0"}, {"route", "vp"}, {"direction", "backward"}, {"pitfall", "few-steps"}} {
		foul := s
		if err := foul.Set(held[0], held[1]); err != nil {
			t.Fatal(err)
		}
		if _, done, words := g.Round(photograph(0.02, 8), foul); done || !strings.Contains(words, held[0]+" "+held[1]) {
			t.Errorf("%s %s: got finished %v, %q, want it named", held[0], held[1], done, words)
		}
	}
}

// The score is told against par, and a better one is not called impossible.
func TestScore(t *testing.T) {
	g := &Golf{Par: 12}
	for nfe, want := range map[int]string{14: "your best 14, par 12", 12: "the best known", 11: "better than the best known"} {
		if got := g.Score(progress.Round{NFE: nfe}, true); !strings.Contains(got, want) {
			t.Errorf("%d: got %q", nfe, got)
		}
	}
	if got := g.Score(progress.Round{}, false); got != "par 12" {
		t.Errorf("not played: got %q", got)
	}
}

// A golf block is read as strictly as a goal.
func TestGolfIsRead(t *testing.T) {
	hole := "## A hole {#hole}\nWords.\n\n```golf\nwhen: rms_error < 0.1\nsolve: nfe = 16\npar: 16\n```\n\nAfter.\n# Predict\n"
	with := strings.Replace(good, "# Predict\n", hole, 1)
	read := func(text string) (*Body, error) {
		l, err := load(text)
		if err != nil {
			return nil, err
		}
		return l.Body()
	}
	b, err := read(with)
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Play.Golf) != 1 || len(b.Play.Goals) != 1 || b.Play.Golf[0].Par != 16 || b.Play.Golf[0].After != "After." {
		t.Errorf("got %d goals and holes %+v", len(b.Play.Goals), b.Play.Golf)
	}
	for from, want := range map[string]string{"par: 16\n": "golf block without par", "par: 16": "want a number of evaluations", "when: rms_error < 0.1\n": "golf block without when"} {
		to := ""
		if !strings.HasSuffix(from, "\n") {
			to = "par: none"
		}
		if _, err := read(strings.Replace(with, from, to, 1)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("without %q: got %v want %q", from, err, want)
		}
	}
}
