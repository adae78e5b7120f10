package lab

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// counter is a Sim with so many steps to take.
type counter struct {
	Sim
	left, taken int
	after       func()
}

func (c *counter) Step() bool {
	if c.left == 0 {
		return false
	}
	c.left--
	c.taken++
	if c.after != nil {
		c.after()
	}
	return true
}

// TestAdvance steps until the work, the budget or the patience is over.
func TestAdvance(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	if c := (&counter{left: 5}); Advance(ctx, c, time.Hour) || c.taken != 5 {
		t.Errorf("got %d of 5 steps, and more to do", c.taken)
	}
	if c := (&counter{left: 5}); !Advance(ctx, c, 0) || c.taken != 0 {
		t.Errorf("a budget of 0: got %d steps, want none", c.taken)
	}
	if c := (&counter{left: 5, after: func() { time.Sleep(2 * time.Millisecond) }}); !Advance(ctx, c, time.Millisecond) || c.taken != 1 {
		t.Errorf("a budget of less than a step: got %d steps, want 1", c.taken)
	}
	c := &counter{left: 5, after: cancel}
	if !Advance(ctx, c, time.Hour) || c.taken != 1 {
		t.Errorf("cancelled in the first step: got %d steps, want 1", c.taken)
	}
	if !Advance(ctx, c, time.Hour) || c.taken != 1 {
		t.Errorf("cancelled before: got %d steps, want still 1", c.taken)
	}
}

// quick is a setup that makes a run short without changing its kind.
func quick() Setup {
	s := Default()
	s.Model, s.Net, s.Iters, s.NFE, s.N, s.Batch, s.Threads = "learned", "8x1", 8, 8, 100, 512, 4
	return s
}

func started(t *testing.T, exp Experiment, s Setup) Sim {
	t.Helper()
	sim, err := exp.Start(s)
	if err != nil {
		t.Fatal(err)
	}
	return sim
}

// TestCancelIsAtOnce: every experiment gives way within 50 ms, at its start, in
// training and while a learned race is running, and leaves no goroutine.
func TestCancelIsAtOnce(t *testing.T) {
	notInShort(t)
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	fewer(t, 100)
	bound := 50 * time.Millisecond
	if testing.Short() { // as the race detector is run, which makes a step ten times as long
		bound *= 20
	}
	for _, exp := range Experiments {
		s := quick()
		s.Net = "64x3"
		sim := started(t, exp, s)
		late := cancelled(sim)
		for n := 0; n < 40 && sim.Frame(Look{}).Progress.What != "comparing" && Advance(context.Background(), sim, 4*time.Millisecond); n++ {
		} // some have nothing to compare, and long to go
		late = append(late, cancelled(sim)...)
		slices.Sort(late)
		if n := len(late); n > 0 && late[n/2] > bound {
			t.Errorf("%s: gave way after %v, want within %v", exp.Name, late, bound)
		}
		if len(late) == 0 && exp.Name != "paths" && exp.Name != "microscope" { // which have nothing to advance
			t.Errorf("%s: was done before it could be cancelled", exp.Name)
		}
		sim.Close()
	}
}

// cancelled advances a Sim, cancels it again and again, and says how long it went
// on each time.
func cancelled(sim Sim) (late []time.Duration) {
	for range 3 {
		ctx, cancel := context.WithCancel(context.Background())
		asked := make(chan time.Time, 1)
		timer := time.AfterFunc(10*time.Millisecond, func() { asked <- time.Now(); cancel() })
		more := Advance(ctx, sim, 10*time.Second)
		if !timer.Stop() {
			late = append(late, time.Since(<-asked))
		}
		cancel()
		if !more {
			return late
		}
	}
	return late
}

// TestSameSetupSameBits: what a run shows at its end does not depend on when it
// is run, on the number of workers, or on how often it was looked at.
func TestSameSetupSameBits(t *testing.T) {
	defer func(all []int) { raceBudgets = all }(raceBudgets)
	raceBudgets = []int{16, 4}
	fewer(t, 100)
	for _, exp := range Experiments {
		var want string
		for i, threads := range []int{1, 3} {
			s := quick()
			s.Threads = threads
			sim := started(t, exp, s)
			for k := 0; Advance(context.Background(), sim, 5*time.Millisecond); k++ {
				if i == 1 {
					sim.Frame(Look{Trip: 0.5, Field: true, Exact: k%2 == 0, Trails: true})
				}
			}
			got := shown(sim.Frame(Look{Trip: 0.75, Field: true, Trails: true}))
			sim.Close()
			if want == "" {
				want = got
			}
			if got != want {
				t.Errorf("%s: with %d workers got other bits than with one", exp.Name, threads)
			}
		}
		s := quick()
		s.Seed++
		sim := started(t, exp, s)
		for Advance(context.Background(), sim, time.Second) {
		}
		if shown(sim.Frame(Look{Trip: 0.75, Field: true, Trails: true})) == want {
			t.Errorf("%s: another seed shows the same", exp.Name)
		}
		sim.Close()
	}
}

// shown writes a frame down to the last bit.
func shown(f *Frame) string {
	var plane Plane
	if f.Plane != nil {
		plane = *f.Plane
	}
	return fmt.Sprintf("%v %+v %+v %+v %+v %v", f.T, plane, f.Charts, f.Table, f.Stats, f.Say)
}

// TestFramesAreImmutable: what was photographed stays as it was.
func TestFramesAreImmutable(t *testing.T) {
	for _, exp := range Experiments {
		sim := started(t, exp, quick())
		Advance(context.Background(), sim, 3*time.Millisecond)
		f := sim.Frame(Look{Trip: 1, Field: true, Trails: true})
		before := shown(f)
		Advance(context.Background(), sim, 30*time.Millisecond)
		sim.Frame(Look{Trip: 0.3, Field: true, Trails: true})
		if shown(f) != before {
			t.Errorf("%s: a frame changed after it was made", exp.Name)
		}
		sim.Close()
	}
}
