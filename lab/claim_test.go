package lab

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// tiny is a scale at which every claim is quick and none is to be believed.
var tiny = scale{scored: 32, probed: 8, fine: 40, most: 32, tol: 1e-3, learned: 1e-3, net: "4x1", batch: 16}

// begun starts a trial at a scale.
func begun(t *testing.T, c *Claim, o TrialOptions, size scale) *Trial {
	t.Helper()
	trial, err := newTrial(c, o, size)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(trial.Close)
	return trial
}

// small is a trial that trains next to nothing.
func smallTrial(c *Claim) TrialOptions {
	o := TrialOptions{Seed: 3, Seeds: MinSeeds, Threads: 1}
	if c.Iters > 0 {
		o.Iters = minIters
	}
	return o
}

// TestEveryClaimReachesAVerdict: each is heard to its end, in small steps, with
// every seed in every case, and judged by each of its questions.
func TestEveryClaimReachesAVerdict(t *testing.T) {
	for i := range Claims {
		c := &Claims[i]
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			trial := begun(t, c, smallTrial(c), tiny)
			last := 0
			for trial.Step() {
				if p := trial.Progress(); p.Done < last || p.Done > p.Total {
					t.Fatalf("got progress %d of %d after %d", p.Done, p.Total, last)
				} else {
					last = p.Done
				}
			}
			if trial.Err() != nil || !trial.Done() || trial.Progress().Total != 0 || last < 900 {
				t.Fatalf("got error %v, done %v, progress %+v, want the end", trial.Err(), trial.Done(), trial.Progress())
			}
			v := trial.Verdict()
			if !slices.Contains([]string{Holds, Fails, Depends}, v.Verdict) || v.Because == "" {
				t.Errorf("got verdict %q because %q", v.Verdict, v.Because)
			}
			for _, q := range c.questions {
				if !slices.ContainsFunc(v.Findings, func(f Finding) bool { return f.Says == q.says }) {
					t.Errorf("nothing answers %q", q.says)
				}
			}
			arms := 0
			for _, m := range v.Means {
				if len(m.Case) != len(c.Factors) {
					t.Errorf("got case %v, want a value of each of %v", m.Case, c.Factors)
				}
				arms++
			}
			if len(trial.Rows()) != MinSeeds*arms {
				t.Errorf("got %d rows of %d arms, want one a seed", len(trial.Rows()), arms)
			}
		})
	}
}

// TestTrialIsItsCard: the numbers depend on the options and on nothing else, not on
// the workers; a seed's numbers are its own, whichever is the first; another seed
// has others.
func TestTrialIsItsCard(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"memorises", "diversity", "straighter"} {
		c, err := FindClaim(name)
		if err != nil {
			t.Fatal(err)
		}
		heard := func(seed uint64, threads int) []ClaimRow {
			o := smallTrial(c)
			o.Seed, o.Threads = seed, threads
			trial := begun(t, c, o, tiny)
			for trial.Step() {
			}
			if trial.Err() != nil {
				t.Fatal(trial.Err())
			}
			return trial.Rows()
		}
		once := heard(3, 1)
		if again := heard(3, 4); fmt.Sprint(again) != fmt.Sprint(once) {
			t.Errorf("%s: with four workers got other numbers", name)
		}
		next := heard(4, 1)
		perSeed := len(once) / MinSeeds
		if fmt.Sprint(next[:perSeed]) != fmt.Sprint(once[perSeed:2*perSeed]) {
			t.Errorf("%s: seed 4 measures something else when it comes first", name)
		}
		if fmt.Sprint(values(next[:perSeed])) == fmt.Sprint(values(once[:perSeed])) {
			t.Errorf("%s: seeds 3 and 4 measure the same", name)
		}
	}
}

func values(rows []ClaimRow) (all []float64) {
	for _, r := range rows {
		all = append(all, r.Value)
	}
	return all
}

// TestTrialEndsAtOnce: closed in the middle of anything it is over, without an
// answer, and leaves no goroutine.
func TestTrialEndsAtOnce(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	for i := range Claims {
		c := &Claims[i]
		trial, err := NewTrial(c, TrialOptions{Seed: 1, Seeds: MinSeeds})
		if err != nil {
			t.Fatal(err)
		}
		for range 10 {
			trial.Step()
		}
		began := time.Now()
		trial.Close()
		if took := time.Since(began); took > 200*time.Millisecond {
			t.Errorf("%s: took %v to end", c.Name, took)
		}
		if trial.Step() || trial.Done() {
			t.Errorf("%s: goes on after its end", c.Name)
		}
		trial.Close()
	}
}

