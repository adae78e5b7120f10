package main

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"fmlab/engine/ode"
	"fmlab/lab"
)

func newCompare() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "compare",
		Short: "Compare solvers at equal NFE, over paths and seeds",
		Example: `  fmlab compare --exact --data moons --path linear --solvers euler,rk4 --nfe 8,16,32 --json
  fmlab compare --exact --data circles --paths linear,vp --solvers euler --nfe 16 --seeds 1,2,3
  fmlab compare --model m.safetensors`,
		Args: noArgs,
	}
	k := addKnobs(cmd, "data", "path", "alpha", "sigma", "grid", "eta", "rtol", "atol", "label", "guidance", "route", "n", "seed")
	f := addField(cmd)
	var names []string
	for _, m := range ode.All {
		names = append(names, m.Name)
	}
	solvers := cmd.Flags().String("solvers", strings.Join(names, ","), "solvers, with commas between")
	budgets := cmd.Flags().String("nfe", "4,8,16,32,64", "evaluations of the field allowed, with commas between")
	paths := cmd.Flags().String("paths", "", "paths to compare, instead of --path (exact fields only)")
	seeds := cmd.Flags().String("seeds", "", "seeds of the noise, instead of --seed")
	asJSON := cmd.Flags().Bool("json", false, "print one JSON object")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := newContest(k.setup, f, *solvers, *budgets, *paths, *seeds)
		if err != nil {
			return err
		}
		if c.source, err = openSource(cmd, f, k.setup); err != nil {
			return err
		}
		rows, err := c.run(cmd)
		if err != nil {
			return err
		}
		if *asJSON {
			return writeJSON(out(cmd), struct {
				Schema int          `json:"schema"`
				Rows   []comparison `json:"rows"`
			}{1, rows})
		}
		return printComparison(cmd, rows)
	}
	return cmd
}

// comparison is one row: a solver at a price, on a path, from the noise of a seed.
type comparison struct {
	Path   string  `json:"path"`
	Seed   uint64  `json:"seed"`
	Solver string  `json:"solver"`
	NFE    int     `json:"nfe"`
	Steps  int     `json:"steps"`
	RMS    number  `json:"rms_error"`
	Sliced *number `json:"sliced_w2"`
	Floor  *number `json:"sliced_w2_floor"`
}

// contest is everything that is to be run.
type contest struct {
	setup   lab.Setup
	source  source
	solvers []string
	budgets []int
	paths   []string
	seeds   []uint64
}

func newContest(s lab.Setup, f *field, solvers, budgets, paths, seeds string) (*contest, error) {
	c := &contest{setup: s, paths: []string{s.Path}, seeds: []uint64{s.Seed}}
	var err error
	if c.solvers, err = list("solvers", solvers, func(v string) (string, error) { _, err := ode.Get(v); return v, err }); err != nil {
		return nil, err
	}
	if c.budgets, err = list("nfe", budgets, parseNFE); err != nil {
		return nil, err
	}
	if paths != "" {
		if f.model != "" {
			return nil, fmt.Errorf("--paths with --model: a model carries the path it was trained on")
		}
		if c.paths, err = list("paths", paths, func(v string) (string, error) { return v, new(lab.Setup).Set("path", v) }); err != nil {
			return nil, err
		}
	}
	if seeds != "" {
		c.seeds, err = list("seeds", seeds, func(v string) (uint64, error) { err := s.Set("seed", v); return s.Seed, err })
	}
	return c, err
}

func parseNFE(v string) (int, error) {
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > 1_000_000 {
		return 0, fmt.Errorf("%q: want a whole number from 1 to 1000000", v)
	}
	return n, nil
}

func (c *contest) run(cmd *cobra.Command) (rows []comparison, err error) {
	ctx, stop := interruptible(cmd)
	defer stop()
	for _, p := range c.paths {
		for _, seed := range c.seeds {
			s := c.setup
			s.Path, s.Seed = p, seed
			more, err := c.heat(ctx, s)
			if err != nil {
				return nil, err
			}
			rows = append(rows, more...)
		}
	}
	return rows, nil
}

