package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"fmlab/engine"
	"fmlab/engine/metric"
	"fmlab/lab"
)

// distances of two point files, as fmlab metric prints them.
type distances struct {
	Schema  int     `json:"schema"`
	EnergyV number  `json:"energy_distance2_v"`
	EnergyU number  `json:"energy_distance2_u"`
	Sliced  number  `json:"sliced_w2"`
	W2      *number `json:"w2"`
	MMD2    number  `json:"mmd2"`
}

// maxAssign is the size up to which exact W2 is computed: the assignment takes
// a matrix of n² numbers and time in n³.
const maxAssign = 2000

func newMetric() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "metric A.csv B.csv",
		Short:   "Distances between two point files",
		Example: `  fmlab metric samples.csv data.csv --json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return fmt.Errorf("metric takes two point files, got %d arguments", len(args))
			}
			return nil
		},
	}
	asJSON := cmd.Flags().Bool("json", false, "print one JSON object")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		var sets [2]engine.Points
		for i, name := range args {
			p, err := readPoints(name)
			if err != nil {
				return err
			}
			if p.Len() < 2 {
				return fmt.Errorf("%s: %d points, want at least 2", name, p.Len())
			}
			sets[i] = p
		}
		d, why := measure(sets[0], sets[1])
		if why != "" {
			fmt.Fprintln(cmd.ErrOrStderr(), "fmlab: no exact W2: "+why)
		}
		if *asJSON {
			return writeJSON(out(cmd), d)
		}
		w2 := "not computed"
		if d.W2 != nil {
			w2 = lab.Num(float64(*d.W2))
		}
		_, err := fmt.Fprintf(out(cmd), "energy distance² (V)  %s\nenergy distance² (U)  %s\nsliced W2             %s\nexact W2              %s\nMMD² (RBF, sigma 1)   %s\n",
			lab.Num(float64(d.EnergyV)), lab.Num(float64(d.EnergyU)), lab.Num(float64(d.Sliced)), w2, lab.Num(float64(d.MMD2)))
		return failed(err)
	}
	return cmd
}

func measure(x, y engine.Points) (d distances, why string) {
	d = distances{Schema: 1, EnergyV: number(metric.EnergyV(x, y)), EnergyU: number(metric.EnergyU(x, y)),
		Sliced: number(metric.SlicedW2(x, y)), MMD2: number(metric.MMD2(x, y, 1))}
	switch {
	case x.Len() != y.Len():
		return d, fmt.Sprintf("the sets have %d and %d points, and an assignment needs as many on both sides", x.Len(), y.Len())
	case x.Len() > maxAssign:
		return d, fmt.Sprintf("%d points are more than the %d it is computed for", x.Len(), maxAssign)
	}
	w2, err := metric.W2(x, y)
	if err != nil {
		return d, err.Error()
	}
	v := number(w2)
	d.W2 = &v
	return d, ""
}
