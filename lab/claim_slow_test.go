//go:build slow

package lab

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestClaimsAtFullBudget tries every claim as people do, and shows what came out.
func TestClaimsAtFullBudget(t *testing.T) {
	for i := range Claims {
		c := &Claims[i]
		t.Run(c.Name, func(t *testing.T) {
			trial, err := NewTrial(c, TrialOptions{Seed: 7, Seeds: 5})
			if err != nil {
				t.Fatal(err)
			}
			defer trial.Close()
			began := time.Now()
			for trial.Step() {
			}
			took := time.Since(began)
			if trial.Err() != nil {
				t.Fatal(trial.Err())
			}
			v := trial.Verdict()
			t.Logf("%v (said %v): %s: %s", took.Round(time.Second/10), c.Takes, v.Verdict, v.Because)
			if testing.Verbose() {
				fmt.Print(told(v))
			}
			if took > 4*time.Minute {
				t.Errorf("took %v, want at most 4 minutes", took)
			}
		})
	}
}

// told writes a verdict down, a line each number.
func told(v Verdict) string {
	var b strings.Builder
	for _, m := range v.Means {
		fmt.Fprintf(&b, "  %-30s %-28s %10s  %10s to %-10s floor %s\n", strings.Join(m.Case, ", "), m.Arm, Num(m.Mean), Num(m.Low), Num(m.High), Num(m.Floor))
	}
	for _, f := range v.Findings {
		fmt.Fprintf(&b, "  %-30s %-60s %10s  %10s to %-10s %s %s\n", strings.Join(f.Case, ", "), f.Says, Num(f.Mean), Num(f.Low), Num(f.High), f.Unit, f.Answer)
	}
	return b.String()
}
