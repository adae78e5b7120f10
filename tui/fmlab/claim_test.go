package main

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"fmlab/lab"
)

// tried is what a trial is read as.
type tried struct {
	Schema                                            int
	Claim, Statement, Source, Measure, Budget, Method string
	Seeds                                             []uint64
	Rows                                              []struct {
		Seed         uint64
		Case         map[string]string
		Arm          string
		Value, Floor *float64
	}
	Summary, Findings []struct {
		Case            map[string]string
		Arm, Question   string
		Mean, Low, High *float64
		Answer          string
	}
	Verdict, Because, Card string
}

// TestClaimList names every claim with what it would take, for people and as JSON.
func TestClaimList(t *testing.T) {
	text := fine(t, "claim")
	list := decoded[struct{ Claims []tried }](t, "claim", "--json").Claims
	if len(list) != len(lab.Claims) {
		t.Fatalf("got %d claims, want %d", len(list), len(lab.Claims))
	}
	for i, c := range lab.Claims {
		if !strings.Contains(text, c.Name+"  “"+c.Statement) || list[i].Claim != c.Name || list[i].Budget == "" {
			t.Errorf("%s: not in the list as it should be: %+v", c.Name, list[i])
		}
	}
}

// TestClaimOnTrial: what is printed hangs together: a row for every seed, means of
// the rows, answers by the intervals, and the card gives the same bits.
func TestClaimOnTrial(t *testing.T) {
	args := strings.Fields("claim one-euler-step --seed 21 --seeds 6 --json")
	text := fine(t, args...)
	v := parsed[tried](t, text)
	if v.Schema != 1 || v.Verdict != "holds" || !slices.Equal(v.Seeds, []uint64{21, 22, 23, 24, 25, 26}) || v.Because == "" || v.Method == "" {
		t.Errorf("got %+v, want a verdict over six seeds", v)
	}
	for _, m := range v.Summary {
		sum, n := 0.0, 0
		for _, r := range v.Rows {
			if r.Arm == m.Arm && r.Case["data"] == m.Case["data"] {
				sum, n = sum+*r.Value, n+1
			}
			if r.Floor != nil {
				t.Errorf("got floor %v of an error, want none", *r.Floor)
			}
		}
		if n != 6 || math.Abs(sum/6-*m.Mean) > 1e-12 || !(*m.Low <= *m.Mean && *m.Mean <= *m.High) {
			t.Errorf("%v, %s: got %d rows of mean %g and a summary %g from %g to %g", m.Case, m.Arm, n, sum/6, *m.Mean, *m.Low, *m.High)
		}
	}
	for _, f := range v.Findings {
		if (f.Answer == "holds") != (*f.Low > 0) {
			t.Errorf("%v: got %s with an interval from %g", f.Case, f.Answer, *f.Low)
		}
	}
	card := strings.Fields(v.Card)
	if again := fine(t, append(card[1:], "--json", "--threads", "3")...); again != text {
		t.Errorf("%s: got other bits than before", v.Card)
	}
	people := fine(t, args[:len(args)-1]...)
	for _, want := range []string{"HOLDS", v.Card, "seed 26", "checkerboard", "Student"} {
		if !strings.Contains(people, want) {
			t.Errorf("got %q, want %q in it", people, want)
		}
	}
}

func TestClaimWrongUse(t *testing.T) {
	for _, c := range []struct {
		args, want string
	}{
		{"claim rk5", "want one of steps, vp-faster"},
		{"claim rk4 steps", "one name"},
		{"claim rk4 --seeds 4", "at least 5"},
		{"claim rk4 --iters 100", "trains nothing"},
		{"claim vp-faster --iters 3", "at least 20"},
	} {
		if a := fmlab(strings.Fields(c.args)...); a.code != exitUsage || !strings.Contains(a.words, c.want) || a.out != "" {
			t.Errorf("%s: got exit %d and %q, want 2 and %q", c.args, a.code, a.words, c.want)
		}
	}
}

// TestClaimStopped: a trial ends at once when it is interrupted, without a verdict.
func TestClaimStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var asked time.Time
	time.AfterFunc(100*time.Millisecond, func() { asked = time.Now(); cancel() })
	a := fmlabUntil(ctx, "claim", "vp-faster")
	if late := time.Since(asked); a.code != exitStopped || a.out != "" || !strings.Contains(a.words, "no verdict") || late > 2*time.Second {
		t.Errorf("got exit %d, %q and %q after %v, want 130 at once", a.code, a.out, a.words, late)
	}
}
