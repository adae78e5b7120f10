package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"fmlab/lab"
)

func newClaim() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "claim [NAME]",
		Short: "Put a claim on trial; lists them without a name",
		Long: `Put a claim on trial: measure it over several seeds and say whether it holds,
fails, or on what it depends. Without a name it lists the claims.

The margin of a comparison is above 0 where the claim is right. It is taken seed by
seed, between arms that share the seed, and its mean has Student's 95 % interval: the
claim holds where the interval lies above 0, fails where it lies below. Each interval
is one on its own: of twenty comparisons without any difference one will seem to
have one.`,
		Example: `  fmlab claim
  fmlab claim rk4
  fmlab claim vp-faster --seeds 10 --iters 3000 --json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fmt.Errorf("claim takes one name, got %s; fmlab claim lists them", strings.Join(args, " "))
			}
			return nil
		},
		ValidArgs: lab.ClaimNames(),
	}
	k := addKnobs(cmd, "seed", "threads")
	o := lab.TrialOptions{}
	cmd.Flags().IntVar(&o.Seeds, "seeds", lab.MinSeeds, "seeds to try it with, from --seed on")
	cmd.Flags().IntVar(&o.Iters, "iters", 0, "training iterations, where it trains; 0 is the claim's own number")
	asJSON := cmd.Flags().Bool("json", false, "print one JSON object")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.Seed, o.Threads = k.setup.Seed, k.setup.Threads
		if len(args) == 0 {
			return listClaims(cmd, *asJSON)
		}
		return tryClaim(cmd, args[0], o, *asJSON)
	}
	return cmd
}

// charge is a claim before its trial.
type charge struct {
	Name      string `json:"claim"`
	Statement string `json:"statement"`
	Source    string `json:"source"`
	Measure   string `json:"measure"`
	Budget    string `json:"budget"`
	Seconds   number `json:"seconds"`
}

func chargeOf(c *lab.Claim, iters int) charge {
	return charge{c.Name, c.Statement, c.Source, c.Measure, c.Budget(iters), number(c.Takes.Seconds())}
}

// listClaims prints every claim with what it would take to try it.
func listClaims(cmd *cobra.Command, asJSON bool) error {
	var all []charge
	for i := range lab.Claims {
		all = append(all, chargeOf(&lab.Claims[i], 0))
	}
	if asJSON {
		return writeJSON(out(cmd), struct {
			Schema int      `json:"schema"`
			Claims []charge `json:"claims"`
		}{1, all})
	}
	for _, c := range all {
		if _, err := fmt.Fprintf(out(cmd), "%s  “%s”\n  source   %s\n  measure  %s\n  budget   %s, %d seeds\n  time     about %v on two cores\n\n",
			c.Name, c.Statement, c.Source, c.Measure, c.Budget, lab.MinSeeds, time.Duration(float64(c.Seconds)*float64(time.Second))); err != nil {
			return failed(err)
		}
	}
	_, err := fmt.Fprintln(out(cmd), "fmlab claim NAME puts one on trial.")
	return failed(err)
}

// tryClaim runs a trial and prints what came of it.
func tryClaim(cmd *cobra.Command, name string, o lab.TrialOptions, asJSON bool) error {
	c, err := lab.FindClaim(name)
	if err != nil {
		return err
	}
	trial, err := lab.NewTrial(c, o)
	if err != nil {
		return err
	}
	defer trial.Close()
	ctx, stop := interruptible(cmd)
	defer stop()
	if err := hear(ctx, trial, showsBars(cmd)); err != nil {
		return err
	}
	answer := judged(trial)
	if asJSON {
		return writeJSON(out(cmd), answer)
	}
	return answer.print(out(cmd), trial)
}

// hear steps a trial to its end, with a bar where someone sees it.
func hear(ctx context.Context, t *lab.Trial, shows bool) error {
	var bar *progressbar.ProgressBar
	if shows {
		bar = progressbar.NewOptions(t.Progress().Total, progressbar.OptionSetWriter(os.Stderr), progressbar.OptionSetDescription(t.Claim.Name),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	for t.Step() {
		if bar != nil {
			_ = bar.Set(t.Progress().Done) // a bar that cannot be drawn is no reason to stop
		}
		if ctx.Err() != nil {
			if bar != nil {
				_ = bar.Clear()
			}
			return fmt.Errorf("%w: no verdict", errStopped)
		}
	}
	if bar != nil {
		_ = bar.Finish()
	}
	return t.Err()
}

// The parts of a verdict in JSON. A case has the value of every factor by name.
type (
	heardRow struct {
		Seed  uint64            `json:"seed"`
		Case  map[string]string `json:"case"`
		Arm   string            `json:"arm"`
		Value number            `json:"value"`
		Floor number            `json:"floor"`
	}
	heardMean struct {
		Case map[string]string `json:"case"`
		Arm  string            `json:"arm"`
		span
		Floor number `json:"floor"`
	}
	heardFinding struct {
		Case     map[string]string `json:"case"`
		Question string            `json:"question"`
		Unit     string            `json:"unit"`
		Aside    bool              `json:"aside"`
		span
		Answer string `json:"answer"`
	}
	span struct {
		Mean number `json:"mean"`
		Low  number `json:"low"`
		High number `json:"high"`
	}
)

// verdict is the answer of fmlab claim NAME.
type verdict struct {
	Schema int `json:"schema"`
	charge
	Seeds    []uint64       `json:"seeds"`
	Method   string         `json:"method"`
	Rows     []heardRow     `json:"rows"`
	Summary  []heardMean    `json:"summary"`
	Findings []heardFinding `json:"findings"`
	Verdict  string         `json:"verdict"`
	Because  string         `json:"because"`
	Card     string         `json:"card"`
}

// method is how intervals come about.
const method = "mean over seeds with Student's 95 % interval; margins are taken seed by seed, between arms that share the seed"

func judged(t *lab.Trial) verdict {
	named := func(at []string) map[string]string {
		m := map[string]string{}
		for i, v := range at {
			m[t.Claim.Factors[i]] = v
		}
		return m
	}
	spanOf := func(i lab.Interval) span { return span{number(i.Mean), number(i.Low), number(i.High)} }
	v := t.Verdict()
	a := verdict{Schema: 1, charge: chargeOf(t.Claim, t.Options.Iters), Method: method, Verdict: v.Verdict, Because: v.Because, Card: t.Card()}
	for i := range t.Options.Seeds {
		a.Seeds = append(a.Seeds, t.Options.Seed+uint64(i))
	}
	for _, r := range t.Rows() {
		a.Rows = append(a.Rows, heardRow{r.Seed, named(r.Case), r.Arm, number(r.Value), number(r.Floor)})
	}
	for _, m := range v.Means {
		a.Summary = append(a.Summary, heardMean{named(m.Case), m.Arm, spanOf(m.Interval), number(m.Floor)})
	}
	for _, f := range v.Findings {
		a.Findings = append(a.Findings, heardFinding{named(f.Case), f.Says, f.Unit, f.Aside, spanOf(f.Interval), f.Answer})
	}
	return a
}

// print writes the trial down for people: what every seed measured, the answers,
// the verdict.
func (a verdict) print(w io.Writer, t *lab.Trial) error {
	fmt.Fprintf(w, "claim    “%s” (%s)\nmeasure  %s\nbudget   %s, %d seeds\n\n", a.Statement, a.Source, a.Measure, a.Budget, len(a.Seeds))
	v := t.Verdict()
	printMeans(w, t, v)
	fmt.Fprintln(w)
	printFindings(w, t, v)
	_, err := fmt.Fprintf(w, "\nmethod   %s\nverdict  %s: %s\ncard     %s\n", a.Method, strings.ToUpper(a.Verdict), a.Because, a.Card)
	return failed(err)
}

// printMeans has a column a seed.
func printMeans(w io.Writer, t *lab.Trial, v lab.Verdict) {
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	defer tw.Flush()
	fmt.Fprintf(tw, "%s\tarm", strings.Join(t.Claim.Factors, "\t"))
	for i := range t.Options.Seeds {
		fmt.Fprintf(tw, "\tseed %d", t.Options.Seed+uint64(i))
	}
	fmt.Fprintln(tw, "\tmean\tfrom\tto\tfloor")
	rows := t.Rows()
	for _, m := range v.Means {
		at := strings.Join(m.Case, "\t")
		fmt.Fprintf(tw, "%s\t%s", at, m.Arm)
		for _, r := range rows {
			if r.Arm == m.Arm && strings.Join(r.Case, "\t") == at {
				fmt.Fprintf(tw, "\t%s", shownNum(r.Value))
			}
		}
		fmt.Fprintf(tw, "\t%s\t%s\t%s\t%s\n", shownNum(m.Mean), shownNum(m.Low), shownNum(m.High), shownNum(m.Floor))
	}
}

func printFindings(w io.Writer, t *lab.Trial, v lab.Verdict) {
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	defer tw.Flush()
	fmt.Fprintf(tw, "%s\tquestion\tmargin\tfrom\tto\tunit\tanswer\n", strings.Join(t.Claim.Factors, "\t"))
	for _, f := range v.Findings {
		says := f.Says
		if f.Aside {
			says = "(beside) " + says
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", strings.Join(f.Case, "\t"), says, shownNum(f.Mean), shownNum(f.Low), shownNum(f.High), f.Unit, f.Answer)
	}
}

// shownNum is a number for people; what does not exist is a dash.
func shownNum(v float64) string {
	switch {
	case math.IsNaN(v):
		return "–"
	case math.IsInf(v, 0):
		return fmt.Sprint(v)
	}
	return lab.Num(v)
}
