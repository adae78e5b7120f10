package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"fmlab/engine"
	"fmlab/engine/dataset"
	"fmlab/engine/ode"
	"fmlab/lab"
)

var sampleKnobs = []string{"data", "path", "alpha", "sigma", "solver", "nfe", "grid", "eta", "rtol", "atol", "direction", "label", "guidance", "route", "n", "seed", "pitfall", "code"}

func newSample() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sample",
		Short: "Draw samples from a model or an exact field",
		Example: `  fmlab sample --model m.safetensors -n 2000 > samples.csv
  fmlab sample --exact --data mix.json --path linear --solver rk4 --steps 16 --noise z0.csv --json`,
		Args: noArgs,
	}
	k := addKnobs(cmd, sampleKnobs...)
	f := addField(cmd)
	steps := cmd.Flags().Int("steps", 0, "solver steps, instead of --nfe")
	noise := cmd.Flags().String("noise", "", "start points, FILE.csv, instead of -n draws from N(0, I)")
	asJSON := cmd.Flags().Bool("json", false, "print one JSON object")
	cmd.Flags().Bool("csv", true, "print rows x,y")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		s := k.setup
		if err := spend(cmd, &s, *steps); err != nil {
			return err
		}
		if !f.exact {
			s.Model = f.model
		}
		s, err := s.Sampled()
		if err != nil {
			return err
		}
		end, err := s.Open()
		if err != nil {
			return err
		}
		defer end()
		src, err := openSource(cmd, f, s)
		if err != nil {
			return err
		}
		flow, err := src.flow(s)
		if err != nil {
			return err
		}
		z0, err := startPoints(*noise, s)
		if err != nil {
			return err
		}
		trip, err := lab.NewTrip(flow, s, z0)
		if err != nil {
			return err
		}
		if err := travel(cmd, trip); err != nil {
			return err
		}
		src.target.ToFile(trip.Z(), trip.Z())
		if !*asJSON {
			return failed(writePoints(out(cmd), trip.Z()))
		}
		return writeJSON(out(cmd), struct {
			Schema int         `json:"schema"`
			Solver string      `json:"solver"`
			Steps  int         `json:"steps"`
			NFE    int         `json:"nfe"`
			Points [][2]number `json:"points"`
		}{1, s.Solver, trip.Steps(), trip.NFE(), pairs(trip.Z())})
	}
	return cmd
}

// travel carries the points to the end.
func travel(cmd *cobra.Command, trip *lab.Trip) error {
	ctx, stop := interruptible(cmd)
	defer stop()
	trip.EndOnly = true
	for trip.Step() {
		if ctx.Err() != nil {
			return errStopped
		}
	}
	return trip.Err()
}

// spend turns --steps into the NFE that buys them.
func spend(cmd *cobra.Command, s *lab.Setup, steps int) error {
	if !cmd.Flags().Changed("steps") {
		return nil
	}
	m, err := ode.Get(s.Solver)
	if err != nil {
		return err
	}
	switch {
	case cmd.Flags().Changed("nfe"):
		return fmt.Errorf("--steps and --nfe: want one of them")
	case steps < 1 || steps > 1_000_000:
		return fmt.Errorf("--steps %d: want 1 to 1000000", steps)
	case m.Adaptive():
		return fmt.Errorf("--steps %d: %s chooses its own steps, want --rtol and --atol", steps, s.Solver)
	}
	s.NFE = steps * m.Stages()
	return nil
}

// source is where flows come from, with the way back to the units of the data.
type source struct {
	target *lab.Target // of exact fields; of a model only its units
	model  *lab.Model  // nil for exact fields
}

// openSource opens what --exact --data or --model name.
func openSource(cmd *cobra.Command, f *field, s lab.Setup) (source, error) {
	if err := f.check(); err != nil {
		return source{}, err
	}
	if f.exact {
		t, err := lab.OpenTarget(s.Data, true, s.Seed)
		return source{target: t}, err
	}
	m, err := lab.OpenModel(f.model)
	if err != nil {
		return source{}, err
	}
	if cmd.Flags().Changed("path") && s.Path != m.Path.Name {
		return source{}, fmt.Errorf("--path %s: %s was trained on path %s", s.Path, f.model, m.Path.Name)
	}
	return source{&lab.Target{Name: f.model, Shift: m.Shift, Scale: m.Scale}, m}, nil
}

// flow is the exact flow on the path of a setup, or the model's on its own.
func (s source) flow(set lab.Setup) (lab.Flow, error) {
	if s.model != nil {
		return s.model.Flow(set)
	}
	p, err := set.OnPath()
	if err != nil {
		return lab.Flow{}, err
	}
	return lab.TargetFlow(set, s.target.Mixture, p)
}

func startPoints(file string, s lab.Setup) (engine.Points, error) {
	if file == "" {
		return s.Start(s.N), nil
	}
	return readPoints(file)
}

// readPoints reads a CSV of points, of any number of them.
func readPoints(file string) (engine.Points, error) {
	r, err := lab.OpenFile(file)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return dataset.ReadPoints(r, file)
}

// writePoints writes rows x,y that read back to the same numbers.
func writePoints(w io.Writer, p engine.Points) error {
	b := bufio.NewWriter(w)
	b.WriteString("x,y\n")
	var row []byte
	for i := range p.Len() {
		x, y := p.At(i)
		row = strconv.AppendFloat(row[:0], x, 'g', -1, 64)
		row = append(row, ',')
		row = strconv.AppendFloat(row, y, 'g', -1, 64)
		b.Write(append(row, '\n'))
	}
	return b.Flush()
}

func pairs(p engine.Points) [][2]number {
	all := make([][2]number, p.Len())
	for i := range all {
		x, y := p.At(i)
		all[i] = [2]number{number(x), number(y)}
	}
	return all
}
