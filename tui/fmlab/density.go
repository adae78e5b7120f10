package main

import (
	"fmt"
	"io"
	"math"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"fmlab/engine"
	"fmlab/engine/density"
	"fmlab/engine/exact"
	"fmlab/engine/ode"
	"fmlab/lab"
)

// streamSigns is the stream of the directions of Hutchinson's estimator.
const streamSigns = 300

// likelihood is the log density at one point.
type likelihood struct {
	X          number  `json:"x"`
	Y          number  `json:"y"`
	LogP       number  `json:"logp"`
	Exact      *number `json:"exact"`                // in closed form, null without one
	Hutchinson *number `json:"hutchinson,omitempty"` // only when asked
}

func newDensity() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "density",
		Short: "Log-likelihood at given points, by integrating the flow back to noise",
		Long: `Computes log p(x), in nats, of the flow at points x: each is carried back to its
noise z_0, and log p(x) = log p_0(z_0) - the integral of the divergence of the
velocity along the way. Nothing is looked up: beside an exact field stands the
value in closed form, "exact", to compare with; a model has none (null).

A model is integrated from the end of its flow. That is t = 1, but t = 0.999
where the velocity is infinite or 0/0 at t = 1 (models on linear-vp and ddpm,
routes), and t = 0.98 for models that predict the data: there it is the density
of points with that last bit of noise. Models start from N(0, I), and so do guided flows and
routes; an exact field starts from its own p_0, which on ddpm is another. A set
of points has no density.

--hutchinson adds the estimate with e'(dv/dz)e in place of the divergence, e two
random signs a point, drawn from --seed: right in the mean, and what one can
afford where the dimensions are many. The evaluations of that second run are not
in the NFE.

The file of --at has rows x,y, in the units of the data.`,
		Example: `  fmlab density --exact --data mix.json --path vp --at points.csv --rtol 1e-8 --atol 1e-8 --json
  echo 0.5,0.5 | fmlab density --model m.safetensors --at - --hutchinson`,
		Args: noArgs,
	}
	k := addKnobs(cmd, append(fieldKnobs, "rtol", "atol", "seed")...)
	for _, name := range []string{"rtol", "atol"} { // an error of a log density shows where one of samples does not
		flag := cmd.Flags().Lookup(name)
		if err := flag.Value.Set("1e-06"); err != nil {
			panic("fmlab: " + err.Error())
		}
		flag.DefValue = flag.Value.String()
	}
	f := addField(cmd)
	at := cmd.Flags().String("at", "", "where to look: FILE.csv of rows x,y, - is standard input")
	hutchinson := cmd.Flags().Bool("hutchinson", false, "show Hutchinson's estimate beside")
	asJSON := cmd.Flags().Bool("json", false, "print one JSON object")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		src, flow, err := openFlow(cmd, f, k.setup, *at, "x,y")
		if err != nil {
			return err
		}
		if err := src.hasDensity(); err != nil {
			return err
		}
		x, err := readPoints(*at)
		if err != nil {
			return err
		}
		rows, nfe, err := src.likelihoods(cmd, flow, x, k.setup, *hutchinson)
		if err != nil {
			return err
		}
		if *asJSON {
			return writeJSON(out(cmd), struct {
				Schema int          `json:"schema"`
				Rows   []likelihood `json:"rows"`
				NFE    int          `json:"nfe"`
			}{1, rows, nfe})
		}
		return failed(printLikelihoods(out(cmd), rows, nfe))
	}
	return cmd
}

// hasDensity refuses sets of points; a mixture read from a file has full rank.
func (s source) hasDensity() error {
	if s.model == nil && s.target.Mixture.Singular() >= 0 {
		return fmt.Errorf("--data %s: a set of points has no density: want a mixture FILE.json, a data set by name, or a --model trained on the points", s.target.Name)
	}
	return nil
}

// likelihoods computes the rows in the units of the data, where an area is scale²
// times that of the lab: log p = log p_lab − 2 log scale. nfe counts evaluations of
// the network, or of the closed form.
func (s source) likelihoods(cmd *cobra.Command, f lab.Flow, x engine.Points, set lab.Setup, hutchinson bool) (rows []likelihood, nfe int, err error) {
	rows = make([]likelihood, x.Len())
	for i, p := range pairs(x) {
		rows[i].X, rows[i].Y = p[0], p[1]
	}
	z := x.Clone()
	s.toLab(z)
	o := density.Options{Ode: ode.Options{From: f.End, To: 0, Rtol: set.Rtol, Atol: set.Atol}}
	if truth, ok := f.Flow.(*exact.Marginal); ok {
		o.Base = func(dst []float64, z engine.Points) { truth.LogDensity(dst, z, 0) }
		exactly := make([]float64, x.Len())
		truth.LogDensity(exactly, z, f.End)
		for i, l := range exactly {
			rows[i].Exact = pointer(l)
		}
	}
	logp := make([]float64, x.Len())
	nfe, err = back(cmd, logp, f, z, o)
	if err != nil {
		return nil, 0, err
	}
	area := 2 * math.Log(s.target.Scale)
	for i, l := range logp {
		rows[i].LogP = number(l - area)
	}
	if !hutchinson {
		return rows, nfe, nil
	}
	o.Signs = engine.NewPoints(x.Len())
	density.Signs(o.Signs, engine.NewRand(set.Seed, streamSigns))
	if _, err := back(cmd, logp, f, z, o); err != nil {
		return nil, 0, err
	}
	for i, l := range logp {
		rows[i].Hutchinson = pointer(l - area)
	}
	return rows, nfe, nil
}

// back integrates to the noise and writes the log densities to dst.
func back(cmd *cobra.Command, dst []float64, f lab.Flow, z engine.Points, o density.Options) (nfe int, err error) {
	ctx, stop := interruptible(cmd)
	defer stop()
	s, err := density.New(f.Flow, z, o)
	if err != nil {
		return 0, err
	}
	for s.Step() {
		if ctx.Err() != nil {
			return 0, errStopped
		}
	}
	s.LogDensity(dst)
	return s.NFE() * f.Calls, s.Err()
}

func printLikelihoods(w io.Writer, rows []likelihood, nfe int) error {
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', tabwriter.AlignRight)
	asked := len(rows) > 0 && rows[0].Hutchinson != nil
	head := "x\ty\tlog p\texact\t"
	if asked {
		head += "Hutchinson\t"
	}
	fmt.Fprintln(tw, head)
	for _, r := range rows {
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t", num(r.X), num(r.Y), numOr(&r.LogP), numOr(r.Exact))
		if asked {
			fmt.Fprintf(tw, "%s\t", numOr(r.Hutchinson))
		}
		fmt.Fprintln(tw)
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "NFE %d\n", nfe)
	return err
}
