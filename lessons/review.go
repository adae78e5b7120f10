package lessons

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/open-spaced-repetition/go-fsrs/v3"

	"fmlab/lessons/progress"
)

// Card is a quiz item that was answered, and when it should be asked again.
type Card struct {
	Lesson *Lesson
	Item   *Item
	Memory fsrs.Card // what the memory model makes of all answers
}

// Due is when it should be asked again.
func (c Card) Due() time.Time { return c.Memory.Due }

// memory is the model that says when an item is about to be forgotten. It draws no
// lots, so that the same answers always lead to the same day.
var memory = fsrs.NewFSRS(fsrs.DefaultParam())

// Rating is what the memory model is told of an answer.
func Rating(a progress.Answer) fsrs.Rating {
	switch {
	case !a.Right:
		return fsrs.Again
	case a.Sure == Guess:
		return fsrs.Hard
	case a.Sure == Sure:
		return fsrs.Easy
	}
	return fsrs.Good
}

// Remembered replays answers, the oldest first.
func Remembered(replies []progress.Reply) fsrs.Card {
	card := fsrs.NewCard()
	for _, r := range replies {
		card = memory.Next(card, r.At, Rating(r.Answer)).Card
	}
	return card
}

// Deck is every item of the lessons that was answered, the one due first first.
// Answers to items that are not there any more are left aside.
func (c *Curriculum) Deck(s *progress.State) []Card {
	var deck []Card
	for _, l := range c.Ready() {
		b, err := l.Body()
		if err != nil {
			continue // opening the lesson says why
		}
		for i := range b.Quiz {
			if replies := s.Replies[progress.Ref(l.ID, b.Quiz[i].Slug)]; len(replies) > 0 {
				deck = append(deck, Card{l, &b.Quiz[i], Remembered(replies)})
			}
		}
	}
	slices.SortStableFunc(deck, func(a, b Card) int { return a.Due().Compare(b.Due()) })
	return deck
}

// Due returns the cards of a deck whose time has come.
func Due(deck []Card, now time.Time) []Card {
	n := slices.IndexFunc(deck, func(c Card) bool { return c.Due().After(now) })
	if n < 0 {
		n = len(deck)
	}
	return deck[:n]
}

// Waiting says why nothing is to be reviewed now and when the next card is due, ""
// when one is due.
func Waiting(deck []Card, now time.Time) string {
	switch {
	case len(deck) == 0:
		return "nothing to review yet: items come here once they were answered in a quiz"
	case len(Due(deck, now)) > 0:
		return ""
	}
	return "nothing is due; the next item comes " + Until(deck[0].Due().Sub(now))
}

// Until says how long something is to come: "in 5 minutes".
func Until(d time.Duration) string {
	minutes, hours, days := math.Ceil(d.Minutes()), math.Round(d.Hours()), math.Round(d.Hours()/24)
	switch {
	case d <= 0:
		return "now"
	case minutes < 60:
		return fmt.Sprintf("in %.0f %s", minutes, plural(int(minutes), "minute"))
	case hours < 48:
		return fmt.Sprintf("in %.0f %s", hours, plural(int(hours), "hour"))
	}
	return fmt.Sprintf("in %.0f days", days)
}

// NewReview asks the cards given, made anew.
func NewReview(cards []Card, seed uint64) *Session {
	all := make([]card, len(cards))
	for i, c := range cards {
		all[i] = card{c.Lesson, c.Item}
	}
	return newSession(all, nil, seed)
}
