package lab

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/ode"
)

// decay is v = −z, whose solution is e^{−t} z: a field with known errors.
var decay = Flow{Calls: 1, Flow: rule(func(x, y, _ float64) (float64, float64) { return -x, -y }), End: 1}

func enter(t *testing.T, r *Race, entries ...Entry) {
	t.Helper()
	for _, e := range entries {
		if err := r.Enter(e); err != nil {
			t.Fatal(err)
		}
	}
}

func raced(r *Race) []string {
	for r.Step() {
	}
	var names []string
	for _, e := range r.Entries {
		names = append(names, fmt.Sprint(e.Solver, e.Budget))
	}
	return names
}

// TestRaceRunsTheNewestFirst, each entry once, and none that buys no step.
func TestRaceRunsTheNewestFirst(t *testing.T) {
	r := NewRace(decay, Noise(5, 1), 1e-9)
	enter(t, r, Entry{Solver: "euler", Budget: 8}, Entry{Solver: "rk4", Budget: 3}, Entry{Solver: "heun", Budget: 8}, Entry{Solver: "euler", Budget: 8}, Entry{Solver: "rk4", Budget: 8})
	if got := r.Left(); got != 3 {
		t.Errorf("got %d entries left, want 3", got)
	}
	if got := strings.Join(raced(r), " "); got != "rk48 euler8 heun8" {
		t.Errorf("got %s, want rk4, euler, heun", got)
	}
	enter(t, r, Entry{Solver: "heun", Budget: 8}, Entry{Solver: "midpoint", Budget: 5})
	if got := raced(r); len(got) != 4 || r.Left() != 0 {
		t.Errorf("got %v, want one more entry, the other known", got)
	}
	e, ok := r.Find(Entry{Solver: "midpoint", Budget: 5})
	if !ok || e.Steps != 2 || e.NFE != 4 || e.End.Len() != 5 {
		t.Errorf("got %+v, want two steps of midpoint for 4 of 5 evaluations", e)
	}
	if err := r.Enter(Entry{Solver: "rk5"}); err == nil || !strings.Contains(err.Error(), "euler") {
		t.Errorf("got %v, want an error that lists the solvers", err)
	}
}

// TestRaceTakesTheToleranceOfItsReference: entered before, while and after the
// reference runs, it is measured like any other.
func TestRaceTakesTheToleranceOfItsReference(t *testing.T) {
	same := Entry{Solver: "dopri5", Rtol: 1e-9, Atol: 1e-9}
	for steps := range 4 {
		r := NewRace(decay, Noise(5, 1), 1e-9)
		for range 7 * steps {
			r.Step()
		}
		enter(t, r, same)
		raced(r)
		if e, ok := r.Find(same); !ok || e.RMS != 0 || len(r.Entries) != 1 {
			t.Errorf("entered after %d steps: got %+v (%v), want it once, with error 0", 7*steps, e, ok)
		}
	}
}

// TestRaceMeasuresTheError: that of Euler on v = −z is known in closed form, and
// the order of every method comes out.
func TestRaceMeasuresTheError(t *testing.T) {
	z0 := engine.Points{3, 4, 0, 0}
	r := NewRace(decay, z0, 1e-12)
	for _, m := range ode.All {
		for _, budget := range []int{24, 48, 96, 12} {
			if !m.Adaptive() && !m.NeedsPath() {
				enter(t, r, Entry{Solver: m.Name, Budget: budget})
			}
		}
	}
	raced(r)
	e, _ := r.Find(Entry{Solver: "euler", Budget: 24})
	want := 5 / math.Sqrt2 * math.Abs(math.Pow(1-1./24, 24)-math.Exp(-1))
	if math.Abs(e.RMS-want) > 1e-9 {
		t.Errorf("RMS error of Euler: got %v, want %v", e.RMS, want)
	}
	for _, m := range ode.All {
		entries := r.Of(m.Name)
		for i := 1; i < len(entries); i++ {
			if entries[i].NFE <= entries[i-1].NFE || entries[i].RMS >= entries[i-1].RMS {
				t.Errorf("%s: got %+v after %+v, want more NFE and less error", m.Name, entries[i], entries[i-1])
			}
		}
		if m.Adaptive() || m.NeedsPath() {
			continue
		}
		if p := r.Order(m.Name); math.Abs(p-float64(m.Order)) > 0.15 {
			t.Errorf("%s: got order %v, want %d", m.Name, p, m.Order)
		}
	}
	if p := r.Order("dopri5"); !math.IsNaN(p) {
		t.Errorf("order without measurements: got %v, want NaN", p)
	}
}

// TestRaceFailures: a solver that fails, or cannot start, is an entry with an
// error; a reference that fails is the end of the race.
func TestRaceFailures(t *testing.T) {
	stiff := Flow{Calls: 1, End: 1, Flow: rule(func(x, y, _ float64) (float64, float64) { return -1e6 * x * x * x, -1e6 * y * y * y })}
	r := NewRace(stiff, engine.Points{1, 1}, 1e-6)
	enter(t, r, Entry{Solver: "euler", Budget: 16})
	raced(r)
	if e, ok := r.Find(Entry{Solver: "euler", Budget: 16}); !ok || !errors.Is(e.Err, ode.ErrNotFinite) || !math.IsNaN(e.RMS) || len(r.Of("euler")) != 0 || r.Err() != nil {
		t.Errorf("got %+v (%v), want an entry that failed in a race that did not", e, r.Err())
	}
	r = NewRace(decay, Noise(5, 1), 1e-6)
	enter(t, r, Entry{Solver: "heun", Budget: 16}, Entry{Solver: "dpm1", Budget: 16}) // decay belongs to no path
	raced(r)
	if e, ok := r.Find(Entry{Solver: "dpm1", Budget: 16}); !ok || e.Err == nil || r.Err() != nil || len(r.Of("heun")) != 1 {
		t.Errorf("got %+v (%v), want an entry that could not start, and the other measured", e, r.Err())
	}
	r = NewRace(Flow{Calls: 1, End: 1, Flow: rule(func(x, y, _ float64) (float64, float64) { return math.NaN(), 0 })}, engine.Points{1, 1}, 1e-6)
	enter(t, r, Entry{Solver: "euler", Budget: 16})
	if got := raced(r); len(got) != 0 || r.Err() == nil {
		t.Errorf("got entries %v and error %v, want none and why the reference failed", got, r.Err())
	}
}

// TestEntryOf: a fixed-step solver is priced by evaluations, an adaptive one by
// its tolerances.
func TestEntryOf(t *testing.T) {
	s := Default()
	if got := EntryOf(s); !got.same(Entry{Solver: "rk4", Budget: 32}) {
		t.Errorf("got %+v, want rk4 at 32", got)
	}
	s.Solver = "dopri5"
	if got := EntryOf(s); !got.same(Entry{Solver: "dopri5", Rtol: 1e-3, Atol: 1e-3}) {
		t.Errorf("got %+v, want dopri5 at its tolerances", got)
	}
}
