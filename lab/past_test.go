package lab

import (
	"math"
	"slices"
	"testing"
)

// watched trains to its end, photographing the present after every iteration that a
// look was taken at.
func watched(t *testing.T, turns ...string) (*bench, map[int]*Frame) {
	t.Helper()
	s := short()
	s.Iters, s.N, s.NFE = 120, 200, 8
	for i := 0; i < len(turns); i += 2 {
		if err := s.Set(turns[i], turns[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	sim, err := startTrain(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sim.Close)
	b := sim.(*bench)
	then := map[int]*Frame{}
	for {
		seen := len(b.moments)
		more := b.Step()
		if n := len(b.moments); n > seen {
			then[n] = b.Frame(Look{Trip: 0.6, Field: true, Trails: true})
		}
		if !more {
			return b, then
		}
	}
}

// A look back shows what was seen then: samples, field, loss and scores, to the last
// bit, and says when that was.
func TestThePastIsAsItWas(t *testing.T) {
	b, then := watched(t)
	if n := len(b.moments); n < 20 || n > previews+1 {
		t.Fatalf("got %d moments want about %d", n, previews)
	}
	for k, was := range then {
		f := b.Frame(Look{Trip: 0.6, Field: true, Trails: true, Past: k})
		if f.Past != k || f.Moments != len(b.moments) {
			t.Errorf("got moment %d of %d want %d of %d", f.Past, f.Moments, k, len(b.moments))
		}
		for i, l := range was.Plane.Layers {
			got := f.Plane.Layers[i]
			if !slices.Equal(got.Points, l.Points) || !slices.Equal(got.Vectors, l.Vectors) {
				t.Fatalf("moment %d: got another picture of %q than was seen", k, l.Label)
			}
		}
		for _, st := range was.Stats {
			got, ok := f.Stat(st.Key)
			if ok && got.Value != st.Value && !math.IsNaN(st.Value) {
				t.Errorf("moment %d: got %s %g want %g", k, st.Key, got.Value, st.Value)
			}
		}
		if iter, _ := was.Stat("iter"); f.Say == "" || f.Plane.Title == was.Plane.Title || int(iter.Value) != b.moments[k-1].iter {
			t.Errorf("moment %d of iteration %d: got %q", k, b.moments[k-1].iter, f.Say)
		}
	}
	now := b.Frame(Look{Trip: 1})
	if iter, _ := now.Stat("iter"); now.Past != 0 || iter.Value != 120 {
		t.Errorf("got moment %d, iteration %g want the present", now.Past, iter.Value)
	}
	if first := b.Frame(Look{Past: 1}); stat(t, first, "field_error").Value < 3*stat(t, now, "field_error").Value {
		t.Error("got a first moment as good as the last")
	}
}

// However many steps a trip takes, a moment keeps few of its states; and the ends of
// the way are among them.
func TestThePastIsThin(t *testing.T) {
	b, _ := watched(t, "solver", "euler", "nfe", "100")
	for _, m := range b.moments {
		if n := len(m.trip.States); n != keptStates || m.steps != 100 {
			t.Fatalf("got %d states of %d steps want %d", n, m.steps, keptStates)
		}
		if m.trip.Times[0] != 0 || m.trip.Times[keptStates-1] != 1 {
			t.Fatalf("got times %g to %g want the whole way", m.trip.Times[0], m.trip.Times[keptStates-1])
		}
	}
}

// Another solver keeps the past and says how it was sampled; another flow has none.
func TestThePastAfterATurn(t *testing.T) {
	b, _ := watched(t)
	s := b.setup
	s.Solver, s.NFE = "euler", 3
	if err := b.Retune(s); err != nil {
		t.Fatal(err)
	}
	if f := b.Frame(Look{Past: 2}); f.Say != "as it was after 3 iterations, sampled then by rk4 with 8 NFE" || stat(t, f, "nfe").Value != 8 {
		t.Errorf("got %q", f.Say)
	}
	s.Pitfall = "wrong-noise"
	if err := b.Retune(s); err != nil {
		t.Fatal(err)
	}
	if f := b.Frame(Look{Past: 2}); f.Moments != 0 || f.Past != 0 {
		t.Errorf("got %d moments of another flow", f.Moments)
	}
}
