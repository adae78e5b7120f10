//go:build claims && unix

package lab

import (
	"fmt"
	"strings"
	"syscall"
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
			began, spent := time.Now(), spentCPU()
			for trial.Step() {
			}
			took, cpu := time.Since(began), spentCPU()-spent
			if trial.Err() != nil {
				t.Fatal(trial.Err())
			}
			v := trial.Verdict()
			t.Logf("%v, %v of processors (said %v): %s: %s", took.Round(time.Second/10), cpu.Round(time.Second/10), c.Takes, v.Verdict, v.Because)
			if testing.Verbose() {
				fmt.Print(told(v))
			}
			if cpu > 8*time.Minute { // four minutes of two cores, however busy they are with other things
				t.Errorf("took %v of processors, want at most 8 minutes", cpu)
			}
		})
	}
}

// spentCPU is what the process has taken of processors.
func spentCPU() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
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
