package main

import (
	"fmt"
	"strconv"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"fmlab/lab"
)

// coefficients is one row of a schedule.
type coefficients struct {
	T      number `json:"t"`
	Alpha  number `json:"alpha"`
	Sigma  number `json:"sigma"`
	DAlpha number `json:"dalpha"`
	DSigma number `json:"dsigma"`
	Lambda number `json:"lambda"`
}

func newSchedule() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "schedule",
		Short:   "Alpha, sigma, their derivatives and lambda of a path",
		Example: `  fmlab schedule --path vp --at 0,0.5,1 --json`,
		Args:    noArgs,
	}
	k := addKnobs(cmd, "path", "alpha", "sigma")
	at := cmd.Flags().String("at", "0,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,1", "times from 0 (noise) to 1 (data), with commas between")
	asJSON := cmd.Flags().Bool("json", false, "print one JSON object")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		p, err := k.setup.OnPath()
		if err != nil {
			return err
		}
		times, err := list("at", *at, parseTime)
		if err != nil {
			return err
		}
		var rows []coefficients
		for _, t := range times {
			c := p.At(t)
			rows = append(rows, coefficients{number(t), number(c.Alpha), number(c.Sigma), number(c.DAlpha), number(c.DSigma), number(c.Lambda())})
		}
		if *asJSON {
			return writeJSON(out(cmd), struct {
				Schema int            `json:"schema"`
				Path   string         `json:"path"`
				Rows   []coefficients `json:"rows"`
			}{1, p.Name, rows})
		}
		w := tabwriter.NewWriter(out(cmd), 0, 4, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(w, "t\talpha\tsigma\td alpha/dt\td sigma/dt\tlambda\t")
		for _, r := range rows {
			fmt.Fprintf(w, "%v\t%s\t%s\t%s\t%s\t%s\t\n", float64(r.T), num(r.Alpha), num(r.Sigma), num(r.DAlpha), num(r.DSigma), num(r.Lambda))
		}
		return failed(w.Flush())
	}
	return cmd
}

func num(v number) string { return lab.Num(float64(v)) }

func parseTime(v string) (float64, error) {
	t, err := strconv.ParseFloat(v, 64)
	if err != nil || !(t >= 0 && t <= 1) {
		return 0, fmt.Errorf("%q: want a number from 0 to 1", v)
	}
	return t, nil
}