// TestTheoremsHold: what is a theorem comes out as one, as exactly as people get it.
func TestTheoremsHold(t *testing.T) {
	notInShort(t)
	t.Parallel()
	size := fullScale // but on fewer points: as exact, and quicker
	size.probed = 12
	for _, name := range []string{"one-euler-step", "ddim-is-euler", "same-map"} {
		c, _ := FindClaim(name)
		trial := begun(t, c, TrialOptions{Seed: 11, Seeds: MinSeeds}, size)
		for trial.Step() {
		}
		if v := trial.Verdict(); v.Verdict != Holds || trial.Err() != nil {
			t.Errorf("%s: got %s: %s (%v), want that it holds", name, v.Verdict, v.Because, trial.Err())
		}
	}
}

// TestTrialRefuses says what is wrong before any work.
func TestTrialRefuses(t *testing.T) {
	exact, _ := FindClaim("one-euler-step")
	learned, _ := FindClaim("vp-faster")
	for _, c := range []struct {
		claim *Claim
		o     TrialOptions
		want  string
	}{
		{exact, TrialOptions{Seeds: 4}, "4 seeds: want at least 5"},
		{exact, TrialOptions{Seeds: 5, Iters: 100}, "trains nothing"},
		{learned, TrialOptions{Seeds: 5, Iters: 19}, "19 iterations: want at least 20"},
		{exact, TrialOptions{Seed: math.MaxUint64, Seeds: 5}, "want 5 more after it"},
	} {
		if _, err := NewTrial(c.claim, c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: got error %v, want one with %q", c.o, err, c.want)
		}
	}
	if _, err := FindClaim("vp"); err == nil || !strings.Contains(err.Error(), "vp-faster") {
		t.Errorf("got error %v, want one that lists the claims", err)
	}
}

// TestClaimTexts: every claim says what it is, in words that no run has to correct:
// what it names is there, and its iterations are those asked for.
func TestClaimTexts(t *testing.T) {
	seen := map[string]bool{}
	for i := range Claims {
		c := &Claims[i]
		if seen[c.Name] || c.Statement == "" || c.Source == "" || c.Measure == "" || c.Takes <= 0 || len(c.questions) == 0 || len(c.Factors) == 0 {
			t.Errorf("claim %+v: something is missing or said twice", c)
		}
		seen[c.Name] = true
		if b := c.Budget(123); strings.Contains(b, "123") != (c.Iters > 0) || strings.ContainsAny(b, "{}") {
			t.Errorf("%s: got budget %q, want its iterations in it where it trains", c.Name, b)
		}
	}
}

// TestClaimScene: the table grows from the first seed on, and the verdict is said
// when there is one.
func TestClaimScene(t *testing.T) {
	c, err := FindClaim("ddim-is-euler")
	if err != nil {
		t.Fatal(err)
	}
	sim := &hearing{begun(t, c, smallTrial(c), tiny)}
	if f := sim.Frame(Look{}); len(f.Table.Rows) != 0 || !strings.Contains(f.Say, "Measured") {
		t.Errorf("at the start: got %d rows and %q", len(f.Table.Rows), f.Say)
	}
	grown := 0
	for Advance(context.Background(), sim, 5*time.Millisecond) {
		f := sim.Frame(Look{})
		if len(f.Table.Rows) < grown || strings.Contains(f.Say, "Verdict") {
			t.Fatalf("on the way: got %d rows after %d, and %q", len(f.Table.Rows), grown, f.Say)
		}
		grown = len(f.Table.Rows)
	}
	f := sim.Frame(Look{})
	if len(f.Table.Rows) != 12 || !strings.Contains(f.Say, "HOLDS") || len(f.Charts) != 3 || len(f.Charts[0].Curves[0].X) != 4 {
		t.Errorf("at the end: got %d rows, %d charts, %q", len(f.Table.Rows), len(f.Charts), f.Say)
	}
}