// heat runs all solvers at all prices from the noise of one seed on one path.
func (c *contest) heat(ctx context.Context, s lab.Setup) (rows []comparison, err error) {
	flow, err := c.source.flow(s)
	if err != nil {
		return nil, err
	}
	tol := lab.ExactTol
	if c.source.model != nil {
		tol, s.Path = lab.LearnedTol, c.source.model.Path.Name
	}
	race := lab.NewRace(flow, lab.Noise(s.N, s.Seed), tol)
	wanted, err := c.enter(race, s, flow.Calls)
	if err != nil {
		return nil, err
	}
	scorer, err := c.scorer(s)
	if err != nil {
		return nil, err
	}
	for race.Step() || scorer != nil && scorer.Step() {
		if ctx.Err() != nil {
			return nil, errStopped
		}
	}
	if race.Err() != nil {
		return nil, fmt.Errorf("reference solution: %w", race.Err())
	}
	for _, w := range wanted {
		if e, ok := race.Find(w); ok {
			rows = append(rows, c.row(e, s, scorer))
		}
	}
	return rows, nil
}

// enter queues the entries in the order of the rows. A budget that buys a solver
// no step is wrong use.
func (c *contest) enter(race *lab.Race, s lab.Setup, calls int) (wanted []lab.Entry, err error) {
	for _, name := range c.solvers {
		m, err := ode.Get(name)
		if err != nil {
			return nil, err
		}
		s.Solver = name
		for _, budget := range c.budgets {
			s.NFE = budget
			if !m.Adaptive() && budget < calls*m.Stages() {
				return nil, fmt.Errorf("--nfe %d buys %s no step: want at least %d", budget, name, calls*m.Stages())
			}
			wanted = append(wanted, lab.EntryOf(s))
			if m.Adaptive() {
				break // it spends what its tolerances ask for
			}
		}
	}
	for _, w := range wanted {
		if err := race.Enter(w); err != nil {
			return nil, err
		}
	}
	return wanted, nil
}

// scorer measures samples against data where there are data to compare with: a
// model file carries none, and a file of a few rows holds none back.
func (c *contest) scorer(s lab.Setup) (*lab.Scorer, error) {
	t := c.source.target
	if c.source.model != nil || t.Finite() && t.Held.Len() < 2 {
		return nil, nil
	}
	aim, err := t.Aim(s)
	if err != nil {
		return nil, err
	}
	return lab.NewScorer(aim, s.N, s.Seed, lab.Live), nil
}

func (c *contest) row(e lab.Entry, s lab.Setup, scorer *lab.Scorer) comparison {
	r := comparison{Path: s.Path, Seed: s.Seed, Solver: e.Solver, NFE: e.NFE, Steps: e.Steps, RMS: number(c.source.target.Scale * e.RMS)}
	if e.Err != nil || scorer == nil {
		return r
	}
	for _, st := range scorer.Floored(scorer.Score(e.End)) {
		if st.Key == "sliced_w2" {
			value, floor := number(st.Value), number(st.Floor)
			r.Sliced, r.Floor = &value, &floor
		}
	}
	return r
}

func printComparison(cmd *cobra.Command, rows []comparison) error {
	w := tabwriter.NewWriter(out(cmd), 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "path\tseed\tsolver\tNFE\tsteps\tRMS error\tsliced W2\tfloor\t")
	for _, r := range rows {
		sliced, floor := "", ""
		if r.Sliced != nil {
			sliced, floor = lab.Num(float64(*r.Sliced)), lab.Num(float64(*r.Floor))
		}
		rms := lab.Num(float64(r.RMS))
		if math.IsNaN(float64(r.RMS)) {
			rms = "none" // it failed, or its noise leads elsewhere by intention
		}
		fmt.Fprintf(w, "%s\t%d\t%s\t%d\t%d\t%s\t%s\t%s\t\n", r.Path, r.Seed, r.Solver, r.NFE, r.Steps, rms, sliced, floor)
	}
	return failed(w.Flush())
}
