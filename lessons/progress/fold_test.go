package progress

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"
)

// everything is events of every kind, several about the same thing, at moments
// that overlap.
func everything(rng *rand.Rand) (events []Event) {
	day := func() time.Time {
		return time.Date(2026, 3, 1+rng.IntN(20), 12, rng.IntN(3), 0, 0, time.UTC)
	}
	add := func(kind Kind, ref string, data any) {
		e, err := newEvent(kind, ref, data, day())
		if err != nil {
			panic(err)
		}
		events = append(events, e)
	}
	for i := range 6 {
		right := rng.IntN(2) == 0
		add(PageRead, "1.1/a", nil)
		add(GoalMet, fmt.Sprint("1.1/", i), nil)
		add(Prediction, "1.1/q", Guess{fmt.Sprint("option ", i), right})
		add(Answered, "1.1/item", Answer{Concept: "ode", Right: right, Sure: []string{"", "sure", "think", "guess"}[i%4]})
		add(Solved, "1.4/cfm", Derivation{Hints: rng.IntN(2)})
		add(Passed, "2.5/2.5-rk4", Passing{Hints: rng.IntN(2), Solution: right})
		add(OwnFlow, "moons", Own{float64(rng.IntN(3)), 1, right})
		add(Placed, "1", Exam{Right: rng.IntN(9), Asked: 9, Passed: right})
		add(Assessed, "3.5/final", Exam{Right: rng.IntN(9), Asked: 9, Passed: right})
		add(Golf, "2.5/hole", Round{rng.IntN(3), float64(rng.IntN(3)), fmt.Sprint("card ", i)})
		add(Capstone, "3.5", Final{fmt.Sprint("card ", i), float64(rng.IntN(3)), 1, 2, 16, right})
		add(Moved, "2.5", Place{Tab: "play", Card: fmt.Sprint("card ", i)})
	}
	return events
}

func folded(events []Event) *State {
	s := newState()
	for _, e := range events {
		if !s.fold(e) {
			panic(e.Kind)
		}
	}
	return s
}

// TestFoldsDoNotDependOnOrder: the same events in any order add up to the same.
func TestFoldsDoNotDependOnOrder(t *testing.T) {
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 1))
		events := everything(rng)
		want := folded(events)
		for range 10 {
			rng.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
			if got := folded(events); !reflect.DeepEqual(got, want) {
				t.Fatalf("seed %d: got\n%+v\nwant\n%+v", seed, got, want)
			}
		}
	}
}

// TestMergeLaws: two logs merged in either order, or twice, give the same state, and
// neither loses what it had.
func TestMergeLaws(t *testing.T) {
	events := everything(rand.New(rand.NewPCG(3, 1)))
	third := len(events) / 3
	text := func(part []Event) []byte {
		var b bytes.Buffer
		for _, e := range part {
			line, err := seal(e)
			if err != nil {
				t.Fatal(err)
			}
			b.Write(line)
		}
		return b.Bytes()
	}
	one, two := text(events[:2*third]), text(events[third:]) // they share a third
	merged := func(parts ...[]byte) *State {
		l := mustOpen(t, t.TempDir())
		for _, p := range parts {
			if _, err := l.Import(bytes.NewReader(p)); err != nil {
				t.Fatal(err)
			}
		}
		return l.State()
	}
	want := folded(events)
	for _, parts := range [][][]byte{{one, two}, {two, one}, {one, two, one, two}, {two, two, one}} {
		if got := merged(parts...); !reflect.DeepEqual(got, want) {
			t.Errorf("got\n%+v\nwant\n%+v", got, want)
		}
	}
}

// TestBestStands: of several results the best one is kept.
func TestBestStands(t *testing.T) {
	l := mustOpen(t, t.TempDir())
	for _, r := range []Round{{16, 0.01, "a"}, {8, 0.02, "b"}, {12, 0.001, "c"}} {
		mustAppend(t, l, Golf, "2.5/hole", r)
	}
	for _, f := range []Final{{Card: "near", Distance: 2, Floor: 1}, {Card: "beaten", Distance: 3, Floor: 1, Beaten: true}, {Card: "worse", Distance: 4, Floor: 1, Beaten: true}} {
		mustAppend(t, l, Capstone, "3.5", f)
	}
	for _, x := range []Exam{{Right: 5, Asked: 10}, {Right: 9, Asked: 10, Passed: true}, {Right: 7, Asked: 10}} {
		mustAppend(t, l, Placed, "1", x)
	}
	s := l.State()
	if s.Golf["2.5/hole"].Card != "b" || s.Capstone["3.5"].Card != "beaten" || s.Placed["1"].Right != 9 {
		t.Errorf("got %+v, %+v and %+v, want the best of each", s.Golf, s.Capstone, s.Placed)
	}
}

// TestLatestAnswer: what counts for a criterion is the last answer, and the clock
// may stand still between two.
func TestLatestAnswer(t *testing.T) {
	l := mustOpen(t, t.TempDir())
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	l.now = func() time.Time { return noon }
	for i := range 20 {
		mustAppend(t, l, Answered, "1.1/item", Answer{Concept: "ode", Right: i%2 == 0, Sure: "sure"})
		if got := l.State().Latest["1.1/item"].Right; got != (i%2 == 0) {
			t.Fatalf("after answer %d: got right %v", i, got)
		}
	}
	if s := l.State().Sure["sure"]; s != (Score{10, 10}) {
		t.Errorf("got %+v, want ten right and ten wrong of those that were sure", s)
	}
}
