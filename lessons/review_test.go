package lessons

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-spaced-repetition/go-fsrs/v3"

	"fmlab/lessons/progress"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// reply is an answer some days after noon.
func reply(days float64, right bool, sure string) progress.Reply {
	return progress.Reply{
		Answer: progress.Answer{Concept: "ode", Right: right, Sure: sure},
		At:     noon.Add(time.Duration(days * 24 * float64(time.Hour))),
	}
}

// TestReplay: what is remembered is what the library's own table of all four
// ratings says, answer by answer.
func TestReplay(t *testing.T) {
	scheduler := fsrs.NewFSRS(fsrs.DefaultParam())
	for name, history := range map[string]struct {
		replies []progress.Reply
		ratings []fsrs.Rating
	}{
		"once":    {[]progress.Reply{reply(0, true, Think)}, []fsrs.Rating{fsrs.Good}},
		"known":   {[]progress.Reply{reply(0, true, Sure), reply(9, true, Sure), reply(60, true, Think)}, []fsrs.Rating{fsrs.Easy, fsrs.Easy, fsrs.Good}},
		"learnt":  {[]progress.Reply{reply(0, false, Sure), reply(0.002, true, Guess), reply(0.02, true, ""), reply(3, true, Think)}, []fsrs.Rating{fsrs.Again, fsrs.Hard, fsrs.Good, fsrs.Good}},
		"slipped": {[]progress.Reply{reply(0, true, Sure), reply(12, false, Guess), reply(12.01, true, Think)}, []fsrs.Rating{fsrs.Easy, fsrs.Again, fsrs.Good}},
	} {
		want := fsrs.NewCard()
		for i, r := range history.replies {
			want = scheduler.Repeat(want, r.At)[history.ratings[i]].Card
		}
		if got := Remembered(history.replies); got != want {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
}

// TestDeck: only what was answered is in it, the one due first first; answers to
// items that are gone are left aside; and what was wrong comes back soon.
func TestDeck(t *testing.T) {
	c := mustLoad(t)
	deck := c.Deck(&progress.State{Replies: map[string][]progress.Reply{
		"1.1/model-knows":  {reply(0, true, Sure)},
		"1.1/where-chance": {reply(0, false, Sure)},
		"2.5/what-nfe":     {reply(0, true, Think)},
		"1.1/gone":         {reply(0, false, Think)},
		"9.9/gone":         {reply(0, false, Think)},
	}})
	var slugs []string
	for _, card := range deck {
		slugs = append(slugs, card.Item.Slug)
	}
	if want := []string{"where-chance", "what-nfe", "model-knows"}; !slices.Equal(slugs, want) {
		t.Fatalf("got %v, want %v", slugs, want)
	}
	for _, x := range []struct {
		after time.Duration
		due   int
		says  string
	}{
		{0, 0, "nothing is due; the next item comes in 1 minute"},
		{2 * time.Minute, 1, ""},
		{time.Hour, 2, ""},
		{60 * 24 * time.Hour, 3, ""},
	} {
		now := noon.Add(x.after)
		if got := len(Due(deck, now)); got != x.due || Waiting(deck, now) != x.says {
			t.Errorf("after %v: got %d due, %q, want %d, %q", x.after, got, Waiting(deck, now), x.due, x.says)
		}
	}
	if words := Waiting(nil, noon); !strings.Contains(words, "nothing to review yet") {
		t.Errorf("empty deck: got %q", words)
	}
	if s := NewReview(Due(deck, noon.Add(time.Hour)), 1); s.Items() != 2 || s.Now().Ref() != "1.1/where-chance" {
		t.Errorf("got a review of %d items, first %s", s.Items(), s.Now().Ref())
	}
}

func TestUntil(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Hour: "now", 30 * time.Second: "in 1 minute", 10 * time.Minute: "in 10 minutes", 70 * time.Minute: "in 1 hour",
		47 * time.Hour: "in 47 hours", 8*24*time.Hour + time.Hour: "in 8 days",
	} {
		if got := Until(d); got != want {
			t.Errorf("%v: got %q, want %q", d, got, want)
		}
	}
}
